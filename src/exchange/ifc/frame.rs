//! What holds the alignments of a file: project, units, plane, site and railway.

use super::guid::guid;
use super::spiral::Part;
use super::step::{Id, Real, Step, Text, label};
use crate::geodesy::Coord;

/// What all alignments of a file share.
pub(super) struct Frame {
    pub(super) project: Id,
    pub(super) railway: Id,
    /// Where coordinates of the file count from.
    pub(super) origin: Coord,
    /// The place from which alignments count.
    pub(super) placement: Id,
    /// In which their curves are.
    pub(super) axis_context: Id,
    pub(super) footprint_context: Id,
    /// A straight line along the first axis, of which all straight segments are parts.
    axis: Id,
    /// The origin, towards the first axis, from which parent curves begin.
    pub(super) base: Id,
}

impl Frame {
    /// A project of a name on a plane; without a plane the site lies as far off as the origin.
    pub(super) fn write(
        step: &mut Step,
        seed: &str,
        name: &str,
        epsg: Option<u32>,
        origin: Coord,
    ) -> Self {
        let id = |role: &str| guid(seed, role);
        let metre = step.add(format_args!("IFCSIUNIT(*,.LENGTHUNIT.,$,.METRE.)"));
        let area = step.add(format_args!("IFCSIUNIT(*,.AREAUNIT.,$,.SQUARE_METRE.)"));
        let volume = step.add(format_args!("IFCSIUNIT(*,.VOLUMEUNIT.,$,.CUBIC_METRE.)"));
        let radian = step.add(format_args!("IFCSIUNIT(*,.PLANEANGLEUNIT.,$,.RADIAN.)"));
        let units = step.add(format_args!("IFCUNITASSIGNMENT(({metre},{area},{volume},{radian}))"));

        let world = space(step, [0.0; 3]);
        let context = step.add(format_args!(
            "IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,{},{world},$)",
            Real(1e-6)
        ));
        let mut part = |identifier: &str| {
            step.add(format_args!(
                "IFCGEOMETRICREPRESENTATIONSUBCONTEXT('{identifier}','Model',*,*,*,*,{context},$,\
                 .MODEL_VIEW.,$)"
            ))
        };
        let (axis_context, footprint_context) = (part("Axis"), part("FootPrint"));

        let project = step.add(format_args!(
            "IFCPROJECT('{}',$,{},{},$,$,$,({context}),{units})",
            id("project"),
            label(name),
            Text(name)
        ));
        let offset = match epsg {
            Some(code) => {
                let plane =
                    step.add(format_args!("IFCPROJECTEDCRS('EPSG:{code}',$,$,$,$,$,{metre})"));
                let (e_m, n_m) = (Real(origin.e_m), Real(origin.n_m));
                step.add(format_args!(
                    "IFCMAPCONVERSION({context},{plane},{e_m},{n_m},0.,1.,0.,1.)"
                ));
                [0.0; 3]
            }
            None => [origin.e_m, origin.n_m, 0.0],
        };
        let place = space(step, offset);
        let placement = step.add(format_args!("IFCLOCALPLACEMENT($,{place})"));
        let site = step.add(format_args!(
            "IFCSITE('{}',$,{},$,$,{placement},$,$,.ELEMENT.,$,$,$,$,$)",
            id("site"),
            label(name)
        ));
        let zero = space(step, [0.0; 3]);
        let inside = step.add(format_args!("IFCLOCALPLACEMENT({placement},{zero})"));
        let railway = step.add(format_args!(
            "IFCRAILWAY('{}',$,{},$,$,{inside},$,$,.ELEMENT.,.NOTDEFINED.)",
            id("railway"),
            label(name)
        ));
        step.add(format_args!(
            "IFCRELAGGREGATES('{}',$,$,$,{project},({site}))",
            id("site of project")
        ));
        step.add(format_args!(
            "IFCRELAGGREGATES('{}',$,$,$,{site},({railway}))",
            id("railway of site")
        ));

        let (start, ahead) = (step.point([0.0, 0.0]), step.direction([1.0, 0.0]));
        let base = step.add(format_args!("IFCAXIS2PLACEMENT2D({start},{ahead})"));
        let vector = step.add(format_args!("IFCVECTOR({ahead},1.)"));
        let axis = step.add(format_args!("IFCLINE({start},{vector})"));
        Self { project, railway, origin, placement, axis_context, footprint_context, axis, base }
    }

    /// A straight part of a length.
    pub(super) fn straight(&self, length_m: f64) -> Part {
        Part { parent: self.axis, start_m: 0.0, length_m }
    }

    /// A place in the coordinates of the file.
    pub(super) fn local(&self, coord: Coord) -> [f64; 2] {
        [coord.e_m - self.origin.e_m, coord.n_m - self.origin.n_m]
    }
}

/// A place in space, upright.
pub(super) fn space(step: &mut Step, at: [f64; 3]) -> Id {
    let point = step.point(at);
    step.add(format_args!("IFCAXIS2PLACEMENT3D({point},$,$)"))
}
