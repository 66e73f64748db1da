//! Existing lines that a designed one joins.

use crate::error::{Result, within};
use crate::geodesy::{LonLat, UtmZone};
use crate::model::{Station, Study};

/// An end of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SegmentEnd {
    /// Where it begins.
    From,
    /// Where it ends.
    To,
}

/// An end of a segment whose place and direction an existing line gives. It bears on ways that end at
/// the node of the terrain nearest to it, not on that of a leg between other places.
#[derive(Debug, Clone, PartialEq)]
pub struct TieIn {
    /// Id of the segment.
    pub segment: String,
    /// Which of its ends.
    pub end: SegmentEnd,
    /// Where it lies, exactly: without a tie-in a line ends at the node of the terrain nearest to
    /// its station.
    pub place: LonLat,
    /// The direction in which the line runs there, on from its beginning or into its end: degrees
    /// clockwise from true north, the direction of the meridian, not that of the grid or of a
    /// compass.
    pub bearing_deg: f64,
}

impl TieIn {
    /// The ends of a study's segments whose directions it gives, at their stations.
    ///
    /// ```
    /// use railcorridor::design::{SegmentEnd, TieIn};
    /// use railcorridor::model::{Segment, Station, Study};
    ///
    /// let yard = Station { id: "yard".into(), lon_deg: 62.3, lat_deg: 35.2, ..Station::default() };
    /// let line = Segment {
    ///     id: "line".into(),
    ///     from: "yard".into(),
    ///     from_bearing_deg: Some(180.0),
    ///     ..Segment::default()
    /// };
    /// let study = Study { stations: vec![yard], segments: vec![line], ..Study::default() };
    /// let ties = TieIn::of_study(&study);
    /// // Southwards from the yard; of the other end nothing is known.
    /// assert_eq!(ties.len(), 1);
    /// assert_eq!((ties[0].end, ties[0].bearing_deg), (SegmentEnd::From, 180.0));
    /// ```
    #[must_use]
    pub fn of_study(study: &Study) -> Vec<Self> {
        let mut ties = Vec::new();
        for segment in &study.segments {
            let ends = [
                (SegmentEnd::From, &segment.from, segment.from_bearing_deg),
                (SegmentEnd::To, &segment.to, segment.to_bearing_deg),
            ];
            for (end, station, bearing_deg) in ends {
                let station = study.stations.iter().find(|one: &&Station| one.id == *station);
                if let (Some(at), Some(bearing_deg)) = (station, bearing_deg) {
                    let place = LonLat { lon_deg: at.lon_deg, lat_deg: at.lat_deg };
                    ties.push(Self { segment: segment.id.clone(), end, place, bearing_deg });
                }
            }
        }
        ties
    }

    pub(super) fn name(&self) -> String {
        match self.end {
            SegmentEnd::From => format!("the beginning of {}", self.segment),
            SegmentEnd::To => format!("the end of {}", self.segment),
        }
    }
}

/// A direction from true north as one in a plane from east anticlockwise: grid north lies off true
/// north by the convergence.
pub(super) fn plane_bearing_rad(plane: &UtmZone, place: LonLat, bearing_deg: f64) -> Result<f64> {
    let item = || "bearing_deg".to_owned();
    within(item, bearing_deg, (0.0, 360.0), "degrees clockwise from true north")?;
    let factors = plane.projection().grid_factors(place)?;
    Ok((90.0 - (bearing_deg - factors.convergence_deg)).to_radians())
}
