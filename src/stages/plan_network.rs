//! The network of a plan, put together segment by segment.

use super::plan::{Assumption, ItemKind, Plan, PlanItem, PlanOptions, SegmentLots, first_day};
use super::railhead_order::Supply;
use super::{Gate, Lot, StageState, WorkRate, segment_stages};
use crate::error::Result;
use crate::model::{CORRIDOR, Certainty, Study};
use crate::schedule::{
    Activity, ActivityRisk, Calendar, DayOfYear, Distribution, Holiday, Link, Loading, Network,
    RiskEvent, RiskModel, Season, WorkingWeek,
};

/// Working days of a month with one day off a week: 365.2425 / 12 x 6 / 7.
const WORKING_DAYS_A_MONTH: f64 = 26.088_75;

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
    study: &'a Study,
    options: &'a PlanOptions,
    network: Network,
    items: Vec<PlanItem>,
    risk: RiskModel,
    assumptions: Vec<Assumption>,
    /// The last track of each segment.
    laid: Vec<(String, String)>,
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
            laid: Vec::new(),
        };
        builder.assume_rates()?;
        Ok(builder)
    }

    /// All activities of a segment.
    pub(super) fn segment(
        &mut self,
        supply: &Supply<'_>,
        lots: &[Lot],
        gauge_mm: Option<u32>,
    ) -> Result<()> {
        let id = supply.segment.id.as_str();
        let ready = self.preparation(id)?;
        let mobilised = self.prepared(id, "mobilisation", 1.0)?;
        self.after(ready.iter(), &mobilised);
        let ends = self.works(supply, lots, &mobilised)?;
        let trial = self.prepared(id, "trial-running", 1.0)?;
        self.after(ends.iter(), &trial);
        let opening = format!("{id}/opening");
        let name = format!("{}: opening", self.study.subject_name(id));
        let milestone = Activity { name, ..Activity::finish_milestone(&opening) };
        self.push(milestone, item(&opening, id, ItemKind::Opening, "opening", None));
        self.after([&trial], &opening);
        self.assume_supply(supply, gauge_mm);
        Ok(())
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
    fn works(&mut self, supply: &Supply<'_>, lots: &[Lot], mobilised: &str) -> Result<Vec<String>> {
        let id = supply.segment.id.as_str();
        let mut order: Vec<(usize, &Lot)> = lots.iter().enumerate().collect();
        if supply.is_backwards {
            order.reverse();
        }
        let (mut cleared, mut formed): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let over = supply.over.map(|segment| segment.id.as_str());
        let arrived = self.laid.iter().find(|(segment, _)| Some(segment.as_str()) == over);
        let mut railhead = arrived.map(|(_, track)| track.clone());
        let mut tamped: Option<String> = None;
        let mut first_track = None;
        for (place, lot) in order {
            let clearance = self.on_lot(id, "clearance", (place, lot))?;
            self.after([mobilised], &clearance);
            self.after(before(&cleared, self.options.clearance_crews), &clearance);
            let earthworks = self.on_lot(id, "earthworks", (place, lot))?;
            self.after([&clearance], &earthworks);
            self.after(before(&formed, self.options.earthworks_crews), &earthworks);
            let track = self.on_lot(id, "track", (place, lot))?;
            self.after([&earthworks], &track);
            self.after(railhead.iter(), &track);
            if lot.structures_m > 0.0 {
                let structures = self.on_lot(id, "structures", (place, lot))?;
                self.after([&clearance], &structures);
                self.after([&structures], &track);
            }
            let ballast = self.on_lot(id, "ballast", (place, lot))?;
            self.after([&track], &ballast);
            self.after(tamped.iter(), &ballast);
            first_track.get_or_insert_with(|| track.clone());
            railhead = Some(track);
            tamped = Some(ballast);
            cleared.push(clearance);
            formed.push(earthworks);
        }
        let mut ends: Vec<String> = tamped.into_iter().collect();
        if let (Some(first), Some(last)) = (first_track, railhead) {
            let signalling = self.along(id, "signalling", lots)?;
            self.network.links.push(Link::start_start(&first, &signalling));
            self.network.links.push(Link::finish_finish(&last, &signalling));
            ends.push(signalling);
            self.laid.push((id.to_owned(), last));
        }
        Ok(ends)
    }

    /// Work of a kind on a lot.
    fn on_lot(&mut self, segment: &str, work: &str, (place, lot): (usize, &Lot)) -> Result<String> {
        let rates = &self.options.rates;
        let rate = rates.work(work)?;
        let days = match work {
            "structures" => lot.structures_m / rate.flat_m_per_day,
            "earthworks" => lot.open_line_days(rate),
            _ => lot.all_days(rate),
        };
        let time = Time::at(rate, days);
        let activity = format!("{segment}/{work}/{}", place + 1);
        let name = format!(
            "{}: {}, km {:.0}-{:.0}",
            self.study.subject_name(segment),
            rate.name,
            lot.from_m / 1e3,
            lot.to_m / 1e3
        );
        let range_m = Some((lot.from_m, lot.to_m));
        let about = item(&activity, segment, ItemKind::Works, work, range_m);
        self.timed(about, name, SITE, &time);
        Ok(activity)
    }

    /// Work along the whole of a segment.
    fn along(&mut self, segment: &str, work: &str, lots: &[Lot]) -> Result<String> {
        let rate = self.options.rates.work(work)?;
        let time = Time::at(rate, lots.iter().map(|lot| lot.all_days(rate)).sum());
        let activity = format!("{segment}/{work}");
        let name = format!("{}: {}", self.study.subject_name(segment), rate.name);
        let range_m = lots.first().zip(lots.last()).map(|(a, b)| (a.from_m, b.to_m));
        let about = item(&activity, segment, ItemKind::Works, work, range_m);
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
        let about = item(&activity, segment, ItemKind::Preparation, stage, None);
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
            fixed_usd: 0.0,
            cost_usd_per_day: 0.0,
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
    pub(super) fn finish(mut self, lots: Vec<SegmentLots>) -> Result<Plan> {
        let is_opening = |item: &&PlanItem| item.kind == ItemKind::Opening;
        let openings: Vec<String> =
            self.items.iter().filter(is_opening).map(|item| item.activity.clone()).collect();
        if openings.len() > 1 {
            let milestone = Activity::finish_milestone("opening");
            let name = "whole corridor: opening".to_owned();
            let about = item("opening", CORRIDOR, ItemKind::Opening, "opening", None);
            self.push(Activity { name, ..milestone }, about);
            self.after(openings.iter(), "opening");
        }
        self.risks()?;
        let Self { network, items, risk, assumptions, .. } = self;
        Ok(Plan { network, items, risk, assumptions, lots })
    }

    fn risks(&mut self) -> Result<()> {
        for risk in &self.study.risks {
            let Some(delay) = &risk.delay else { continue };
            let rates = &self.options.rates;
            if rates.preparation(&delay.work).is_err() {
                rates.work(&delay.work)?;
            }
            let mut activities: Vec<String> = Vec::new();
            for segment in &self.study.segments {
                let is_hit = risk.subject == CORRIDOR || risk.subject == segment.id;
                // One event delays the first of its kind on a segment, and with it the rest.
                let first = self
                    .items
                    .iter()
                    .find(|item| item.segment == segment.id && item.work == delay.work);
                activities.extend(first.filter(|_| is_hit).map(|item| item.activity.clone()));
            }
            if activities.is_empty() {
                continue;
            }
            let days = |months: f64| months * WORKING_DAYS_A_MONTH;
            self.risk.events.push(RiskEvent {
                id: risk.id.clone(),
                event_probability: delay.event_probability,
                impact: Distribution::Triangular {
                    low: days(delay.low_months),
                    mode: days(delay.likely_months),
                    high: days(delay.high_months),
                },
                activities,
                cost: None,
            });
            self.assumptions.push(Assumption {
                subject: risk.name.en.clone(),
                value: format!(
                    "{:.0} %, {} to {} months on {}",
                    delay.event_probability * 100.0,
                    delay.low_months,
                    delay.high_months,
                    delay.work.replace('-', " ")
                ),
                state: Certainty::Assumed,
                reason: risk.reason.clone().unwrap_or_default(),
            });
        }
        Ok(())
    }

    fn assume_rates(&mut self) -> Result<()> {
        let rates = &self.options.rates;
        for preparation in &rates.preparation {
            let found = rates.preparation(&preparation.stage)?;
            let months = |ratio: f64| found.likely_months * ratio;
            self.assumptions.push(Assumption {
                subject: found.stage.replace('-', " "),
                value: format!(
                    "{} months, {:.1} to {:.1}",
                    found.likely_months,
                    months(found.low_ratio),
                    months(found.high_ratio)
                ),
                state: found.state,
                reason: found.reason.clone(),
            });
        }
        for work in &rates.work {
            let rate = rates.work(&work.id)?;
            self.assumptions.push(Assumption {
                subject: rate.name.clone(),
                value: rate_words(rate),
                state: rate.state,
                reason: rate.reason.clone(),
            });
        }
        self.assumptions.push(Assumption {
            subject: "crews and calendar".to_owned(),
            value: format!(
                "{} crews of earthworks and {} of clearance a segment, one of track; Friday and \
                 1 Hamal off; no earthworks from 15 December to 15 February",
                self.options.earthworks_crews, self.options.clearance_crews
            ),
            state: Certainty::Assumed,
            reason: "nobody has published a programme of works".to_owned(),
        });
        Ok(())
    }

    fn assume_gate(&mut self, segment: &str, gate: &Gate) {
        let value = match gate.state {
            StageState::Claimed => "claimed, counted as not done".to_owned(),
            StageState::Begun => format!("begun: {:.0} % left", 100.0 * missing_share(gate)),
            StageState::Reached | StageState::Open => return,
        };
        let missing: Vec<&str> = gate.missing.iter().map(|one| one.text.as_str()).collect();
        self.assumptions.push(Assumption {
            subject: format!("{}: {}", self.study.subject_name(segment), gate.name),
            value,
            state: Certainty::Assumed,
            reason: format!("no evidence that {}", missing.join(", nor that ")),
        });
    }

    fn assume_nothing(&mut self, segment: &str, gate: &Gate) {
        self.assumptions.push(Assumption {
            subject: format!("{}: {}", self.study.subject_name(segment), gate.name),
            value: "no time of its own".to_owned(),
            state: Certainty::Assumed,
            reason: format!("the rates have none for stage {}", gate.stage),
        });
    }

    fn assume_supply(&mut self, supply: &Supply<'_>, gauge_mm: Option<u32>) {
        let name = |id: &str| self.study.subject_name(id);
        let segment = supply.segment;
        let from = if supply.is_backwards { &segment.to } else { &segment.from };
        let gauge = gauge_mm.map_or("any".to_owned(), |gauge_mm| format!("{gauge_mm} mm"));
        let (value, reason) = match (supply.is_reached, supply.over) {
            (true, Some(over)) => (
                format!("track from {}, behind {}", name(from), name(&over.id)),
                format!("rails of {gauge} gauge arrive over the segment laid before"),
            ),
            (true, None) => (
                format!("track from {}", name(from)),
                format!("an open line of {gauge} gauge arrives there"),
            ),
            (false, _) => (
                format!("track from {}, rails by road", name(from)),
                format!("no open line of {gauge} gauge arrives at either end"),
            ),
        };
        let subject = format!("{}: railhead", name(&segment.id));
        self.assumptions.push(Assumption { subject, value, state: Certainty::Assumed, reason });
    }
}

/// The activity that a crew did before, if so many take turns.
fn before(done: &[String], crews: usize) -> Option<&String> {
    done.len().checked_sub(crews).and_then(|place| done.get(place))
}

fn item(
    activity: &str,
    segment: &str,
    kind: ItemKind,
    work: &str,
    range_m: Option<(f64, f64)>,
) -> PlanItem {
    PlanItem {
        activity: activity.to_owned(),
        segment: segment.to_owned(),
        kind,
        work: work.to_owned(),
        from_m: range_m.map(|range_m| range_m.0),
        to_m: range_m.map(|range_m| range_m.1),
    }
}

fn rate_words(rate: &WorkRate) -> String {
    let (slow, fast) = (rate.mountain_m_per_day, rate.flat_m_per_day);
    let metres = if slow < fast {
        format!("{slow} to {fast} m a crew and day, from mountains to plains")
    } else {
        format!("{fast} m a crew and day")
    };
    format!("{metres}; {} to {} times as long", rate.low_ratio, rate.high_ratio)
}

/// The share of a gate's criteria that has no evidence.
fn missing_share(gate: &Gate) -> f64 {
    let full = gate.met.iter().filter(|met| !met.partial).count();
    #[expect(clippy::cast_precision_loss, reason = "a few criteria")]
    let (missing, all) = (gate.missing.len() as f64, (gate.missing.len() + full) as f64);
    if all > 0.0 { missing / all } else { 1.0 }
}
