//! The time-location chart: where each crew is on each day.

use jiff::civil;

use crate::model::Study;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::route::SegmentRoute;
use crate::schedule::Dates;
use crate::stages::{ItemKind, Plan};
use crate::unit::grouped;

const WIDTH: f64 = 1120.0;
const LEFT: f64 = 74.0;
const RIGHT: f64 = 18.0;
/// Below the names of the stations: the profile.
const PROFILE_TOP: f64 = 66.0;
const PROFILE_HEIGHT: f64 = 64.0;
const CHART_TOP: f64 = 144.0;
const YEAR_HEIGHT: f64 = 74.0;
const LEGEND_HEIGHT: f64 = 52.0;

/// Works in the order in which they pass a place, with what the legend calls them.
const WORKS: [(&str, &str); 6] = [
    ("clearance", "clearance of mines"),
    ("earthworks", "earthworks"),
    ("structures", "bridges and tunnels"),
    ("track", "track"),
    ("ballast", "ballast"),
    ("signalling", "signalling"),
];

/// Time downwards over distance: each lot of each crew as a line from where and when it begins to
/// where and when it ends, bridges and tunnels as blocks, winters shaded, the profile of the rails
/// above; decisions and openings as marks of each segment.
#[must_use]
pub fn time_location_picture(
    study: &Study,
    plan: &Plan,
    dates: &Dates<'_>,
    routes: &[SegmentRoute],
) -> Picture {
    let chart = Chart::new(study, plan, dates);
    let mut svg = Svg::default();
    chart.winters(&mut svg);
    chart.years(&mut svg);
    chart.stations(&mut svg, study);
    chart.profile(&mut svg, plan, routes);
    for (work, _) in WORKS {
        chart.work(&mut svg, plan, dates, work);
    }
    chart.gates(&mut svg, plan, dates);
    chart.legend(&mut svg);
    let words = format!(
        "Distance along the corridor, {} km, to the right; time from {} to {} downwards. The dates \
         are in the table of what is still to be done.",
        grouped(chart.length_m / 1e3, 0),
        chart.first,
        chart.last
    );
    let title = "Where each crew is when".to_owned();
    let size = (WIDTH, chart.height());
    let caption = "At likely times. Distance to the right, time downwards: steep lines are slow work.";
    Picture {
        id: "time-location".to_owned(),
        svg: svg.finish("time-location", "time-location", size, &title, &words),
        title,
        caption: caption.to_owned(),
    }
}

struct Chart {
    first: civil::Date,
    last: civil::Date,
    length_m: f64,
    /// Each segment with where it begins on the corridor and how long it is, metres.
    segments: Vec<(String, f64, f64)>,
}

impl Chart {
    fn new(study: &Study, plan: &Plan, dates: &Dates<'_>) -> Self {
        let mut segments = Vec::new();
        let mut length_m = 0.0;
        for segment in &study.segments {
            let Some(own) = plan.lots.iter().find(|one| one.segment == segment.id) else {
                continue;
            };
            let own_m = own.lots.last().map_or(0.0, |lot| lot.to_m);
            segments.push((segment.id.clone(), length_m, own_m));
            length_m += own_m;
        }
        let first = plan.network.start;
        let first = civil::Date::new(first.year(), 1, 1).unwrap_or(first);
        let last = dates.finish();
        let last = civil::Date::new(last.year().saturating_add(1), 1, 1).unwrap_or(last);
        Self { first, last, length_m: length_m.max(1.0), segments }
    }

    fn x(&self, segment: &str, at_m: f64) -> f64 {
        let begins_m = self.segments.iter().find(|(id, ..)| id == segment).map_or(0.0, |one| one.1);
        LEFT + (begins_m + at_m) / self.length_m * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, day: civil::Date) -> f64 {
        CHART_TOP + self.days(day) / 365.2425 * YEAR_HEIGHT
    }

    fn days(&self, day: civil::Date) -> f64 {
        f64::from(self.first.until(day).map_or(0, |span| span.get_days()))
    }

    fn bottom(&self) -> f64 {
        self.y(self.last)
    }

    fn height(&self) -> f64 {
        self.bottom() + LEGEND_HEIGHT
    }

    /// Winters in which no earth is moved.
    fn winters(&self, svg: &mut Svg) {
        for year in self.first.year() - 1..self.last.year() {
            let day = |year: i16, month: i8| civil::Date::new(year, month, 15).ok();
            let (Some(from), Some(to)) = (day(year, 12), day(year + 1, 2)) else { continue };
            let (from, to) = (from.max(self.first), to.min(self.last));
            if from < to {
                let (top, bottom) = (self.y(from), self.y(to));
                svg.rect("frost", (LEFT, top), (WIDTH - LEFT - RIGHT, bottom - top));
            }
        }
    }

    fn years(&self, svg: &mut Svg) {
        for year in self.first.year()..self.last.year() {
            let Ok(day) = civil::Date::new(year, 1, 1) else { continue };
            let y = self.y(day);
            svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
            svg.text("label", (LEFT - 10.0, y + 15.0), "end", &year.to_string());
        }
        let y = self.bottom();
        svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
    }

