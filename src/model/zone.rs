//! Zones of a study: where the line must not go, should rather go or not, and what it crosses.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Name;
use crate::error::Result;
use crate::geodesy::LonLat;
use crate::terrain::{self, CrossingClass, MapFeature, Polygon, ZoneKind, ZoneRule};

/// A zone: its shape, drawn here or in a GeoJSON file beside the study, and what it does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// Unique in the study: lower case letters, digits, `-`.
    pub id: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// `forbidden`, `avoid`, `prefer`, `geohazard`, `river` or `fixed-point`.
    pub kind: ZoneKind,
    /// What a metre within costs in metres outside: 1 to 1,000 to avoid and for geohazards, 0.2 to
    /// 1 to prefer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub factor_ratio: Option<f64>,
    /// What crossing it costs, metres of level line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossing_cost_m: Option<f64>,
    /// The class of what is crossed: `stream`, `river`, `large-river`, `canal`, `road`, `railway`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossing_class: Option<CrossingClass>,
    /// The drainage area of the river, from which its crossing cost follows, km2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drainage_area_km2: Option<f64>,
    /// Corners of its area, `[longitude, latitude]`, the last like the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub polygon_deg: Vec<[f64; 2]>,
    /// Places along it, `[longitude, latitude]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line_deg: Vec<[f64; 2]>,
    /// The point, `[longitude, latitude]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point_deg: Option<[f64; 2]>,
    /// The direction of the line at a fixed point, degrees clockwise from true north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bearing_deg: Option<f64>,
    /// The height of the formation at a fixed point, metres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_m: Option<f64>,
    /// A GeoJSON file, its path beside the study.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The property of the file's features that holds the drainage area of each, km2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drainage_area_property: Option<String>,
    /// Id of the source; absent if it is our judgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Why we think so; needed without a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a rule may hold besides its kind.
const FIGURES: [&str; 6] = [
    "crossing_cost_m",
    "crossing_class",
    "drainage_area_km2",
    "factor_ratio",
    "bearing_deg",
    "level_m",
];

impl Zone {
    /// Its kind, factor and cost.
    #[must_use]
    pub fn rule(&self) -> ZoneRule {
        ZoneRule {
            kind: self.kind,
            factor_ratio: self.factor_ratio,
            crossing_cost_m: self.crossing_cost_m,
            crossing_class: self.crossing_class,
            drainage_area_km2: self.drainage_area_km2,
            bearing_deg: self.bearing_deg,
            level_m: self.level_m,
        }
    }

    /// The zone ready to be laid on a terrain; `folder` is that of the study, for its file.
    ///
    /// # Errors
    /// [`Error::Zone`](crate::Error::Zone) if its shape or its rule is refused, and the errors of
    /// [`terrain::open_geojson`].
    ///
    /// ```
    /// use railcorridor::model::Zone;
    /// use railcorridor::terrain::{ZoneKind, ZoneShape};
    ///
    /// let zone = Zone {
    ///     id: "hari-rud".into(),
    ///     kind: ZoneKind::River,
    ///     crossing_cost_m: Some(2000.0),
    ///     line_deg: vec![[62.0, 34.3], [62.5, 34.3]],
    ///     ..Zone::default()
    /// };
    /// let zone = zone.on_terrain(std::path::Path::new("."))?;
    /// let ZoneShape::Rivers(rivers) = zone.shape() else { panic!() };
    /// assert_eq!(rivers[0].cost_m, 2000.0);
    /// # Ok::<(), railcorridor::Error>(())
    /// ```
    pub fn on_terrain(&self, folder: &Path) -> Result<terrain::Zone> {
        if let Some(file) = &self.file {
            let mut features = terrain::open_geojson(&folder.join(file))?;
            for feature in &mut features {
                self.carry_over(feature);
            }
            return terrain::Zone::new(&self.id, &self.rule(), features);
        }
        self.drawn()
    }

    /// The zone from the shape that stands in the study.
    pub(super) fn drawn(&self) -> Result<terrain::Zone> {
        let places = |pairs: &[[f64; 2]]| -> Vec<LonLat> {
            pairs.iter().map(|&[lon_deg, lat_deg]| LonLat { lon_deg, lat_deg }).collect()
        };
        let rule = self.rule();
        if !self.line_deg.is_empty() {
            return terrain::Zone::of_line(&self.id, &rule, places(&self.line_deg));
        }
        let mut feature = MapFeature::default();
        if let Some([lon_deg, lat_deg]) = self.point_deg {
            feature.points.push(LonLat::new(lon_deg, lat_deg)?);
        }
        if !self.polygon_deg.is_empty() {
            let polygon = Polygon::new(places(&self.polygon_deg), Vec::new());
            feature.polygons.push(polygon.map_err(|error| error.of_zone(&self.id, None))?);
        }
        terrain::Zone::new(&self.id, &rule, vec![feature])
    }

    /// Hands the drainage area of a feature on under the name that rivers are read by.
    fn carry_over(&self, feature: &mut MapFeature) {
        for key in FIGURES {
            // The study decides; a like-named property of the map is nothing to go by.
            if self.drainage_area_property.as_deref() != Some(key) {
                feature.properties.remove(key);
            }
        }
        if let Some(property) = &self.drainage_area_property
            && let Some(area_km2) = feature.properties.get(property).cloned()
        {
            feature.properties.insert("drainage_area_km2".to_owned(), area_km2);
        }
    }
}
