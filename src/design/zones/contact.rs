//! Where a plan enters zones, and how far.

use rstar::AABB;

use super::{Effect, PlaneZones};
use crate::error::Result;
use crate::geodesy::Coord;
use crate::geometry::{Element, Horizontal};
use crate::terrain::HazardLength;

/// A plan is held against zones by chords that leave it by no more.
const CHORD_M: f64 = 0.001;

/// No chord is longer, so that depths are taken along tangents too.
const LONGEST_M: f64 = 25.0;

/// What enters a zone by no more, touches it: chords and sides are as near to what they stand for.
const TOUCH_M: f64 = 0.001;

/// Distances that are one but for rounding.
const ROUNDING_M: f64 = 1e-6;

/// Chords that are looked at together, as long as no side is near.
const TOGETHER: usize = 16;

/// A stretch of a plan in a forbidden zone.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::design) struct Entry {
    pub zone: String,
    pub from_m: f64,
    pub to_m: f64,
    /// The greatest distance to the edge of the zone.
    pub deep_m: f64,
}

/// Where a plan lies in zones.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::design) struct Contacts {
    /// By zone, then along the line; what only touches a zone is left out.
    pub entries: Vec<Entry>,
    /// Length in each geohazard, in the order of the zones.
    pub hazards: Vec<HazardLength>,
}

/// Where a plan lies in forbidden zones and geohazards.
pub(in crate::design) fn contacts(zones: &PlaneZones, plan: &Horizontal) -> Result<Contacts> {
    let mut open: Vec<Entry> = Vec::new();
    let mut lengths_m = vec![0.0; zones.areas.len()];
    let mut found = Contacts::default();
    let mut last: Option<(f64, Coord)> = None;
    for (at_m, coord) in chords(plan)? {
        let Some((from_m, from)) = last.replace((at_m, coord)) else { continue };
        let length_m = at_m - from_m;
        for stretch in zones.stretches(from, coord) {
            let [begin_m, end_m] =
                [stretch.from_share, stretch.to_share].map(|share| from_m + share * length_m);
            for area in &stretch.areas {
                if let Some(sum_m) = lengths_m.get_mut(*area) {
                    *sum_m += end_m - begin_m;
                }
                let Some(own) = zones.areas.get(*area) else { continue };
                if own.effect != Effect::Forbidden {
                    continue;
                }
                let share = 0.5 * (stretch.from_share + stretch.to_share);
                let deep_m = zones.deep_m(*area, from.toward(coord, share));
                // An end of the line may lie inside.
                let deep_m = [(stretch.from_share, from), (1.0 - stretch.to_share, coord)]
                    .into_iter()
                    .filter(|(beyond, _)| *beyond == 0.0)
                    .map(|(_, end)| zones.deep_m(*area, end))
                    .fold(deep_m, f64::max);
                match open
                    .iter_mut()
                    .find(|entry| entry.zone == own.id && (entry.to_m - begin_m).abs() < ROUNDING_M)
                {
                    Some(entry) => {
                        entry.to_m = end_m;
                        entry.deep_m = entry.deep_m.max(deep_m);
                    }
                    None => open.push(Entry {
                        zone: own.id.clone(),
                        from_m: begin_m,
                        to_m: end_m,
                        deep_m,
                    }),
                }
            }
        }
    }
    found.entries = open.into_iter().filter(|entry| entry.deep_m > TOUCH_M).collect();
    for (area, length_m) in zones.areas.iter().zip(lengths_m) {
        if matches!(area.effect, Effect::Factor { is_hazard: true, .. }) {
            found.hazards.push(HazardLength { zone: area.id.clone(), length_m });
        }
    }
    Ok(found)
}

impl PlaneZones {
    /// Length of a plan in forbidden zones, counted once.
    pub(in crate::design) fn forbidden_m(&self, plan: &Horizontal) -> Result<f64> {
        let places = chords(plan)?;
        let mut sum_m = 0.0;
        let mut from = 0;
        while from + 1 < places.len() {
            let to = (from + TOGETHER).min(places.len() - 1);
            let part = places.get(from..=to).unwrap_or_default();
            let points: Vec<[f64; 2]> = part.iter().map(|(_, at)| [at.e_m, at.n_m]).collect();
            let box_about = AABB::from_points(&points);
            let mut sides = self.sides.locate_in_envelope_intersecting(&box_about);
            if sides.next().is_some() {
                for ((from_m, a), (to_m, b)) in part.iter().zip(part.iter().skip(1)) {
                    let parts = self.forbidden_parts(&self.stretches(*a, *b));
                    let share: f64 = parts.iter().map(|[enters, leaves]| leaves - enters).sum();
                    sum_m += share * (to_m - from_m);
                }
            } else if let (Some((from_m, at)), Some((to_m, _))) = (part.first(), part.last())
                && self.is_forbidden_at(*at)
            {
                sum_m += to_m - from_m;
            }
            from = to;
        }
        Ok(sum_m)
    }

    /// How far a place in an area is from its edge.
    fn deep_m(&self, area: usize, at: Coord) -> f64 {
        let nearest = self.sides.nearest_neighbor_iter_with_distance_2(&[at.e_m, at.n_m]);
        let own = |data: usize| self.polygons.get(data) == Some(&area);
        nearest
            .into_iter()
            .find(|(side, _)| own(side.data))
            .map_or(0.0, |(_, square_m2)| square_m2.sqrt())
    }
}

/// Places of a plan by distance, so close that the chords between them stay beside it.
fn chords(plan: &Horizontal) -> Result<Vec<(f64, Coord)>> {
    let mut places = vec![(0.0, plan.at(0.0)?.coord)];
    for (element, (from_m, to_m)) in plan.pieces() {
        let sharpest_per_m =
            element.curvature_from_per_m().abs().max(element.curvature_to_per_m().abs());
        let chord_m = match element {
            Element::Tangent(_) => LONGEST_M,
            _ => (8.0 * CHORD_M / sharpest_per_m.max(1e-9)).sqrt().min(LONGEST_M),
        };
        let count = ((to_m - from_m) / chord_m).ceil();
        let mut number = 1.0;
        while number <= count {
            let at_m =
                if number == count { to_m } else { from_m + number / count * (to_m - from_m) };
            places.push((at_m, plan.at(at_m)?.coord));
            number += 1.0;
        }
    }
    Ok(places)
}
