//! The embedded study: whole, honest, and with every known contradiction found.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "turgundi")]

use railcorridor::Finding;
use railcorridor::model::{CORRIDOR, Certainty, Date, Study};
use railcorridor::stages::StageState;
use railcorridor::status;

fn study() -> Study {
    Study::turgundi().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn it_holds_what_it_should() {
    let study = study();
    let own = |subject: &str| {
        subject == CORRIDOR
            || study.segment(subject).is_some()
            || study.connections.iter().any(|connection| connection.id == subject)
            || Study::stretch(subject).is_some()
            || study.station(subject).is_some()
    };
    let own_claims = study.claims.iter().filter(|claim| own(&claim.subject)).count();
    assert!(own_claims >= 90, "{own_claims} claims about the corridor itself");
    assert!(study.claims.len() >= 140, "{} claims", study.claims.len());
    let segments: Vec<&str> = study.segments.iter().map(|segment| segment.id.as_str()).collect();
    assert_eq!(segments, ["turgundi-herat", "herat-kandahar", "kandahar-spin-boldak"]);
    let published = study.parameters.iter().filter(|p| p.state == Certainty::Published).count();
    assert_eq!(published, 1, "only the gauge has been published");
}

#[test]
fn it_survives_being_written_and_read() {
    let study = study();
    let again = Study::from_toml_str(&study.to_toml()).unwrap();
    assert_eq!(again, study);
    let json: Study = serde_json::from_str(&serde_json::to_string(&study).unwrap()).unwrap();
    assert_eq!(json, study);
}

/// The ten contradictions that are known among the published figures.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "Turgundi-Herat 112 to 200 km: other end points, other years",
        &[
            "lengths-of-other-ends:turgundi-herat",
            "lengths-disagree:turgundi-herat:herat-turgundi",
            "lengths-disagree:turgundi-herat:herat-airport-turgundi",
        ],
    ),
    (
        "AFN 264 million printed as USD 264 and 245 million",
        &[
            "currency-confused:design-hk-1:design-hk-2",
            "currency-confused:design-hk-1:design-hk-3",
            "currency-confused:design-hk-1:design-hk-4",
        ],
    ),
    (
        "the railway, or its design, in eight months",
        &["duration-of-what:dur-hk-1", "pace-unlikely:dur-hk-1"],
    ),
    ("five contracts, three companies", &["contracts-and-companies:contracts-hk-1"]),
    (
        "811 km against 737.5 and 96",
        &[
            "parts-do-not-add-up:len-hs-1:len-hk-1+len-ks-1",
            "lengths-disagree:herat-kandahar:herat-kandahar",
        ],
    ),
    (
        "USD 500 million for three extents",
        &["same-money-twice:inv-cor-1", "money-went-back:kz-500m:2026-01-28"],
    ),
    (
        "Khaf-Herat 191 to 229 km; 58.5 or 5.58, 54.6 or 35 million",
        &[
            "lengths-disagree:khaf-herat",
            "decimal-shifted:cost-kh-s4a-1:cost-kh-s4a-2",
            "cost-per-km-unlikely:cost-kh-s4a-2",
            "costs-disagree:cost-kh-s4b-1:cost-kh-s4b-3",
        ],
    ),
    ("Serhetabat-Turgundi opened in 1964 or 1982", &["opened-twice:serhetabat-turgundi"]),
    (
        "the line by Kabul: 3, 5 or 80 tunnels, 33 or 300 bridges, 4.6 to 8 billion",
        &[
            "counts-disagree:uap:tunnels_count",
            "counts-disagree:uap:bridges_count",
            "costs-disagree:cost-uap-1:cost-uap-3",
            "lengths-disagree:uap",
        ],
    ),
    (
        "Hairatan-Mazar printed as 1435 mm",
        &["gauges-disagree:hairatan-mazar", "per-cent-for-permille:grad-hm-1"],
    ),
];

