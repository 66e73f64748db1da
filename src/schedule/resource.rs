//! What work is done with, of which there is only so much: a track layer, tampers, welding crews.

/// What work is done with, of which there is only so much on any day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its id, as demands name it.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// How many units there are, at most [`MAX_UNITS`].
    pub capacity: u32,
}

/// What an activity needs of a resource on each day that it works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// Id of the activity.
    pub activity: String,
    /// Id of the resource.
    pub resource: String,
    /// Units at a time.
    pub units: u32,
}

/// No resource has more units, nor is asked for more.
pub const MAX_UNITS: u32 = 32_767;

/// The resources of a network, and who needs them.
///
/// It stands beside the network, so that the same network can be levelled under several plans: with
/// one track layer, or with two.
///
/// ```
/// use railcorridor::schedule::{Demand, Resource, ResourcePlan};
///
/// let plan = ResourcePlan {
///     resources: vec![Resource::new("track-layer", 1)],
///     demands: vec![Demand::new("lay-1", "track-layer", 1)],
/// };
/// assert_eq!(plan.resources[0].capacity, 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResourcePlan {
    /// What there is.
    pub resources: Vec<Resource>,
    /// Who needs it; what an activity needs of a resource in two demands adds up.
    pub demands: Vec<Demand>,
}

impl Resource {
    /// So many units.
    #[must_use]
    pub fn new(id: impl Into<String>, capacity: u32) -> Self {
        Self { id: id.into(), name: String::new(), capacity }
    }
}

impl Demand {
    /// So many units on each day that an activity works.
    #[must_use]
    pub fn new(activity: impl Into<String>, resource: impl Into<String>, units: u32) -> Self {
        Self { activity: activity.into(), resource: resource.into(), units }
    }
}
