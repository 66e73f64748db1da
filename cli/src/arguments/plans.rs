//! What can be typed about plans.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use railcorridor::model::Date;
use railcorridor::stages::RailheadChoice;

use super::DesignChoice;

/// What the plan may choose.
#[derive(Args, Debug)]
pub struct PlanChoice {
    /// Over lines as they would be built, which takes half a minute more: earth, structures and
    /// stations as designed, and what all that costs.
    #[arg(long)]
    pub designed: bool,
    /// With --designed: the standard, a built-in one or a file; 1520-mixed-120 if absent.
    #[arg(long, value_name = "STANDARD", requires = "designed")]
    pub standard: Option<String>,
    /// With --designed: unit rates and rules of the ground, a file as docs/costs.md says; the built-in
    /// ones if absent.
    #[arg(long, value_name = "FILE", requires = "designed")]
    pub costs: Option<PathBuf>,
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
    /// Let works wait for machines of which there are only so many for the whole line: track layers,
    /// tampers, tunnel crews, as data/rates/works.toml counts them.
    #[arg(long)]
    pub level: bool,
    /// The same with another count of a machine, such as track-layer=2. Can be given several times.
    #[arg(long = "machine", value_name = "MACHINE=COUNT")]
    pub machines: Vec<MachineCount>,
}

impl PlanChoice {
    /// How lines are designed for the plan.
    pub fn design(&self) -> DesignChoice {
        let mut design = DesignChoice::default();
        if let Some(standard) = &self.standard {
            design.standard.clone_from(standard);
        }
        design.costs.clone_from(&self.costs);
        design
    }
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

/// How many of a machine there are.
#[derive(Debug, Clone)]
pub struct MachineCount {
    pub id: String,
    pub count: u32,
}

impl FromStr for MachineCount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (id, count) = text.split_once('=').ok_or("a machine and its count: track-layer=2")?;
        let count = count.parse().map_err(|_| format!("{count} is no count"))?;
        Ok(Self { id: id.to_owned(), count })
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