#[test]
fn every_known_contradiction_is_found() {
    let findings = status::check(&study(), day("2026-01-31")).unwrap();
    for (contradiction, ids) in KNOWN {
        for id in *ids {
            assert!(
                findings.iter().any(|f| f.id == *id),
                "{contradiction}: {id} is not found in\n{}",
                ids_of(&findings)
            );
        }
    }
    // And more that nobody had listed.
    for id in [
        "percentage-without-whole:prog-hk-2",
        "one-source-two-figures:turgundi-herat:works_end:report-2025-09",
        "survey-done-and-begun:status-ks-1:status-ks-2",
        "stage-only-claimed:turgundi-herat:feasibility",
        "stalled:turgundi..sanobar",
        "opening-not-reported:hk-design-end",
        "undated:cost-port-2",
        "pledge-is-no-estimate:turgundi-herat",
    ] {
        assert!(findings.iter().any(|f| f.id == id), "{id} is not found in\n{}", ids_of(&findings));
    }
}

fn ids_of(findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.id.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_status_depends_on_the_day() {
    let study = study();
    let gauge = |text: &str| status::assess(&study, day(text)).unwrap().segments[1].gauge_mm;
    assert_eq!(gauge("2025-10-19"), None);
    assert_eq!(gauge("2025-10-20"), Some(1520.0));
    let length = |text: &str| status::assess(&study, day(text)).unwrap().lengths[0].published_km;
    assert_eq!(length("2025-07-14"), Some(115.0));
    assert_eq!(length("2025-12-08"), Some(120.0));
    for text in ["1900-01-01", "2024-12-31", "2025-12-08", "2026-01-31", "2099-12-31"] {
        assert_eq!(status::assess(&study, day(text)).unwrap().day, day(text));
    }
}

#[test]
fn the_gauge_decision_is_a_change() {
    let changes = status::changes(&study(), day("2025-10-01"), day("2025-12-08")).unwrap();
    let gauge = changes.iter().find(|change| change.what == "gauge" && change.subject == CORRIDOR);
    let gauge = gauge.unwrap();
    assert_eq!(gauge.dated, Some(day("2025-10-20")));
    assert_eq!((gauge.before.as_deref(), gauge.after.as_str()), (None, "1520 mm"));
    assert!(status::changes(&study(), day("2025-12-08"), day("2025-12-08")).unwrap().is_empty());
}

#[test]
fn a_stage_is_reached_by_evidence_alone() {
    let status = status::assess(&study(), day("2026-01-31")).unwrap();
    let stages = &status.segments[0].stages;
    let state = |id: &str| stages.gates.iter().find(|gate| gate.stage == id).unwrap().state;
    assert_eq!(state("proposal"), StageState::Reached);
    assert_eq!(state("feasibility"), StageState::Claimed);
    assert_eq!(state("construction"), StageState::Begun);
    assert_eq!(stages.next_gate().unwrap().stage, "pre-feasibility");
    assert_eq!(stages.parts[0].subject, "turgundi..sanobar");
}

#[test]
fn lengths_are_those_of_the_ellipsoid() {
    let status = status::assess(&study(), day("2026-01-31")).unwrap();
    // Published anchors: 100.3, 446.8 and 94.1 km.
    for (row, km) in status.lengths.iter().zip([100.3, 446.8, 94.1]) {
        assert!((row.geodesic_km - km).abs() < 0.05, "{}: {}", row.name, row.geodesic_km);
        assert!(row.way_points_km >= row.geodesic_km);
    }
}

#[test]
fn the_way_over_the_paropamisus_is_about_as_long_as_published() {
    // Published: 113 to 120 km from Turgundi to Herat; the way at 18 permille is found and proven.
    let mut study = study();
    study.segments.truncate(1);
    let grid = railcorridor::terrain::globe_30s().unwrap();
    let options = railcorridor::route::Options::default();
    let routes = railcorridor::route::search(&study, &grid, &options).unwrap();
    let route = &routes[0];
    assert!((113e3..=120e3).contains(&route.length_m), "{} m", route.length_m);
    let certificate = route.certificates[0];
    assert!((certificate.recost_m / certificate.cost_m - 1.0).abs() < 1e-6, "{certificate:?}");
    assert_eq!(certificate.cost_m, certificate.lower_bound_m);
    // Climb less fall is the difference in height of the ends.
    let [first, .., last] = &route.points[..] else { panic!("no points") };
    let rise_m = last.height_m - first.height_m;
    assert!((route.climb_m - route.descent_m - rise_m).abs() < 1e-6);
}
