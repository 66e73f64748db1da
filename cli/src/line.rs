//! The exact line: `corridor align`.

use std::path::Path;
use std::process::ExitCode;

use railcorridor::Severity;
use railcorridor::design::{CheckOptions, Compliance, check};
use railcorridor::geometry::{Along, Line};
use railcorridor::model::{LineFile, Standard, Study};
use railcorridor::report::{
    PlaceAsked, SegmentLine, Table, compliance_table, elements_table, grades_table,
    line_figures_table, line_html, line_places_table, line_strip_picture,
};

use crate::arguments::{Align, Show};
use crate::csv;
use crate::output::{self, Failure, Format};

/// Exit code for findings of severity error.
const FINDINGS: u8 = 3;

/// Shows a line, and holds it against a standard.
pub fn align(arguments: &Align) -> Result<ExitCode, Failure> {
    let (line, stations) = open(&arguments.file)?;
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
    Ok(told(compliance.as_ref()))
}

/// The lines that segments of a study carry.
pub fn of_segments(study: &Study, show: &Show) -> Result<Vec<SegmentLine>, Failure> {
    let folder = Path::new(&show.study).parent().unwrap_or(Path::new("."));
    let carried = study.segments.iter().filter_map(|segment| {
        let file = folder.join(segment.alignment.as_ref()?);
        Some(open(&file).map(|(line, _)| SegmentLine { segment: segment.id.clone(), line }))
    });
    carried.collect()
}

/// A line's file with its stations.
fn open(path: &Path) -> Result<(Line, Option<Along<String>>), Failure> {
    let file = LineFile::from_path(path)?;
    Ok((file.line()?, file.station_ranges()?))
}

/// A built-in standard, or one in a file.
fn standard(name: &str) -> Result<Standard, Failure> {
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
    let path = arguments.output.as_deref();
    let format = output::format(path, Format::Text)?;
    let format = if arguments.json { Format::Json } else { format };
    let width = output::width_columns();
    let joined = |texts: Vec<String>| texts.join("\n");
    let text = match format {
        Format::Json => {
            let whole = serde_json::json!({
                "format": 1, "line": line.name, "tables": tables, "compliance": compliance,
            });
            format!("{whole:#}\n")
        }
        Format::Markdown => joined(tables.iter().map(Table::markdown).collect()),
        Format::Csv => csv::text(None, tables)?,
        Format::Html => {
            let findings = compliance.map_or(&[][..], |compliance| &compliance.findings);
            line_html(&line.name, &[line_strip_picture(line, "line-strip")], tables, findings)
        }
        Format::Text => joined(tables.iter().map(|table| table.text(width)).collect()),
    };
    output::put(path, arguments.force, &text)
}

/// Says every finding, on stderr so that tables stay tables.
fn told(compliance: Option<&Compliance>) -> ExitCode {
    let Some(compliance) = compliance else { return ExitCode::SUCCESS };
    for finding in &compliance.findings {
        anstream::eprintln!("{finding}");
    }
    let is_error = |finding: &&railcorridor::Finding| finding.severity == Severity::Error;
    let errors = compliance.findings.iter().filter(is_error).count();
    anstream::eprintln!("{} findings, {errors} of them errors", compliance.findings.len());
    if errors > 0 { ExitCode::from(FINDINGS) } else { ExitCode::SUCCESS }
}
