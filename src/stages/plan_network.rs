//! The network of a plan, put together segment by segment.

use super::plan::{Assumption, ItemKind, Plan, PlanItem, PlanOptions, first_day};
use super::track_order::{Comes, LaidLot, Line, TrackOrder};
use super::{Gate, Lot, StageState, WorkRate, segment_stages};
use crate::error::Result;
use crate::model::{CORRIDOR, Study};
use crate::schedule::{
    Activity, ActivityRisk, Calendar, Constraint, DayOfYear, Distribution, Holiday, Link, Loading,
    Network, RiskModel, Season, WorkingWeek,
};

/// Working days of a month with one day off a week: 365.2425 / 12 x 6 / 7.
pub(super) const WORKING_DAYS_A_MONTH: f64 = 26.088_75;

/// How far durations of one kind follow what they have in common: a correlation of 0.36.
const LOADING_RATIO: f64 = 0.6;

/// The calendar of works, whose earth freezes.
const SITE: &str = "site";

/// How long something takes.
struct Time<'r> {
    days: f64,
    low_ratio: f64,
    high_ratio: f64,
    factor: &'r str,
}

impl<'r> Time<'r> {
    /// So many days of a kind of work.
    fn at(rate: &'r WorkRate, days: f64) -> Self {
        let WorkRate { low_ratio, high_ratio, factor, .. } = rate;
        Self { days, low_ratio: *low_ratio, high_ratio: *high_ratio, factor }
    }
}

