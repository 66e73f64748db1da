//! What can be typed.

mod graph;
mod lines;
mod plans;
mod search;
mod trains;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use railcorridor::model::Date;

pub use self::graph::{GraphChoice, OtherTrains};
pub use self::lines::{Align, Drawn, FormatName};
pub use self::plans::{MachineCount, PlanChoice, PlanFiles, ProgressChoice};
pub use self::search::{DesignChoice, Search, Seconds};
pub use self::trains::{CapacityChoice, TrainChoice, TransitChoice, TunnelAir};

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
        /// With --explain: each day in the Solar Hijri calendar too.
        #[arg(long, requires = "explain")]
        hijri: bool,
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
        /// For OSRD: the train that runs through from end to end into a file (.json), or with
        /// --designed into a folder each segment with its stations, its trains and their schedules.
        #[arg(long, value_name = "FILE|FOLDER")]
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
        /// What gets over each line by running it too: short steep places are taken with the speed
        /// that the train brings.
        #[arg(long)]
        momentum: bool,
        /// With --adhesion: the loads by gradient in curves of so many metres of radius; on straight
        /// track if absent.
        #[arg(long, value_name = "METRES")]
        curve: Option<f64>,
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
    /// From end to end over several railways and breaks of gauge: how long, and how sure that is.
    Transit(TransitChoice),
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
