//! What runs on a line, and by what rules.

use crate::error::{Result, within};
use crate::model::{Rails, RollingStock, TrainSet};
use crate::operation::traffic::DayUse;
use crate::operation::{Hold, Pulling, Train};

/// How long trains keep clear of one another at stations, seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intervals {
    /// From an arrival to the departure of a train the other way.
    pub crossing_s: u32,
    /// Between arrivals from both sides.
    pub arrival_s: u32,
    /// From an arrival to the departure of a train that follows.
    pub following_s: u32,
}

impl Default for Intervals {
    /// 1, 4 and 3 minutes: usual with semi-automatic block and switches worked by a dispatcher
    /// (assumed; the Instructions for calculating capacity of 1520 mm railways reckon them station by
    /// station).
    fn default() -> Self {
        Self { crossing_s: 60, arrival_s: 240, following_s: 180 }
    }
}

/// The train that a line is asked about.
#[derive(Debug, Clone)]
pub struct ServiceChoice<'a> {
    /// The file that it is made of.
    pub stock: &'a RollingStock,
    /// Its locomotives, and its wagons: how many of the first kind the line decides.
    pub set: TrainSet,
    /// A number of wagons that stands; as many as line and loops allow if absent.
    pub wagons: Option<u32>,
    /// The share of their payload that wagons carry, towards the end of the line and back.
    pub load_ratio: [f64; 2],
    /// How the rails are joined.
    pub rails: Rails,
    /// So much of the laws of adhesion limits the pull, curves included: 1 on dry rails, less on wet
    /// ones; nothing does if absent.
    pub adhesion_share: Option<f64>,
    /// How long a train may stand in a loop, [`LOOP_MARGIN_M`](crate::operation::LOOP_MARGIN_M)
    /// included.
    pub loop_m: f64,
    /// How far trains keep clear of one another.
    pub intervals: Intervals,
    /// How much of a day trains can use.
    pub day: DayUse,
    /// The share of the paths that is used in the mean of a year.
    pub path_use_share: f64,
    /// Days on which trains run.
    pub days_per_year: f64,
}

impl<'a> ServiceChoice<'a> {
    /// A train of a file, by its id, as long as the line allows, full both ways, on welded rails and
    /// loops of 1,050 m; every path is used on 365 days.
    ///
    /// # Errors
    /// [`Error::Unknown`](crate::Error::Unknown) if there is no such train.
    pub fn of_train(stock: &'a RollingStock, id: &str) -> Result<Self> {
        Ok(Self {
            stock,
            set: stock.train(id)?.clone(),
            wagons: None,
            load_ratio: [1.0, 1.0],
            rails: Rails::Welded,
            adhesion_share: None,
            loop_m: 1050.0,
            intervals: Intervals::default(),
            day: DayUse::default(),
            path_use_share: 1.0,
            days_per_year: 365.0,
        })
    }

    /// The train with so many wagons, loaded for one way.
    pub(super) fn train_set(&self, wagons: u32, load_ratio: f64) -> TrainSet {
        let mut set = self.set.clone();
        if let Some(group) = set.wagons.first_mut() {
            group.count = wagons;
        }
        for group in &mut set.wagons {
            group.load_ratio = load_ratio;
        }
        let locomotives = set.locomotives.iter().filter(|group| group.count > 0);
        let mut words: Vec<String> = locomotives
            .map(|group| {
                let name = self.stock.locomotive(&group.id).map_or("", |one| one.name.en.as_str());
                if group.count == 1 { name.to_owned() } else { format!("{} {name}", group.count) }
            })
            .collect();
        for group in set.wagons.iter().filter(|group| group.count > 0) {
            let name = self.stock.wagon(&group.id).map_or("", |one| one.name.en.as_str());
            let name = name.split(',').next().unwrap_or_default();
            words.push(format!("{} {name}s", group.count));
        }
        set.name = words.join(" + ").as_str().into();
        set
    }

    /// A train of locomotives and wagons, with a pull that wheels hold if that is asked for.
    pub(super) fn train(&self, set: &TrainSet) -> Result<Train> {
        Train::of_set_limited(self.stock, set, self.rails, self.adhesion_share)
    }

    /// What pulls in a curve; an infinite radius is straight track.
    pub(super) fn pulling(&self, radius_m: f64) -> Result<Pulling> {
        let hold = self.adhesion_share.map(|weather_ratio| Hold { weather_ratio, radius_m });
        Pulling::limited(self.stock, &self.set.locomotives, hold.as_ref())
    }

    /// How many times a second counts that it is late, beside other trains: as the file says, rounded.
    #[must_use]
    pub fn delay_weight(&self) -> u32 {
        let weight = self.set.delay_weight.as_ref().map_or(1.0, |weight| weight.value);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within limits"
        )]
        let whole = weight.round().clamp(1.0, 1e3) as u32;
        whole
    }

    pub(super) fn check(&self) -> Result<()> {
        for (way, ratio) in ["there", "back"].into_iter().zip(self.load_ratio) {
            let hint = "0 is empty, 1 is full";
            within(|| format!("load {way}, share of the payload"), ratio, (0.0, 1.0), hint)?;
        }
        within(|| "loop_m".to_owned(), self.loop_m, (1.0, 1e5), "give the usable length in metres")
    }
}
