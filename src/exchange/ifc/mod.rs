//! Lines for programs of building information: IFC 4.3 ADD2, ISO 16739-1:2024.

mod cant;
mod frame;
mod guid;
mod layout;
mod plan;
mod profile;
mod referents;
mod spiral;
mod step;

use std::collections::BTreeMap;

use frame::Frame;
use guid::guid;
use step::{Id, List, Real, Step, Text, label};

use crate::error::{Error, Result};
use crate::geodesy::Coord;
use crate::geometry::Line;

/// Lines as an IFC file: what is designed, and the curves that draw it.
///
/// Each line is an `IfcAlignment` with its plan, profile and cant as nested segments, and as a
/// curve: `IfcCompositeCurve` in plan, over it an `IfcGradientCurve`, over that an
/// `IfcSegmentedReferenceCurve`. All transitions have their own spiral; the Helmert curve is two.
/// Each row of segments ends with one of no length, as readers expect. Chainages are `IfcReferent`s
/// with `Pset_Stationing`: at the beginning, and at each jump with the incoming one.
///
/// Coordinates count from a whole kilometre near the first line, which stands in
/// `IfcMapConversion` beside the plane, or in the place of the site if the plane is not known; so
/// the large numbers lose no digit of the small ones. The file has no clock and no random
/// identities: the same lines give the same bytes, and a line keeps its identities as long as it
/// keeps its name, its plane and its beginning.
///
/// The lower rail keeps the height of the profile, and the other one is raised: the line between
/// the rails, which the curve in space draws, stands half a cant above the profile.
///
/// IfcOpenShell 0.9.0 finds no error in such files, computes heights within 2e-8 m of ours, and places
/// within 2e-6 m. It integrates a clothoid from where that would be straight, and errs by more the
/// farther that lies off: 4e-6 m from 700 to 450 m of radius, metres where both are nearly the same.
/// So a clothoid between two curves of which one is less than five times sharper than the other is drawn
/// by the same curve as an `IfcSecondOrderPolynomialSpiral`; its design stays a `CLOTHOID`. The tilt
/// of the track it turns by angles, which is 5e-5 rad off on ramps of cant.
/// `tests/peers/ifc_opens.py` repeats that, and computes places and cants again from the numbers of
/// the file: within 1e-9 m.
///
/// Not written: speeds. A profile or a cant that reaches beyond the plan is cut there. A cant
/// without a profile is written as design only, since a curve in space needs heights.
///
/// # Errors
///
/// [`Error::Exchange`] if there is no line, lines lie in different planes, a Viennese bend does not
/// fit to the cant of its line, or a curved ramp of cant is cut by an end of the plan.
///
/// # Complexity
///
/// Linear in the elements.
///
/// # Example
///
/// A tangent of 1 km northwards, that begins 20 km east of a whole kilometre:
///
/// ```
/// use railcorridor::exchange::to_ifc;
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Tangent};
///
/// let start = Coord { e_m: 420_020.5, n_m: 3_800_000.25 };
/// let plan = Horizontal::new(start, std::f64::consts::FRAC_PI_2, vec![Tangent::new(1000.0)?.into()])?;
/// let mut line = Line::new("Turgundi-Herat", Alignment::new(plan, None, None)?)?;
/// line.epsg = Some(32641);
/// let file = to_ifc(&[line])?;
/// assert!(file.contains(",420000.,3800000.,0.,1.,0.,1.);")); // the origin in the plane
/// assert!(file.contains("=IFCCARTESIANPOINT((20.5,0.25));"));
/// assert!(file.contains("=IFCCARTESIANPOINT((20.5,1000.25));"));
/// assert_eq!(file.matches("=IFCALIGNMENTHORIZONTALSEGMENT(").count(), 2); // the end is one
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn to_ifc(lines: &[Line]) -> Result<String> {
    let first = lines.first().ok_or_else(|| Error::Exchange {
        place: "lines".to_owned(),
        problem: "there is none".to_owned(),
        hint: "give one or more".to_owned(),
    })?;
    if let Some(other) = lines.iter().find(|line| line.epsg != first.epsg) {
        return Err(Error::Exchange {
            place: format!("line \"{:.60}\"", other.name),
            problem: format!("it lies in {}, not in {}", plane(other.epsg), plane(first.epsg)),
            hint: "a file has one plane: write one for each".to_owned(),
        });
    }
    let whole = |number_m: f64| (number_m / ORIGIN_M).floor() * ORIGIN_M;
    let start = first.alignment.horizontal().start();
    let origin = Coord { e_m: whole(start.e_m), n_m: whole(start.n_m) };
    let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
    let name = names.join(", ");

    let mut step = Step::default();
    let site = format!("{name} {:?} {} {}", first.epsg, origin.e_m, origin.n_m);
    let frame = Frame::write(&mut step, &site, &name, first.epsg, origin);
    let mut seen = BTreeMap::new();
    let mut alignments = Vec::with_capacity(lines.len());
    for line in lines {
        let start = line.alignment.horizontal().start();
        let same = format!("{} {:?} {} {}", line.name, line.epsg, start.e_m, start.n_m);
        let count = seen.entry(same.clone()).or_insert(0_u64);
        *count += 1;
        let seed = format!("{same} {count}");
        alignments.push(alignment(&mut step, &frame, &seed, line)?);
    }
    let (list, project, railway) = (List(&alignments), frame.project, frame.railway);
    let id = guid(&site, "alignments of project");
    step.add(format_args!("IFCRELAGGREGATES('{id}',$,$,$,{project},{list})"));
    let id = guid(&site, "alignments of railway");
    step.add(format_args!("IFCRELREFERENCEDINSPATIALSTRUCTURE('{id}',$,$,$,{list},{railway})"));
    Ok(step.finish(&name))
}

