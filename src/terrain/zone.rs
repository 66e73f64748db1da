//! Zones: where a line must not go, should rather go or not, and what it crosses.

use super::coverage::cover;
use super::map_feature::checked_line;
use super::polygon::wrong;
use super::zone_rule::crossing_cost_m;
use super::{Drainage, Grid, MapFeature, Polygon, ZoneKind, ZoneRule};
use crate::error::{Error, Result};
use crate::geodesy::LonLat;

/// A line that is charged where it is crossed.
#[derive(Debug, Clone, PartialEq)]
pub struct River {
    /// Its course.
    pub places: Vec<LonLat>,
    /// What crossing it costs, metres of level line.
    pub cost_m: f64,
}

/// What a zone is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum ZoneShape {
    /// Areas that close the ground.
    Forbidden(Vec<Polygon>),
    /// Areas where a metre costs `factor_ratio` metres.
    Factor {
        /// Above 1 to avoid, below to prefer.
        factor_ratio: f64,
        /// Whether the metres within are reported.
        is_hazard: bool,
        /// The areas.
        polygons: Vec<Polygon>,
    },
    /// Lines charged once where they are crossed; a move pays for the dearest of one zone.
    Rivers(Vec<River>),
    /// Points that the line must pass.
    FixedPoints {
        /// Where.
        places: Vec<LonLat>,
        /// The direction of the line there, degrees clockwise from true north.
        bearing_deg: Option<f64>,
        /// The height of the formation there.
        level_m: Option<f64>,
    },
}

/// A zone, checked and ready to be laid on a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    id: String,
    shape: ZoneShape,
}

impl Zone {
    /// A zone from some features of a map, all under one rule.
    ///
    /// Rivers take the cost of the rule; if it has none, that of the feature's own
    /// `crossing_cost_m`, `crossing_class` or `drainage_area_km2`.
    ///
    /// # Errors
    /// [`Error::Zone`] if the rule is refused, there is no feature, or one has a geometry that the
    /// kind cannot use: areas need polygons, rivers lines, fixed points points.
    pub fn new(id: &str, rule: &ZoneRule, features: Vec<MapFeature>) -> Result<Self> {
        let of = |index: Option<usize>| move |error: Error| error.of_zone(id, index);
        rule.check().map_err(of(None))?;
        if features.is_empty() {
            return Err(of(None)(wrong("has no feature", "give it a polygon, line or point")));
        }
        let mut all = MapFeature::default();
        let mut rivers = Vec::new();
        for feature in features {
            let index = feature.index;
            check_kind(rule.kind, &feature).map_err(of(Some(index)))?;
            if rule.kind == ZoneKind::River {
                let cost_m = river_cost_m(rule, &feature).map_err(of(Some(index)))?;
                let river = |places| River { places, cost_m };
                rivers.extend(feature.lines.into_iter().map(river));
            }
            all.polygons.extend(feature.polygons);
            all.points.extend(feature.points);
        }
        let factor = |is_hazard, polygons| ZoneShape::Factor {
            factor_ratio: rule.factor_ratio.unwrap_or(1.0),
            is_hazard,
            polygons,
        };
        let shape = match rule.kind {
            ZoneKind::Forbidden => ZoneShape::Forbidden(all.polygons),
            ZoneKind::Avoid | ZoneKind::Prefer => factor(false, all.polygons),
            ZoneKind::Geohazard => factor(true, all.polygons),
            ZoneKind::River => ZoneShape::Rivers(rivers),
            ZoneKind::FixedPoint => ZoneShape::FixedPoints {
                places: all.points,
                bearing_deg: rule.bearing_deg,
                level_m: rule.level_m,
            },
        };
        Ok(Self { id: id.to_owned(), shape })
    }

