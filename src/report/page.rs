//! The page: one file, readable without a network and without scripts, made to be printed.

use super::Report;
use super::claims::{claims_table, findings_by_rule_table, money_table};
use super::escape::escape;
use super::key_figures::key_figures;
use super::lengths::{breaks_table, lengths_table};
use super::line::{line_findings_table, line_strip_picture};
use super::pace::reference_class_table;
use super::parameters::parameters_table;
use super::picture::{PICTURE_STYLE, Picture};
use super::places::places_table;
use super::stages::{gates_table, missing_table, status_table};
use super::table::Table;
use super::timeline::{changes_table, milestones_table, risks_table};
use super::words::day_words;
use super::{map, sources};
use crate::finding::Finding;
use crate::model::{Date, Study};

const STYLE: &str = include_str!("page.css");

pub(super) fn html(report: &Report<'_>) -> String {
    let (study, status) = (report.study, report.status);
    let title = escape(&study.name.en);
    let mut body = header(report);
    body.push_str(&figures(report));
    if let Some(map) = map::svg(report) {
        body.push_str(&format!(
            "<figure id=\"map\">\n<div class=\"scroll\">{map}</div>\n</figure>\n"
        ));
    }
    body.push_str(&status_table(study, status).html());
    body.push_str(&gates_table(study, status).html());
    body.push_str(&missing_table(study, status).html());
    body.push_str(&reference_class_table().html());
    body.push_str(&lengths_table(study, status).html());
    body.push_str(&places_table(study).html());
    for table in report.route_tables() {
        body.push_str(&table.html());
        if table.id == "alternatives" {
            body.push_str(&leg_maps(report));
        }
    }
    for (table, one) in report.line_tables().zip(report.lines) {
        body.push_str(&table.html());
        body.push_str(&line_strip_picture(&one.line, &format!("strip-{}", one.segment)).html());
    }
    body.push_str(&parameters_table(study, status).html());
    body.push_str(&milestones_table(study, status).html());
    body.push_str(&money_table(study, status).html());
    body.push_str(&breaks_table(study, status).html());
    if let Some((since, changes)) = report.changes {
        body.push_str(&changes_table(study, since, changes).html());
    }
    body.push_str(&findings_by_rule_table(study, status).html());
    body.push_str(&risks_table(study, status).html());
    body.push_str(&claims(report));
    body.push_str(&sources::html(study));
    body.push_str(FOOTER);
    document(&title, status.day, &body)
}

/// Some tables as a page, with the documents behind them.
pub(super) fn tables_html(
    study: &Study,
    day: Date,
    pictures: &[Picture],
    tables: &[Table],
) -> String {
    let title = escape(&study.name.en);
    let mut body = format!(
        "<header>\n<p class=\"kind\">Status of a railway corridor</p>\n<h1>{title}</h1>\n\
         <p class=\"day\">As known on <strong>{}</strong>.</p>\n{}</header>\n",
        day_words(day),
        picture_links(pictures, tables)
    );
    body.extend(pictures.iter().map(Picture::html));
    for table in tables {
        let mut table = table.clone();
        // Links to claims lead to the table of claims, which is not on this page.
        table.rows.iter_mut().flatten().for_each(|cell| cell.claim = None);
        body.push_str(&table.html());
    }
    body.push_str(&sources::html(study));
    body.push_str(FOOTER);
    document(&title, day, &body)
}

/// A line as a page: its strip, its tables, and the limits that it does not keep.
pub(super) fn line_html(
    name: &str,
    pictures: &[Picture],
    tables: &[Table],
    findings: &[Finding],
) -> String {
    let mut body = format!(
        "{}{}</header>\n",
        named_header("A railway line, exactly", name),
        picture_links(pictures, tables)
    );
    body.extend(pictures.iter().map(Picture::html));
    let mut tables = tables.iter();
    body.extend(tables.next().map(Table::html));
    if !findings.is_empty() {
        body.push_str(&line_findings_table(findings).html());
    }
    body.extend(tables.map(Table::html));
    body.push_str(NAMED_FOOTER);
    page(&escape(name), &body)
}

/// A way over several railways as a page.
pub(super) fn transit_html(name: &str, pictures: &[Picture], tables: &[Table]) -> String {
    let mut body = named_header("From end to end", name);
    body.push_str("</header>\n");
    body.extend(pictures.iter().map(Picture::html));
    body.extend(tables.iter().map(Table::html));
    body.push_str(NAMED_FOOTER);
    page(&escape(name), &body)
}

/// The foot of a page of something that is no study.
const NAMED_FOOTER: &str = "<footer><p>Made with railcorridor.</p></footer>\n";

/// Its head, left open.
fn named_header(kind: &str, name: &str) -> String {
    format!("<header>\n<p class=\"kind\">{kind}</p>\n<h1>{}</h1>\n", escape(name))
}

