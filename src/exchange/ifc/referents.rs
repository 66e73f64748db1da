//! What stands on the posts: the chainage at the beginning and where chainages jump.

use super::frame::{Frame, space};
use super::guid::guid;
use super::step::{Id, Real, Step, label};
use crate::error::Result;
use crate::geometry::{Line, Notation};

/// A referent at the beginning and at each jump.
pub(super) fn write(
    step: &mut Step,
    frame: &Frame,
    seed: &str,
    line: &Line,
    placement: Id,
    curve: Id,
) -> Result<Vec<Id>> {
    let mut referents = Vec::new();
    let mut before_m = None;
    for (number, section) in line.chainage.sections().iter().enumerate() {
        let pose = line.alignment.horizontal().at(section.from_m)?;
        let at = Real(section.from_m);
        let place = step.add(format_args!(
            "IFCPOINTBYDISTANCEEXPRESSION(IFCLENGTHMEASURE({at}),$,$,$,{curve})"
        ));
        let along = step.add(format_args!("IFCAXIS2PLACEMENTLINEAR({place},$,$)"));
        let [x_m, y_m] = frame.local(pose.coord);
        // For those who do not compute along curves.
        let fallback = space(step, [x_m, y_m, 0.0]);
        let position = step.add(format_args!("IFCLINEARPLACEMENT({placement},{along},{fallback})"));
        let name = line.chainage.write(section.from_m, Notation::Kilometre, 3)?;
        let referent = step.add(format_args!(
            "IFCREFERENT('{}',$,{},$,$,{position},$,.STATION.)",
            guid(seed, &format!("referent {number}")),
            label(&name)
        ));
        let is_rising = section.last_m >= section.first_m;
        let mut values = vec![("Station", format!("IFCLENGTHMEASURE({})", Real(section.first_m)))];
        if let Some(before_m) = before_m {
            values.push(("IncomingStation", format!("IFCLENGTHMEASURE({})", Real(before_m))));
        }
        let word = if is_rising { ".T." } else { ".F." };
        values.push(("HasIncreasingStation", format!("IFCBOOLEAN({word})")));
        properties(step, &format!("{seed} {number}"), "Pset_Stationing", referent, &values);
        before_m = Some(section.last_m);
        referents.push(referent);
    }
    Ok(referents)
}

/// Properties of an object, with their values as the file has them.
pub(super) fn properties(
    step: &mut Step,
    seed: &str,
    name: &str,
    object: Id,
    values: &[(&str, String)],
) {
    let mut ids = Vec::with_capacity(values.len());
    for (property, value) in values {
        ids.push(step.add(format_args!("IFCPROPERTYSINGLEVALUE('{property}',$,{value},$)")));
    }
    let (list, id) = (super::step::List(&ids), guid(seed, name));
    let set = step.add(format_args!("IFCPROPERTYSET('{id}',$,'{name}',$,{list})"));
    let id = guid(seed, &format!("{name} of"));
    step.add(format_args!("IFCRELDEFINESBYPROPERTIES('{id}',$,$,$,({object}),{set})"));
}
