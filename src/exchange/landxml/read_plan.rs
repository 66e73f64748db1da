//! The plan of an alignment: lines, curves and spirals as they are stated.

use roxmltree::Node;

use super::codes;
use super::found::Found;
use super::reader::Reader;
use super::stated::{Shape, Stated};
use crate::error::Result;
use crate::exchange::note::Notes;
use crate::exchange::xml::{children, shown};
use crate::finding::Severity;
use crate::geometry::Ramp;

/// All elements of a plan; those that no plan is made of are refused.
pub(super) fn elements<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    alignment: Node<'a, 'd>,
    refused: &mut Vec<Found>,
    notes: &mut Notes,
) -> Result<Vec<Stated>> {
    let mut elements = Vec::new();
    let groups = children(alignment, "CoordGeom");
    for node in groups.flat_map(|group| group.children()).filter(Node::is_element) {
        let name = node.tag_name().name();
        let number = elements.len() + refused.len() + 1;
        match name {
            "Line" | "Curve" | "Spiral" => match element(reader, node, number, notes)? {
                Ok(element) => elements.push(element),
                Err((rule, value, limit)) => refused.push(Found {
                    rule,
                    severity: Severity::Error,
                    at: node.range().start,
                    number,
                    distance_m: None,
                    message: format!("{} {value}; the line is left out", label(node)),
                    value,
                    limit,
                }),
            },
            "IrregularLine" | "Chain" => refused.push(Found {
                rule: "element-unknown",
                severity: Severity::Error,
                at: node.range().start,
                number,
                distance_m: None,
                value: name.to_owned(),
                limit: "Line, Curve, Spiral".to_owned(),
                message: format!("no exact line is made of {name}; the line is left out"),
            }),
            _ if node.attribute("code") == Some(codes::OWN) => {}
            other => reader.source.note(notes, node.range().start, other, || {
                format!("{} of CoordGeom is not kept", shown(other))
            }),
        }
    }
    Ok(elements)
}

/// Rule, value and limit of what is not met.
type Refusal = (&'static str, String, String);

fn element<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    node: Node<'a, 'd>,
    number: usize,
    notes: &mut Notes,
) -> Result<std::result::Result<Stated, Refusal>> {
    let point = |name: &str| reader.point(node, name);
    let (Some(start), Some(end)) = (point("Start")?, point("End")?) else {
        let value = "has no Start or no End".to_owned();
        return Ok(Err(("point-missing", value, "both points".to_owned())));
    };
    let shape = match node.tag_name().name() {
        "Line" => Shape::Line,
        "Curve" => curve(reader, node)?,
        _ => match spiral(reader, node, notes)? {
            Ok(shape) => shape,
            Err(refusal) => return Ok(Err(refusal)),
        },
    };
    let is_line = shape == Shape::Line;
    let direction = |name: &str| reader.angle_rad(node, name, reader.units.direction);
    let direction_from_rad = direction(if is_line { "dir" } else { "dirStart" })?;
    let turn = if matches!(shape, Shape::Curve { .. }) { "delta" } else { "theta" };
    Ok(Ok(Stated {
        at: node.range().start,
        number,
        label: label(node),
        shape,
        start,
        end,
        intersection: point("PI")?,
        length_m: reader.length_m(node, "length")?,
        sta_start_m: reader.length_m(node, "staStart")?,
        direction_from_rad,
        direction_to_rad: if is_line { direction_from_rad } else { direction("dirEnd")? },
        turn_rad: reader.angle_rad(node, turn, reader.units.angular)?,
        chord_m: reader.length_m(node, "chord")?,
    }))
}

fn label(node: Node<'_, '_>) -> String {
    let kind = node.tag_name().name();
    match node.attribute("name") {
        Some(name) if !name.is_empty() => format!("{kind} \"{}\"", shown(name)),
        _ => kind.to_owned(),
    }
}

fn curve<'a, 'd: 'a>(reader: &Reader<'a, 'd>, node: Node<'a, 'd>) -> Result<Shape> {
    Ok(Shape::Curve {
        is_left: reader.is_left(node, "rot")?,
        radius_m: reader.length_m(node, "radius")?,
        centre: reader.point(node, "Center")?,
        told_per_m: reader.told(node, "curvaturePerM")?,
    })
}

fn spiral<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    node: Node<'a, 'd>,
    notes: &mut Notes,
) -> Result<std::result::Result<Shape, Refusal>> {
    let stated = node.attribute("spiType").unwrap_or_default();
    let Some(ramp) = codes::ramp(stated) else {
        let value = format!("is of the type \"{}\", which is not known exactly", shown(stated));
        return Ok(Err(("spiral-unknown", value, codes::known_spirals())));
    };
    let is_left = reader.is_left(node, "rot")?;
    let radii = [radius_m(reader, node, "radiusStart")?, radius_m(reader, node, "radiusEnd")?];
    let told = [reader.told(node, "curvatureFromPerM")?, reader.told(node, "curvatureToPerM")?];
    // A single negative radius turns against the other; otherwise a sign only repeats the hand.
    let is_reverse = matches!(radii, [Some(a), Some(b)] if (a < 0.0) != (b < 0.0));
    let sign = if is_left { 1.0 } else { -1.0 };
    let curvature = |radius_m: Option<f64>, told: Option<f64>| {
        let per_m = radius_m.map_or(0.0, |radius_m| 1.0 / radius_m);
        let per_m = sign * if is_reverse { per_m } else { per_m.abs() };
        told.filter(|told| agrees(*told, per_m)).unwrap_or(per_m)
    };
    let [from_per_m, to_per_m] = [curvature(radii[0], told[0]), curvature(radii[1], told[1])];
    let sway_m = reader.told(node, "swayM")?;
    if ramp == Ramp::Viennese && sway_m.is_none() {
        reader.source.note(notes, node.range().start, "sway", || {
            "the file does not say how high vehicles roll on a Viennese bend; read without".into()
        });
    }
    let sway_m = sway_m.filter(|_| ramp == Ramp::Viennese).unwrap_or(0.0);
    Ok(Ok(Shape::Spiral { ramp, from_per_m, to_per_m, sway_m }))
}

/// Whether a number that was told is that which is stated, but for its last digits.
pub(super) fn agrees(told: f64, stated: f64) -> bool {
    (told - stated).abs() <= 1e-12 * stated.abs()
}

/// A radius of a spiral; none if it is infinite.
fn radius_m(reader: &Reader<'_, '_>, node: Node<'_, '_>, name: &str) -> Result<Option<f64>> {
    match node.attribute(name).unwrap_or_default().trim() {
        "INF" | "-INF" => Ok(None),
        _ => reader.required_m(node, name).map(Some),
    }
}
