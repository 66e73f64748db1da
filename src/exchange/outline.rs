//! What a schedule says besides its network: its title, and where along the line each activity is.

use crate::model::{CORRIDOR, Study};
use crate::stages::Plan;

/// What a schedule says besides its network: its title, and where along the line each activity is.
///
/// ```
/// use railcorridor::exchange::{Outline, Place};
///
/// let fill = Place { segment: "ab".into(), from_m: Some(0.0), to_m: Some(25_000.0) };
/// let outline = Outline { title: "A to B".into(), places: vec![fill], ..Outline::default() };
/// assert_eq!(outline.place(0).map(|place| place.segment.as_str()), Some("ab"));
/// assert_eq!(outline.place(1), None);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// What a reader calls the whole.
    pub title: String,
    /// The segments, in the order in which their activities are listed.
    pub segments: Vec<SegmentName>,
    /// Where each activity of the network is, in its order; none at all if nothing is known.
    pub places: Vec<Place>,
}

/// A segment and what a reader calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentName {
    /// Its id, as places name it.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
}

/// Where an activity is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// Id of its segment; empty for what belongs to none.
    pub segment: String,
    /// Where it begins, metres along the segment; `None` if it is of no place.
    pub from_m: Option<f64>,
    /// Where it ends, metres.
    pub to_m: Option<f64>,
}

impl Outline {
    /// The outline of a plan: the name of the study, its segments, and the lots of the works.
    #[must_use]
    pub fn of_plan(study: &Study, plan: &Plan) -> Self {
        let name = |id: &str| SegmentName { id: id.to_owned(), name: study.subject_name(id) };
        let is_planned =
            |id: &str| plan.items.iter().any(|item| item.segment == id && id != CORRIDOR);
        let segments = study.segments.iter().filter(|segment| is_planned(&segment.id));
        let place = |item: &crate::stages::PlanItem| Place {
            segment: if item.segment == CORRIDOR { String::new() } else { item.segment.clone() },
            from_m: item.from_m,
            to_m: item.to_m,
        };
        Self {
            title: study.name.en.clone(),
            segments: segments.map(|segment| name(&segment.id)).collect(),
            places: plan.items.iter().map(place).collect(),
        }
    }

    /// Where an activity is, by its place in the network.
    #[must_use]
    pub fn place(&self, activity: usize) -> Option<&Place> {
        self.places.get(activity)
    }
}
