//! The time-location chart: where each crew is on each day.

mod legend;
mod profile;
mod stations;

use self::legend::legend;
use self::profile::profile;
use self::stations::stations;
use super::time_axis::TimeAxis;
use crate::model::Study;
use crate::report::lettering::width_px;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::report::words::short_month;
use crate::route::{CostModel, SegmentRoute};
use crate::schedule::{Dates, Season};
use crate::stages::{ItemKind, Plan};
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 74.0;
const RIGHT: f64 = 12.0;
const CHART_TOP: f64 = 206.0;
/// What is below the last day: kilometres and the legend.
const BELOW: f64 = 108.0;
const SIZE: f64 = 12.0;

/// A year is no higher and no lower; between, all years together are about a page.
const YEAR_HEIGHT: (f64, f64) = (16.0, 74.0);
const PAGE_HEIGHT: f64 = 1_000.0;

/// Works in the order in which they pass a place, with what the legend calls them.
const WORKS: [(&str, &str); 7] = [
    ("clearance", "clearance of mines"),
    ("earthworks", "earthworks"),
    ("bridges", "bridges"),
    ("tunnels", "tunnels"),
    ("track", "track"),
    ("ballast", "ballast"),
    ("signalling", "signalling"),
];

/// Time downwards over distance: each lot of each crew as a line from where and when it begins to
/// where and when it ends, bridges and tunnels as blocks, closed seasons shaded; above, on the same
/// distances, the ground and the rails with tunnels and bridges; decisions and openings as marks of
/// each segment.
///
/// `cost` tells from what depth and height a tunnel and a bridge are cheaper, as in the search.
#[must_use]
pub fn time_location_picture(
    study: &Study,
    plan: &Plan,
    dates: &Dates<'_>,
    routes: &[SegmentRoute],
    cost: &CostModel,
) -> Picture {
    let chart = Chart::new(study, plan, dates);
    let seasons = seasons(plan);
    let mut svg = Svg::default();
    chart.closed(&mut svg, &seasons);
    chart.years(&mut svg);
    stations(&mut svg, &chart, study);
    profile(&mut svg, &chart, routes, cost);
    for (work, _) in WORKS {
        chart.work(&mut svg, plan, dates, work);
    }
    chart.gates(&mut svg, plan, dates);
    legend(&mut svg, chart.bottom() + 54.0, &seasons);
    let words = format!(
        "Distance along the corridor, {} km, to the right; time from {} to {} downwards. The dates \
         are in the table of what is still to be done.",
        grouped(chart.length_m / 1e3, 0),
        chart.axis.first(),
        chart.axis.last()
    );
    let title = "Where each crew is when".to_owned();
    let size = (WIDTH, chart.bottom() + BELOW);
    let caption = "At likely times. Distance to the right, time downwards: steep lines are slow work. \
                   Above, at the same places, the ground, the rails as searched on it, and where \
                   tunnels and bridges are cheaper than cuts and fills.";
    Picture {
        id: "time-location".to_owned(),
        svg: svg.finish("time-location", "time-location", size, &title, &words),
        title,
        caption: caption.to_owned(),
    }
}

/// The seasons that close some work, each once.
fn seasons(plan: &Plan) -> Vec<&Season> {
    let mut found: Vec<&Season> = Vec::new();
    for season in plan.network.calendars.iter().flat_map(|calendar| &calendar.seasons) {
        if !found.contains(&season) {
            found.push(season);
        }
    }
    found
}

/// A segment on the distance axis.
struct Stretch {
    segment: String,
    begins_m: f64,
    length_m: f64,
}

struct Chart {
    axis: TimeAxis,
    length_m: f64,
    stretches: Vec<Stretch>,
}

impl Chart {
    fn new(study: &Study, plan: &Plan, dates: &Dates<'_>) -> Self {
        let mut stretches = Vec::new();
        let mut begins_m = 0.0;
        for segment in &study.segments {
            let Some(own) = plan.lots.iter().find(|one| one.segment == segment.id) else {
                continue;
            };
            let length_m = own.lots.last().map_or(0.0, |lot| lot.to_m);
            stretches.push(Stretch { segment: segment.id.clone(), begins_m, length_m });
            begins_m += length_m;
        }
        let (first, last) = (plan.network.start, dates.finish());
        let years = f64::from(last.year()) - f64::from(first.year()) + 1.0;
        let year_px = (PAGE_HEIGHT / years.max(1.0)).clamp(YEAR_HEIGHT.0, YEAR_HEIGHT.1);
        let axis = TimeAxis::with_years_of(year_px, first, last, CHART_TOP);
        Self { axis, length_m: begins_m.max(1.0), stretches }
    }

