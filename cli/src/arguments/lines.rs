//! What can be typed about exact lines.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use railcorridor::exchange::LineFormat;
use railcorridor::geodesy::Coord;

use super::Destination;

/// A line, and what is asked of it.
#[derive(Args, Debug)]
pub struct Align {
    /// A file of lines: .toml as docs/line.md says, .xml (LandXML) or .geojson.
    pub file: PathBuf,
    /// Which line of the file, if it holds several.
    #[arg(long, value_name = "NAME")]
    pub line: Option<String>,
    /// What is at a chainage: as written on the post, such as "PK 12+34.5", or metres. Can be given
    /// several times.
    #[arg(long, value_name = "CHAINAGE", allow_hyphen_values = true)]
    pub at: Vec<String>,
    /// Where a place beside the line lies: east and north on its plane, metres. Can be given several
    /// times.
    #[arg(long, value_name = "EAST,NORTH", allow_hyphen_values = true)]
    pub near: Vec<PlanePlace>,
    /// The standard to hold it against: a built-in one (1520-mixed-120, 1435-ebo, 1435-en-tsi,
    /// 1435-bane-nor, 1676-irpwm) or a file.
    #[arg(long, value_name = "STANDARD")]
    pub standard: Option<String>,
    /// The speed of the fastest trains where the line states none, km/h; the standard's if absent.
    #[arg(long, value_name = "KMH")]
    pub speed: Option<f64>,
    /// The speed of the slowest trains, km/h; the standard's if absent.
    #[arg(long, value_name = "KMH")]
    pub slow_speed: Option<f64>,
    #[command(flatten)]
    pub result: Destination,
}

/// How lines are written.
#[derive(Args, Debug)]
pub struct Drawn {
    /// Which line of the file, if it holds several.
    #[arg(long, value_name = "NAME")]
    pub line: Option<String>,
    /// How far chords may lie off the line in formats without curves, metres.
    #[arg(long, value_name = "METRES", default_value_t = 0.05)]
    pub tolerance: f64,
    /// From row to row of a table, metres.
    #[arg(long, value_name = "METRES", default_value_t = 20.0)]
    pub step: f64,
    /// Overwrite the file if it exists.
    #[arg(long)]
    pub force: bool,
}

/// A format of files of lines, by its name.
#[derive(Debug, Clone, Copy)]
pub struct FormatName(pub LineFormat);

impl FromStr for FormatName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = LineFormat::ALL.into_iter().filter(|format| *format != LineFormat::Toml);
        let found = known.clone().find(|format| format.id() == text);
        let names = || known.clone().map(LineFormat::id).collect::<Vec<_>>().join(", ");
        found.map(Self).ok_or_else(|| format!("\"{text}\" is no format; there are {}", names()))
    }
}

/// A place on a line's plane.
#[derive(Debug, Clone, Copy)]
pub struct PlanePlace(pub Coord);

impl FromStr for PlanePlace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |word: &str| word.trim().parse::<f64>().ok().filter(|m| m.is_finite());
        let place = text.split_once(',').and_then(|(e, n)| Some((number(e)?, number(n)?)));
        let wrong =
            || format!("\"{text}\" is no place; give east and north, such as 420000,3800000");
        place.map(|(e_m, n_m)| Self(Coord { e_m, n_m })).ok_or_else(wrong)
    }
}
