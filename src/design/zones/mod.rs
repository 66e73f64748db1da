//! Zones as a line in a plane meets them: the polygons themselves, not cells of a grid.

mod contact;
mod outline;
mod rivers;

use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, Envelope as _, RTree};

use crate::error::Result;
use crate::geodesy::{Coord, UtmZone};
use crate::terrain::{LEAST_FACTOR_RATIO, MOST_FACTOR_RATIO, River, Zone, ZoneShape};
pub(super) use contact::{Contacts, Entry, contacts};
use outline::Frame;
use rivers::PlaneRivers;

/// A side of a polygon, with the number of the polygon.
type Side = GeomWithData<Line<[f64; 2]>, usize>;

/// What an area does to a line in it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Effect {
    Forbidden,
    Factor { ratio: f64, is_hazard: bool },
}

#[derive(Debug, Clone)]
struct Area {
    id: String,
    effect: Effect,
}

/// Forbidden, dear and cheap areas by the coordinates of a plane.
///
/// Areas are the polygons as they are drawn, their sides laid into the plane to some millimetres;
/// unlike the raster of a search, nothing is rounded to cells. A metre in several zones costs the
/// product of their factors, within [`LEAST_FACTOR_RATIO`] and [`MOST_FACTOR_RATIO`]; polygons of
/// one zone that overlap count once. Rivers are lines, charged where they are crossed; fixed points
/// are no areas.
#[derive(Debug, Clone)]
pub struct PlaneZones {
    /// All that touch the plane's frame, and geohazards wherever they are, in the order of the zones.
    areas: Vec<Area>,
    /// The area of each polygon.
    polygons: Vec<usize>,
    sides: RTree<Side>,
    rivers: PlaneRivers,
}

/// A part of a straight line in the same areas from end to end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub from_share: f64,
    pub to_share: f64,
    /// The areas that it lies in, in order.
    areas: Vec<usize>,
}

impl PlaneZones {
    /// The zones about some places, with a margin round them.
    ///
    /// # Errors
    ///
    /// Those of [`UtmZone::forward`].
    ///
    /// # Example
    ///
    /// ```
    /// use railcorridor::design::PlaneZones;
    /// use railcorridor::geodesy::{LonLat, UtmZone};
    /// use railcorridor::terrain::{Polygon, Zone, ZoneKind, ZoneRule};
    ///
    /// let at = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
    /// let ring = vec![at(62.0, 34.0), at(62.1, 34.0), at(62.1, 34.1), at(62.0, 34.1), at(62.0, 34.0)];
    /// let rule = ZoneRule { kind: ZoneKind::Avoid, factor_ratio: Some(3.0), ..ZoneRule::default() };
    /// let marsh = Zone::of_polygons("marsh", &rule, vec![Polygon::new(ring, Vec::new())?])?;
    /// let plane = UtmZone::of(at(62.0, 34.0))?;
    /// let (inside, outside) = (plane.forward(at(62.05, 34.05))?, plane.forward(at(62.2, 34.05))?);
    /// let zones = PlaneZones::new(&[marsh], &plane, &[inside, outside], 1000.0)?;
    /// assert_eq!((zones.factor_at_ratio(inside), zones.factor_at_ratio(outside)), (3.0, 1.0));
    /// assert!(!zones.is_forbidden_at(inside));
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn new(zones: &[Zone], plane: &UtmZone, about: &[Coord], margin_m: f64) -> Result<Self> {
        let points: Vec<[f64; 2]> = about.iter().map(|at| [at.e_m, at.n_m]).collect();
        let around = AABB::from_points(&points);
        let ([west_m, south_m], [east_m, north_m]) = (around.lower(), around.upper());
        let frame = Frame::about(
            plane,
            [[west_m - margin_m, south_m - margin_m], [east_m + margin_m, north_m + margin_m]],
        );
        let mut laid = Self {
            areas: Vec::new(),
            polygons: Vec::new(),
            sides: RTree::new(),
            rivers: PlaneRivers::default(),
        };
        let mut sides = Vec::new();
        let mut rivers: Vec<(usize, &[River])> = Vec::new();
        for (number, zone) in zones.iter().enumerate() {
            let (effect, polygons) = match zone.shape() {
                ZoneShape::Forbidden(polygons) => (Effect::Forbidden, polygons),
                ZoneShape::Factor { factor_ratio, is_hazard, polygons } => {
                    (Effect::Factor { ratio: *factor_ratio, is_hazard: *is_hazard }, polygons)
                }
                ZoneShape::Rivers(own) => {
                    rivers.push((number, own));
                    continue;
                }
                ZoneShape::FixedPoints { .. } => continue,
            };
            let area = laid.areas.len();
            laid.areas.push(Area { id: zone.id().to_owned(), effect });
            for polygon in polygons.iter().filter(|polygon| !frame.misses(polygon.exterior())) {
                let number = laid.polygons.len();
                laid.polygons.push(area);
                for ring in polygon.rings() {
                    let ring = frame.lay(plane, ring)?;
                    let ends = ring.iter().zip(ring.iter().skip(1));
                    sides.extend(ends.map(|(a, b)| Side::new(Line::new(*a, *b), number)));
                }
            }
        }
        laid.sides = RTree::bulk_load(sides);
        laid.rivers = PlaneRivers::new(&frame, plane, &rivers)?;
        Ok(laid)
    }