    fn x(&self, segment: &str, at_m: f64) -> f64 {
        let stretch = self.stretches.iter().find(|stretch| stretch.segment == segment);
        self.x_of(stretch.map_or(0.0, |stretch| stretch.begins_m) + at_m)
    }

    fn x_of(&self, corridor_m: f64) -> f64 {
        LEFT + (corridor_m / self.length_m).clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT)
    }

    fn bottom(&self) -> f64 {
        self.axis.end_px()
    }

    /// Seasons in which some work rests.
    fn closed(&self, svg: &mut Svg, seasons: &[&Season]) {
        let (first, last) = (self.axis.first(), self.axis.last());
        for season in seasons {
            let is_over_new_year = season.last < season.first;
            for year in first.year().saturating_sub(1)..last.year() {
                let ends_in = if is_over_new_year { year.saturating_add(1) } else { year };
                let days = season.first.in_year(year).zip(season.last.in_year(ends_in));
                let Some((from, to)) = days.filter(|(from, to)| *to >= first && *from < last)
                else {
                    continue;
                };
                let (top, bottom) = (self.axis.morning_px(from), self.axis.evening_px(to));
                svg.block("closed", (LEFT, top), (WIDTH - LEFT - RIGHT, bottom - top));
            }
        }
    }

    fn years(&self, svg: &mut Svg) {
        for (year, y) in self.axis.years() {
            svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
            svg.text("label", (LEFT - 8.0, y + 14.0), "end", &year.to_string());
        }
        let y = self.bottom();
        svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
    }

    fn work(&self, svg: &mut Svg, plan: &Plan, dates: &Dates<'_>, work: &str) {
        for (place, item) in plan.items.iter().enumerate() {
            let (Some(from_m), Some(to_m)) = (item.from_m, item.to_m) else { continue };
            if item.work != work || item.kind != ItemKind::Works {
                continue;
            }
            let (start, finish) = (dates.early_start(place), dates.early_finish(place));
            let (x0, x1) = (self.x(&item.segment, from_m), self.x(&item.segment, to_m));
            let (y0, y1) = (self.axis.morning_px(start), self.axis.evening_px(finish));
            let name = plan.network.activities.get(place).map_or("", |one| one.name.as_str());
            svg.titled(&format!("{name}: {start} to {finish}"), |svg| {
                if is_block(work) {
                    svg.block(work, (x0, y0), (x1 - x0, (y1 - y0).max(2.0)));
                } else if item.is_backwards {
                    svg.polyline(work, "", &[(x1, y0), (x0, y1)]);
                } else {
                    svg.polyline(work, "", &[(x0, y0), (x1, y1)]);
                }
            });
        }
    }

    /// Stages and openings of each segment, in the middle of it.
    fn gates(&self, svg: &mut Svg, plan: &Plan, dates: &Dates<'_>) {
        for Stretch { segment, length_m, .. } in &self.stretches {
            let (left, right) = (self.x(segment, 0.0), self.x(segment, *length_m));
            let middle = 0.5 * (left + right);
            let fitting = |all: [String; 2]| {
                let fits = |words: &&String| width_px(words, SIZE) < right - left - 8.0;
                all.iter().find(fits).cloned()
            };
            let own = || plan.items.iter().enumerate().filter(|(_, item)| item.segment == *segment);
            let preparation = || {
                own().filter(|(_, item)| {
                    item.kind == ItemKind::Preparation && item.work != "trial-running"
                })
            };
            let begins = preparation().map(|(place, _)| dates.early_start(place)).min();
            let ends = preparation().map(|(place, _)| dates.early_finish(place)).max();
            if let (Some(begins), Some(ends)) = (begins, ends) {
                let (top, bottom) = (self.axis.morning_px(begins), self.axis.evening_px(ends));
                let width = (right - left - 6.0).max(1.0);
                svg.block("preparation", (left + 3.0, top), (width, bottom - top));
                if let Some(words) = fitting(["studies, money, tender".into(), "studies".into()])
                    && bottom - top > 18.0
                {
                    svg.text("inside", (middle, 0.5 * (top + bottom) + 4.0), "middle", &words);
                }
            }
            for (place, _) in own().filter(|(_, item)| item.kind == ItemKind::Opening) {
                let day = dates.early_finish(place);
                let y = self.axis.evening_px(day);
                svg.polyline("opening", "", &[(left, y), (right, y)]);
                let words = [format!("open {}", short_month(day)), short_month(day)];
                if let Some(words) = fitting(words) {
                    svg.text("opened", (middle, y + 15.0), "middle", &words);
                }
            }
        }
    }
}

/// Whether it is drawn as a block instead of a line.
fn is_block(work: &str) -> bool {
    work == "bridges" || work == "tunnels"
}
