//! Round kilometres below a picture.

use super::axis::Axis;
use crate::report::lettering::width_px;
use crate::report::svg::Svg;
use crate::unit::grouped;

/// Numbers of round kilometres of an axis in metres, at a height, with `km` below its end; `mark`
/// draws what belongs to each.
pub(super) fn kilometres(
    svg: &mut Svg,
    x: Axis,
    (right, y): (f64, f64),
    mut mark: impl FnMut(&mut Svg, f64),
) {
    for at_m in x.round_values(1_000.0, 10.0) {
        let (at, words) = (x.px(at_m), grouped(at_m / 1e3, 0));
        mark(svg, at);
        if at + 0.5 * width_px(&words, 11.0) < right - 22.0 {
            svg.text("label", (at, y), "middle", &words);
        }
    }
    svg.text("label", (right, y), "end", "km");
}
