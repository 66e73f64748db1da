//! What can be typed about searches and designs.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::Args;

/// What the search may do.
#[derive(Args, Debug, Default)]
pub struct Search {
    /// Ruling gradient, permille; the study's if absent.
    #[arg(long, value_name = "PERMILLE")]
    pub gradient: Option<f64>,
    /// Length, cost and pass under several gradients, such as 10,12,15,18,25; from 6 to 30
    /// permille without a list.
    #[arg(long, value_name = "LIST", num_args = 0..=1, default_missing_value = DEFAULT_SWEEP)]
    pub sweep: Option<Gradients>,
    /// The ways that really differ, at most so many for each leg; 4 without a number.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "4")]
    pub alternatives: Option<WayCount>,
    /// Every figure of each way: gradients, curves, depths, structures, ground.
    #[arg(long)]
    pub figures: bool,
    /// Pass the stations between the ends of each segment.
    #[arg(long)]
    pub through_places: bool,
    /// Height between two levels near the ground, metres.
    #[arg(long, value_name = "METRES", default_value_t = 0.5)]
    pub level_step: f64,
    /// Least radius of curves, metres: their tangents need room between one another.
    #[arg(long, value_name = "METRES")]
    pub radius: Option<f64>,
    /// What curves take off the gradient, permille times metres of radius; 700 if there is a
    /// radius, as on 1520 mm gauge.
    #[arg(long, value_name = "PERMILLE-METRES")]
    pub compensation: Option<f64>,
    /// Stop after so long and keep the best ways found; Ctrl-C does the same.
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<Seconds>,
    /// Memory that a search may take, megabytes.
    #[arg(long, value_name = "MB", default_value_t = 2_000)]
    pub memory_limit: u32,
    /// Other terrain: GeoTIFF files on longitude and latitude, SRTM .hgt tiles, folders of them;
    /// the first named counts where they overlap. As much is read as the ways need.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub terrain: Vec<String>,
    /// Step between rows of the terrain, degrees; as fine as the files are if absent.
    #[arg(long, value_name = "DEGREES")]
    pub terrain_step: Option<f64>,
    /// Zones as GeoJSON, each feature with its kind: forbidden, avoid, prefer, geohazard, river,
    /// fixed-point.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub zones: Vec<PathBuf>,
}

/// The ruling gradients of a sweep without a list, permille.
const DEFAULT_SWEEP: &str = "6,8,10,12,15,18,20,25,30";

/// Ruling gradients, permille.
#[derive(Debug, Clone)]
pub struct Gradients(pub Vec<f64>);

impl FromStr for Gradients {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let one = |word: &str| {
            let number = word.trim().parse().ok().filter(|number| (0.0..=200.0).contains(number));
            number.ok_or_else(|| {
                format!(
                    "\"{word}\" is no gradient; give permille from 0 to 200 with commas between, \
                     such as 10,12,15, and the study before --sweep"
                )
            })
        };
        text.split(',').map(one).collect::<Result<_, _>>().map(Self)
    }
}

/// A span of time.
#[derive(Debug, Clone, Copy)]
pub struct Seconds(pub Duration);

impl FromStr for Seconds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let seconds = text.parse().ok().filter(|seconds| (0.0..=1e6).contains(seconds));
        let wrong =
            || format!("\"{text}\" is no time; give seconds from 0 to 1,000,000, such as 10");
        seconds.map(Duration::from_secs_f64).map(Self).ok_or_else(wrong)
    }
}

/// How many ways are wanted for a leg.
#[derive(Debug, Clone, Copy)]
pub struct WayCount(pub usize);

impl FromStr for WayCount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let count = text.parse().ok().filter(|count| (1..=20).contains(count));
        count.map(Self).ok_or_else(|| {
            format!(
                "\"{text}\" is no number of ways; give one from 1 to 20, and the study before \
                 --alternatives"
            )
        })
    }
}

/// A direction, degrees clockwise from true north.
#[derive(Debug, Clone, Copy)]
pub struct Bearing(pub f64);

impl FromStr for Bearing {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let degrees = text.parse().ok().filter(|degrees| (0.0..=360.0).contains(degrees));
        degrees.map(Self).ok_or_else(|| {
            format!("\"{text}\" is no direction; give degrees from 0 to 360, clockwise from north")
        })
    }
}

/// What a design keeps.
#[derive(Args, Debug)]
pub struct DesignChoice {
    /// The standard: a built-in one (1520-mixed-120, 1435-ebo, 1435-en-tsi, 1435-bane-nor,
    /// 1676-irpwm) or a file.
    #[arg(long, value_name = "STANDARD", default_value = Self::STANDARD)]
    pub standard: String,
    /// Unit rates and rules of the ground: a file as docs/costs.md says; the built-in ones if absent.
    #[arg(long, value_name = "FILE")]
    pub costs: Option<PathBuf>,
    /// Only this segment, by its id.
    #[arg(long, value_name = "SEGMENT")]
    pub segment: Option<String>,
    /// How far apart crossing loops lie, kilometres; 0 for none.
    #[arg(long, value_name = "KM", default_value_t = Self::LOOPS_KM)]
    pub loops: f64,
    /// How often plan and profile are sought in turn, at most.
    #[arg(long, value_name = "COUNT", default_value_t = Self::ROUNDS)]
    pub rounds: usize,
    /// The direction in which the line leaves its beginning, degrees clockwise from true north, and
    /// from its station exactly: that of an existing line; of the first segment if there are several.
    #[arg(long, value_name = "DEGREES")]
    pub from_bearing: Option<Bearing>,
    /// The direction in which it arrives at its end; of the last segment if there are several.
    #[arg(long, value_name = "DEGREES")]
    pub to_bearing: Option<Bearing>,
    /// How much running trains over the years weighs where the line is chosen: 0 not at all, 1 as
    /// much as building.
    #[arg(long, value_name = "WEIGHT")]
    pub whole_life: Option<f64>,
    /// Mass of all trains a year, each way, million tonnes; tells what running them costs, even
    /// where that has no weight. 10 with --whole-life alone.
    #[arg(long, value_name = "MT")]
    pub traffic_mt_a: Option<f64>,
    /// All lines into a file too: .xml (LandXML), .ifc, .geojson, .csv or .railjson.
    #[arg(long, value_name = "FILE")]
    pub lines: Option<PathBuf>,
}

impl DesignChoice {
    const STANDARD: &str = "1520-mixed-120";
    const LOOPS_KM: f64 = 20.0;
    const ROUNDS: usize = 6;
}

impl Default for DesignChoice {
    fn default() -> Self {
        Self {
            standard: Self::STANDARD.to_owned(),
            costs: None,
            segment: None,
            loops: Self::LOOPS_KM,
            rounds: Self::ROUNDS,
            from_bearing: None,
            to_bearing: None,
            whole_life: None,
            traffic_mt_a: None,
            lines: None,
        }
    }
}
