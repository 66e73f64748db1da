//! What pulls trains and what holds them back, by speed.

use super::axis::Axis;
use super::curve_names::{CurveName, curve_names};
use crate::operation::Train;
use crate::report::escape::escape;
use crate::report::lettering::width_px;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 76.0;
/// Room for the names of the curves.
const RIGHT: f64 = 226.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 400.0;
const HEIGHT: f64 = 440.0;
/// Forces are drawn up to so much of the greatest pull.
const HEADROOM_RATIO: f64 = 1.12;
/// Steps of a curve of pull, which has corners, and of resistance, which has none.
const PULL_STEPS: u32 = 500;
const RESISTANCE_STEPS: u32 = 40;
/// No train of the world is faster, or pulled harder.
const MOST_MPS: f64 = 300.0;
const MOST_N: f64 = 1e9;
/// Styles of curves of pull; further trains begin anew with the first, told by their names.
const STYLES: [&str; 4] = ["pull pull-1", "pull pull-2", "pull pull-3", "pull pull-4"];

/// The pull of trains by speed, with what holds the first of them back on each gradient: rolling
/// resistance and gradient. Where both are equal the train keeps its speed; that is marked.
///
/// ```
/// use railcorridor::model::{Rails, RollingStock};
/// use railcorridor::operation::Train;
/// use railcorridor::report::effort_picture;
///
/// let train = Train::of(RollingStock::builtin(), "2te25km-gondola", Rails::Jointed)?;
/// let trains = [("2TE25KM".to_owned(), &train)];
/// let picture = effort_picture("effort", "2TE25KM", &trains, &[9.0, 20.0]);
/// assert!(picture.svg.contains("30.7 km/h on 9 permille")); // Train::balancing_mps
/// assert!(picture.caption.ends_with("Beyond the picture: 20 permille.")); // 1,022 kN of 838
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn effort_picture(
    id: &str,
    name: &str,
    trains: &[(String, &Train)],
    gradients_permille: &[f64],
) -> Picture {
    let chart = Chart::new(trains);
    let mut svg = Svg::default();
    chart.axes(&mut svg);
    let mut names = chart.pulls(&mut svg, trains);
    let (mut balances, mut beyond) = (Vec::new(), String::new());
    let mut count = 0;
    if let Some((_, train)) = trains.first() {
        let mut gradients_permille: Vec<f64> =
            gradients_permille.iter().copied().filter(|gradient| gradient.is_finite()).collect();
        gradients_permille.sort_by(f64::total_cmp);
        gradients_permille.dedup();
        let (curves, missing) = chart.resistances(&mut svg, train, &gradients_permille);
        names.extend(curves);
        if !missing.is_empty() {
            beyond = format!(" Beyond the picture: {} permille.", missing.join(", "));
        }
        balances = chart.balances(&mut svg, train, &gradients_permille);
        count = gradients_permille.len();
    }
    curve_names(&mut svg, names, (WIDTH - RIGHT, WIDTH - 2.0), (TOP + 6.0, BOTTOM));
    let title = format!("Pull and resistance: {name}");
    let first = trains.first().map_or("no train", |(name, _)| name.as_str());
    let balances = match balances.as_slice() {
        [] => String::new(),
        some => format!(" It keeps up {}.", some.join(", ")),
    };
    let words = format!(
        "Speed to the right, force upwards: what pulls {} trains, and what holds {first} back on \
         {count} gradients.{balances}",
        trains.len()
    );
    let caption = format!(
        "Thick lines: the pull at the wheels by speed. Thin lines: rolling resistance and gradient \
         of {first}, pulled; gradients in permille, curves included. Where a thin line crosses the \
         pull the train keeps its speed, in km/h; left of there it gains, right of there it loses. \
         A gradient that begins above the pull does not let it start.{beyond}"
    );
    let svg = svg.finish("operation train-effort", &escape(id), (WIDTH, HEIGHT), &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

struct Chart {
    /// Speeds, m/s, and forces, N.
    x: Axis,
    y: Axis,
}

impl Chart {
    fn new(trains: &[(String, &Train)]) -> Self {
        let most = |values: &mut dyn Iterator<Item = f64>| {
            values.filter(|value| value.is_finite()).fold(0.0, f64::max)
        };
        let most_mps = most(&mut trains.iter().map(|(_, train)| train.speed_max_mps)).min(MOST_MPS);
        let most_n =
            most(&mut trains.iter().map(|(_, train)| train.effort.force_n(0.0))).min(MOST_N);
        let most_n = HEADROOM_RATIO * if most_n > 0.0 { most_n } else { 1e3 };
        Self {
            x: Axis::new((0.0, most_mps), (LEFT, WIDTH - RIGHT)),
            y: Axis::new((0.0, most_n), (BOTTOM, TOP)),
        }
    }

    fn axes(&self, svg: &mut Svg) {
        let kn = Axis::new((0.0, self.y.end() / 1e3), (BOTTOM, TOP));
        for value in kn.round_values(1.0, 9.0) {
            let y = kn.px(value);
            svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
            svg.text("label", (LEFT - 8.0, y + 4.0), "end", &grouped(value, 0));
        }
        let kmh = Axis::new((0.0, 3.6 * self.x.end()), (LEFT, WIDTH - RIGHT));
        for value in kmh.round_values(1.0, 13.0) {
            let x = kmh.px(value);
            svg.polyline("rule", "", &[(x, TOP), (x, BOTTOM)]);
            svg.text("label", (x, BOTTOM + 17.0), "middle", &grouped(value, 0));
        }
        svg.text("name", (8.0, 0.5 * (TOP + BOTTOM)), "start", "kN");
        svg.text("name", (0.5 * (LEFT + WIDTH - RIGHT), BOTTOM + 34.0), "middle", "km/h");
        svg.polyline("axis", "", &[(LEFT, TOP), (LEFT, BOTTOM), (WIDTH - RIGHT, BOTTOM)]);
    }

    /// A force by speed up to a greatest speed, as far as it lies in the picture.
    fn curve(&self, most_mps: f64, steps: u32, force_n: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
        let speeds = (0..=steps).map(|step| most_mps * f64::from(step) / f64::from(steps));
        let all = speeds.map(|speed_mps| (speed_mps, force_n(speed_mps)));
        let inside =
            all.filter(|(speed_mps, force_n)| self.x.holds(*speed_mps) && self.y.holds(*force_n));
        inside.map(|(speed_mps, force_n)| (self.x.px(speed_mps), self.y.px(force_n))).collect()
    }

    fn pulls(&self, svg: &mut Svg, trains: &[(String, &Train)]) -> Vec<CurveName> {
        let mut names = Vec::new();
        for ((name, train), class) in trains.iter().zip(STYLES.iter().cycle()) {
            let curve =
                self.curve(train.speed_max_mps, PULL_STEPS, |speed| train.effort.force_n(speed));
            let Some(end) = curve.last().copied() else { continue };
            let most_kn = grouped(train.effort.force_n(0.0) / 1e3, 0);
            svg.titled(&format!("pull of {name}, {most_kn} kN at most"), |svg| {
                svg.polyline(class, "", &curve);
            });
            names.push(CurveName { end_px: end, class: "pull-name", name: name.clone() });
        }
        names
    }

    /// The curves of all gradients that lie in the picture, and those that do not.
    fn resistances(
        &self,
        svg: &mut Svg,
        train: &Train,
        permilles: &[f64],
    ) -> (Vec<CurveName>, Vec<String>) {
        let (mut names, mut beyond) = (Vec::new(), Vec::new());
        for &permille in permilles {
            let held_n = |speed: f64| train.rolling_n(speed) + train.gradient_n(permille);
            let curve = self.curve(train.speed_max_mps, RESISTANCE_STEPS, held_n);
            let Some(end) = curve.last().copied() else {
                beyond.push(gradient_words(permille));
                continue;
            };
            let words = format!("{} permille", gradient_words(permille));
            svg.titled(&words, |svg| svg.polyline("resistance", "", &curve));
            names.push(CurveName { end_px: end, class: "words", name: words });
        }
        (names, beyond)
    }

    /// Marks each speed that the train keeps up below its greatest one; in words.
    fn balances(&self, svg: &mut Svg, train: &Train, permilles: &[f64]) -> Vec<String> {
        let mut told = Vec::new();
        let mut written: Vec<(f64, f64)> = Vec::new();
        for &permille in permilles {
            let speed_mps = train.balancing_mps(permille);
            let force_n = train.effort.force_n(speed_mps);
            let is_inside = self.x.holds(speed_mps) && self.y.holds(force_n);
            if !(speed_mps > 0.0 && speed_mps < train.speed_max_mps && is_inside) {
                continue;
            }
            let kmh = grouped(3.6 * speed_mps, 1);
            let words = format!("{kmh} km/h on {} permille", gradient_words(permille));
            let (x, y) = (self.x.px(speed_mps), self.y.px(force_n));
            svg.titled(&words, |svg| {
                svg.circle("balance", (x, y), 4.0);
                let wide = width_px(&kmh, 12.0);
                let left = (x + 7.0).min(WIDTH - RIGHT + 10.0 - wide);
                let is_free = written
                    .iter()
                    .all(|at| (at.1 - y).abs() > 14.0 || (at.0 - left).abs() > wide + 8.0);
                if is_free {
                    svg.text("balance-name", (left, y - 6.0), "start", &kmh);
                    written.push((left, y));
                }
            });
            told.push(words);
        }
        told
    }
}

/// A gradient with no more digits than it has: `9`, `12.5`.
fn gradient_words(permille: f64) -> String {
    let words = format!("{permille:.1}");
    words.strip_suffix(".0").map_or_else(|| words.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::operation::pictures::drawn::drawn;
    use crate::report::operation::pictures::made_up::train;

    #[test]
    fn balancing_speeds_are_marked_where_the_train_keeps_one() {
        let train = train("2te25km-gondola");
        let picture =
            effort_picture("x", "<a>", &[("a & b".to_owned(), &train)], &[20.0, 9.0, 0.0, 9.0]);
        let shown = drawn(&picture);
        // On the level it could run faster than it may; on 20 permille it does not start.
        assert_eq!((shown.count("balance"), shown.words("balance-name")), (1, vec!["30.7"]));
        assert!(shown.titles.contains(&"30.7 km/h on 9 permille".to_owned()));
        assert_eq!((shown.count("pull pull-1"), shown.count("resistance")), (1, 2));
        assert!(picture.caption.contains("20 permille"), "{}", picture.caption);
        assert!(picture.svg.contains("a &amp; b") && picture.svg.contains("&lt;a&gt;"));
    }

    #[test]
    fn names_of_many_curves_keep_apart() {
        let trains = ["2te25km-gondola", "te33a-gondola"].map(train);
        let named: Vec<(String, &Train)> =
            trains.iter().cycle().take(6).map(|train| (train.name.clone(), train)).collect();
        let gradients: Vec<f64> = (0..12).map(f64::from).collect();
        let shown = drawn(&effort_picture("x", "", &named, &gradients));
        assert_eq!(shown.count("pull-name"), 6);
        assert_eq!(shown.count("pull pull-1"), 2); // the fifth has the style of the first
        assert_eq!(shown.words("words").len(), 12);
    }

    #[test]
    fn numbers_that_are_none_draw_nothing_wrong() {
        drawn(&effort_picture("x", "", &[], &[9.0]));
        let good = train("te33a-gondola");
        for odd in [
            Train { mass_kg: f64::NAN, ..good.clone() },
            Train { speed_max_mps: f64::INFINITY, ..good.clone() },
            Train { speed_max_mps: 0.0, ..good.clone() },
        ] {
            let gradients = [f64::NAN, -300.0, 0.0, 1e9];
            drawn(&effort_picture("x", "", &[("odd".to_owned(), &odd)], &gradients));
        }
    }
}
