//! A cant that lies in curves and rises along their transitions.

use super::{Cant, CantPoint, Element, Horizontal, Ramp};
use crate::error::{Error, Result};

/// The cant of one curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveCant {
    /// The cant in the arc, positive where the outer rail is the higher.
    pub inwards_m: f64,
    /// The shape in which it rises along the transition and falls.
    pub ramp: Ramp,
}

/// Places nearer than this are one.
const SAME_M: f64 = 1e-6;

/// Where a curve of a plan lies, with its transitions.
pub(crate) struct CurveSpan {
    pub(crate) from_m: f64,
    arc_from_m: f64,
    arc_to_m: f64,
    pub(crate) to_m: f64,
    is_left: bool,
}

impl Cant {
    /// The cant of a plan through points of intersection, curve by curve; straight track has none.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfRange`] if there is not one for each curve, or a curve has a cant and lacks a
    /// transition along which it could rise; and the errors of [`Cant::new`].
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::geodesy::Coord;
    /// use railcorridor::geometry::{Cant, CurveCant, Horizontal, Intersection, Ramp};
    ///
    /// let at = |e_m, n_m| Coord { e_m, n_m };
    /// let curve = Intersection {
    ///     coord: at(1000.0, 0.0),
    ///     radius_m: 500.0,
    ///     entry_length_m: 80.0,
    ///     exit_length_m: 80.0,
    ///     ramp: Ramp::Clothoid,
    /// };
    /// let plan = Horizontal::through(at(0.0, 0.0), &[curve], at(2000.0, -1000.0))?;
    /// let inwards = CurveCant { inwards_m: 0.1, ramp: Ramp::Clothoid };
    /// let cant = Cant::of_curves(1.6, &plan, &[inwards])?;
    /// // To the right, so that the left rail is the higher one; half way up the ramp it is half.
    /// assert!((cant.at(plan.joints_m()[1] + 40.0)?.cant_m + 0.05).abs() < 1e-12);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn of_curves(
        rail_head_distance_m: f64,
        plan: &Horizontal,
        cants: &[CurveCant],
    ) -> Result<Self> {
        let spans = curve_spans(plan);
        if spans.len() != cants.len() {
            #[expect(clippy::cast_precision_loss, reason = "a count")]
            let value = cants.len() as f64;
            return Err(Error::OutOfRange {
                item: "number of cants".to_owned(),
                value,
                limit: format!("that of the curves, {}", spans.len()),
                hint: "give one for each curve; 0 for none".to_owned(),
            });
        }
        let at = |distance_m: f64, cant_m, ramp| CantPoint { distance_m, cant_m, ramp };
        let mut points = vec![at(0.0, 0.0, Ramp::Clothoid)];
        let mut add = |point: CantPoint| {
            // Where a curve begins at once behind another, both say so.
            if points.last().is_some_and(|last| point.distance_m - last.distance_m < SAME_M) {
                points.pop();
            }
            points.push(point);
        };
        for (number, (cant, span)) in cants.iter().zip(&spans).enumerate() {
            if cant.inwards_m == 0.0 {
                continue;
            }
            let CurveSpan { from_m, arc_from_m, arc_to_m, to_m, is_left } = *span;
            if !(arc_from_m - from_m >= SAME_M && to_m - arc_to_m >= SAME_M) {
                return Err(Error::OutOfRange {
                    item: format!("cant_m of curve {}, which lacks a transition", number + 1),
                    value: cant.inwards_m,
                    limit: "0".to_owned(),
                    hint: "give it transitions: a cant rises along them".to_owned(),
                });
            }
            let cant_m = if is_left { cant.inwards_m } else { -cant.inwards_m };
            add(at(from_m, 0.0, cant.ramp));
            add(at(
                arc_from_m,
                cant_m,
                if arc_to_m > arc_from_m { Ramp::Clothoid } else { cant.ramp },
            ));
            if arc_to_m > arc_from_m {
                add(at(arc_to_m, cant_m, cant.ramp));
            }
            add(at(to_m, 0.0, Ramp::Clothoid));
        }
        let last_m = points.last().map_or(0.0, |point| point.distance_m);
        if plan.length_m() - last_m > SAME_M {
            points.push(at(plan.length_m(), 0.0, Ramp::Clothoid));
        }
        Self::new(rail_head_distance_m, points)
    }
}

/// The curves of a plan in order: an arc each, or two transitions that meet, with what lies beside.
pub(crate) fn curve_spans(plan: &Horizontal) -> Vec<CurveSpan> {
    let mut spans: Vec<CurveSpan> = Vec::new();
    for (element, (from_m, to_m)) in plan.pieces() {
        match (element, spans.last_mut()) {
            (Element::Tangent(_), _) => {}
            (Element::Transition(entry), _) if entry.curvature_from_per_m() == 0.0 => {
                let is_left = entry.curvature_to_per_m() > 0.0;
                spans.push(CurveSpan { from_m, arc_from_m: to_m, arc_to_m: to_m, to_m, is_left });
            }
            (Element::Transition(_), Some(span)) => span.to_m = to_m,
            (Element::Transition(_), None) => {}
            // Behind its own entry.
            (Element::Arc(_), Some(span)) if span.arc_from_m == from_m && span.to_m == from_m => {
                (span.arc_to_m, span.to_m) = (to_m, to_m);
            }
            (Element::Arc(arc), _) => {
                let is_left = arc.curvature_per_m() > 0.0;
                spans.push(CurveSpan { from_m, arc_from_m: from_m, arc_to_m: to_m, to_m, is_left });
            }
        }
    }
    spans
}