    /// What a metre costs at a place, as a multiple of what it costs without zones.
    #[must_use]
    pub fn factor_at_ratio(&self, at: Coord) -> f64 {
        self.ratio(&self.areas_at([at.e_m, at.n_m]))
    }

    /// Whether a place lies in a forbidden zone.
    #[must_use]
    pub fn is_forbidden_at(&self, at: Coord) -> bool {
        self.is_forbidden(&self.areas_at([at.e_m, at.n_m]))
    }

    /// Whether no area and no river weighs on a line.
    pub(super) fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.rivers.is_empty()
    }

    /// What a line through some places pays for crossing rivers, metres of level line.
    pub(super) fn crossing_m(&self, line: &[Coord]) -> f64 {
        self.rivers.crossing_m(line)
    }

    /// Whether any of them is forbidden.
    pub(super) fn forbids(&self) -> bool {
        self.polygons.iter().any(|area| self.is_forbidden(&[*area]))
    }

    /// Whether the box about some places lies all in open ground, seen from its sides alone.
    pub(super) fn keeps_clear(&self, places: &[Coord]) -> bool {
        let points: Vec<[f64; 2]> = places.iter().map(|at| [at.e_m, at.n_m]).collect();
        let around = AABB::from_points(&points);
        let mut sides = self.sides.locate_in_envelope_intersecting(&around);
        let is_free = sides.all(|side| {
            self.polygons.get(side.data).is_none_or(|area| !self.is_forbidden(&[*area]))
        });
        is_free && places.first().is_none_or(|at| !self.is_forbidden_at(*at))
    }

    /// A straight line in parts that each lie in the same areas.
    pub(super) fn stretches(&self, from: Coord, to: Coord) -> Vec<Stretch> {
        let (a, b) = ([from.e_m, from.n_m], [to.e_m, to.n_m]);
        let whole = |areas| vec![Stretch { from_share: 0.0, to_share: 1.0, areas }];
        let envelope = AABB::from_corners(a, b);
        if !envelope.intersects(&self.sides.root().envelope()) {
            return whole(Vec::new());
        }
        let mut cuts = vec![0.0, 1.0];
        for side in self.sides.locate_in_envelope_intersecting(&envelope) {
            cuts.extend(cut_share((a, b), (side.geom().from, side.geom().to)));
        }
        let at = |share: f64| [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
        if cuts.len() == 2 {
            return whole(self.areas_at(at(0.5)));
        }
        cuts.sort_by(f64::total_cmp);
        let mut stretches: Vec<Stretch> = Vec::new();
        for (from_share, to_share) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
            if to_share > from_share {
                let areas = self.areas_at(at(0.5 * (from_share + to_share)));
                match stretches.last_mut() {
                    Some(last) if last.areas == areas => last.to_share = to_share,
                    _ => stretches.push(Stretch { from_share, to_share, areas }),
                }
            }
        }
        stretches
    }

    /// The mean of what a metre costs over a part of a straight line, as a multiple.
    pub(super) fn mean_ratio(&self, stretches: &[Stretch], [from, to]: [f64; 2]) -> f64 {
        let part = |stretch: &Stretch| {
            let share = stretch.to_share.min(to) - stretch.from_share.max(from);
            if share > 0.0 { share * self.ratio(&stretch.areas) } else { 0.0 }
        };
        match stretches {
            [alone] => self.ratio(&alone.areas),
            _ => stretches.iter().map(part).sum::<f64>() / (to - from),
        }
    }

    /// The parts of a straight line in forbidden zones, as shares of it.
    pub(super) fn forbidden_parts(&self, stretches: &[Stretch]) -> Vec<[f64; 2]> {
        let within = stretches.iter().filter(|stretch| self.is_forbidden(&stretch.areas));
        within.map(|stretch| [stretch.from_share, stretch.to_share]).collect()
    }

    fn ratio(&self, areas: &[usize]) -> f64 {
        let effects = areas.iter().filter_map(|area| self.areas.get(*area));
        let ratios = effects.map(|area| match area.effect {
            Effect::Factor { ratio, .. } => ratio,
            Effect::Forbidden => 1.0,
        });
        ratios.product::<f64>().clamp(LEAST_FACTOR_RATIO, MOST_FACTOR_RATIO)
    }

    fn is_forbidden(&self, areas: &[usize]) -> bool {
        let mut effects = areas.iter().filter_map(|area| self.areas.get(*area));
        effects.any(|area| area.effect == Effect::Forbidden)
    }

    /// The areas about a point, in order: by the parity of the sides to the east of it, polygon by
    /// polygon.
    fn areas_at(&self, [e_m, n_m]: [f64; 2]) -> Vec<usize> {
        let [east_m, _] = self.sides.root().envelope().upper();
        let ray = AABB::from_corners([e_m, n_m], [east_m.max(e_m), n_m]);
        let mut odd: Vec<usize> = Vec::new();
        for side in self.sides.locate_in_envelope_intersecting(&ray) {
            let ([from_e_m, from_n_m], [to_e_m, to_n_m]) = (side.geom().from, side.geom().to);
            if (from_n_m > n_m) == (to_n_m > n_m) {
                continue;
            }
            let up = (n_m - from_n_m) / (to_n_m - from_n_m);
            if e_m < from_e_m + up * (to_e_m - from_e_m) {
                match odd.iter().position(|polygon| *polygon == side.data) {
                    Some(place) => {
                        odd.swap_remove(place);
                    }
                    None => odd.push(side.data),
                }
            }
        }
        let mut areas: Vec<usize> =
            odd.iter().filter_map(|polygon| self.polygons.get(*polygon)).copied().collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }
}

/// Where a line meets a side, as a share of the line.
fn cut_share((a, b): ([f64; 2], [f64; 2]), (from, to): ([f64; 2], [f64; 2])) -> Option<f64> {
    let cross = |u: [f64; 2], v: [f64; 2]| u[0] * v[1] - u[1] * v[0];
    let minus = |u: [f64; 2], v: [f64; 2]| [u[0] - v[0], u[1] - v[1]];
    let (line, side, gap) = (minus(b, a), minus(to, from), minus(from, a));
    let over = cross(line, side);
    let (share, on_side) = (cross(gap, side) / over, cross(gap, line) / over);
    // A side along the line gives no cut; its neighbours do.
    ((0.0..=1.0).contains(&share) && (-1e-9..=1.0 + 1e-9).contains(&on_side)).then_some(share)
}