    /// The ends of the segments, with their names.
    fn stations(&self, svg: &mut Svg, study: &Study) {
        let mut above = false;
        let mut mark = |svg: &mut Svg, id: &str, x: f64| {
            svg.polyline("border", "", &[(x, PROFILE_TOP - 8.0), (x, self.bottom())]);
            let anchor = if x < LEFT + 60.0 {
                "start"
            } else if x > WIDTH - RIGHT - 60.0 {
                "end"
            } else {
                "middle"
            };
            let y = if above { PROFILE_TOP - 30.0 } else { PROFILE_TOP - 14.0 };
            above = !above;
            svg.text("station", (x, y), anchor, &study.subject_name(id));
        };
        for (place, (id, _, length_m)) in self.segments.iter().enumerate() {
            let Some(segment) = study.segment(id) else { continue };
            if place == 0 {
                mark(svg, &segment.from, self.x(id, 0.0));
            }
            mark(svg, &segment.to, self.x(id, *length_m));
        }
    }

    /// The height of the rails, as searched.
    fn profile(&self, svg: &mut Svg, plan: &Plan, routes: &[SegmentRoute]) {
        let of = |id: &str| routes.iter().find(|route| route.segment == id);
        let shown =
            || self.segments.iter().filter_map(|(id, _, length_m)| Some((of(id)?, *length_m)));
        let heights = || shown().flat_map(|(route, _)| route.points.iter().map(|at| at.height_m));
        let low_m = heights().fold(f64::INFINITY, f64::min);
        let high_m = heights().fold(f64::NEG_INFINITY, f64::max);
        if plan.lots.is_empty() || low_m >= high_m {
            return;
        }
        let mut points = Vec::new();
        for (route, length_m) in shown() {
            let stretch = length_m / route.length_m.max(1.0);
            for at in &route.points {
                let share = (at.height_m - low_m) / (high_m - low_m);
                let y = PROFILE_TOP + PROFILE_HEIGHT * (1.0 - share);
                points.push((self.x(&route.segment, at.chainage_m * stretch), y));
            }
        }
        svg.polyline("profile", "", &points);
        let label = |height_m: f64| format!("{} m", grouped(height_m, 0));
        svg.text("label", (LEFT - 10.0, PROFILE_TOP + 5.0), "end", &label(high_m));
        svg.text("label", (LEFT - 10.0, PROFILE_TOP + PROFILE_HEIGHT), "end", &label(low_m));
    }

    fn work(&self, svg: &mut Svg, plan: &Plan, dates: &Dates<'_>, work: &str) {
        let is_backwards =
            |id: &str| plan.lots.iter().any(|one| one.segment == id && one.is_backwards);
        for (place, item) in plan.items.iter().enumerate() {
            let (Some(from_m), Some(to_m)) = (item.from_m, item.to_m) else { continue };
            if item.work != work || item.kind != ItemKind::Works {
                continue;
            }
            let (x0, x1) = (self.x(&item.segment, from_m), self.x(&item.segment, to_m));
            let (y0, y1) = (self.y(dates.early_start(place)), self.y(dates.early_finish(place)));
            if work == "structures" {
                svg.rect(work, (x0, y0), (x1 - x0, (y1 - y0).max(2.0)));
            } else if is_backwards(&item.segment) {
                svg.polyline(work, "", &[(x1, y0), (x0, y1)]);
            } else {
                svg.polyline(work, "", &[(x0, y0), (x1, y1)]);
            }
        }
    }

    /// Stages and openings of each segment, in the middle of it.
    fn gates(&self, svg: &mut Svg, plan: &Plan, dates: &Dates<'_>) {
        for (id, _, length_m) in &self.segments {
            let (left, right) = (self.x(id, 0.0), self.x(id, *length_m));
            let middle = 0.5 * (left + right);
            let own = || plan.items.iter().enumerate().filter(|(_, item)| item.segment == *id);
            let preparation = || {
                own().filter(|(_, item)| {
                    item.kind == ItemKind::Preparation && item.work != "trial-running"
                })
            };
            let begins = preparation().map(|(place, _)| dates.early_start(place)).min();
            let ends = preparation().map(|(place, _)| dates.early_finish(place)).max();
            if let (Some(begins), Some(ends)) = (begins, ends) {
                let (top, bottom) = (self.y(begins), self.y(ends));
                svg.rect("preparation", (left + 3.0, top), (right - left - 6.0, bottom - top));
                let words = if right - left > 150.0 { "studies, money, tender" } else { "studies" };
                svg.text("inside", (middle, 0.5 * (top + bottom) + 4.0), "middle", words);
            }
            for (place, _) in own().filter(|(_, item)| item.kind == ItemKind::Opening) {
                let day = dates.early_finish(place);
                let y = self.y(day);
                svg.polyline("opening", "", &[(left, y), (right, y)]);
                let words = match right - left > 150.0 {
                    true => format!("open {}", day.strftime("%B %Y")),
                    false => day.strftime("%b %Y").to_string(),
                };
                svg.text("opened", (middle, y + 15.0), "middle", &words);
            }
        }
    }

    fn legend(&self, svg: &mut Svg) {
        let y = self.bottom() + 30.0;
        let mut x = LEFT;
        for (work, words) in WORKS {
            if work == "structures" {
                svg.rect(work, (x, y - 5.0), (26.0, 10.0));
            } else {
                svg.polyline(work, "", &[(x, y - 4.0), (x + 26.0, y + 4.0)]);
            }
            svg.text("label", (x + 33.0, y + 4.0), "start", words);
            #[expect(clippy::cast_precision_loss, reason = "a few letters")]
            let letters = words.len() as f64;
            x += 58.0 + 7.0 * letters;
        }
        svg.rect("frost", (x, y - 6.0), (26.0, 12.0));
        svg.text("label", (x + 33.0, y + 4.0), "start", "frost: no earthworks");
    }
}
