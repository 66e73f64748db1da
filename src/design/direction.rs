//! From which end a line is sought.

use crate::geodesy::LonLat;
use crate::route::{RoutePoint, SegmentRoute};

/// From which end a line along a way is sought. What is found depends on it a little: stations of
/// computation are counted from there, and equally cheap choices are met in another order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// From the beginning of the way.
    Ahead,
    /// From its end.
    Back,
}

impl Direction {
    /// The one to try first: from the northern end, of two as far north from the western one. So
    /// the same line is found whichever end of the way is its beginning.
    pub(super) fn first(route: &SegmentRoute) -> Self {
        let places = || route.points.iter().map(|point| point.place);
        // A way that ends where it begins is told from its reverse by what comes next.
        let is_back = |from: LonLat, to: LonLat| {
            let order = to.lat_deg.total_cmp(&from.lat_deg);
            order.then(from.lon_deg.total_cmp(&to.lon_deg)).is_gt()
        };
        let apart = places().zip(places().rev()).find(|(from, to)| from != to);
        if apart.is_some_and(|(from, to)| is_back(from, to)) { Self::Back } else { Self::Ahead }
    }

    /// From the other end.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Ahead => Self::Back,
            Self::Back => Self::Ahead,
        }
    }

    /// The points of a way in this direction.
    pub(super) fn points(self, route: &SegmentRoute) -> Vec<RoutePoint> {
        let mut points = route.points.clone();
        if self == Self::Back {
            points.reverse();
        }
        points
    }
}
