//! The profile: vertical segments and the curve of heights over the plan.

use super::frame::Frame;
use super::layout::{Joint, Layout, nest, reach_m, segment};
use super::spiral::Part;
use super::step::{Id, MaybeReal, Real, Step};
use crate::error::Result;
use crate::geometry::{Profile, VerticalElement, VerticalShape};

/// A piece of a profile, where it begins, and how high.
struct Piece {
    from_m: f64,
    height_m: f64,
    element: VerticalElement,
}

/// The profile as far as the plan reaches.
pub(super) fn write(
    step: &mut Step,
    frame: &Frame,
    seed: &str,
    profile: &Profile,
    length_m: f64,
) -> Result<Layout> {
    let pieces = pieces(profile, length_m)?;
    let (mut segments, mut curves) = (Vec::new(), Vec::new());
    let next = pieces.iter().skip(1).map(Some).chain([None]);
    for (piece, next) in pieces.iter().zip(next) {
        segments.push(design(step, piece));
        let gradient_ratio = piece.element.gradient_to_ratio();
        let joint = match next {
            Some(next) => Joint::of(
                (next.element.gradient_from_ratio() - gradient_ratio).abs() < SAME_RATIO,
                change_per_m(&piece.element, false) == change_per_m(&next.element, true),
            ),
            None => Joint::of(true, change_per_m(&piece.element, false) == 0.0),
        };
        let part = part(step, frame, piece, profile)?;
        let (at, from_ratio) =
            ([piece.from_m, piece.height_m], piece.element.gradient_from_ratio());
        curves.push(curve(step, at, from_ratio, &part, joint.code()));
    }
    if let Some(last) = pieces.last() {
        let gradient_ratio = last.element.gradient_to_ratio();
        let end_m = last.from_m + last.element.length_m();
        let height_m = last.height_m + last.element.at(last.element.length_m())?.height_m;
        let (from, height, gradient) = (Real(end_m), Real(height_m), Real(gradient_ratio));
        segments.push(step.add(format_args!(
            "IFCALIGNMENTVERTICALSEGMENT($,$,{from},0.,{height},{gradient},{gradient},$,\
             .CONSTANTGRADIENT.)"
        )));
        let (at, nothing) = ([end_m, height_m], frame.straight(0.0));
        curves.push(curve(step, at, gradient_ratio, &nothing, "DISCONTINUOUS"));
    }
    let design = nest(step, seed, "IFCALIGNMENTVERTICAL", "", &segments);
    Ok(Layout { design, curves })
}

/// Gradients that differ by less meet without a kink: a micrometre a metre.
const SAME_RATIO: f64 = 1e-6;

/// Elements with their places, cut to the plan where they reach beyond it.
fn pieces(profile: &Profile, length_m: f64) -> Result<Vec<Piece>> {
    let (low_m, high_m) = reach_m((profile.start_m(), profile.end_m()), length_m);
    let mut pieces = Vec::with_capacity(profile.elements().len());
    for (element, begin_m) in profile.elements().iter().zip(profile.joints_m()) {
        let end_m = begin_m + element.length_m();
        let (from_m, to_m) = (begin_m.max(low_m), end_m.min(high_m));
        if !(to_m > from_m) {
            continue;
        }
        let height_m = profile.at(from_m)?.height_m;
        let element = if from_m == begin_m && to_m == end_m {
            *element
        } else {
            let [before, behind] = [from_m - begin_m, to_m - begin_m]
                .map(|at_m| element.at(at_m.min(element.length_m())).map(|l| l.gradient_ratio));
            VerticalElement::new(element.shape(), to_m - from_m, before?, behind?)?
        };
        pieces.push(Piece { from_m, height_m, element });
    }
    Ok(pieces)
}

/// The change of the gradient a metre at one end.
fn change_per_m(element: &VerticalElement, is_start: bool) -> f64 {
    let at_m = if is_start { 0.0 } else { element.length_m() };
    element.at(at_m).map_or(0.0, |level| level.gradient_change_per_m)
}

fn design(step: &mut Step, piece: &Piece) -> Id {
    let element = &piece.element;
    let word = match (element.radius_m(), element.shape()) {
        (None, _) => "CONSTANTGRADIENT",
        (_, VerticalShape::Parabola) => "PARABOLICARC",
        (_, VerticalShape::Circle) => "CIRCULARARC",
    };
    step.add(format_args!(
        "IFCALIGNMENTVERTICALSEGMENT($,$,{},{},{},{},{},{},.{word}.)",
        Real(piece.from_m),
        Real(element.length_m()),
        Real(piece.height_m),
        Real(element.gradient_from_ratio()),
        Real(element.gradient_to_ratio()),
        MaybeReal(element.radius_m())
    ))
}

/// The curve of a piece; lengths along it are those of the slope.
fn part(step: &mut Step, frame: &Frame, piece: &Piece, profile: &Profile) -> Result<Part> {
    let (element, base) = (&piece.element, frame.base);
    let to_m = (piece.from_m + element.length_m()).min(profile.end_m());
    let slope_m = || profile.slope_length_m(piece.from_m, to_m);
    let from_ratio = element.gradient_from_ratio();
    Ok(match (element.radius_m(), element.shape()) {
        (None, _) => frame.straight(slope_m()?),
        (Some(radius_m), VerticalShape::Parabola) => {
            let (linear, square) = (Real(from_ratio), Real(0.5 / radius_m));
            let parent = step
                .add(format_args!("IFCPOLYNOMIALCURVE({base},(0.,1.),(0.,{linear},{square}),$)"));
            Part { parent, start_m: 0.0, length_m: slope_m()? }
        }
        (Some(radius_m), VerticalShape::Circle) => {
            let radius = Real(radius_m.abs());
            let parent = step.add(format_args!("IFCCIRCLE({base},{radius})"));
            // The radius stands at a right angle to the slope: below a sag, above a crest. Along
            // a crest the angle falls.
            let quarter_rad = std::f64::consts::FRAC_PI_2;
            let turn_rad = if radius_m > 0.0 { 3.0 * quarter_rad } else { quarter_rad };
            let (before_rad, after_rad) = (from_ratio.atan(), element.gradient_to_ratio().atan());
            Part {
                parent,
                start_m: radius_m.abs() * (before_rad + turn_rad),
                length_m: radius_m.abs() * (after_rad - before_rad),
            }
        }
    })
}

fn curve(step: &mut Step, at: [f64; 2], gradient_ratio: f64, part: &Part, joint: &str) -> Id {
    let placement = step.placement(at, gradient_ratio.atan());
    segment(step, placement, part, joint)
}
