//! What can be typed about trains.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;

use super::{DesignChoice, Search, Show};

/// Which trains run, by what rules, on what line.
#[derive(Args, Debug)]
pub struct TrainChoice {
    /// The train: te33a-, 2te116u- or 2te25km- with gondola, tank or container, or one of --stock.
    #[arg(long, value_name = "TRAIN", default_value = "2te25km-gondola")]
    pub train: String,
    /// Another file of rolling stock, as docs/trains.md says.
    #[arg(long, value_name = "FILE")]
    pub stock: Option<PathBuf>,
    /// So many of the train's locomotives instead of its own number.
    #[arg(long, value_name = "COUNT")]
    pub locomotives: Option<u32>,
    /// So many wagons, whether they get over the line or not; as many as loops and gradients allow
    /// if absent.
    #[arg(long, value_name = "COUNT")]
    pub wagons: Option<u32>,
    /// The share of their payload that wagons carry towards the end of the line.
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    pub load_there: f64,
    /// The share of their payload that wagons carry back.
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    pub load_back: f64,
    /// Rails with joints; welded ones if absent.
    #[arg(long)]
    pub jointed: bool,
    /// Pull no more than wheels hold by the laws of adhesion, curves included, times so much: 1 on dry
    /// rails, less on wet ones. Nothing limits the pull so if absent.
    #[arg(long, value_name = "SHARE")]
    pub adhesion: Option<f64>,
    /// Usable length of crossing loops, metres.
    #[arg(long, value_name = "METRES", default_value_t = 1050.0)]
    pub loop_length: f64,
    /// The speed where nothing else limits it, km/h; trains have limits of their own.
    #[arg(long, value_name = "KMH", default_value_t = 80.0)]
    pub speed: f64,
    /// What the air in tunnels takes of designed lines, as a gradient, permille; or "length", by the
    /// length of each tunnel as the rolling stock says.
    #[arg(long, value_name = "PERMILLE", default_value = "0")]
    pub tunnel_air: TunnelAir,
    /// Minutes of a day in which no train runs: maintenance.
    #[arg(long, value_name = "MINUTES", default_value_t = 60.0)]
    pub closed: f64,
    /// The share of the rest that failures leave.
    #[arg(long, value_name = "SHARE", default_value_t = 0.92)]
    pub reliability: f64,
    /// The share of the paths that trains use in the mean of a year.
    #[arg(long, value_name = "SHARE", default_value_t = 1.0)]
    pub path_use: f64,
    /// Days of a year on which trains run.
    #[arg(long, value_name = "DAYS", default_value_t = 365.0)]
    pub days: f64,
    /// On lines as they would be built, which takes half a minute more, not on ways as searched.
    #[arg(long)]
    pub designed: bool,
    #[command(flatten)]
    pub design: DesignChoice,
}

/// What is asked of capacity.
#[derive(Args, Debug)]
pub struct CapacityChoice {
    /// Where loops must be for so many pairs of trains a day, at the least cost.
    #[arg(long, value_name = "COUNT")]
    pub pairs: Option<f64>,
    /// How far apart places for further loops lie, kilometres.
    #[arg(long, value_name = "KM", default_value_t = 5.0)]
    pub sites: f64,
    /// What one more loop costs, million dollars.
    #[arg(long, value_name = "MILLIONS", default_value_t = 2.5)]
    pub loop_cost: f64,
}

/// What is asked of a way over several railways.
#[derive(Args, Debug)]
pub struct TransitChoice {
    /// Legs and breaks of gauge in their order, .toml.
    pub file: PathBuf,
    /// How often the way is drawn.
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    pub draws: u32,
    /// Seed of the draws: the same gives the same times.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    #[command(flatten)]
    pub trains: TrainChoice,
    #[command(flatten)]
    pub search: Search,
    #[command(flatten)]
    pub show: Show,
}

/// What the air in tunnels takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TunnelAir {
    /// As much as a gradient of so many permille, in all of them.
    Permille(f64),
    /// By the length of each, as the rolling stock says.
    ByLength,
}

impl FromStr for TunnelAir {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.trim() == "length" {
            return Ok(Self::ByLength);
        }
        let words = || format!("\"{text}\" is no gradient in permille; give one, or \"length\"");
        text.trim().parse().map(Self::Permille).map_err(|_| words())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_air_in_tunnels_is_a_gradient_or_goes_by_length() {
        assert_eq!("1.5".parse(), Ok(TunnelAir::Permille(1.5)));
        assert_eq!("length".parse(), Ok(TunnelAir::ByLength));
        assert!("long".parse::<TunnelAir>().unwrap_err().contains("give one, or \"length\""));
    }
}
