//! What a reader must know of a design, besides what breaks the standard.

use super::loops::{loops_wanted, stretches};
use super::zones::Entry;
use super::{DesignOptions, Track, Works};
use crate::finding::{Finding, Severity};
use crate::geodesy::{LonLat, UtmZone, distance_m};
use crate::route::{CostBand, TerrainLengths, cost_band};
use crate::terrain::TerrainClass;
use crate::unit::grouped;

/// The findings of a track; `low_crossings_m` are streams that its rails do not rise over.
pub(super) fn notes(
    track: &Track,
    low_crossings_m: &[f64],
    options: &DesignOptions,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add =
        |rule: &'static str, chainage_m: Option<f64>, [value, limit, message]: [String; 3]| {
            let place = chainage_m.map(|at_m| format!("@{at_m:.0}")).unwrap_or_default();
            findings.push(Finding {
                rule,
                id: format!("{rule}:{}{place}", track.segment),
                severity: Severity::Warning,
                subject: track.segment.clone(),
                chainage_m,
                value,
                limit,
                message,
                claims: Vec::new(),
                sources: Vec::new(),
                waiver: None,
            });
        };
    let band = track.cost_band();
    let musd = track.bill.total_usd() / 1e6;
    if !(band.low_musd..=band.high_musd).contains(&musd) {
        let side = if musd < band.low_musd { "less" } else { "more" };
        let words = [
            format!("{musd:.0} million USD"),
            format!("{:.0} to {:.0} million USD", band.low_musd, band.high_musd),
            format!("the design costs {side} than lines of the region did on such ground"),
        ];
        add("cost-outside-band", None, words);
    }
    for at_m in low_crossings_m {
        let words = [
            "less".to_owned(),
            format!("{} m above the bed", options.costs.ground.bridge_clearance_m),
            "the gradient from the station does not let the rails rise over the stream".to_owned(),
        ];
        add("bridge-too-low", Some(*at_m), words);
    }
    for crossing in track.crossings.iter().filter(|crossing| crossing.is_cut) {
        let words = [
            format!("{} km2 on the terrain", grouped(crossing.area_km2, 0)),
            "its whole basin".to_owned(),
            "the basin may reach beyond the terrain: the stream may be wider than its bridge is for"
                .to_owned(),
        ];
        add("basin-cut", Some(crossing.distance_m), words);
    }
    let wanted = loops_wanted(track.length_m(), options.loop_spacing_m);
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let count = track.loops_m.len() as f64;
    if count < wanted {
        let length_m = options.station_length_m;
        let words = [
            format!("{count} loops"),
            format!("{wanted} loops"),
            format!("no {length_m} m without a sharp curve lie where the others would be"),
        ];
        add("loops-missing", None, words);
    }
    let half_m = 0.5 * options.station_length_m;
    let tangents = stretches(track.line.alignment.horizontal(), f64::INFINITY);
    for at_m in &track.loops_m {
        let is_within =
            |[from_m, to_m]: &[f64; 2]| at_m - half_m > from_m - 1.0 && at_m + half_m < to_m + 1.0;
        if !tangents.iter().any(is_within) {
            let words = [
                "on a curve".to_owned(),
                "on a tangent".to_owned(),
                "no tangent near is long enough for the crossing loop".to_owned(),
            ];
            add("loop-on-curve", Some(*at_m), words);
        }
    }
    findings
}

/// Where a line enters forbidden zones: no plan beside the way kept out of them.
pub(super) fn entry_findings(segment: &str, entries: &[Entry]) -> Vec<Finding> {
    let finding = |entry: &Entry| {
        let Entry { zone, from_m, to_m, deep_m } = entry;
        let length_m = to_m - from_m;
        Finding {
            rule: "forbidden-zone-entered",
            id: format!("forbidden-zone-entered:{segment}:{zone}@{from_m:.0}"),
            severity: Severity::Error,
            subject: segment.to_owned(),
            chainage_m: Some(*from_m),
            value: format!("{deep_m:.1} m deep, for {length_m:.1} m"),
            limit: "not at all".to_owned(),
            message: format!(
                "no plan beside the way keeps out of the forbidden zone {zone}; this one enters it"
            ),
            claims: Vec::new(),
            sources: Vec::new(),
            waiver: None,
        }
    };
    entries.iter().map(finding).collect()
}

/// Where a line comes nearest to a place: its chainage, and how far the place lies off it.
fn nearest_m(track: &Track, place: LonLat) -> (f64, f64) {
    let plan = track.line.alignment.horizontal();
    let plane = track.line.epsg.and_then(|epsg| UtmZone::from_epsg(epsg).ok());
    let exact = plane.and_then(|plane| {
        let coord = plane.forward(place).ok()?;
        let at_m = plan.nearest(coord).ok()?.distance_m;
        Some((at_m, plan.at(at_m).ok()?.coord.distance_m(coord)))
    });
    // Out of reach of the plane it is far enough off to be measured from station to station.
    let stations = track.points.iter().map(|at| (at.distance_m, distance_m(at.place, place)));
    let stations = stations.min_by(|a, b| a.1.total_cmp(&b.1));
    exact.or(stations).unwrap_or((0.0, f64::INFINITY))
}

/// Tells the line nearest to a fixed point that no way passes it.
pub(super) fn note_missed(tracks: &mut [Track], zone: &str, place: LonLat) {
    let lines = tracks.iter().enumerate().map(|(line, track)| (line, nearest_m(track, place)));
    let nearest = lines.min_by(|(_, a), (_, b)| a.1.total_cmp(&b.1));
    let Some((line, (at_m, off_m))) = nearest else { return };
    let Some(track) = tracks.get_mut(line) else { return };
    let (lon_deg, lat_deg) = (place.lon_deg, place.lat_deg);
    let finding = Finding {
        rule: "fixed-point-missed",
        id: format!("fixed-point-missed:{}:{zone}@{lon_deg:.5},{lat_deg:.5}", track.segment),
        severity: Severity::Warning,
        subject: track.segment.clone(),
        chainage_m: Some(at_m),
        value: format!("{off_m:.0} m beside the line"),
        limit: "on the line".to_owned(),
        message: format!(
            "no way of the search passes the fixed point {zone}, so no line is led through it: give \
             the search the same zones, and terrain that reaches so far"
        ),
        claims: Vec::new(),
        sources: Vec::new(),
        waiver: None,
    };
    track.findings.push(finding);
}

impl Track {
    /// Lengths by the class of the ground, structures apart.
    #[must_use]
    pub fn terrain_lengths(&self) -> TerrainLengths {
        let mut lengths = TerrainLengths::default();
        for (a, b) in self.points.iter().zip(self.points.iter().skip(1)) {
            let half_m = 0.5 * (b.distance_m - a.distance_m);
            for point in [a, b] {
                let of = match (point.works, point.class) {
                    (Works::Bridge | Works::Tunnel, _) => &mut lengths.structures_m,
                    (Works::Earthworks, TerrainClass::Flat) => &mut lengths.flat_m,
                    (Works::Earthworks, TerrainClass::Rolling) => &mut lengths.rolling_m,
                    (Works::Earthworks, TerrainClass::Hilly) => &mut lengths.hilly_m,
                    (Works::Earthworks, TerrainClass::Mountain) => &mut lengths.mountain_m,
                };
                *of += half_m;
            }
        }
        lengths
    }

    /// What lines of the region cost on ground as along this one.
    #[must_use]
    pub fn cost_band(&self) -> CostBand {
        cost_band(&self.terrain_lengths(), self.length_m())
    }
}