    /// A zone under one rule from polygons made before.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_polygons(id: &str, rule: &ZoneRule, polygons: Vec<Polygon>) -> Result<Self> {
        Self::new(id, rule, vec![MapFeature { polygons, ..MapFeature::default() }])
    }

    /// A zone under one rule from a line.
    ///
    /// # Errors
    /// As [`new`](Self::new), and if the line is shorter than two places or leaves the earth.
    pub fn of_line(id: &str, rule: &ZoneRule, line: Vec<LonLat>) -> Result<Self> {
        let lines = vec![checked_line(line).map_err(|error: Error| error.of_zone(id, None))?];
        Self::new(id, rule, vec![MapFeature { lines, ..MapFeature::default() }])
    }

    /// The streams of a terrain with so large a drainage area or a larger one, as one zone of
    /// rivers, charged by [`crossing_cost_m`] of the area at the end of each reach.
    ///
    /// # Errors
    /// [`Error::Zone`] if there is none.
    pub fn of_streams(
        id: &str,
        grid: &Grid,
        drainage: &Drainage,
        least_area_km2: f64,
    ) -> Result<Self> {
        let place = |&(row, col): &(usize, usize)| grid.place(row, col);
        let streams = drainage.streams(least_area_km2).into_iter();
        let rivers: Vec<River> = streams
            .filter(|stream| stream.nodes.len() > 1)
            .map(|stream| River {
                places: stream.nodes.iter().map(place).collect(),
                cost_m: crossing_cost_m(stream.area_km2),
            })
            .collect();
        if rivers.is_empty() {
            let problem = format!("no stream of the terrain drains {least_area_km2} km2 or more");
            let hint = "take a smaller area, or leave the zone out";
            return Err(wrong(problem, hint).of_zone(id, None));
        }
        Ok(Self { id: id.to_owned(), shape: ZoneShape::Rivers(rivers) })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is made of.
    #[must_use]
    pub fn shape(&self) -> &ZoneShape {
        &self.shape
    }

    /// Whether it is forbidden ground that closes a cell of a grid: it touches the box half a step
    /// about the node.
    ///
    /// # Errors
    /// [`Error::Zone`] if its outline passes too many cells.
    pub fn closes(&self, grid: &Grid, (row, col): (usize, usize)) -> Result<bool> {
        let ZoneShape::Forbidden(polygons) = &self.shape else { return Ok(false) };
        for polygon in polygons {
            let covered = cover(grid, polygon).map_err(|error| error.of_zone(&self.id, None))?;
            if covered.iter().any(|covered| covered.cell as usize == row * grid.cols() + col) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Its places: corners, courses, points.
    pub(super) fn places(&self) -> Vec<LonLat> {
        match &self.shape {
            ZoneShape::Forbidden(polygons) | ZoneShape::Factor { polygons, .. } => {
                polygons.iter().flat_map(|polygon| polygon.exterior().to_vec()).collect()
            }
            ZoneShape::Rivers(rivers) => {
                rivers.iter().flat_map(|river| river.places.clone()).collect()
            }
            ZoneShape::FixedPoints { places, .. } => places.clone(),
        }
    }
}

fn check_kind(kind: ZoneKind, feature: &MapFeature) -> Result<()> {
    let kinds = [
        ("polygons", !feature.polygons.is_empty()),
        ("lines", !feature.lines.is_empty()),
        ("points", !feature.points.is_empty()),
    ];
    let needed = match kind {
        ZoneKind::River => "lines",
        ZoneKind::FixedPoint => "points",
        _ => "polygons",
    };
    if kinds.iter().all(|(name, given)| *given == (*name == needed)) {
        return Ok(());
    }
    let given: Vec<&str> =
        kinds.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    let problem =
        format!("has {}", if given.is_empty() { "nothing".into() } else { given.join(" and ") });
    Err(wrong(problem, &format!("its kind needs {needed}, and nothing else")))
}

fn river_cost_m(rule: &ZoneRule, feature: &MapFeature) -> Result<f64> {
    if let Some(cost_m) = rule.cost_m() {
        return Ok(cost_m);
    }
    let mut properties = feature.properties.clone();
    properties.insert("kind".to_owned(), "river".into());
    let own: ZoneRule =
        serde_json::from_value(serde_json::Value::Object(properties)).map_err(|error| {
            wrong(error.to_string(), "crossing_cost_m and drainage_area_km2 are numbers")
        })?;
    let own = ZoneRule { factor_ratio: None, ..own };
    own.check()?;
    own.cost_m().ok_or_else(|| {
        let hint = "give crossing_cost_m, crossing_class or drainage_area_km2";
        wrong("nothing says what crossing it costs", hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_become_rivers() {
        let grid = crate::terrain::waves(200, 150, 30.0).unwrap();
        let drainage = Drainage::of(&grid).unwrap();
        let zone = Zone::of_streams("streams", &grid, &drainage, 0.5).unwrap();
        let ZoneShape::Rivers(rivers) = zone.shape() else { panic!("{zone:?}") };
        assert!(rivers.iter().all(|river| river.cost_m >= crossing_cost_m(0.5)));
        assert!(Zone::of_streams("streams", &grid, &drainage, 1e9).is_err());
    }
}
