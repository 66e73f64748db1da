//! The heights of an alignment, and the jumps of its chainages.

use roxmltree::Node;

use super::read::others;
use super::reader::Reader;
use super::stated::{StatedEquation, StatedPvi, StatedRounding};
use crate::error::Result;
use crate::exchange::note::Notes;
use crate::exchange::xml::children;

/// The jumps of the chainages in the order of the file.
pub(super) fn equations<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    alignment: Node<'a, 'd>,
) -> Result<Vec<StatedEquation>> {
    let equation = |node: Node<'a, 'd>| -> Result<StatedEquation> {
        let words = [("increasing", false), ("", false), ("decreasing", true)];
        let hint = "write increasing or decreasing";
        let is_falling = reader.word(node, "staIncrement", &words, hint)?;
        Ok(StatedEquation {
            at: node.range().start,
            internal_m: reader.required_m(node, "staInternal")?,
            back_m: reader.length_m(node, "staBack")?,
            ahead_m: reader.required_m(node, "staAhead")?,
            is_falling,
        })
    };
    children(alignment, "StaEquation").map(equation).collect()
}

/// The points of the first designed profile; surveyed surfaces and further profiles are noted.
pub(super) fn profile<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    alignment: Node<'a, 'd>,
    notes: &mut Notes,
) -> Result<Vec<StatedPvi>> {
    let mut designed = None;
    for profile in children(alignment, "Profile") {
        others(&reader.source, profile, &["ProfAlign"], notes);
        for node in children(profile, "ProfAlign") {
            if designed.is_none() {
                designed = Some(node);
                continue;
            }
            reader.source.note(notes, node.range().start, "ProfAlign", || {
                "further profiles of an alignment are not kept".to_owned()
            });
        }
    }
    let Some(designed) = designed else { return Ok(Vec::new()) };
    let known = ["PVI", "ParaCurve", "UnsymParaCurve", "CircCurve"];
    others(&reader.source, designed, &known, notes);
    let points = designed.children().filter(|node| known.contains(&node.tag_name().name()));
    points.map(|node| point(reader, node)).collect()
}

fn point<'a, 'd: 'a>(reader: &Reader<'a, 'd>, node: Node<'a, 'd>) -> Result<StatedPvi> {
    let at = node.range().start;
    let [sta, height] = *reader.list(node)?.as_slice() else {
        let name = node.tag_name().name();
        let problem = format!("{name} does not have two numbers");
        return Err(reader.source.wrong(at, problem, "write the station and the height"));
    };
    let length = |name: &str| reader.required_m(node, name);
    let rounding = match node.tag_name().name() {
        "ParaCurve" => {
            let half_m = 0.5 * length("length")?;
            StatedRounding::Parabola { before_m: half_m, after_m: half_m }
        }
        "UnsymParaCurve" => StatedRounding::Parabola {
            before_m: length("lengthIn")?,
            after_m: length("lengthOut")?,
        },
        "CircCurve" => {
            // Some programs give crests a negative radius; the grades say which it is.
            let radius_m = length("radius")?.abs();
            StatedRounding::Circle { radius_m, length_m: length("length")? }
        }
        _ => StatedRounding::None,
    };
    let [sta_m, height_m] = [sta, height].map(|length| reader.units.metres(length));
    Ok(StatedPvi { at, sta_m, height_m, rounding })
}
