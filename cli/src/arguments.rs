//! What can be typed.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use railcorridor::exchange::LineFormat;
use railcorridor::geodesy::Coord;
use railcorridor::model::Date;
use railcorridor::stages::RailheadChoice;

use crate::train_arguments::{CapacityChoice, GraphChoice, TrainChoice};

/// What is known of a railway corridor: lengths, technical parameters, stages, status.
///
/// Without a command: the summary of the embedded Turgundi-Herat-Kandahar-Spin Boldak study, and
/// its page in turgundi.html.
#[derive(Parser, Debug)]
#[command(name = "corridor", version, about, long_about, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to show.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 findings of severity error.\n\
    STUDY is a file, or a built-in name (turgundi).";

/// A command.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// How long each segment is: geodesic, by places, published.
    Lengths(Show),
    /// Technical parameters, published and assumed.
    Parameters(Show),
    /// Gates, what is there and what is missing.
    Stages(Show),
    /// Where each segment stands, dates, money, breaks of gauge, risks.
    Status(Show),
    /// Every published figure, with the one in use and why others are not.
    Claims(Show),
    /// What changed between two days.
    Changes {
        /// The earlier day.
        #[arg(long, value_name = "DATE")]
        since: Date,
        #[command(flatten)]
        show: Show,
    },
    /// What does not fit together in a study, or in a file of lines (.xml, .geojson); exit code 3
    /// if anything cannot stand.
    Check {
        /// List the rules instead.
        #[arg(long)]
        rules: bool,
        #[command(flatten)]
        show: Show,
    },
    /// The cheapest way over the terrain, proven; .geojson as output gives lines for a map.
    Route {
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// The whole report, as a page unless the output's ending says otherwise.
    Report {
        /// With the cheapest way, which takes some seconds; with its alternatives or by gradient,
        /// if these are asked for, some minutes.
        #[arg(long)]
        route: bool,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// What is still to be done: stages, works lot by lot, when each segment opens and how sure
    /// that is; as output .html shows who is where when, .xml is for Microsoft Project and others
    /// that read it, .ics puts gates and openings into a calendar.
    Schedule {
        /// Say why an activity has its dates, such as turgundi-herat/design.
        #[arg(long, value_name = "ACTIVITY")]
        explain: Option<String>,
        #[command(flatten)]
        files: PlanFiles,
        #[command(flatten)]
        plan: PlanChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// How sure the plan is: when gates and openings are reached, what holds them up, what risks
    /// cost, how exact the simulation is, and built railways beside it.
    Risk {
        #[command(flatten)]
        plan: PlanChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// What became of the stages since an earlier day: criteria of gates, evidence, expected dates
    /// and why they moved, works done, and earned value where there is a baseline.
    Progress {
        #[command(flatten)]
        progress: ProgressChoice,
        #[command(flatten)]
        plan: PlanChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// Lines that could be built: plan, profile, structures, earth and costs of each segment, along
    /// the cheapest way, held against a standard; as output .html with its profiles.
    Design {
        #[command(flatten)]
        design: DesignChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// Trains on the line: how long they run there and back, what they take, what limits of speed
    /// cost; with --sweep what each ruling gradient means: length, cost, train, tonnes, fuel.
    Run {
        /// The train that runs through from end to end into a file too, as OSRD reads rolling stock.
        #[arg(long, value_name = "FILE")]
        osrd: Option<PathBuf>,
        /// What so many percent more time save, by a lower top speed and by coasting.
        #[arg(long, value_name = "PERCENT")]
        allowance: Option<f64>,
        #[command(flatten)]
        trains: TrainChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// What locomotives pull: by gradient, and section by section of the line.
    Load {
        #[command(flatten)]
        trains: TrainChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// How many pairs of trains fit on a day, where it is tightest, what they carry in a year; with
    /// --pairs where loops go for more.
    Capacity {
        #[command(flatten)]
        capacity: CapacityChoice,
        #[command(flatten)]
        trains: TrainChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// The trains of a day on the single track: where they meet, how late that makes them; as
    /// output .html with the graph.
    Graph {
        #[command(flatten)]
        graph: GraphChoice,
        #[command(flatten)]
        trains: TrainChoice,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
    },
    /// An exact line: its elements, its profile, places on it, and the limits of a standard; as
    /// output .html with its strip.
    Align(Align),
    /// Lines for other programs, in a format by its name; on stdout without an output.
    Export {
        /// A file of lines: .toml, .xml (LandXML) or .geojson.
        file: PathBuf,
        /// landxml, ifc, geojson, csv or railjson.
        #[arg(long, value_name = "FORMAT")]
        format: FormatName,
        /// Into a file instead of stdout.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        drawing: Drawn,
    },
    /// A file of lines in another format, by the endings: .toml, .xml (LandXML) and .geojson are
    /// read; .xml, .ifc, .geojson, .csv and .railjson written.
    Convert {
        /// What to read.
        from: PathBuf,
        /// What to write.
        to: PathBuf,
        #[command(flatten)]
        drawing: Drawn,
    },
    /// A commented study to begin with, between two places.
    New(New),
    /// Completions for a shell.
    Completions {
        /// bash, elvish, fish, powershell, zsh.
        shell: clap_complete::Shell,
    },
}

/// What to show, and how.
#[derive(Args, Debug, Default)]
pub struct Show {
    /// A study file, or a built-in name.
    #[arg(default_value = "turgundi")]
    pub study: String,
    /// As known on this day (2025-12-08, 2025-12, 2025); the day the study is kept to if absent.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    #[command(flatten)]
    pub result: Destination,
}

/// How a result is written, and where.
#[derive(Args, Debug, Default)]
pub struct Destination {
    /// As JSON, `"format": 1`.
    #[arg(long)]
    pub json: bool,
    /// Into a file instead of stdout: .html, .md, .txt, .json or .csv by its ending.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if it exists.
    #[arg(long)]
    pub force: bool,
}

/// What the plan may choose.
#[derive(Args, Debug)]
pub struct PlanChoice {
    /// Seed of the simulation: the same gives the same to the last digit.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Simulated plans.
    #[arg(long, value_name = "COUNT", default_value_t = 100_000)]
    pub iterations: u32,
    /// The longest lot, kilometres.
    #[arg(long, value_name = "KM", default_value_t = 25.0)]
    pub lot: f64,
    /// Track that a crew lays in a day, metres; as published for lines of the region if absent.
    #[arg(long, value_name = "METRES")]
    pub track: Option<f64>,
    /// Crews of earthworks that work at a time on a segment.
    #[arg(long, value_name = "COUNT", default_value_t = 4)]
    pub crews: usize,
    /// Crews of track that work at a time in all.
    #[arg(long, value_name = "COUNT", default_value_t = 4)]
    pub track_crews: usize,
    /// Rails arrive at this station too, whatever brings them: a segment's end, with the day from
    /// which, such as herat=2029-06; from the start without a day. Can be given several times.
    #[arg(long = "railhead", value_name = "STATION[=DATE]")]
    pub railheads: Vec<RailheadAt>,
}

/// Tables of the plan beside what is shown.
#[derive(Args, Debug, Default)]
pub struct PlanFiles {
    /// All tasks with their kilometres, dates and floats into a .csv file too.
    #[arg(long, value_name = "FILE")]
    pub tasks: Option<PathBuf>,
    /// All links of tasks into a .csv file too.
    #[arg(long, value_name = "FILE")]
    pub links: Option<PathBuf>,
}

/// A station at which rails arrive.
#[derive(Debug, Clone)]
pub struct RailheadAt(pub RailheadChoice);

impl FromStr for RailheadAt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (station, day) = text.split_once('=').map_or((text, None), |(id, day)| (id, Some(day)));
        let open = day.map(|day| day.parse::<Date>().map_err(|problem| problem.to_string()));
        Ok(Self(RailheadChoice { station: station.to_owned(), open: open.transpose()? }))
    }
}

/// Since when, and against what.
#[derive(Args, Debug)]
pub struct ProgressChoice {
    /// The earlier day (2025-12-08, 2025-12, 2025).
    #[arg(long, value_name = "DATE")]
    pub since: Date,
    /// Budget, plan and reports of the works, a TOML file: see docs/baseline.md.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

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

/// What a design keeps.
#[derive(Args, Debug)]
pub struct DesignChoice {
    /// The standard: a built-in one (1520-mixed-120, 1435-ebo, 1435-en-tsi, 1435-bane-nor,
    /// 1676-irpwm) or a file.
    #[arg(long, value_name = "STANDARD", default_value = "1520-mixed-120")]
    pub standard: String,
    /// Unit rates and rules of the ground: a file as docs/costs.md says; the built-in ones if absent.
    #[arg(long, value_name = "FILE")]
    pub costs: Option<PathBuf>,
    /// Only this segment, by its id.
    #[arg(long, value_name = "SEGMENT")]
    pub segment: Option<String>,
    /// How far apart crossing loops lie, kilometres; 0 for none.
    #[arg(long, value_name = "KM", default_value_t = 20.0)]
    pub loops: f64,
    /// How often plan and profile are sought in turn, at most.
    #[arg(long, value_name = "COUNT", default_value_t = 6)]
    pub rounds: usize,
    /// All lines into a file too: .xml (LandXML), .ifc, .geojson, .csv or .railjson.
    #[arg(long, value_name = "FILE")]
    pub lines: Option<PathBuf>,
}

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

/// The ends of a new study.
#[derive(Args, Debug)]
pub struct New {
    /// Name of the corridor.
    pub name: String,
    /// First place.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub from: String,
    /// Last place.
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub to: String,
    /// Into a file instead of stdout.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Overwrite the file if it exists.
    #[arg(long)]
    pub force: bool,
}