/// The origin of a file is a multiple of that.
const ORIGIN_M: f64 = 1000.0;

fn plane(epsg: Option<u32>) -> String {
    epsg.map_or_else(|| "an unknown plane".to_owned(), |code| format!("EPSG:{code}"))
}

/// A line with its layouts, curves and referents.
fn alignment(step: &mut Step, frame: &Frame, seed: &str, line: &Line) -> Result<Id> {
    let length_m = line.length_m();
    let plan = plan::write(step, frame, seed, &line.alignment)?;
    let profile = line.alignment.profile();
    let profile =
        profile.map(|profile| profile::write(step, frame, seed, profile, length_m)).transpose()?;
    let cant = line.alignment.cant();
    let is_drawn = profile.is_some();
    let cant = cant.map(|cant| cant::write(step, frame, seed, cant, length_m, is_drawn));
    let cant = cant.transpose()?;

    let segments = List(&plan.curves);
    let drawn = step.add(format_args!("IFCCOMPOSITECURVE({segments},.F.)"));
    let mut axis = drawn;
    let curves = [("IFCGRADIENTCURVE", &profile), ("IFCSEGMENTEDREFERENCECURVE", &cant)];
    for (entity, layout) in curves {
        if let (Some(layout), Some(_)) = (layout, &profile) {
            let segments = List(&layout.curves);
            axis = step.add(format_args!("{entity}({segments},.F.,{axis},$)"));
        }
    }
    let mut shapes = Vec::new();
    let (context, kind) = (frame.axis_context, if axis == drawn { "Curve2D" } else { "Curve3D" });
    if axis != drawn {
        let context = frame.footprint_context;
        shapes.push(step.add(format_args!(
            "IFCSHAPEREPRESENTATION({context},'FootPrint','Curve2D',({drawn}))"
        )));
    }
    shapes
        .push(step.add(format_args!("IFCSHAPEREPRESENTATION({context},'Axis','{kind}',({axis}))")));
    let shape = step.add(format_args!("IFCPRODUCTDEFINITIONSHAPE($,$,{})", List(&shapes)));
    let zero = frame::space(step, [0.0; 3]);
    let placement = step.add(format_args!("IFCLOCALPLACEMENT({},{zero})", frame.placement));
    let alignment = step.add(format_args!(
        "IFCALIGNMENT('{}',$,{},{},$,{placement},{shape},$)",
        guid(seed, "alignment"),
        label(&line.name),
        Text(&line.name)
    ));
    let layouts: Vec<Id> =
        [Some(plan), profile, cant].into_iter().flatten().map(|layout| layout.design).collect();
    let (id, list) = (guid(seed, "layouts"), List(&layouts));
    step.add(format_args!("IFCRELNESTS('{id}',$,$,$,{alignment},{list})"));
    let referents = referents::write(step, frame, seed, line, placement, drawn)?;
    let (id, list) = (guid(seed, "referents"), List(&referents));
    step.add(format_args!("IFCRELNESTS('{id}',$,$,$,{alignment},{list})"));
    if let Some(gauge_mm) = line.gauge_mm {
        let gauge = format!("IFCPOSITIVELENGTHMEASURE({})", Real(f64::from(gauge_mm) / 1e3));
        referents::properties(step, seed, "Railcorridor_Line", alignment, &[("Gauge", gauge)]);
    }
    Ok(alignment)
}
