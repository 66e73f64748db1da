//! The cant of an alignment, and its speeds.

use roxmltree::Node;

use super::codes;
use super::read::others;
use super::reader::Reader;
use super::stated::{StatedBanking, StatedCant};
use crate::error::Result;
use crate::exchange::note::Notes;
use crate::exchange::xml::children;
use crate::geometry::Ramp;

pub(super) fn cant<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    node: Node<'a, 'd>,
    notes: &mut Notes,
) -> Result<StatedCant> {
    for name in ["rotationPoint", "appliedCantConstant"] {
        if node.attribute(name).is_some() {
            reader.source.note(notes, node.range().start, name, || {
                format!("{name} of the cant is not kept")
            });
        }
    }
    others(&reader.source, node, &["CantStation", "SpeedStation"], notes);
    let stations: Result<Vec<StatedBanking>> =
        children(node, "CantStation").map(|one| station(reader, one)).collect();
    let speeds: Result<Vec<(f64, f64)>> =
        children(node, "SpeedStation").map(|one| speed(reader, one)).collect();
    Ok(StatedCant {
        at: node.range().start,
        gauge_m: reader.required_m(node, "gauge")?,
        constant_mm: reader.number(node, "equilibriumConstant")?,
        told_heads_m: reader.told(node, "railHeadDistanceM")?,
        told_gauge_mm: reader.told(node, "gaugeMm")?,
        is_own: node.children().any(codes::is_own),
        stations: stations?,
        speeds: speeds?,
    })
}

fn speed(reader: &Reader<'_, '_>, node: Node<'_, '_>) -> Result<(f64, f64)> {
    let speed = reader.required(node, "speed")?;
    Ok((reader.required_m(node, "station")?, reader.units.speed_kmh(speed)))
}

fn station(reader: &Reader<'_, '_>, node: Node<'_, '_>) -> Result<StatedBanking> {
    let is_left = reader.is_left(node, "curvature")?;
    let words = [("true", true), ("1", true), ("false", false), ("0", false), ("", false)];
    let is_adverse = reader.word(node, "adverse", &words, "write true or false")?;
    let ramp = node.attribute("transitionType").map_or(Some(Ramp::Clothoid), codes::ramp);
    let cant_m = reader.units.cant_m(reader.required(node, "appliedCant")?);
    let speed = reader.number(node, "speed")?;
    Ok(StatedBanking {
        at: node.range().start,
        sta_m: reader.required_m(node, "station")?,
        // The outer rail is the higher one unless the cant is adverse.
        cant_m: if is_left == is_adverse { -cant_m } else { cant_m },
        ramp,
        is_adverse,
        speed_kmh: speed.map(|speed| reader.units.speed_kmh(speed)),
    })
}
