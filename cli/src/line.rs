//! The exact line: `corridor align`, `corridor check` of a file of lines, `corridor export` and
//! `corridor convert`.

use std::path::Path;
use std::process::ExitCode;

use railcorridor::design::{CheckOptions, Compliance, check};
use railcorridor::exchange::{LineDrawing, LineFormat, OpenedLines, lines_text_with, open_lines};
use railcorridor::geometry::Line;
use railcorridor::model::{Standard, Study};
use railcorridor::report::{
    PlaceAsked, SegmentLine, Table, compliance_table, elements_table, grades_table,
    line_figures_table, line_html, line_places_table, line_strip_picture,
};

use crate::arguments::{Align, Drawn, Show};
use crate::commands::print_as;
use crate::output::{self, Failure};

/// Shows a line, and holds it against a standard.
pub fn align(arguments: &Align) -> Result<ExitCode, Failure> {
    let opened = open(&arguments.file)?;
    let line = chosen(&opened, arguments.line.as_deref())?.clone();
    let stations = opened.stations;
    let mut tables = vec![line_figures_table(&line)];
    let asked: Vec<PlaceAsked> = (arguments.at.iter().cloned().map(PlaceAsked::Chainage))
        .chain(arguments.near.iter().map(|place| PlaceAsked::Beside(place.0)))
        .collect();
    if !asked.is_empty() {
        tables.push(line_places_table(&line, &asked)?);
    }
    let mut compliance = None;
    if let Some(name) = &arguments.standard {
        let standard = standard(name)?;
        let options = CheckOptions {
            speed_kmh: arguments.speed,
            slow_speed_kmh: arguments.slow_speed,
            stations,
        };
        let held = check(&line, &standard, &options)?;
        tables.push(compliance_table(&standard, &held));
        compliance = Some(held);
    }
    tables.push(elements_table(&line));
    tables.extend(grades_table(&line));
    put(arguments, &line, &tables, compliance.as_ref())?;
    Ok(compliance.as_ref().map_or(ExitCode::SUCCESS, told))
}

/// The lines that segments of a study carry.
pub fn of_segments(study: &Study, show: &Show) -> Result<Vec<SegmentLine>, Failure> {
    let folder = Path::new(&show.study).parent().unwrap_or(Path::new("."));
    let carried = study.segments.iter().filter_map(|segment| {
        let file = folder.join(segment.alignment.as_ref()?);
        Some(open(&file).and_then(|opened| {
            let line = chosen(&opened, None)?.clone();
            Ok(SegmentLine { segment: segment.id.clone(), line })
        }))
    });
    carried.collect()
}

/// The lines of a file; what it says and no line holds is told.
pub fn open(path: &Path) -> Result<OpenedLines, Failure> {
    let opened = open_lines(path)?;
    for note in &opened.notes {
        anstream::eprintln!("note: {note}");
    }
    Ok(opened)
}

/// The one line of a file, or the one of a name.
fn chosen<'a>(opened: &'a OpenedLines, name: Option<&str>) -> Result<&'a Line, Failure> {
    let names = || {
        let names: Vec<String> =
            opened.lines.iter().map(|line| format!("\"{}\"", line.name)).collect();
        names.join(", ")
    };
    match (name, opened.lines.as_slice()) {
        (None, [line]) => Ok(line),
        (None, []) => Err(Failure::Usage(none_whole(opened))),
        (None, several) => Err(Failure::Usage(format!(
            "the file holds {} lines; choose one with --line: {}",
            several.len(),
            names()
        ))),
        (Some(name), lines) => lines.iter().find(|line| line.name == name).ok_or_else(|| {
            Failure::Usage(format!("no line called \"{name}\"; the file holds {}", names()))
        }),
    }
}

/// Why a file has no line.
fn none_whole(opened: &OpenedLines) -> String {
    let first = opened.findings.first().map_or(String::new(), |found| format!(": {found}"));
    format!("no line of the file could be made; `corridor check` says why{first}")
}

/// Writes lines in another format.
pub fn convert(from: &Path, to: &Path, drawing: &Drawn) -> Result<ExitCode, Failure> {
    let format = LineFormat::of_path(to)?;
    write(from, format, Some(to), drawing)
}

/// Writes lines in a format.
pub fn write(
    from: &Path,
    format: LineFormat,
    to: Option<&Path>,
    drawing: &Drawn,
) -> Result<ExitCode, Failure> {
    let opened = open(from)?;
    for finding in &opened.findings {
        anstream::eprintln!("{finding}");
    }
    let stations = opened.station_places();
    let lines = match &drawing.line {
        Some(name) => vec![chosen(&opened, Some(name))?.clone()],
        None if opened.lines.is_empty() => return Err(Failure::Usage(none_whole(&opened))),
        None => opened.lines,
    };
    let chords = LineDrawing { tolerance_m: drawing.tolerance, step_m: drawing.step };
    output::put(to, drawing.force, &lines_text_with(&lines, &stations, format, chords)?)?;
    // What is wrong with a line goes on in the new file.
    Ok(output::code_of(&opened.findings))
}

/// A built-in standard, or one in a file.
pub fn standard(name: &str) -> Result<Standard, Failure> {
    let path = Path::new(name);
    if path.exists() || path.extension().is_some_and(|ending| ending == "toml") {
        return Ok(Standard::from_path(path)?);
    }
    Ok(Standard::builtin_called(name)?.clone())
}

fn put(
    arguments: &Align,
    line: &Line,
    tables: &[Table],
    compliance: Option<&Compliance>,
) -> Result<(), Failure> {
    let json = || {
        serde_json::json!({
            "format": 1, "line": line.name, "tables": tables, "compliance": compliance,
        })
    };
    let page = || {
        let findings = compliance.map_or(&[][..], |compliance| &compliance.findings);
        Ok(line_html(&line.name, &[line_strip_picture(line, "line-strip")], tables, findings))
    };
    print_as(&arguments.result, tables, json, page)
}

/// Says every finding, on stderr so that tables stay tables.
fn told(compliance: &Compliance) -> ExitCode {
    for finding in &compliance.findings {
        anstream::eprintln!("{finding}");
    }
    output::counted(&compliance.findings)
}
