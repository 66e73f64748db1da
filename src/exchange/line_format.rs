//! Files of exact lines by their formats: what is read, what is written, one call each.

use std::path::Path;

use super::{
    LinePlace, Note, chainage_csv, from_geojson_line, from_landxml, to_geojson_line, to_ifc,
    to_landxml, to_railjson_with,
};
use crate::bounded;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::geometry::{Along, Line, Range};
use crate::model::LineFile;

/// A format of files of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFormat {
    /// A line as a planner writes it: read.
    Toml,
    /// LandXML 1.2: read and written, several lines in a file.
    LandXml,
    /// IFC 4.3 ADD2: written, several lines in a file.
    Ifc,
    /// GeoJSON on longitude and latitude with the exact line in it: read and written.
    GeoJson,
    /// A table by chainage: written.
    Csv,
    /// The infrastructure of the simulator OSRD: written.
    RailJson,
}

impl LineFormat {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Toml, Self::LandXml, Self::Ifc, Self::GeoJson, Self::Csv, Self::RailJson];

    /// Its name: `landxml`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Toml => "toml",
            Self::LandXml => "landxml",
            Self::Ifc => "ifc",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::RailJson => "railjson",
        }
    }

    /// The one that a file's ending names; `.xml` is LandXML, `.json` RailJSON.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if it names none.
    ///
    /// ```
    /// use railcorridor::exchange::LineFormat;
    ///
    /// assert_eq!(LineFormat::of_path("herat.XML".as_ref())?, LineFormat::LandXml);
    /// assert!(LineFormat::of_path("herat.dwg".as_ref()).is_err());
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn of_path(path: &Path) -> Result<Self> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let ending = ending.unwrap_or_default();
        let known = Self::ALL.into_iter().find(|format| format.id() == ending);
        match ending.as_str() {
            "xml" => Ok(Self::LandXml),
            "json" => Ok(Self::RailJson),
            _ => known.ok_or_else(|| Error::Unknown {
                what: "format of lines",
                name: match ending.as_str() {
                    "" => path.display().to_string(),
                    ending => format!(".{ending}"),
                },
                hint:
                    "lines are read from .toml, .xml (LandXML) and .geojson, and written as .xml, \
                       .ifc, .geojson, .csv and .railjson"
                        .to_owned(),
            }),
        }
    }
}

/// The lines of a file, and what there is to say of it.
#[derive(Debug, Clone, Default)]
pub struct OpenedLines {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Where stations lie, if the file says so and has one line.
    pub stations: Option<Along<String>>,
    /// What the file says and no line holds.
    pub notes: Vec<Note>,
    /// What the file states twice and not the same, or not at all.
    pub findings: Vec<Finding>,
}

/// No file may be larger, bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Reads the lines of a file, by its ending.
///
/// # Errors
///
/// [`Error::Unknown`] if the ending is none of those that are read, [`Error::Io`] if the file cannot
/// be read, [`Error::Limit`] if it is larger than 256 MB, and the errors of [`LineFile::from_path`],
/// [`from_landxml`] and [`from_geojson_line`].
pub fn open_lines(path: &Path) -> Result<OpenedLines> {
    match LineFormat::of_path(path)? {
        LineFormat::Toml => {
            let file = LineFile::from_path(path)?;
            let stations = file.station_ranges()?;
            Ok(OpenedLines { lines: vec![file.line()?], stations, ..OpenedLines::default() })
        }
        LineFormat::LandXml => {
            let imported = from_landxml(&text(path)?)?;
            let (lines, notes, findings) = (imported.lines, imported.notes, imported.findings);
            Ok(OpenedLines { lines, notes, findings, stations: None })
        }
        LineFormat::GeoJson => {
            let line = from_geojson_line(&text(path)?)?;
            Ok(OpenedLines { lines: vec![line], ..OpenedLines::default() })
        }
        format @ (LineFormat::Ifc | LineFormat::Csv | LineFormat::RailJson) => {
            Err(Error::Exchange {
                place: path.display().to_string(),
                problem: format!("{} is written, not read", format.id()),
                hint: "give the line as .toml, .xml (LandXML) or .geojson".to_owned(),
            })
        }
    }
}

fn text(path: &Path) -> Result<String> {
    let bytes = bounded::file(path, MOST_BYTES)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::Limit {
            item: format!("the file {}", path.display()),
            needed: "more".to_owned(),
            limit: format!("{} MB", MOST_BYTES >> 20),
            hint: "split the file".to_owned(),
        });
    }
    String::from_utf8(bytes).map_err(|error| Error::Exchange {
        place: path.display().to_string(),
        problem: format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()),
        hint: "save the file as UTF-8".to_owned(),
    })
}

impl OpenedLines {
    /// Its stations by their middles.
    #[must_use]
    pub fn station_places(&self) -> Vec<LinePlace> {
        let ranges = self.stations.iter().flat_map(Along::ranges);
        let place = |range: &Range<String>| LinePlace {
            name: range.value.clone(),
            at_m: 0.5 * (range.from_m + range.to_m),
        };
        ranges.map(place).collect()
    }
}

/// How densely lines are drawn where a format has no curves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineDrawing {
    /// How far chords may lie off the line, of GeoJSON and RailJSON.
    pub tolerance_m: f64,
    /// From row to row of a table.
    pub step_m: f64,
}

impl Default for LineDrawing {
    fn default() -> Self {
        Self { tolerance_m: 0.05, step_m: 20.0 }
    }
}

/// Lines as the text of a file.
///
/// # Errors
///
/// [`Error::Exchange`] if the format is not written, or holds one line and there are more or none;
/// and the errors of [`to_landxml`], [`to_ifc`], [`to_geojson_line`], [`chainage_csv`] and
/// [`to_railjson_with`].
pub fn lines_text(lines: &[Line], format: LineFormat, drawing: LineDrawing) -> Result<String> {
    lines_text_with(lines, &[], format, drawing)
}

/// As [`lines_text`], with stations of the one line where the format holds them: RailJSON does.
///
/// # Errors
///
/// As [`lines_text`].
pub fn lines_text_with(
    lines: &[Line],
    stations: &[LinePlace],
    format: LineFormat,
    drawing: LineDrawing,
) -> Result<String> {
    let only = || match lines {
        [line] => Ok(line),
        several => Err(Error::Exchange {
            place: format!("{} lines", several.len()),
            problem: format!("a file of {} holds one line", format.id()),
            hint: "choose one of them, or write LandXML or IFC".to_owned(),
        }),
    };
    match format {
        LineFormat::LandXml => to_landxml(lines),
        LineFormat::Ifc => to_ifc(lines),
        LineFormat::GeoJson => to_geojson_line(only()?, drawing.tolerance_m),
        LineFormat::Csv => chainage_csv(only()?, drawing.step_m),
        LineFormat::RailJson => to_railjson_with(only()?, stations, &[], drawing.tolerance_m),
        LineFormat::Toml => Err(Error::Exchange {
            place: "a line as TOML".to_owned(),
            problem: "is read, not written".to_owned(),
            hint: "write LandXML or GeoJSON, which give the same line back".to_owned(),
        }),
    }
}
