//! What a reader must know of a design, besides what breaks the standard.

use super::loops::{loops_wanted, stretches};
use super::zones::Entry;
use super::{DesignOptions, Track, Works};
use crate::finding::{Finding, Severity};
use crate::route::{CostBand, TerrainLengths, cost_band};
use crate::terrain::TerrainClass;

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
