//! How much trains pull by ruling gradient, and what of it fits into the loops.

use super::axis::Axis;
use super::by_curve::by_curve;
use super::curve_names::{CurveName, curve_names};
use super::shape::Shape;
use crate::operation::{LOOP_MARGIN_M, LoadRow};
use crate::report::escape::escape;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 76.0;
/// Room for the names of the curves.
const RIGHT: f64 = 246.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 380.0;
const HEIGHT: f64 = 420.0;
/// Rows beyond are none of a railway, and left out.
const MOST_PERMILLE: f64 = 300.0;
const MOST_T: f64 = 1e6;

/// Trailing load by ruling gradient: a curve for each choice of locomotives and each wagon. It is
/// dashed where the train is too long for the loops of `loop_m`, with which the rows were made, and
/// whole where it fits.
///
/// ```
/// use railcorridor::model::{LocomotiveGroup, Rails, RollingStock};
/// use railcorridor::operation::load_table;
/// use railcorridor::report::load_picture;
///
/// let choice = [vec![LocomotiveGroup { id: "2te25km".into(), count: 1 }]];
/// let stock = RollingStock::builtin();
/// let rows = load_table(stock, &choice, &["gondola"], &[9.0, 18.0], Rails::Jointed, 850.0, None)?;
/// let picture = load_picture("load", "2TE25KM", &rows, 850.0);
/// // 800 m less 40 m of locomotive hold 54 wagons of 13.92 m.
/// let words = "6,250 t at 9.0 permille, 66 wagons, 959 m; 54 wagons fit into the loops";
/// assert!(picture.svg.contains(words));
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn load_picture(id: &str, name: &str, rows: &[LoadRow], loop_m: f64) -> Picture {
    let curves = curves(rows);
    let chart = Chart::new(&curves);
    let mut svg = Svg::default();
    chart.axes(&mut svg);
    let has_wagons = rows.iter().any(|row| rows.iter().any(|other| other.wagon != row.wagon));
    let mut names = Vec::new();
    for (curve, shape) in curves.iter().zip(Shape::ALL.iter().cycle()) {
        names.extend(chart.curve(&mut svg, curve, *shape, has_wagons));
    }
    curve_names(&mut svg, names, (WIDTH - RIGHT + 2.0, WIDTH - 2.0), (TOP + 6.0, BOTTOM));
    let title = format!("Trailing load by gradient: {name}");
    let loop_words = grouped(loop_m, 0);
    let short = rows.iter().filter(|row| !row.fits()).count();
    let words = format!(
        "Ruling gradient to the right, trailing load upwards, {} curves. {short} of {} trains are \
         longer than loops of {loop_words} m let them be.",
        curves.len(),
        rows.len()
    );
    let caption = format!(
        "What locomotives pull by the ruling gradient, curves included, in tonnes. Dashed: that \
         train is too long for loops of {loop_words} m, of which {} m stay free; the thin level \
         line is what fits into them.",
        grouped(LOOP_MARGIN_M, 0)
    );
    let svg = svg.finish("operation train-load", &escape(id), (WIDTH, HEIGHT), &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

/// The rows of one choice and one wagon by gradient; choices in the order in which they come.
fn curves(rows: &[LoadRow]) -> Vec<Vec<&LoadRow>> {
    let is_drawn = |row: &&LoadRow| {
        row.ruling_permille.abs() <= MOST_PERMILLE && (0.0..=MOST_T).contains(&row.load_t)
    };
    let is_same = |a: &LoadRow, b: &LoadRow| a.locomotives == b.locomotives && a.wagon == b.wagon;
    by_curve(rows.iter().filter(is_drawn), is_same, |row| row.ruling_permille)
}

struct Chart {
    /// Gradients, permille, and loads, t.
    x: Axis,
    y: Axis,
}

impl Chart {
    fn new(curves: &[Vec<&LoadRow>]) -> Self {
        let rows = || curves.iter().flatten();
        let gradients = || rows().map(|row| row.ruling_permille);
        let (low, high) = (
            gradients().fold(f64::INFINITY, f64::min),
            gradients().fold(f64::NEG_INFINITY, f64::max),
        );
        let most_t = rows().map(|row| row.load_t).fold(0.0, f64::max);
        Self {
            x: Axis::new((low, high), (LEFT + 12.0, WIDTH - RIGHT - 6.0)),
            y: Axis::new((0.0, if most_t > 0.0 { 1.06 * most_t } else { 1e3 }), (BOTTOM, TOP)),
        }
    }

    fn axes(&self, svg: &mut Svg) {
        for value in self.y.round_values(10.0, 9.0) {
            let y = self.y.px(value);
            svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
            svg.text("label", (LEFT - 8.0, y + 4.0), "end", &grouped(value, 0));
        }
        for value in self.x.round_values(1.0, 14.0) {
            let x = self.x.px(value);
            svg.polyline("rule", "", &[(x, TOP), (x, BOTTOM)]);
            svg.text("label", (x, BOTTOM + 17.0), "middle", &grouped(value, 0));
        }
        svg.text("name", (8.0, 0.5 * (TOP + BOTTOM)), "start", "t");
        let middle = 0.5 * (LEFT + WIDTH - RIGHT);
        svg.text("name", (middle, BOTTOM + 34.0), "middle", "ruling gradient, permille");
        svg.polyline("axis", "", &[(LEFT, TOP), (LEFT, BOTTOM), (WIDTH - RIGHT, BOTTOM)]);
    }

    fn at(&self, row: &LoadRow) -> (f64, f64) {
        (self.x.px(row.ruling_permille), self.y.px(row.load_t))
    }

    /// A curve with its points; what is written beside its end.
    fn curve(
        &self,
        svg: &mut Svg,
        curve: &[&LoadRow],
        shape: Shape,
        has_wagons: bool,
    ) -> Option<CurveName> {
        for (a, b) in curve.iter().zip(curve.iter().skip(1)) {
            let (from, to) = (self.at(a), self.at(b));
            let class = |row: &LoadRow| if row.fits() { "load" } else { "load too-long" };
            if a.fits() == b.fits() {
                svg.polyline(class(a), "", &[from, to]);
                continue;
            }
            let turn = between(from, to, turn_ratio(a, b));
            svg.polyline(class(a), "", &[from, turn]);
            svg.polyline(class(b), "", &[turn, to]);
            // What the loops allow on all flatter gradients.
            if let (Some(first), true) = (curve.first(), b.fits()) {
                svg.polyline("fitting", "", &[(self.at(first).0, turn.1), turn]);
            }
        }
        for row in curve {
            svg.titled(&told(row), |svg| {
                let class = if row.fits() { "point" } else { "point open" };
                shape.draw(svg, class, self.at(row));
            });
        }
        let last = curve.last()?;
        let name = if has_wagons {
            format!("{}, {}", last.locomotives, last.wagon)
        } else {
            last.locomotives.clone()
        };
        let (x, y) = self.at(last);
        Some(CurveName { end_px: (x + 6.0, y), class: "words", name })
    }
}

/// How far along from one row to the next the train is as long as the loops let it be.
fn turn_ratio(a: &LoadRow, b: &LoadRow) -> f64 {
    // Wagons above those that fit; one row has some, the other none.
    let over = |row: &LoadRow| f64::from(row.wagons) - f64::from(row.wagons_in_loop);
    let (from, to) = (over(a), over(b));
    if from == to { 0.5 } else { (from / (from - to)).clamp(0.0, 1.0) }
}

fn between(from: (f64, f64), to: (f64, f64), ratio: f64) -> (f64, f64) {
    (from.0 + ratio * (to.0 - from.0), from.1 + ratio * (to.1 - from.1))
}

/// A train in words.
fn told(row: &LoadRow) -> String {
    let fits = if row.fits() {
        "it fits into the loops".to_owned()
    } else {
        format!("{} wagons fit into the loops", row.wagons_in_loop)
    };
    format!(
        "{}, {}: {} t at {} permille, {} wagons, {} m; {fits}",
        row.locomotives,
        row.wagon,
        grouped(row.load_t, 0),
        grouped(row.ruling_permille, 1),
        row.wagons,
        grouped(row.length_m, 0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LocomotiveGroup, Rails, RollingStock};
    use crate::operation::load_table;
    use crate::report::operation::pictures::drawn::drawn;

    fn rows(gradients_permille: &[f64]) -> Vec<LoadRow> {
        let choice = |id: &str, count| vec![LocomotiveGroup { id: id.into(), count }];
        let choices = [choice("2te25km", 1), choice("te33a", 1), choice("te33a", 2)];
        let stock = RollingStock::builtin();
        load_table(stock, &choices, &["gondola"], gradients_permille, Rails::Jointed, 850.0, None)
            .unwrap()
    }

    #[test]
    fn what_does_not_fit_into_the_loops_is_dashed() {
        let rows = rows(&[9.0, 18.0]);
        let shown = drawn(&load_picture("x", "<a>", &rows, 850.0));
        // 66 and 33 wagons of 54 that fit: whole from 12 of 33 steps of a wagon on.
        assert_eq!((rows[0].wagons, rows[0].wagons_in_loop, rows[3].wagons), (66, 54, 33));
        assert!((turn_ratio(&rows[0], &rows[3]) - 12.0 / 33.0).abs() < 1e-12);
        let long = rows.iter().filter(|row| !row.fits()).count();
        assert_eq!(shown.count("load too-long"), long); // all fit on 18 permille
        assert_eq!((shown.count("load"), shown.count("point open")), (3, long));
        assert_eq!(shown.count("fitting"), long);
        assert_eq!(shown.words("words"), ["2 x te33a", "2te25km", "te33a"]);
    }

    #[test]
    fn names_tell_wagons_apart_only_where_there_are_several() {
        let mut rows = rows(&[9.0, 12.0]);
        rows[0].wagon = "tank & <car>".to_owned();
        let picture = load_picture("x", "", &rows, 850.0);
        let shown = drawn(&picture);
        assert!(shown.words("words").contains(&"2te25km, tank & <car>"));
        assert!(picture.svg.contains("tank &amp; &lt;car&gt;"));
    }

    #[test]
    fn rows_of_nothing_draw_nothing_wrong() {
        drawn(&load_picture("x", "", &[], f64::NAN));
        drawn(&load_picture("x", "", &rows(&[9.0]), 850.0));
        let mut odd = rows(&[9.0, 12.0]);
        odd[0].load_t = f64::NAN;
        odd[1].ruling_permille = f64::INFINITY;
        odd[2].load_t = -5.0;
        drawn(&load_picture("x", "", &odd, 850.0));
    }
}