/// Links to the parts of a page that has pictures.
fn picture_links(pictures: &[Picture], tables: &[Table]) -> String {
    if pictures.is_empty() {
        return String::new();
    }
    let pictures = pictures.iter().map(|picture| (&picture.id, &picture.title));
    let parts = pictures.chain(tables.iter().map(|table| (&table.id, &table.title)));
    let link = |(id, title): (&String, &String)| {
        format!("<a href=\"#{}\">{}</a>", escape(id), escape(title))
    };
    format!("<nav>{}</nav>\n", parts.map(link).collect::<Vec<_>>().join(" "))
}

fn document(title: &str, day: Date, body: &str) -> String {
    page(&format!("{title}, as known on {}", day_words(day)), body)
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <title>{title}</title>\n<style>\n{STYLE}{PICTURE_STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

const FOOTER: &str = "<footer><p>Numbers in raised figures lead to the list of sources; a figure \
    that is a link leads to its claim. Marks: <span class=\"mark assumed\">assumed</span> nobody \
    has published it; <span class=\"mark disputed\">disputed</span> published figures differ; \
    <span class=\"mark claimed\">claimed</span> said, but not shown by evidence; \
    <span class=\"mark overdue\">overdue</span> the date, or a year without news, is past. \
    Coordinates: GeoNames (CC-BY 4.0) and the sources named. Built-in terrain: GLOBE 1.0, 30 \
    arc-seconds, good for choosing a route, not for earthworks. Made with railcorridor.</p></footer>\n";

fn header(report: &Report<'_>) -> String {
    let study = report.study;
    let summary = study.summary.as_deref().map(escape).unwrap_or_default();
    let kept = study
        .kept_to
        .map_or(String::new(), |kept| format!(" Sources read up to {}.", day_words(kept)));
    let links = [
        ("status", "Status"),
        ("gates", "Gates"),
        ("lengths", "Lengths"),
        ("places", "Places"),
        ("routes", "Routes"),
        ("alternatives", "Alternatives"),
        ("sweep", "Gradients"),
        ("parameters", "Parameters"),
        ("milestones", "Dates"),
        ("money", "Money"),
        ("breaks-of-gauge", "Breaks of gauge"),
        ("changes", "Changes"),
        ("findings", "Contradictions"),
        ("risks", "Risks"),
        ("claims", "All figures"),
        ("sources", "Sources"),
    ];
    let links: Vec<String> = links
        .iter()
        .filter(|(id, _)| match *id {
            "changes" => report.changes.is_some(),
            "routes" => report.routes.is_some(),
            "alternatives" => report.alternatives.is_some(),
            "sweep" => !report.sensitivity.is_empty(),
            "sources" => !report.study.sources.is_empty(),
            _ => true,
        })
        .map(|(id, name)| format!("<a href=\"#{id}\">{name}</a>"))
        .collect();
    format!(
        "<header>\n<p class=\"kind\">Status of a railway corridor</p>\n<h1>{}</h1>\n\
         <p class=\"lead\">{summary}</p>\n<p class=\"day\">As known on <strong>{}</strong>.{kept}</p>\n\
         <nav>{}</nav>\n</header>\n",
        escape(&study.name.en),
        day_words(report.status.day),
        links.join(" ")
    )
}

fn leg_maps(report: &Report<'_>) -> String {
    let figure = |map: Picture| {
        format!(
            "<figure class=\"leg\"><figcaption>{}</figcaption>\n\
             <div class=\"scroll\">{}</div></figure>\n",
            escape(&map.title),
            map.svg
        )
    };
    map::of_legs(report).into_iter().map(figure).collect()
}

fn figures(report: &Report<'_>) -> String {
    let mut html = String::from("<section class=\"figures\" aria-label=\"Key figures\">\n");
    for figure in key_figures(report.study, report.status, report.routes) {
        let links: Vec<String> = figure
            .figure
            .sources
            .iter()
            .map(|number| format!("<a href=\"#source-{number}\">{number}</a>"))
            .collect();
        let links = if links.is_empty() {
            String::new()
        } else {
            format!("<sup class=\"source\">{}</sup>", links.join(", "))
        };
        let said = match figure.figure.mark {
            Some(mark) => mark.word().to_owned(),
            None => escape(&figure.figure.text),
        };
        html.push_str(&format!(
            "<div class=\"figure\"><h3>{}</h3><p class=\"value\">{said}{links}</p><p class=\"below\">{}</p></div>\n",
            escape(&figure.heading),
            escape(&figure.below)
        ));
    }
    html.push_str("</section>\n");
    html
}

/// The claims, each with an anchor that figures elsewhere link to.
fn claims(report: &Report<'_>) -> String {
    let mut html = claims_table(report.study, report.status).html();
    for claim in &report.study.claims {
        let link = format!("<a class=\"claim\" href=\"#claim-{}\">", claim.id);
        let anchor = format!("<a class=\"claim\" id=\"claim-{}\">", claim.id);
        html = html.replacen(&link, &anchor, 1);
    }
    html
}
