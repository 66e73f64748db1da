//! Marks of points.

use crate::report::svg::Svg;

/// What tells the points of one curve from those of another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Circle,
    Square,
    Diamond,
    Triangle,
}

impl Shape {
    pub(super) const ALL: [Self; 4] = [Self::Circle, Self::Square, Self::Diamond, Self::Triangle];

    pub(super) fn draw(self, svg: &mut Svg, class: &str, (x, y): (f64, f64)) {
        match self {
            Self::Circle => svg.circle(class, (x, y), 4.0),
            Self::Square => svg.block(class, (x - 3.5, y - 3.5), (7.0, 7.0)),
            Self::Diamond => svg.diamond(class, (x, y), 5.0),
            Self::Triangle => {
                svg.polygon(class, &[(x, y - 5.0), (x + 4.6, y + 3.5), (x - 4.6, y + 3.5)]);
            }
        }
    }
}
