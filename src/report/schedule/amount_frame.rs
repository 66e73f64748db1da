//! The frame of pictures with time to the right and an amount upwards.

use crate::report::lettering::width_px;
use crate::report::svg::Svg;

pub(super) const WIDTH: f64 = 900.0;
pub(super) const HEIGHT: f64 = 440.0;
pub(super) const LEFT: f64 = 66.0;
pub(super) const RIGHT: f64 = 10.0;
pub(super) const TOP: f64 = 60.0;
pub(super) const BOTTOM: f64 = 396.0;
const SIZE: f64 = 12.0;

/// Where an amount lies, of which so much is the most that is drawn.
pub(super) fn amount_px(amount: f64, most: f64) -> f64 {
    BOTTOM - amount / most.max(1.0) * (BOTTOM - TOP - 12.0)
}

/// A line across, and what it stands for at its left.
pub(super) fn rule(svg: &mut Svg, y: f64, class: &str, words: &str) {
    svg.polyline("rule", "", &[(LEFT, y), (WIDTH - RIGHT, y)]);
    svg.text(class, (LEFT - 8.0, y + 4.0), "end", words);
}

/// What each class stands for, below the picture, beside a sample of it: one that `sample` draws
/// from a place on, or else a line.
pub(super) fn legend(
    svg: &mut Svg,
    classes: &[(&str, &str)],
    sample: impl Fn(&mut Svg, &str, (f64, f64)) -> bool,
) {
    let (mut x, y) = (LEFT, BOTTOM + 28.0);
    for (class, words) in classes {
        if !sample(svg, class, (x, y)) {
            svg.polyline(class, "", &[(x, y), (x + 28.0, y)]);
        }
        svg.text("label", (x + 35.0, y + 4.0), "start", words);
        x += 60.0 + width_px(words, SIZE);
    }
}
