//! The speed of a train along a line, both ways, above what the line asks of it.

mod ground;
mod regimes;
mod stations;

use self::ground::ground;
use self::regimes::regimes;
use self::stations::stations;
use super::axis::Axis;
use super::kilometres::kilometres;
use super::thinned::thinned;
use super::words::duration_words;
use crate::operation::{Run, RunLine};
use crate::report::escape::escape;
use crate::report::lettering::{isolated, shortened};
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 92.0;
const RIGHT: f64 = 16.0;
/// Below the names of the stations.
const TOP: f64 = 38.0;
/// The speeds of one way, with the words above them.
const SPEEDS: f64 = 128.0;
const HEADING: f64 = 20.0;
/// What the train does, below.
const REGIMES: f64 = 26.0;
/// From one way to the next, or to the line.
const GAP: f64 = 12.0;
/// Faster limits than so many times the greatest speed are no matter.
const MOST_LIMIT_RATIO: f64 = 1.4;
/// No train of the world is faster.
const MOST_MPS: f64 = 300.0;

/// The speed of a run by distance within its limits, with what the train does, above the heights,
/// gradients and curves of the line. A run `back`, over the reversed line, stands below on the same
/// kilometres.
///
/// Stations are names with distances on the line of the run `there`; the first and the last by
/// distance are named in any case, others where they have room.
///
/// ```
/// use railcorridor::model::{Rails, RollingStock};
/// use railcorridor::operation::{RunLine, RunOptions, RunSegment, Train, run};
/// use railcorridor::report::speed_picture;
///
/// let level = RunSegment {
///     start_m: 0.0, gradient_permille: 0.0, curve_permille: 0.0, speed_limit_mps: 20.0,
/// };
/// let line = RunLine::new(vec![level], 60_000.0)?;
/// let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
/// let run = run(&line, &train, &RunOptions::default())?;
/// let stations = [("Herat".to_owned(), 0.0), ("Ghurian".to_owned(), 60_000.0)];
/// let picture = speed_picture("speed", &train.name, (&line, &run), None, &stations);
/// // 60 km at 72 km/h are 50 min; starting and stopping take 2 more.
/// assert!(picture.svg.contains("Herat to Ghurian: 52 min"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn speed_picture(
    id: &str,
    name: &str,
    there: (&RunLine, &Run),
    back: Option<(&RunLine, &Run)>,
    stations_m: &[(String, f64)],
) -> Picture {
    let (line, run) = there;
    let mut places: Vec<(&str, f64)> =
        stations_m.iter().map(|(name, at_m)| (name.as_str(), *at_m)).collect();
    places.retain(|(_, at_m)| (line.start_m()..=line.end_m()).contains(at_m));
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    let ends = places.first().zip(places.last()).filter(|_| places.len() > 1);
    let [from_to, to_from] = match ends {
        Some(((a, _), (b, _))) => {
            let [a, b] = [isolated(a), isolated(b)];
            [format!("{a} to {b}"), format!("{b} to {a}")]
        }
        None => ["there".to_owned(), "back".to_owned()],
    };
    let mut ways = vec![Way { words: from_to, line, run, origin_m: 0.0, sign: 1.0 }];
    if let Some((back, run)) = back {
        let origin_m = line.end_m() + back.start_m();
        ways.push(Way { words: to_from, line: back, run, origin_m, sign: -1.0 });
    }
    let x = Axis::new((line.start_m(), line.end_m()), (LEFT, WIDTH - RIGHT));
    let way_px = HEADING + SPEEDS + REGIMES + GAP;
    let ground_px = TOP + ways.iter().map(|_| way_px).sum::<f64>();
    let height = ground_px + ground::HEIGHT;

    let mut svg = Svg::default();
    kilometres(&mut svg, x, (WIDTH - RIGHT, height - 6.0), |svg, at| {
        svg.polyline("rule", "", &[(at, TOP), (at, height - 20.0)]);
    });
    stations(&mut svg, x, &places, ground_px + ground::BANDS);
    let mut top = TOP;
    for way in &ways {
        way.speeds(&mut svg, x, top + HEADING);
        regimes(&mut svg, x, way, top + HEADING + SPEEDS + 4.0);
        top += way_px;
    }
    ground(&mut svg, x, line, ground_px);

    let title = format!("Speed along the line: {name}");
    let words: Vec<String> = ways.iter().map(Way::told).collect();
    let length = grouped(line.length_m() / 1e3, 1);
    let words = format!("{length} km to the right. {}.", words.join(". "));
    let caption = "Speed in km/h, within the limit (shaded). Below it what the train does: above \
        the axis it is pulled, below it is braked; high where it uses all its pull or brakes for a \
        limit or a stop, low where it keeps its speed; nothing where it rolls by itself or stands. Then heights above \
        the beginning, gradients, and the gradient that curves add, in permille."
        .to_owned();
    let svg = svg.finish("operation train-speed", &escape(id), (WIDTH, height), &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

/// A run on the kilometres of the picture.
struct Way<'a> {
    words: String,
    line: &'a RunLine,
    run: &'a Run,
    /// Where a distance of 0 of its own line lies, and which way it counts.
    origin_m: f64,
    sign: f64,
}

impl Way<'_> {
    fn chainage_m(&self, distance_m: f64) -> f64 {
        self.origin_m + self.sign * distance_m
    }

    /// Points in the order of the kilometres of the picture.
    fn to_the_right(&self, mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        if self.sign < 0.0 {
            points.reverse();
        }
        thinned(points)
    }

    fn most_kmh(&self) -> f64 {
        let speeds = self.run.points.iter().map(|point| point.speed_mps);
        3.6 * speeds.filter(|speed| *speed <= MOST_MPS).fold(0.0, f64::max)
    }

    /// Time, speeds and work in words.
    fn told(&self) -> String {
        let run = self.run;
        let mean_kmh = if run.running_s > 0.0 { 3.6 * run.length_m / run.running_s } else { 0.0 };
        let stands = if run.dwell_s > 0.0 {
            format!(", {} of them at stops", duration_words(run.dwell_s))
        } else {
            String::new()
        };
        format!(
            "{}: {}{stands}, {} km/h in the mean of running, {} at most, {} kWh at the wheels",
            self.words,
            duration_words(run.total_s()),
            grouped(mean_kmh, 0),
            grouped(self.most_kmh(), 0),
            grouped(run.traction_kwh(), 0),
        )
    }

    fn speeds(&self, svg: &mut Svg, x: Axis, top: f64) {
        let bottom = top + SPEEDS;
        let most_kmh = self.most_kmh();
        let limits = || self.line.segments().iter().map(|segment| 3.6 * segment.speed_limit_mps);
        let limit_kmh = limits().fold(0.0, f64::max).min(MOST_LIMIT_RATIO * most_kmh.max(1.0));
        let y = Axis::new((0.0, limit_kmh.max(most_kmh).max(10.0) * 1.04), (bottom, top));
        let told = shortened(&self.told(), 12.0, WIDTH - RIGHT - LEFT);
        svg.text("heading", (LEFT, top - 7.0), "start", &told);
        let mut steps = vec![(x.px(self.chainage_m(self.line.start_m())), bottom)];
        for (segment, to_m) in self.line.spans() {
            let height = y.px(3.6 * segment.speed_limit_mps);
            let [from, to] = [segment.start_m, to_m].map(|at_m| x.px(self.chainage_m(at_m)));
            if steps.last().is_none_or(|last| last.1 != height) {
                steps.push((from, height));
            }
            steps.push((to, height));
        }
        steps.push((x.px(self.chainage_m(self.line.end_m())), bottom));
        svg.polygon("limit", &self.to_the_right(steps));
        for kmh in y.round_values(1.0, 6.0) {
            svg.polyline("rule", "", &[(LEFT, y.px(kmh)), (WIDTH - RIGHT, y.px(kmh))]);
            svg.text("label", (LEFT - 8.0, y.px(kmh) + 4.0), "end", &grouped(kmh, 0));
        }
        svg.text("name", (8.0, top + 0.5 * SPEEDS + 4.0), "start", "km/h");
        let speeds = self.run.points.iter().filter(|point| point.distance_m.is_finite());
        let speeds =
            speeds.map(|at| (x.px(self.chainage_m(at.distance_m)), y.px(3.6 * at.speed_mps)));
        svg.polyline("speed", "", &self.to_the_right(speeds.collect()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{RunOptions, RunStop, run};
    use crate::report::operation::pictures::drawn::drawn;
    use crate::report::operation::pictures::made_up::{hills, stations, train};

    fn runs(line: &RunLine) -> [Run; 2] {
        let stops = vec![RunStop { at_m: 24e3, dwell_s: 600.0 }];
        let options = RunOptions { stops, ..RunOptions::default() };
        [line, &line.reversed()].map(|line| run(line, &train("te33a-gondola"), &options).unwrap())
    }

    #[test]
    fn both_ways_stand_on_the_same_kilometres() {
        let line = hills(60);
        let [there, back] = runs(&line);
        let reversed = line.reversed();
        let way = (&line, &there);
        let both = speed_picture("x", "<i>", way, Some((&reversed, &back)), &stations(6));
        let shown = drawn(&both);
        assert_eq!((shown.count("speed"), shown.count("limit"), shown.count("curve")), (2, 2, 1));
        let headings = shown.words("heading");
        assert!(
            headings[0].starts_with("A & <B> to Station 5: ") && headings[0].contains("10 min")
        );
        assert!(headings[1].starts_with("Station 5 to A & <B>: "));
        assert!(both.svg.contains("A &amp; &lt;B&gt;") && both.svg.contains("&lt;i&gt;"));
        let alone = drawn(&speed_picture("x", "one", way, None, &[]));
        assert_eq!((alone.count("speed"), alone.count("station-name")), (1, 0));
        assert!(alone.words("heading")[0].starts_with("there: "));
    }

    /// A limit lies where it lies, whichever way it is run.
    #[test]
    fn limits_of_the_way_back_are_those_of_the_way_there() {
        let line = hills(60);
        let [there, back] = runs(&line);
        let reversed = line.reversed();
        let x = Axis::new((0.0, 60e3), (LEFT, WIDTH - RIGHT));
        let corners = |line: &RunLine, run: &Run, sign: f64| {
            let origin_m = if sign < 0.0 { line.end_m() } else { 0.0 };
            let way = Way { words: String::new(), line, run, origin_m, sign };
            let at = |segment: &crate::operation::RunSegment| x.px(way.chainage_m(segment.start_m));
            let mut all: Vec<String> =
                line.segments().iter().skip(1).map(|one| format!("{:.6}", at(one))).collect();
            all.sort();
            all
        };
        assert_eq!(corners(&line, &there, 1.0), corners(&reversed, &back, -1.0));
    }

    #[test]
    fn a_long_line_is_drawn_by_as_many_points_as_it_has_pixels() {
        let line = hills(700);
        let run = run(&line, &train("te33a-gondola"), &RunOptions::default()).unwrap();
        assert!(run.points.len() > 2_000, "{}", run.points.len());
        let shown = drawn(&speed_picture("x", "long", (&line, &run), None, &stations(50)));
        for class in ["speed", "limit", "ground", "gradient", "curve"] {
            assert!(shown.points[class] <= 1_600, "{class}: {}", shown.points[class]);
        }
        assert!(shown.count("station-tick") > 20 && shown.count("station-name") > 10);
    }

    #[test]
    fn numbers_that_are_none_draw_nothing_wrong() {
        let line = hills(40);
        let mut run = runs(&line)[0].clone();
        run.points.clear();
        let places = [("nowhere".to_owned(), f64::NAN), ("beyond".to_owned(), 1e9)];
        let empty = drawn(&speed_picture("x", "", (&line, &run), None, &places));
        assert_eq!((empty.count("pulling"), empty.count("station-tick")), (0, 0));
        let mut odd = runs(&line)[0].clone();
        for point in odd.points.iter_mut().step_by(3) {
            point.speed_mps = f64::NAN;
            point.distance_m = f64::INFINITY;
        }
        drawn(&speed_picture("x", "", (&line, &odd), None, &[]));
    }
}
