//! Stations above a line.

use super::{LEFT, WIDTH};
use crate::report::operation::pictures::axis::Axis;
use crate::report::operation::pictures::room::{NameAbove, names_above};
use crate::report::svg::Svg;
use crate::unit::grouped;

/// Rows of names, the lowest first.
const ROWS_Y: [f64; 2] = [28.0, 13.0];
const SIZE: f64 = 12.0;
/// From where on a station without a name has a tick.
const TICK_TOP: f64 = 32.0;

/// Names where they have room, with a line down through the picture; a tick for others. All have
/// their names as words for a pointer.
pub(super) fn stations(svg: &mut Svg, x: Axis, places: &[(&str, f64)], bottom: f64) {
    let above: Vec<(&str, f64)> = places.iter().map(|(name, at_m)| (*name, x.px(*at_m))).collect();
    let names = names_above(&above, ROWS_Y.len(), SIZE, (0.5 * LEFT, WIDTH - 2.0));
    let row = |named: &NameAbove| ROWS_Y.get(named.row).copied();
    for ((_, at), named) in above.iter().zip(&names) {
        if let Some(y) = named.as_ref().and_then(row) {
            svg.polyline("station", "", &[(*at, y + 4.0), (*at, bottom)]);
        }
    }
    for ((name, at_m), named) in places.iter().zip(&names) {
        let at = x.px(*at_m);
        svg.titled(&format!("{name}, km {}", grouped(at_m / 1e3, 1)), |svg| {
            match named.as_ref().and_then(|named| Some((named, row(named)?))) {
                Some((named, y)) => {
                    svg.text("station-name", (named.middle_px, y), "middle", &named.short);
                }
                None => svg.polyline("station-tick", "", &[(at, TICK_TOP), (at, TICK_TOP + 7.0)]),
            }
        });
    }
}
