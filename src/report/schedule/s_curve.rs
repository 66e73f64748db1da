//! The S-curve: how much track is laid by when, as planned and as simulated.

use jiff::civil::Date;

use super::amount_frame::{BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, amount_px, legend, rule};
use super::time_axis::TimeAxis;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::report::words::month;
use crate::schedule::{ActivityLength, Dates, LengthReached, Percentiles};
use crate::stages::{ItemKind, Plan, PlanItem};
use crate::unit::grouped;

/// The band is computed at so many lengths.
const STEPS: u16 = 50;

/// The track of a plan, lot by lot, and the lengths at which the band of
/// [`s_curve_picture`] is computed: fiftieths of all, metres. Both are for
/// [`simulate_lengths`](crate::schedule::simulate_lengths).
#[must_use]
pub fn track_lengths_m(plan: &Plan) -> (Vec<ActivityLength>, Vec<f64>) {
    let length = |item: &PlanItem| {
        let length_m = length_m(item)?;
        Some(ActivityLength { activity: item.activity.clone(), length_m })
    };
    let lengths: Vec<ActivityLength> = plan.items.iter().filter_map(length).collect();
    let total_m: f64 = lengths.iter().map(|one| one.length_m).sum();
    let steps = if total_m > 0.0 { STEPS } else { 0 };
    let steps_m = (1..=steps).map(|step| total_m * f64::from(step) / f64::from(STEPS));
    (lengths, steps_m.collect())
}

/// Kilometres of track laid by date: the line as planned at early dates, and for each length the
/// days from P10 to P90, with P50, on which so much is laid in the simulated plans.
#[must_use]
pub fn s_curve_picture(
    status_day: Date,
    plan: &Plan,
    dates: &Dates<'_>,
    laid: &[LengthReached],
) -> Picture {
    let chart = Chart::new(status_day, plan, dates, laid);
    let mut svg = Svg::default();
    chart.axis.years_on_top(&mut svg, TOP, BOTTOM);
    chart.lengths(&mut svg);
    chart.band(&mut svg, laid);
    svg.polyline("planned", "", &chart.planned(plan, dates));
    chart.axis.status_day(&mut svg, status_day, TOP, BOTTOM);
    chart.ends(&mut svg, plan, dates, laid);
    track_legend(&mut svg);
    let title = "How much track is laid by when".to_owned();
    let total = grouped(chart.total_m / 1e3, 0);
    let words = format!(
        "Kilometres of track laid, of {total} km, upwards; time from {} to {} to the right.",
        chart.axis.first(),
        chart.axis.last()
    );
    let caption = format!(
        "Kilometres of track laid on all segments, of {total} km. Planned: every lot evenly from its \
         early start to its early finish, at likely times. The band: for each fiftieth of the \
         length, the day on which so much is laid was found in every simulated plan; one plan in ten \
         is left of the band, one in ten right of it, half left of P50. It is such a band for each \
         length on its own, and no single plan need run along it."
    );
    Picture {
        id: "s-curve".to_owned(),
        svg: svg.finish("s-curve", "s-curve", (WIDTH, HEIGHT), &title, &words),
        title,
        caption,
    }
}

struct Chart {
    axis: TimeAxis,
    total_m: f64,
    /// The day that days of the simulation count from.
    start: Date,
}

impl Chart {
    fn new(status_day: Date, plan: &Plan, dates: &Dates<'_>, laid: &[LengthReached]) -> Self {
        let simulated = laid.iter().flat_map(|one| one.reached.dates);
        let last = simulated.chain([dates.finish(), status_day]).max().unwrap_or(status_day);
        let start = plan.network.start;
        let axis = TimeAxis::between(start.min(status_day), last, LEFT, WIDTH - RIGHT);
        let total_m = plan.items.iter().filter_map(length_m).sum();
        Self { axis, total_m, start }
    }

    fn y(&self, length_m: f64) -> f64 {
        amount_px(length_m, self.total_m)
    }

    /// Kilometres at the left, at round numbers, and all of them.
    fn lengths(&self, svg: &mut Svg) {
        let mut step_m = 1.0;
        while self.total_m / step_m > 6.0 {
            let factor = if self.total_m / step_m > 30.0 { 10.0 } else { 2.0 };
            step_m *= factor;
        }
        let digits = usize::from(step_m < 1e3);
        let mut at_m = 0.0;
        while at_m < self.total_m - 0.4 * step_m {
            rule(svg, self.y(at_m), "label", &grouped(at_m / 1e3, digits));
            at_m += step_m;
        }
        let words = format!("{} km", grouped(self.total_m / 1e3, digits));
        rule(svg, self.y(self.total_m), "label total", &words);
    }

