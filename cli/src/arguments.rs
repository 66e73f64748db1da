//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use railcorridor::model::Date;

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
    /// What does not fit together; exit code 3 if anything cannot stand.
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
        /// With the cheapest way, which takes some seconds.
        #[arg(long)]
        route: bool,
        #[command(flatten)]
        search: Search,
        #[command(flatten)]
        show: Show,
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

/// What the search may do.
#[derive(Args, Debug, Default)]
pub struct Search {
    /// Ruling gradient, permille; the study's if absent.
    #[arg(long, value_name = "PERMILLE")]
    pub gradient: Option<f64>,
    /// Several gradients, for the length by gradient: 10,12,15,18,25.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub sweep: Vec<f64>,
    /// Pass the stations between the ends of each segment.
    #[arg(long)]
    pub through_places: bool,
    /// Height between two levels near the ground, metres.
    #[arg(long, value_name = "METRES", default_value_t = 1.0)]
    pub level_step: f64,
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
