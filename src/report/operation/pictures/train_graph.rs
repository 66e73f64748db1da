//! The train graph: time to the right, stations downwards, a line for each train.

mod hours;
mod legend;

use self::hours::hours;
use self::legend::legend;
use super::axis::Axis;
use super::room::{Room, ends_first};
use super::thinned::thinned;
use super::words::moment_words;
use crate::operation::traffic::{StringLine, StringLines, StringPoint};
use crate::report::escape::escape;
use crate::report::lettering::{shortened, width_px};
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::schedule::Direction;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const RIGHT: f64 = 46.0;
/// Below the hours and the names of trains that begin at the top.
const TOP: f64 = 46.0;
/// Below the last station: names of trains, hours, two lines of a legend.
const BELOW: f64 = 74.0;
const SIZE: f64 = 12.0;
/// Names of stations are no longer.
const LONGEST_NAME: f64 = 130.0;
/// A station has so much height where it can, and all together so much at least and at most.
const STATION: f64 = 13.0;
const HEIGHTS: (f64, f64) = (300.0, 720.0);
/// Trains of the first classes differ by the width of their lines; all further ones share the last.
const CLASSES: usize = 3;
/// No railway is longer, m.
const FARTHEST: f64 = 1e8;

/// The string-line graph of a window of time, in seconds from midnight of the first day.
///
/// Kilometres go downwards, so that trains towards higher chainage fall to the right, as solid
/// lines; those towards lower chainage rise, dashed. Up to three classes have lines of their own
/// width. Lines that leave the window are cut at its edge.
///
/// ```
/// use railcorridor::operation::traffic::{
///     GraphOptions, GraphTrain, SectionRun, TrackLine, TrackStation, TrainClass, string_lines,
///     train_graph,
/// };
/// use railcorridor::report::train_graph_picture;
///
/// let station = |name: &str, chainage_m| {
///     TrackStation { name: name.into(), chainage_m, ..Default::default() }
/// };
/// let line = TrackLine::new(vec![station("Herat", 0.0), station("Ghurian", 20e3)])?;
/// let runs = vec![SectionRun::from_minutes(24.0, 25.0)?];
/// let class = TrainClass { name: "freight".into(), length_m: 900.0, runs, ..Default::default() };
/// let train = GraphTrain {
///     name: "freight 1".into(), class: "freight".into(), release_s: 6 * 3_600,
///     ..Default::default()
/// };
/// let result = train_graph(&line, &[class], &[train], &GraphOptions::default())?;
/// let lines = string_lines(&line, &result.graph);
/// let picture = train_graph_picture("day", "one train", &lines, (0, 86_400));
/// assert!(picture.svg.contains("freight 1 (freight): Herat 06:00 to Ghurian 06:24"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn train_graph_picture(
    id: &str,
    name: &str,
    lines: &StringLines,
    window_s: (u64, u64),
) -> Picture {
    let chart = Chart::new(lines, window_s);
    let mut svg = Svg::default();
    hours(&mut svg, &chart);
    chart.stations(&mut svg);
    let shown = chart.trains(&mut svg);
    legend(&mut svg, &chart);
    let title = format!("Train graph: {name}");
    let ends = lines.stations.first().zip(lines.stations.last());
    let ends = ends.map_or(String::new(), |(a, b)| format!(", {} above, {} below", a.name, b.name));
    let (from, to) = (moment_words(window_s.0), moment_words(window_s.1));
    let words = format!(
        "Time to the right, from {from} to {to}; {} stations downwards{ends}. {shown} trains.",
        lines.stations.len()
    );
    let caption = "Time to the right, kilometres downwards. Solid lines fall towards higher \
        kilometres, dashed ones rise towards lower ones; level pieces are trains that stand. Two \
        lines that cross at a station are trains that meet there."
        .to_owned();
    let size = (WIDTH, chart.bottom + BELOW);
    let svg = svg.finish("operation train-graph", &escape(id), size, &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

struct Chart<'a> {
    lines: &'a StringLines,
    from_s: u64,
    to_s: u64,
    x: Axis,
    y: Axis,
    left: f64,
    bottom: f64,
    /// Each class once, in the order of the trains.
    classes: Vec<&'a str>,
}

impl<'a> Chart<'a> {
    fn new(lines: &'a StringLines, (from_s, to_s): (u64, u64)) -> Self {
        let places = || lines.stations.iter().map(|station| station.chainage_m).filter(is_place);
        let low_m = places().fold(f64::INFINITY, f64::min);
        let high_m = places().fold(f64::NEG_INFINITY, f64::max);
        let wanted = places().map(|_| STATION).sum::<f64>();
        let bottom = TOP + wanted.clamp(HEIGHTS.0, HEIGHTS.1);
        let widths = lines.stations.iter().map(|station| width_px(&station.name, SIZE));
        let left = 12.0 + widths.fold(40.0, f64::max).min(LONGEST_NAME);
        let mut classes: Vec<&str> = Vec::new();
        for train in &lines.trains {
            if classes.len() < CLASSES && !classes.contains(&train.class.as_str()) {
                classes.push(&train.class);
            }
        }
        Self {
            lines,
            from_s,
            to_s,
            x: Axis::new((seconds(from_s), seconds(to_s)), (left, WIDTH - RIGHT)),
            y: Axis::new((low_m, high_m), (TOP, bottom)),
            left,
            bottom,
            classes,
        }
    }

    /// A line across for each station, with names and kilometres where they have room.
    fn stations(&self, svg: &mut Svg) {
        let mut room = Room::default();
        let stations = &self.lines.stations;
        for number in ends_first(stations.len()) {
            let Some(station) = stations.get(number).filter(|at| is_place(&at.chainage_m)) else {
                continue;
            };
            let y = self.y.px(station.chainage_m);
            let km = grouped(station.chainage_m / 1e3, 0);
            let is_named = room.take(y - 0.5 * SIZE, y + 0.5 * SIZE);
            let words = format!("{}, km {}", station.name, grouped(station.chainage_m / 1e3, 1));
            svg.titled(&words, |svg| {
                svg.polyline("station", "", &[(self.left, y), (WIDTH - RIGHT, y)]);
                if is_named {
                    let short = shortened(&station.name, SIZE, LONGEST_NAME);
                    svg.text("station-name", (self.left - 6.0, y + 4.0), "end", &short);
                    svg.text("label", (WIDTH - RIGHT + 6.0, y + 4.0), "start", &km);
                }
            });
        }
        svg.text("label", (WIDTH - RIGHT + 6.0, TOP - 10.0), "start", "km");
    }

    /// All trains of the window; how many.
    fn trains(&self, svg: &mut Svg) -> usize {
        let mut shown = 0;
        let (mut above, mut below) = (Room::default(), Room::default());
        for train in &self.lines.trains {
            let points = self.cut(&train.points);
            let Some(begin) = points.first() else { continue };
            shown += 1;
            svg.titled(&self.told(train), |svg| svg.polyline(&self.class(train), "", &points));
            // A train that begins on the picture has its name there.
            let is_from_end = begin.1 <= TOP + 0.5 || begin.1 >= self.bottom - 0.5;
            let name = short_name(train);
            let half = 0.5 * width_px(name, 11.0);
            let (from, to) = (begin.0 - half, begin.0 + half);
            let is_down = train.direction == Direction::Increasing;
            let room = if is_down { &mut above } else { &mut below };
            let fits = from >= self.left && to <= WIDTH - RIGHT && half < 40.0;
            if is_from_end && fits && room.take(from - 3.0, to + 3.0) {
                let y = if is_down { TOP - 6.0 } else { self.bottom + 14.0 };
                svg.text("label", (begin.0, y), "middle", name);
            }
        }
        shown
    }

    /// A line within the window, in pixels.
    fn cut(&self, points: &[StringPoint]) -> Vec<(f64, f64)> {
        let (from_s, to_s) = (seconds(self.from_s), seconds(self.to_s));
        let mut cut: Vec<(f64, f64)> = Vec::new();
        for (a, b) in points.iter().zip(points.iter().skip(1)) {
            let (a_s, b_s) = (seconds(a.at_s), seconds(b.at_s));
            if b_s < from_s || a_s > to_s || b_s < a_s {
                continue;
            }
            let at_m = |at_s: f64| {
                let share = if b_s > a_s { (at_s - a_s) / (b_s - a_s) } else { 0.0 };
                a.chainage_m + share * (b.chainage_m - a.chainage_m)
            };
            for at_s in [a_s.max(from_s), b_s.min(to_s)] {
                let point = (self.x.px(at_s), self.y.px(at_m(at_s)));
                if cut.last() != Some(&point) {
                    cut.push(point);
                }
            }
        }
        if cut.len() < 2 { Vec::new() } else { thinned(cut) }
    }

    /// How the line of a train looks: its direction, and its class by number.
    fn class(&self, train: &StringLine) -> String {
        let number = self.classes.iter().position(|class| *class == train.class);
        line_class(train.direction, number.unwrap_or(CLASSES - 1))
    }

    /// From when and where to when and where a train runs, in words.
    fn told(&self, train: &StringLine) -> String {
        let at = |point: &StringPoint| {
            let place = self.station_at(point.chainage_m);
            format!("{place} {}", moment_words(point.at_s))
        };
        let ends = train.points.first().zip(train.points.last());
        let ends = ends.map_or(String::new(), |(from, to)| format!(": {} to {}", at(from), at(to)));
        format!("{} ({}){ends}", train.train, train.class)
    }

    /// The name of the station at a place; kilometres if there is none.
    fn station_at(&self, chainage_m: f64) -> String {
        let mut stations = self.lines.stations.iter();
        let station = stations.find(|station| (station.chainage_m - chainage_m).abs() < 0.5);
        station.map_or_else(
            || format!("km {}", grouped(chainage_m / 1e3, 1)),
            |station| station.name.clone(),
        )
    }
}

fn line_class(direction: Direction, number: usize) -> String {
    let way = if direction == Direction::Increasing { "down" } else { "up" };
    format!("{way} class-{}", number + 1)
}

/// The name of a train without that of its class before it.
fn short_name(train: &StringLine) -> &str {
    let rest = train.train.strip_prefix(&train.class).map(str::trim_start);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(&train.train)
}

/// Whether a chainage is one.
fn is_place(chainage_m: &f64) -> bool {
    chainage_m.abs() <= FARTHEST
}

/// A moment as a number; those of trains are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
fn seconds(at_s: u64) -> f64 {
    at_s as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::traffic::{
        DailyTrains, GraphOptions, StringStation, day_of_trains, string_lines, train_graph,
    };
    use crate::report::operation::pictures::drawn::drawn;
    use crate::report::operation::pictures::made_up::{class, single_track};

    const DAY: (u64, u64) = (0, 86_400);

    fn lines(stations: u32, daily: &[(&str, u32)]) -> StringLines {
        let line = single_track(stations);
        let classes: Vec<_> = daily.iter().map(|(name, _)| class(name, &line)).collect();
        let day = |(name, trains): &(&str, u32)| DailyTrains {
            class: (*name).to_owned(),
            increasing: *trains,
            decreasing: *trains,
        };
        let trains = day_of_trains(&daily.iter().map(day).collect::<Vec<_>>()).unwrap();
        let result = train_graph(&line, &classes, &trains, &GraphOptions::default()).unwrap();
        string_lines(&line, &result.graph)
    }

    #[test]
    fn each_train_has_a_line_and_its_words() {
        let picture = train_graph_picture("x", "<day>", &lines(8, &[("a & b", 6)]), DAY);
        let shown = drawn(&picture);
        // One of each in the legend.
        assert_eq!((shown.count("down class-1"), shown.count("up class-1")), (7, 7));
        assert_eq!((shown.count("hour"), shown.count("hour six")), (20, 5 + 2));
        assert_eq!(shown.count("station-name"), 8);
        // Half of a gap of four hours, then 15 min six times and 30 once, if it meets nobody.
        assert!(shown.titles.iter().any(|told| told.starts_with("a & b 1 (a & b): A & <B> 02:00")));
        assert!(picture.svg.contains("&lt;day&gt;") && !picture.svg.contains("<day>"));
    }

    #[test]
    fn classes_differ_by_width() {
        let shown = drawn(&train_graph_picture(
            "x",
            "",
            &lines(30, &[("a", 5), ("b", 3), ("c", 2), ("d", 2)]),
            DAY,
        ));
        let down = |number: usize| shown.count(&format!("down class-{number}"));
        assert_eq!((down(1), down(2), down(3)), (7, 4, 5)); // two, one and one of the legend
        assert!(shown.words("words").contains(&"c and others"));
    }

    #[test]
    fn lines_are_cut_at_the_edge_of_the_window() {
        let point = |at_s, chainage_m| StringPoint { at_s, chainage_m };
        let train = StringLine {
            train: "1".into(),
            class: "c".into(),
            direction: Direction::Increasing,
            points: vec![point(0, 0.0), point(7_200, 40e3), point(9_000, 40e3)],
        };
        let station = |name: &str, chainage_m| StringStation { name: name.into(), chainage_m };
        let stations = vec![station("A", 0.0), station("B", 40e3)];
        let lines = StringLines { stations, trains: vec![train] };
        let chart = Chart::new(&lines, (3_600, 7_200));
        // Half way at the edge; the stop behind it is not shown.
        let middle = 0.5 * (TOP + chart.bottom);
        let expected = [(chart.left, middle), (WIDTH - RIGHT, chart.bottom)];
        assert_eq!(chart.cut(&lines.trains[0].points), expected);
        let later = Chart::new(&lines, (20_000, 30_000));
        assert_eq!(later.cut(&lines.trains[0].points), []);
    }

    #[test]
    fn windows_and_lines_of_nothing_are_drawn() {
        let all = lines(3, &[("a", 2)]);
        for window in [(0, 0), (90_000, 3_600), (0, u64::MAX), (u64::MAX, u64::MAX), (100, 300)] {
            drawn(&train_graph_picture("x", "", &all, window));
        }
        let shown = drawn(&train_graph_picture("x", "", &lines(3, &[("a", 2)]), (0, 40 * 86_400)));
        assert!(shown.count("hour") + shown.count("hour six") < 200);
        let nothing = StringLines { stations: Vec::new(), trains: Vec::new() };
        drawn(&train_graph_picture("x", "", &nothing, DAY));
        let mut odd = all;
        odd.stations[1].chainage_m = f64::NAN;
        odd.trains[0].points[1].chainage_m = f64::INFINITY;
        drawn(&train_graph_picture("x", "", &odd, DAY));
    }
}