pub(super) struct Builder<'a> {
    pub(super) study: &'a Study,
    pub(super) options: &'a PlanOptions,
    network: Network,
    pub(super) items: Vec<PlanItem>,
    pub(super) risk: RiskModel,
    pub(super) assumptions: Vec<Assumption>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(study: &'a Study, options: &'a PlanOptions) -> Result<Self> {
        let mut site = Calendar::new(SITE, WorkingWeek::FRIDAY_OFF);
        site.holidays.push(Holiday::EveryHijriYear { month: 1, day: 1 });
        site.seasons.push(Season {
            name: "frost".into(),
            closed_to: Some("earthworks".into()),
            first: DayOfYear { month: 12, day: 15 },
            last: DayOfYear { month: 2, day: 15 },
        });
        let office = Calendar::new("office", WorkingWeek::FRIDAY_OFF);
        let mut network = Network::new(first_day(options.day), office);
        network.calendars.push(site);
        let mut builder = Self {
            study,
            options,
            network,
            items: Vec::new(),
            risk: RiskModel::default(),
            assumptions: Vec::new(),
        };
        builder.assume_rates()?;
        Ok(builder)
    }

    /// All activities of all segments, in the order in which their track is begun.
    pub(super) fn all(
        &mut self,
        lines: &[Line<'_>],
        order: &TrackOrder,
        gauge_mm: Option<u32>,
    ) -> Result<()> {
        let mut done: Vec<usize> = Vec::new();
        for lot in &order.lots {
            if done.contains(&lot.segment) {
                continue;
            }
            done.push(lot.segment);
            if let Some(line) = lines.get(lot.segment) {
                self.segment(*line, lot.segment, order)?;
            }
        }
        self.price_works(lines);
        self.rails(lines, order);
        self.assume_fronts(lines, order, gauge_mm);
        Ok(())
    }

    /// All activities of a segment.
    fn segment(&mut self, line: Line<'_>, place: usize, order: &TrackOrder) -> Result<()> {
        let id = line.segment.id.as_str();
        let ready = self.preparation(id)?;
        self.pay_studies(line.costs, id);
        let mobilised = self.prepared(id, "mobilisation", 1.0)?;
        self.after(ready.iter(), &mobilised);
        let own: Vec<LaidLot> =
            order.lots.iter().filter(|lot| lot.segment == place).copied().collect();
        let ends = self.works(line, &own, &mobilised)?;
        let trial = self.prepared(id, "trial-running", 1.0)?;
        self.after(ends.iter(), &trial);
        let opening = format!("{id}/opening");
        let name = format!("{}: opening", self.study.subject_name(id));
        let milestone = Activity { name, ..Activity::finish_milestone(&opening) };
        self.push(milestone, item(&opening, id, ItemKind::Opening, "opening"));
        self.after([&trial], &opening);
        Ok(())
    }

    /// Each lot's track behind the one on whose rails its own arrive, and ballast likewise.
    fn rails(&mut self, lines: &[Line<'_>], order: &TrackOrder) {
        let id = |lot: &LaidLot, work: &str| {
            lines.get(lot.segment).map(|line| lot_activity(&line.segment.id, work, lot.lot))
        };
        for lot in &order.lots {
            let before = lot.behind.and_then(|behind| order.lots.get(behind));
            for work in ["track", "ballast"] {
                if let (Some(before), Some(then)) =
                    (before.and_then(|before| id(before, work)), id(lot, work))
                {
                    self.after([&before], &then);
                }
            }
            let begins = match order.fronts.get(lot.front).map(|front| &front.comes) {
                Some(Comes::AsChosen(choice)) if before.is_none() => choice.open,
                _ => None,
            };
            if let (Some(day), Some(track)) = (begins, id(lot, "track")) {
                let own = self.network.activities.iter_mut().find(|one| one.id == track);
                if let Some(own) = own {
                    own.constraints.push(Constraint::StartNoEarlier(first_day(day)));
                }
            }
        }
    }

    /// Stages that are not reached, money and tender; what mobilisation waits for.
    fn preparation(&mut self, id: &str) -> Result<Vec<String>> {
        let stages = segment_stages(self.study, id, self.options.day)?;
        let (mut last, mut last_study) = (None, None);
        let is_works = |gate: &&Gate| gate.phase == "works" || gate.phase == "service";
        for (place, gate) in stages.gates.iter().enumerate() {
            if is_works(&gate) {
                break;
            }
            let is_behind = stages.reached.is_some_and(|reached| place <= reached);
            if is_behind || gate.state == StageState::Reached {
                continue;
            }
            if self.options.rates.preparation(&gate.stage).is_err() {
                self.assume_nothing(id, gate);
                continue;
            }
            let stage = self.prepared(id, &gate.stage, missing_share(gate))?;
            self.assume_gate(id, gate);
            self.after(last.iter(), &stage);
            if gate.phase == "study" {
                last_study = Some(stage.clone());
            }
            last = Some(stage);
        }
        let works = stages.gates.iter().find(is_works);
        let has = |criterion: &str| {
            works.is_some_and(|gate| {
                gate.met.iter().any(|met| met.criterion == criterion && !met.partial)
            })
        };
        let mut ready: Vec<String> = last.into_iter().collect();
        if !has("financing-effective") {
            let money = self.prepared(id, "financing", 1.0)?;
            self.after(last_study.iter(), &money);
            ready.push(money);
        }
        if !has("contract-signed") {
            let tender = self.prepared(id, "tender", 1.0)?;
            self.after(ready.iter(), &tender);
            ready = vec![tender];
        }
        Ok(ready)
    }

    /// The works lot by lot, in the order in which track is laid; what the trial waits for.
    fn works(&mut self, line: Line<'_>, own: &[LaidLot], mobilised: &str) -> Result<Vec<String>> {
        let mut crews = Crews::default();
        let (mut ends, mut tracks) = (Vec::new(), Vec::new());
        for laid in own {
            let Some(lot) = line.lots.get(laid.lot) else { continue };
            let on = On { line, lot, place: laid.lot, is_backwards: laid.is_backwards };
            let clearance = self.on_lot(on, "clearance")?;
            self.after([mobilised], &clearance);
            self.in_turn(&mut crews.clearance, self.options.clearance_crews, &clearance);
            let earthworks = self.on_lot(on, "earthworks")?;
            self.after([&clearance], &earthworks);
            self.in_turn(&mut crews.earthworks, self.options.earthworks_crews, &earthworks);
            if lot.amounts.culvert_count > 0.0 {
                let culverts = self.on_lot(on, "culverts")?;
                self.after([&clearance], &culverts);
                self.in_turn(&mut crews.culverts, self.options.earthworks_crews, &culverts);
                // The fill over them ends after them.
                self.network.links.push(Link::finish_finish(&culverts, &earthworks));
            }
            let track = self.on_lot(on, "track")?;
            self.after([&earthworks], &track);
            for (work, amount_m) in
                [("bridges", lot.amounts.bridge_m), ("tunnels", lot.amounts.tunnel_m)]
            {
                if amount_m > 0.0 {
                    let structures = self.on_lot(on, work)?;
                    self.after([&clearance], &structures);
                    self.after([&structures], &track);
                }
            }
            let ballast = self.on_lot(on, "ballast")?;
            self.after([&track], &ballast);
            if lot.amounts.station_count + lot.amounts.turnout_count > 0.0 {
                let stations = self.on_lot(on, "stations")?;
                self.after([&earthworks], &stations);
                self.in_turn(&mut crews.stations, self.options.station_crews, &stations);
                // Turnouts lie in track.
                self.network.links.push(Link::finish_finish(&track, &stations));
                ends.push(stations);
            }
            ends.push(ballast);
            tracks.push(track);
        }
        if let Some(first) = tracks.first() {
            let signalling = self.along(line, "signalling")?;
            self.network.links.push(Link::start_start(first, &signalling));
            let behind = tracks.iter().map(|track| Link::finish_finish(track, &signalling));
            self.network.links.extend(behind);
            ends.push(signalling);
        }
        Ok(ends)
    }

    /// Puts work behind what the crew did before that does it, if so many take turns.
    fn in_turn(&mut self, done: &mut Vec<String>, crews: usize, then: &str) {
        let before = done.len().checked_sub(crews).and_then(|place| done.get(place)).cloned();
        self.after(before, then);
        done.push(then.to_owned());
    }

    /// Work of a kind on a lot.
    fn on_lot(&mut self, on: On<'_>, work: &str) -> Result<String> {
        let rate = self.options.rates.work(work)?;
        let time = Time::at(rate, on.lot.amounts.duration_days(&rate.per_day));
        let segment = on.line.segment.id.as_str();
        let activity = lot_activity(segment, work, on.place);
        let name = format!(
            "{}: {}, km {:.0}-{:.0}",
            self.study.subject_name(segment),
            rate.name,
            on.lot.from_m / 1e3,
            on.lot.to_m / 1e3
        );
        let reach_m = (on.lot.from_m, on.lot.to_m);
        let about = PlanItem {
            from_m: Some(on.lot.from_m),
            to_m: Some(on.lot.to_m),
            cost_usd: on.line.costs.map_or(0.0, |costs| costs.work_usd(work, reach_m)),
            is_backwards: on.is_backwards,
            ..item(&activity, segment, ItemKind::Works, work)
        };
        self.timed(about, name, SITE, &time);
        Ok(activity)
    }

    /// Work along the whole of a segment.
    fn along(&mut self, line: Line<'_>, work: &str) -> Result<String> {
        let rate = self.options.rates.work(work)?;
        let days = line.lots.iter().map(|lot| lot.amounts.duration_days(&rate.per_day)).sum();
        let time = Time::at(rate, days);
        let segment = line.segment.id.as_str();
        let activity = format!("{segment}/{work}");
        let name = format!("{}: {}", self.study.subject_name(segment), rate.name);
        let about = PlanItem {
            from_m: line.lots.first().map(|lot| lot.from_m),
            to_m: line.lots.last().map(|lot| lot.to_m),
            cost_usd: line.costs.map_or(0.0, |costs| costs.work_usd(work, (f64::MIN, f64::MAX))),
            ..item(&activity, segment, ItemKind::Works, work)
        };
        self.timed(about, name, SITE, &time);
        Ok(activity)
    }

    /// A share of a decision or study.
    fn prepared(&mut self, segment: &str, stage: &str, share: f64) -> Result<String> {
        let found = self.options.rates.preparation(stage)?;
        let time = Time {
            days: found.likely_months * WORKING_DAYS_A_MONTH * share,
            low_ratio: found.low_ratio,
            high_ratio: found.high_ratio,
            factor: "decisions",
        };
        let activity = format!("{segment}/{stage}");
        let name = format!("{}: {}", self.study.subject_name(segment), stage.replace('-', " "));
        let about = item(&activity, segment, ItemKind::Preparation, stage);
        self.timed(about, name, "office", &time);
        Ok(activity)
    }

    fn timed(&mut self, about: PlanItem, name: String, calendar: &str, time: &Time<'_>) {
        let days = time.days;
        let work = if about.kind == ItemKind::Works { about.work.clone() } else { String::new() };
        let activity = Activity { name, ..Activity::task(&about.activity, days) };
        let activity = activity.in_calendar(calendar).of_work(work);
        self.risk.activities.push(ActivityRisk {
            activity: about.activity.clone(),
            duration: Distribution::Triangular {
                low: days * time.low_ratio,
                mode: days,
                high: days * time.high_ratio,
            },
            loadings: vec![Loading {
                factor: time.factor.to_owned(),
                loading_ratio: LOADING_RATIO,
            }],
            // What is paid by amount stands among the costs of the model.
            fixed_usd: 0.0,
            cost_usd_per_day: if days > 0.0 {
                self.by_day_ratio() * about.cost_usd / days
            } else {
                0.0
            },
        });
        self.push(activity, about);
    }

    fn push(&mut self, activity: Activity, item: PlanItem) {
        self.network.activities.push(activity);
        self.items.push(item);
    }

    fn after<S: AsRef<str>>(&mut self, before: impl IntoIterator<Item = S>, then: &str) {
        let links = before.into_iter().map(|one| Link::finish_start(one.as_ref(), then));
        self.network.links.extend(links);
    }

    /// The opening of all, and the risks of the study.
    pub(super) fn finish(mut self) -> Result<Plan> {
        let is_opening = |item: &&PlanItem| item.kind == ItemKind::Opening;
        let openings: Vec<String> =
            self.items.iter().filter(is_opening).map(|item| item.activity.clone()).collect();
        if openings.len() > 1 {
            let milestone = Activity::finish_milestone("opening");
            let name = "whole corridor: opening".to_owned();
            let about = item("opening", CORRIDOR, ItemKind::Opening, "opening");
            self.push(Activity { name, ..milestone }, about);
            self.after(openings.iter(), "opening");
        }
        self.risks()?;
        let Self { network, items, risk, assumptions, .. } = self;
        Ok(Plan { network, items, risk, assumptions, lots: Vec::new(), machines: None })
    }
}

/// A lot that is worked on.
#[derive(Clone, Copy)]
struct On<'l> {
    line: Line<'l>,
    lot: &'l Lot,
    place: usize,
    is_backwards: bool,
}

/// What the crews of a segment have done, in order.
#[derive(Default)]
struct Crews {
    clearance: Vec<String>,
    earthworks: Vec<String>,
    culverts: Vec<String>,
    stations: Vec<String>,
}

/// The activity of work on a lot.
pub(super) fn lot_activity(segment: &str, work: &str, lot: usize) -> String {
    format!("{segment}/{work}/{}", lot + 1)
}

fn item(activity: &str, segment: &str, kind: ItemKind, work: &str) -> PlanItem {
    PlanItem {
        activity: activity.to_owned(),
        segment: segment.to_owned(),
        kind,
        work: work.to_owned(),
        from_m: None,
        to_m: None,
        cost_usd: 0.0,
        is_backwards: false,
    }
}

/// The share of a gate's criteria that has no evidence.
pub(super) fn missing_share(gate: &Gate) -> f64 {
    let full = gate.met.iter().filter(|met| !met.partial).count();
    #[expect(clippy::cast_precision_loss, reason = "a few criteria")]
    let (missing, all) = (gate.missing.len() as f64, (gate.missing.len() + full) as f64);
    if all > 0.0 { missing / all } else { 1.0 }
}
