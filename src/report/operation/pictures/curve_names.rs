//! Names beside the ends of curves.

use super::room::spread;
use crate::report::lettering::shortened;
use crate::report::svg::Svg;

/// Names are so far apart.
const STEP: f64 = 15.0;
const SIZE: f64 = 12.0;
/// From the end of a curve to its name.
const LEADER: f64 = 16.0;

/// The name of a curve with the place where it ends.
pub(super) struct CurveName {
    pub end_px: (f64, f64),
    pub class: &'static str,
    pub name: String,
}

/// Names to the right of a chart, each beside the end of its curve, or as near as others let it be,
/// with a line to it.
pub(super) fn curve_names(
    svg: &mut Svg,
    mut names: Vec<CurveName>,
    (x, right): (f64, f64),
    (top, bottom): (f64, f64),
) {
    names.sort_by(|a, b| a.end_px.1.total_cmp(&b.end_px.1));
    let wishes: Vec<f64> = names.iter().map(|name| name.end_px.1).collect();
    let places = spread(&wishes, STEP, (top, bottom));
    for (CurveName { end_px: end, class, name }, y) in names.iter().zip(places) {
        svg.polyline("leader", "", &[*end, (x + 3.0, end.1), (x + LEADER - 3.0, y)]);
        let short = shortened(name, SIZE, right - x - LEADER);
        svg.titled(name, |svg| svg.text(class, (x + LEADER, y + 4.0), "start", &short));
    }
}
