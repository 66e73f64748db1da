//! The page: well-formed, self-contained, safe whatever a study's texts hold, every number
//! traceable.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![cfg(feature = "turgundi")]

use railcorridor::model::Study;
use railcorridor::report::Report;
use railcorridor::{report, status, terrain};

fn page(study: &Study) -> String {
    let status = status::assess(study, "2026-01-31".parse().unwrap()).unwrap();
    let since = "2025-07-31".parse().unwrap();
    let changes = status::changes(study, since, status.day).unwrap();
    let grid = terrain::globe_30s().unwrap();
    Report::new(study, &status).changes(since, &changes).terrain(&grid).html()
}

fn parse(html: &str) -> roxmltree::Document<'_> {
    let xml = html.strip_prefix("<!DOCTYPE html>\n").unwrap();
    roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn it_is_well_formed_and_alone() {
    let html = page(&Study::turgundi().unwrap());
    assert!(html.len() < 600_000, "{} bytes", html.len());
    let document = parse(&html);
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(
            !["script", "link", "iframe", "object", "embed", "base"].contains(&name),
            "<{name}>"
        );
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
            let outside = attribute.value().starts_with("http") && name != "a";
            assert!(!outside || name == "svg", "<{name} {}>", attribute.value());
        }
    }
    let style = document.descendants().find(|node| node.has_tag_name("style")).unwrap();
    let style = style.text().unwrap();
    assert!(!style.contains("@import") && !style.contains("url("));
}

#[test]
fn every_link_inside_leads_somewhere() {
    let html = page(&Study::turgundi().unwrap());
    let document = parse(&html);
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), ids.len(), "an id is used twice");
    let links = document.descendants().filter_map(|node| node.attribute("href"));
    let inside: Vec<&str> = links.filter_map(|link| link.strip_prefix('#')).collect();
    assert!(inside.len() > 400, "{} links", inside.len());
    for link in inside {
        assert!(ids.contains(&link), "#{link} leads nowhere");
    }
}

/// Every text of a study, replaced by something that must not become markup.
fn poisoned(evil: &str) -> Study {
    let mut study = Study::turgundi().unwrap();
    study.name.en = evil.to_owned();
    study.summary = Some(evil.to_owned());
    study.stations.iter_mut().for_each(|station| station.name.en = evil.to_owned());
    study.connections.iter_mut().for_each(|connection| connection.name.en = evil.to_owned());
    study.parties.iter_mut().for_each(|party| party.name.en = evil.to_owned());
    study.milestones.iter_mut().for_each(|milestone| milestone.name.en = evil.to_owned());
    study.stages.iter_mut().for_each(|stage| stage.note = Some(evil.to_owned()));
    for risk in &mut study.risks {
        risk.name.en = evil.to_owned();
        risk.reason = Some(evil.to_owned());
    }
    for parameter in &mut study.parameters {
        parameter.reason = Some(evil.to_owned());
    }
    for claim in &mut study.claims {
        claim.of = Some(evil.to_owned());
        claim.note = Some(evil.to_owned());
        claim.printed = Some(evil.to_owned());
        if let railcorridor::model::Value::Text(text) = &mut claim.value
            && text.parse::<railcorridor::model::Date>().is_err()
        {
            *text = evil.to_owned();
        }
    }
    for source in &mut study.sources {
        source.title = evil.to_owned();
        source.publisher = Some(evil.to_owned());
        source.url = Some(format!("javascript:{evil}"));
    }
    study
}

#[test]
fn texts_never_become_markup() {
    let clean =
        parse(&page(&Study::turgundi().unwrap())).descendants().filter(|n| n.is_element()).count();
    for evil in [
        "<script>alert(1)</script>",
        "\" onload=\"alert(1)",
        "'><img src=x onerror=alert(1)>",
        "]]><b>&amp;",
    ] {
        let html = page(&poisoned(evil));
        let document = parse(&html);
        let elements = document.descendants().filter(roxmltree::Node::is_element);
        for node in elements.clone() {
            assert!(!["script", "img", "b"].contains(&node.tag_name().name()), "{evil}");
            assert!(
                node.attributes()
                    .all(|a| !a.name().starts_with("on") && !a.value().starts_with("javascript")),
                "{evil}"
            );
        }
        // Fewer links, since no address may become one, but nothing new.
        assert!(elements.count() <= clean + 50, "{evil}");
        let status = status::assess(&poisoned(evil), "2026-01-31".parse().unwrap()).unwrap();
        let markdown = Report::new(&poisoned(evil), &status).markdown();
        assert!(!markdown.contains("| <script"), "{evil}");
    }
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let study = Study::turgundi().unwrap();
    assert_eq!(page(&study), page(&study));
}

#[test]
fn a_study_of_two_stations_has_a_page_too() {
    let text = "format = 1\nname = \"X\"\n[[station]]\nid = \"a\"\nname = \"A\"\nlon_deg = 179.9\n\
                lat_deg = 10\n[[station]]\nid = \"b\"\nname = \"B\"\nlon_deg = 179.9\nlat_deg = 10.001\n\
                [[segment]]\nid = \"a-b\"\nfrom = \"a\"\nto = \"b\"\n";
    let study = Study::from_toml_str(text).unwrap();
    let html = page(&study);
    parse(&html);
    assert!(!html.contains("NaN") && !html.contains("inf"));
}

/// Compares with a file under `tests/golden`; `UPDATE=1 cargo test` renews it.
fn golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        wanted == text,
        "{} differs; look at the change, then UPDATE=1 cargo test",
        path.display()
    );
}

#[test]
fn texts_are_as_they_were_looked_at() {
    let study = Study::turgundi().unwrap();
    let status = status::assess(&study, "2026-01-31".parse().unwrap()).unwrap();
    golden("summary.txt", &report::summary(&study, &status, 100));
    golden("lengths.md", &report::lengths_table(&study, &status).markdown());
    golden("status_narrow.txt", &report::status_table(&study, &status).text(60));
}
