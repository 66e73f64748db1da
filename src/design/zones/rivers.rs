//! What a line pays for crossing rivers of zones.

use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

use super::cut_share;
use super::outline::Frame;
use crate::error::Result;
use crate::geodesy::{Coord, UtmZone};
use crate::terrain::River;

/// Crossings of one zone that follow one another so closely on a line are one, at the dearest: bends
/// and arms of one river, over which a move of the search pays once too.
const ONE_CROSSING_M: f64 = 500.0;

/// The zone of a piece of river, and what crossing it costs, metres of level line.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Toll {
    zone: usize,
    cost_m: f64,
}

/// The rivers of zones, piece by piece.
#[derive(Debug, Clone, Default)]
pub(super) struct PlaneRivers {
    pieces: RTree<GeomWithData<Line<[f64; 2]>, Toll>>,
}

impl PlaneRivers {
    /// The rivers of zones, each with the number of its zone, as far as they touch a frame.
    pub(super) fn new(frame: &Frame, plane: &UtmZone, zones: &[(usize, &[River])]) -> Result<Self> {
        let mut pieces = Vec::new();
        for (zone, rivers) in zones {
            for river in rivers.iter().filter(|river| !frame.misses(&river.places)) {
                let toll = Toll { zone: *zone, cost_m: river.cost_m };
                let places = frame.lay(plane, &river.places)?;
                let ends = places.iter().zip(places.iter().skip(1));
                pieces.extend(ends.map(|(a, b)| GeomWithData::new(Line::new(*a, *b), toll)));
            }
        }
        Ok(Self { pieces: RTree::bulk_load(pieces) })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.size() == 0
    }

    /// What a line through some places pays, metres of level line. What is crossed where it begins
    /// is not counted, so that lines that follow one another pay once.
    pub(super) fn crossing_m(&self, line: &[Coord]) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        let mut found: Vec<(usize, f64, f64)> = Vec::new();
        let mut along_m = 0.0;
        for (from, to) in line.iter().zip(line.iter().skip(1)) {
            let (a, b) = ([from.e_m, from.n_m], [to.e_m, to.n_m]);
            let length_m = from.distance_m(*to);
            for piece in self.pieces.locate_in_envelope_intersecting(&AABB::from_corners(a, b)) {
                let share = cut_share((a, b), (piece.geom().from, piece.geom().to));
                if let Some(share) = share.filter(|share| *share > 0.0) {
                    found.push((piece.data.zone, along_m + share * length_m, piece.data.cost_m));
                }
            }
            along_m += length_m;
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut sum_m = 0.0;
        let mut open: Option<(usize, f64, f64)> = None;
        for (zone, at_m, cost_m) in found {
            open = match open {
                Some((same, begun_m, dearest_m))
                    if same == zone && at_m - begun_m < ONE_CROSSING_M =>
                {
                    Some((zone, begun_m, dearest_m.max(cost_m)))
                }
                last => {
                    sum_m += last.map_or(0.0, |(.., dearest_m)| dearest_m);
                    Some((zone, at_m, cost_m))
                }
            };
        }
        sum_m + open.map_or(0.0, |(.., dearest_m)| dearest_m)
    }
}
