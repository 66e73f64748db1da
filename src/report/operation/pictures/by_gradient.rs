//! What a ruling gradient means: load, tonnes a year, cost and fuel of each line by its gradient.

use super::axis::Axis;
use super::by_curve::by_curve;
use super::curve_names::{CurveName, curve_names};
use super::shape::Shape;
use crate::report::escape::escape;
use crate::report::operation::GradientService;
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 92.0;
/// Room for the names of the lines.
const RIGHT: f64 = 230.0;
const TOP: f64 = 30.0;
/// Of a panel, and from one to the next.
const PANEL: f64 = 130.0;
const PITCH: f64 = 176.0;
/// Room for the axis below the last.
const FOOT: f64 = 44.0;

/// A figure of a line that the gradient changes.
struct Figure {
    name: &'static str,
    /// Digits behind the point.
    digits: usize,
    /// Low and high: the same where it is no band.
    of: fn(&GradientService<'_>) -> Option<[f64; 2]>,
}

const FIGURES: [Figure; 4] = [
    Figure {
        name: "net load of a train, t",
        digits: 0,
        of: |row| row.service.ways.first().map(|way| [way.net_t, way.net_t]),
    },
    Figure {
        name: "what the line could carry, Mt a year",
        digits: 1,
        of: |row| Some([row.service.figures().both_mt_per_year; 2]),
    },
    Figure { name: "cost, million USD", digits: 0, of: |row| Some(row.cost_musd) },
    Figure {
        name: "fuel, l for 1,000 net t",
        digits: 0,
        of: |row| row.service.figures().fuel_litres_per_kt.map(|litres| [litres; 2]),
    },
];

/// What the choice of a ruling gradient means, a curve a line in each of four panels: the train's
/// load, what the line could carry in a year, what it costs, the fuel that it takes. A cost that is a
/// band is drawn as an upright line.
///
/// Rows of one line follow one another by their gradient, as in the table.
#[must_use]
pub fn service_by_gradient_picture(id: &str, rows: &[GradientService<'_>]) -> Picture {
    let drawn = rows.iter().filter(|row| is_of_a_railway(row));
    let lines = by_curve(drawn, |a, b| a.name == b.name, |row| row.gradient_permille);
    let gradients =
        || rows.iter().filter(|row| is_of_a_railway(row)).map(|row| row.gradient_permille);
    let ends =
        (gradients().fold(f64::INFINITY, f64::min), gradients().fold(f64::NEG_INFINITY, f64::max));
    let x = Axis::new(ends, (LEFT + 12.0, WIDTH - RIGHT - 6.0));
    let mut svg = Svg::default();
    for (place, figure) in (0_u32..).zip(&FIGURES) {
        let top = TOP + PITCH * f64::from(place);
        Panel::new(&x, figure, top, rows).draw(&mut svg, &lines);
    }
    let height = TOP + PITCH * (FIGURES.len() as f64 - 1.0) + PANEL + FOOT;
    let middle = 0.5 * (LEFT + WIDTH - RIGHT);
    svg.text("name", (middle, height - 6.0), "middle", "ruling gradient, permille");
    let title = "What a ruling gradient means, by line".to_owned();
    let words = format!(
        "Ruling gradient to the right, {} lines; from top to bottom {}.",
        lines.len(),
        FIGURES.map(|figure| figure.name).join("; ")
    );
    let caption = "The same locomotives on each line, with as many wagons as loops and gradients \
        allow. Upright lines are bands of cost. Figures are those of the table."
        .to_owned();
    let svg = svg.finish("operation train-load", &escape(id), (WIDTH, height), &title, &words);
    Picture { id: id.to_owned(), title, caption, svg }
}

/// Whether the gradient is one: others would leave no room for those that are.
fn is_of_a_railway(row: &GradientService<'_>) -> bool {
    (0.0..=1000.0).contains(&row.gradient_permille)
}

/// A figure by gradient.
struct Panel<'a> {
    x: &'a Axis,
    y: Axis,
    figure: &'a Figure,
    top: f64,
}

impl<'a> Panel<'a> {
    fn new(x: &'a Axis, figure: &'a Figure, top: f64, rows: &[GradientService<'_>]) -> Self {
        let values = rows.iter().filter_map(|row| (figure.of)(row)).flatten();
        let most = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
        let y = Axis::new((0.0, if most > 0.0 { 1.08 * most } else { 1.0 }), (top + PANEL, top));
        Self { x, y, figure, top }
    }

    fn draw(&self, svg: &mut Svg, lines: &[Vec<&GradientService<'_>>]) {
        let bottom = self.top + PANEL;
        for value in self.y.round_values(0.1, 4.0) {
            let y = self.y.px(value);
            let digits = if self.y.end() < 5.0 { 1 } else { 0 };
            svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
            svg.text("label", (LEFT - 8.0, y + 4.0), "end", &grouped(value, digits));
        }
        for value in self.x.round_values(1.0, 14.0) {
            let x = self.x.px(value);
            svg.polyline("rule", "", &[(x, self.top), (x, bottom)]);
            svg.text("label", (x, bottom + 15.0), "middle", &grouped(value, 0));
        }
        svg.text("heading", (LEFT, self.top - 9.0), "start", self.figure.name);
        svg.polyline("axis", "", &[(LEFT, self.top), (LEFT, bottom), (WIDTH - RIGHT, bottom)]);
        let mut names = Vec::new();
        for (line, shape) in lines.iter().zip(Shape::ALL.iter().cycle()) {
            names.extend(self.curve(svg, line, *shape));
        }
        let room = (self.top + 4.0, bottom);
        curve_names(svg, names, (WIDTH - RIGHT + 2.0, WIDTH - 2.0), room);
    }

    /// A line with its points; what is written beside its end.
    fn curve(
        &self,
        svg: &mut Svg,
        line: &[&GradientService<'_>],
        shape: Shape,
    ) -> Option<CurveName> {
        let points: Vec<(&GradientService<'_>, [f64; 2])> =
            line.iter().filter_map(|row| Some((*row, (self.figure.of)(row)?))).collect();
        let at = |(row, [low, high]): &(&GradientService<'_>, [f64; 2])| {
            (self.x.px(row.gradient_permille), self.y.px(0.5 * (low + high)))
        };
        let course: Vec<(f64, f64)> = points.iter().map(at).collect();
        if course.len() > 1 {
            svg.polyline("load", "", &course);
        }
        for point in &points {
            let (row, [low, high]) = point;
            let (x, y) = at(point);
            svg.titled(&self.told(row, [*low, *high]), |svg| {
                if high > low {
                    svg.polyline("load", "", &[(x, self.y.px(*low)), (x, self.y.px(*high))]);
                }
                shape.draw(svg, "point", (x, y));
            });
        }
        let last = points.last()?;
        let (x, y) = at(last);
        Some(CurveName { end_px: (x + 6.0, y), class: "words", name: last.0.name.clone() })
    }

    fn told(&self, row: &GradientService<'_>, [low, high]: [f64; 2]) -> String {
        let digits = self.figure.digits;
        let value = if high > low {
            format!("{} to {}", grouped(low, digits), grouped(high, digits))
        } else {
            grouped(low, digits)
        };
        let permille = grouped(row.gradient_permille, 1);
        format!("{}, {permille} permille: {value}; {}", row.name, self.figure.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RollingStock;
    use crate::operation::service::{
        LineService, ServiceChoice, ServiceLine, ServicePlace, line_service,
    };
    use crate::report::operation::pictures::drawn::drawn;
    use crate::report::operation::pictures::made_up::hills;

    fn service(length_km: u32) -> LineService {
        let free = hills(length_km);
        let place = |at_m| ServicePlace { name: None, at_m };
        let places = [0.0, 0.5 * free.end_m(), free.end_m()].map(place).to_vec();
        let line = ServiceLine { id: "x".into(), free, limits: Vec::new(), places };
        let choice = ServiceChoice::of_train(RollingStock::builtin(), "te33a-gondola").unwrap();
        line_service(&line, &choice).unwrap()
    }

    fn row<'a>(
        name: &str,
        gradient_permille: f64,
        service: &'a LineService,
    ) -> GradientService<'a> {
        GradientService {
            gradient_permille,
            laid_out_for_permille: &[],
            name: name.to_owned(),
            cost_musd: [100.0, 300.0 - gradient_permille],
            service,
        }
    }

    #[test]
    fn each_line_has_a_curve_and_its_points_in_each_panel() {
        let [short, long] = [service(40), service(90)];
        let rows = [
            row("A <1>", 18.0, &short),
            row("A <1>", 9.0, &long),
            row("B", 9.0, &short),
            row("B", 12.0, &long),
            row("B", 18.0, &short),
            row("alone", 12.0, &long),
        ];
        let picture = service_by_gradient_picture("x", &rows);
        let shown = drawn(&picture);
        assert_eq!(shown.count("point"), 4 * rows.len());
        // Two courses in each panel, and a band of cost each row.
        assert_eq!(shown.count("load"), 4 * 2 + rows.len());
        assert_eq!(shown.words("words").iter().filter(|word| **word == "B").count(), 4);
        assert!(
            shown.titles.contains(&"B, 12.0 permille: 100 to 288; cost, million USD".to_owned())
        );
        drawn(&service_by_gradient_picture("x", &[]));
        let odd = [f64::NAN, f64::INFINITY, -5.0, 1e300].map(|value| row("odd", value, &short));
        drawn(&service_by_gradient_picture("x", &odd));
        let odd = [f64::NAN, f64::INFINITY, -1e300]
            .map(|value| GradientService { cost_musd: [value, 5.0], ..row("odd", 9.0, &short) });
        drawn(&service_by_gradient_picture("x", &odd));
    }
}
