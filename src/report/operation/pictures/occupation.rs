//! How many pairs of trains fit on each section of a line, beside how many are wanted.

use super::axis::Axis;
use super::kilometres::kilometres;
use super::room::names_above;
use super::words::duration_words;
use crate::operation::traffic::{SectionCapacity, TrackLine};
use crate::report::escape::escape;
use crate::report::lettering::width_px;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 16.0;
/// Below the names of the stations.
const TOP: f64 = 44.0;
const BOTTOM: f64 = 290.0;
const HEIGHT: f64 = 336.0;
/// Rows of names, the lowest first.
const ROWS_Y: [f64; 2] = [30.0, 14.0];
const SIZE: f64 = 12.0;
/// Bars are cut at so many times what is wanted, or what the tightest section allows.
const MOST_RATIO: f64 = 2.5;
/// A pair each second.
const MOST_PER_DAY: f64 = 86_400.0;

/// A bar for each section along the kilometres, as high as pairs of trains a day fit on it, with
/// the tightest one marked and `pairs_per_day` as a line across.
///
/// ```
/// use railcorridor::operation::traffic::{
///     DayUse, SectionRun, TrackLine, TrackStation, TrainClass, line_capacity,
/// };
/// use railcorridor::report::occupation_picture;
///
/// let station = |name: &str, chainage_m| TrackStation {
///     name: name.into(), chainage_m, crossing_s: 60, ..Default::default()
/// };
/// let line = TrackLine::new(vec![station("Herat", 0.0), station("Ghurian", 20e3)])?;
/// let runs = vec![SectionRun::from_minutes(24.0, 25.0)?];
/// let class = TrainClass { name: "freight".into(), length_m: 900.0, runs, ..Default::default() };
/// let sections = line_capacity(&line, &class, &DayUse::default())?.sections;
/// let picture = occupation_picture("pairs", "freight", &line, &sections, 18.0);
/// // 1,380 x 0.92 / (24 + 25 + 1 + 1) = 24.89
/// assert!(picture.svg.contains("Herat to Ghurian: 24.9 pairs a day, 51 min a pair"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn occupation_picture(
    id: &str,
    name: &str,
    line: &TrackLine,
    sections: &[SectionCapacity],
    pairs_per_day: f64,
) -> Picture {
    let chart = Chart::new(line, sections, pairs_per_day);
    let mut svg = Svg::default();
    chart.axes(&mut svg);
    chart.stations(&mut svg);
    let is_drawn = |section: &&SectionCapacity| section.pairs_per_day.is_finite();
    let by_pairs =
        |a: &&SectionCapacity, b: &&SectionCapacity| a.pairs_per_day.total_cmp(&b.pairs_per_day);
    let tightest = sections.iter().filter(is_drawn).min_by(by_pairs);
    for section in sections.iter().filter(is_drawn) {
        chart.bar(&mut svg, section, tightest == Some(section));
    }
    chart.wanted(&mut svg, tightest);
    let title = format!("Pairs of trains that fit: {name}");
    let too_few = sections.iter().filter(|one| one.pairs_per_day < chart.wanted_per_day).count();
    let tightest =
        tightest.map_or(String::new(), |section| format!(" The tightest is {}.", told(section)));
    let words = format!(
        "Kilometres to the right, pairs of trains a day upwards, {} sections. On {too_few} of them \
         fewer than the {} pairs wanted fit.{tightest}",
        sections.len(),
        grouped(chart.wanted_per_day, 1)
    );
    let mut caption =
        "How many pairs of trains a day fit on each section. Dashed line: the pairs that \
        are wanted; darker bars do not reach it. Black: the tightest section, with its pairs."
            .to_owned();
    if sections.iter().any(|section| chart.is_higher(section)) {
        caption.push_str(" A bar under an arrow is higher than the picture.");
    }
    let svg = svg.finish("operation section-pairs", &escape(id), (WIDTH, HEIGHT), &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

struct Chart<'a> {
    line: &'a TrackLine,
    wanted_per_day: f64,
    /// Chainage, m, and pairs a day.
    x: Axis,
    y: Axis,
}

impl<'a> Chart<'a> {
    fn new(line: &'a TrackLine, sections: &[SectionCapacity], wanted_per_day: f64) -> Self {
        let places = || line.stations().iter().map(|station| station.chainage_m);
        let (low_m, high_m) =
            (places().fold(f64::INFINITY, f64::min), places().fold(f64::NEG_INFINITY, f64::max));
        let pairs = || sections.iter().map(|one| one.pairs_per_day).filter(|one| one.is_finite());
        let wanted_per_day =
            if wanted_per_day.is_nan() { 0.0 } else { wanted_per_day.clamp(0.0, MOST_PER_DAY) };
        let least = pairs().fold(f64::INFINITY, f64::min);
        let least = if least.is_finite() { least } else { 0.0 };
        let cut = MOST_RATIO * wanted_per_day.max(least).min(MOST_PER_DAY);
        let most = pairs().fold(wanted_per_day, f64::max).min(cut);
        Self {
            line,
            wanted_per_day,
            x: Axis::new((low_m, high_m), (LEFT, WIDTH - RIGHT)),
            y: Axis::new((0.0, if most > 0.0 { 1.08 * most } else { 1.0 }), (BOTTOM, TOP)),
        }
    }

    fn axes(&self, svg: &mut Svg) {
        for value in self.y.round_values(1.0, 8.0) {
            let y = self.y.px(value);
            svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
            svg.text("label", (LEFT - 8.0, y + 4.0), "end", &grouped(value, 0));
        }
        for (words, y) in [("pairs", -3.0), ("a day", 11.0)] {
            svg.text("name", (8.0, 0.5 * (TOP + BOTTOM) + y), "start", words);
        }
        kilometres(svg, self.x, (WIDTH - RIGHT, BOTTOM + 20.0), |svg, at| {
            svg.polyline("tick", "", &[(at, BOTTOM), (at, BOTTOM + 5.0)]);
        });
        svg.polyline("axis", "", &[(LEFT, BOTTOM), (WIDTH - RIGHT, BOTTOM)]);
    }

    fn stations(&self, svg: &mut Svg) {
        let stations = self.line.stations();
        let places: Vec<(&str, f64)> = stations
            .iter()
            .map(|station| (station.name.as_str(), self.x.px(station.chainage_m)))
            .collect();
        let names = names_above(&places, ROWS_Y.len(), SIZE, (8.0, WIDTH - 2.0));
        let named = || {
            places.iter().zip(&names).filter_map(|(place, name)| {
                let name = name.as_ref()?;
                Some((place.1, name, *ROWS_Y.get(name.row)?))
            })
        };
        for (x, _, y) in named() {
            svg.polyline("station", "", &[(x, y + 4.0), (x, BOTTOM)]);
        }
        for (_, name, y) in named() {
            svg.text("station-name", (name.middle_px, y), "middle", &name.short);
        }
    }

    fn bar(&self, svg: &mut Svg, section: &SectionCapacity, is_tightest: bool) {
        let station = |number: usize| self.line.stations().get(number);
        let Some((low, high)) = station(section.low).zip(station(section.high)) else { return };
        let [left, right] = [low, high].map(|station| self.x.px(station.chainage_m));
        let top = self.y.px(section.pairs_per_day);
        let class = match (is_tightest, section.pairs_per_day < self.wanted_per_day) {
            (true, _) => "bar tightest",
            (false, true) => "bar too-few",
            (false, false) => "bar",
        };
        let wide = (right - left - 1.0).max(0.3);
        svg.titled(&told(section), |svg| {
            svg.block(class, (left + 0.5, top), (wide, BOTTOM - top));
            if self.is_higher(section) {
                let middle = 0.5 * (left + right);
                let reach = 0.5 * wide.min(10.0);
                let tip = [(middle - reach, TOP), (middle, TOP - 6.0), (middle + reach, TOP)];
                svg.polygon("arrow", &tip);
            }
        });
    }

    /// What is wanted as a line, and what the tightest section allows; their words stand in
    /// different halves.
    fn wanted(&self, svg: &mut Svg, tightest: Option<&SectionCapacity>) {
        let y = self.y.px(self.wanted_per_day);
        for class in ["casing", "wanted"] {
            svg.polyline(class, "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
        }
        let mut is_left = true;
        if let Some((section, middle)) = tightest.and_then(|one| Some((one, self.middle_px(one)?)))
        {
            is_left = middle > 0.5 * (LEFT + WIDTH - RIGHT);
            let pairs_per_day = section.pairs_per_day.clamp(0.0, MOST_PER_DAY);
            let words = format!("tightest: {}", grouped(pairs_per_day, 1));
            let half = 0.5 * width_px(&words, SIZE);
            let middle = middle.min(WIDTH - RIGHT - half).max(LEFT + half + 2.0);
            let top = self.y.px(section.pairs_per_day) - 5.0;
            svg.text("tightest-name", (middle, top.max(TOP + 10.0)), "middle", &words);
        }
        let (x, anchor) =
            if is_left { (LEFT + 4.0, "start") } else { (WIDTH - RIGHT - 2.0, "end") };
        let words = format!("wanted: {}", grouped(self.wanted_per_day, 1));
        svg.text("wanted-name", (x, (y - 5.0).max(TOP + 10.0)), anchor, &words);
    }

    /// Whether a section's bar is cut.
    fn is_higher(&self, section: &SectionCapacity) -> bool {
        section.pairs_per_day.is_finite() && section.pairs_per_day > self.y.end()
    }

    /// The middle of a section.
    fn middle_px(&self, section: &SectionCapacity) -> Option<f64> {
        let stations = self.line.stations();
        let ends = stations.get(section.low).zip(stations.get(section.high))?;
        Some(0.5 * (self.x.px(ends.0.chainage_m) + self.x.px(ends.1.chainage_m)))
    }
}

/// A section in words.
fn told(section: &SectionCapacity) -> String {
    #[expect(clippy::cast_precision_loss, reason = "seconds of some weeks")]
    let period_s = section.period_s as f64;
    format!(
        "{}: {} pairs a day, {} a pair",
        section.name,
        grouped(section.pairs_per_day, 1),
        duration_words(period_s)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::traffic::{DayUse, line_capacity};
    use crate::report::operation::pictures::drawn::drawn;
    use crate::report::operation::pictures::made_up::{class, single_track};

    fn sections(line: &TrackLine) -> Vec<SectionCapacity> {
        let day = DayUse { closed_s: 3_600, reliability_share: 0.92 };
        line_capacity(line, &class("freight", line), &day).unwrap().sections
    }

    #[test]
    fn the_tightest_section_is_marked() {
        let line = single_track(9);
        let sections = sections(&line);
        let picture = occupation_picture("x", "<a>", &line, &sections, 21.0);
        let shown = drawn(&picture);
        // 30 minutes each way and a minute at each end: 1,380 x 0.92 / 62 = 20.5.
        assert_eq!(
            (shown.count("bar tightest"), shown.words("tightest-name")),
            (1, vec!["tightest: 20.5"])
        );
        assert_eq!((shown.count("bar"), shown.count("bar too-few")), (7, 0));
        assert!(shown.titles.iter().any(|told| told.starts_with("A & <B> to Station 1: ")));
        assert!(picture.svg.contains("A &amp; &lt;B&gt;") && picture.svg.contains("&lt;a&gt;"));
        let more = drawn(&occupation_picture("x", "", &line, &sections, 60.0));
        assert_eq!((more.count("bar tightest"), more.count("bar too-few")), (1, 7));
    }

    #[test]
    fn bars_of_short_sections_are_cut_with_an_arrow() {
        let line = single_track(6);
        let mut sections = sections(&line);
        sections[4].pairs_per_day = 400.0;
        let shown = drawn(&occupation_picture("x", "", &line, &sections, 12.0));
        assert_eq!(shown.count("arrow"), 1);
    }

    #[test]
    fn numbers_that_are_none_draw_nothing_wrong() {
        let line = single_track(4);
        for wanted in [0.0, -3.0, f64::NAN, f64::INFINITY, 1e12] {
            drawn(&occupation_picture("x", "", &line, &[], wanted));
            let mut odd = sections(&line);
            odd[0].pairs_per_day = f64::NAN;
            odd[1].high = 99;
            drawn(&occupation_picture("x", "", &line, &odd, wanted));
        }
    }
}