    fn band(&self, svg: &mut Svg, laid: &[LengthReached]) {
        let line = |days: fn(&Percentiles) -> f64| -> Vec<(f64, f64)> {
            let at = |one: &LengthReached| {
                let x = self.axis.days_after_px(self.start, days(&one.reached.days));
                (x, self.y(one.length_m))
            };
            laid.iter().map(at).collect()
        };
        let (early, late) = (line(|days| days.p10), line(|days| days.p90));
        let around: Vec<(f64, f64)> = early.iter().chain(late.iter().rev()).copied().collect();
        svg.polygon("band", &around);
        svg.polyline("edge", "", &early);
        svg.polyline("edge", "", &late);
        svg.polyline("median", "", &line(|days| days.p50));
    }

    /// Every lot evenly from its early start to its early finish, added up.
    fn planned(&self, plan: &Plan, dates: &Dates<'_>) -> Vec<(f64, f64)> {
        let mut lots = Vec::new();
        let mut corners = Vec::new();
        for (place, item) in plan.items.iter().enumerate() {
            let Some(length_m) = length_m(item) else { continue };
            let start = self.axis.morning_px(dates.early_start(place));
            let finish = self.axis.evening_px(dates.early_finish(place));
            lots.push((start, finish, length_m));
            corners.extend([start, finish]);
        }
        corners.sort_by(f64::total_cmp);
        corners.dedup();
        let laid_m = |x: f64| -> f64 {
            let share = |start: f64, finish: f64| {
                if x >= finish { 1.0 } else { ((x - start) / (finish - start)).max(0.0) }
            };
            lots.iter().map(|(start, finish, length_m)| length_m * share(*start, *finish)).sum()
        };
        corners.into_iter().map(|x| (x, self.y(laid_m(x)))).collect()
    }

    /// When all is laid, in words, where no curve runs.
    fn ends(&self, svg: &mut Svg, plan: &Plan, dates: &Dates<'_>, laid: &[LengthReached]) {
        let lots = plan.items.iter().enumerate().filter(|(_, item)| length_m(item).is_some());
        let last = lots.map(|(place, _)| dates.early_finish(place)).max();
        let Some(planned) = last else {
            svg.text("words", (0.5 * (LEFT + WIDTH), 220.0), "middle", "The plan lays no track.");
            return;
        };
        let all = laid.iter().max_by(|a, b| a.length_m.total_cmp(&b.length_m));
        let mut lines = vec![
            format!("All {} km are laid", grouped(self.total_m / 1e3, 0)),
            format!("as planned in {}", month(planned)),
        ];
        if let Some(LengthReached { reached, .. }) = all {
            let [p10, p50, _, p90] = reached.dates;
            lines.push(format!("P10 in {}, P50 in {}", month(p10), month(p50)));
            lines.push(format!("P90 in {}", month(p90)));
        }
        let mut y = BOTTOM - 60.0;
        for line in lines {
            svg.text("words", (WIDTH - RIGHT - 8.0, y), "end", &line);
            y += 17.0;
        }
    }
}

fn track_legend(svg: &mut Svg) {
    let classes = [
        ("planned", "as planned"),
        ("median", "P50: half of the plans are left of it"),
        ("band", "P10 to P90: eight plans in ten"),
    ];
    legend(svg, &classes, |svg, class, (x, y)| {
        let is_band = class == "band";
        if is_band {
            let (top, bottom) = (y - 6.0, y + 6.0);
            svg.block(class, (x, top), (28.0, bottom - top));
            svg.polyline("edge", "", &[(x, top), (x, bottom)]);
            svg.polyline("edge", "", &[(x + 28.0, top), (x + 28.0, bottom)]);
        }
        is_band
    });
}

/// How much track an item of the plan lays, metres.
fn length_m(item: &PlanItem) -> Option<f64> {
    let is_track = item.kind == ItemKind::Works && item.work == "track";
    let length_m = item.to_m? - item.from_m?;
    (is_track && length_m > 0.0).then_some(length_m)
}
