//! Each command: arguments to library calls to text; no logic of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::CommandFactory as _;
use railcorridor::model::{Date, Study};
use railcorridor::report::{self, Picture, Report, Table};
use railcorridor::status::{self, Change, Status};
use railcorridor::{Finding, terrain};

use crate::arguments::{Arguments, Command, Destination, Search, Show};
use crate::output::{self, Failure, Format};
use crate::schedule::Asked;
use crate::{csv, design, line, new, progress, risk, route, schedule, trains};

/// The page that the command without arguments writes.
const PAGE: &str = "turgundi.html";

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match &arguments.command {
        None => main_job(),
        Some(Command::Lengths(show)) => {
            tables(show, |study, status| vec![report::lengths_table(study, status)])
        }
        Some(Command::Parameters(show)) => {
            tables(show, |study, status| vec![report::parameters_table(study, status)])
        }
        Some(Command::Stages(show)) => tables(show, |study, status| {
            vec![
                report::gates_table(study, status),
                report::missing_table(study, status),
                report::reference_class_table(),
            ]
        }),
        Some(Command::Status(show)) => tables(show, |study, status| {
            vec![
                report::status_table(study, status),
                report::milestones_table(study, status),
                report::money_table(study, status),
                report::breaks_table(study, status),
                report::risks_table(study, status),
            ]
        }),
        Some(Command::Claims(show)) => {
            tables(show, |study, status| vec![report::claims_table(study, status)])
        }
        Some(Command::Changes { since, show }) => changes(*since, show),
        Some(Command::Check { rules, show }) => check(*rules, show),
        Some(Command::Route { search, show }) => route::run(search, show),
        Some(Command::Report { route, search, show }) => {
            let is_wanted = *route || search.alternatives.is_some() || search.sweep.is_some();
            whole(show, is_wanted.then_some(search))
        }
        Some(Command::Schedule { explain, hijri, files, plan, search, show }) => {
            let asked = explain.as_deref().map(|activity| Asked { activity, in_hijri: *hijri });
            schedule::run((asked, files), plan, search, show)
        }
        Some(Command::Risk { plan, search, show }) => risk::run(plan, search, show),
        Some(Command::Progress { progress, plan, search, show }) => {
            progress::run(progress, plan, search, show)
        }
        Some(Command::Design { design, search, show }) => design::run(design, search, show),
        Some(Command::Run { osrd, allowance, trains, search, show }) => {
            trains::run((osrd.as_deref(), *allowance), trains, search, show)
        }
        Some(Command::Load { momentum, curve, trains, search, show }) => {
            trains::load((*momentum, *curve), trains, search, show)
        }
        Some(Command::Capacity { capacity, trains, search, show }) => {
            trains::capacity(capacity, trains, search, show)
        }
        Some(Command::Graph { graph, trains, search, show }) => {
            trains::graph(graph, trains, search, show)
        }
        Some(Command::Transit(choice)) => trains::transit(choice),
        Some(Command::Align(arguments)) => line::align(arguments),
        Some(Command::Export { file, format, output, drawing }) => {
            line::write(file, format.0, output.as_deref(), drawing)
        }
        Some(Command::Convert { from, to, drawing }) => line::convert(from, to, drawing),
        Some(Command::New(arguments)) => new::run(arguments),
        Some(Command::Completions { shell }) => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "corridor", &mut text);
            std::io::stdout().write_all(&text)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn open(name: &str) -> Result<Study, Failure> {
    let path = Path::new(name);
    match name {
        "turgundi" if !path.exists() => Ok(Study::turgundi()?),
        // A name that is no path was meant to be a built-in one.
        _ if !path.exists() && path.components().count() == 1 && path.extension().is_none() => {
            Err(Failure::Usage(format!(
                "no study called \"{name}\"; there is no such file, and the built-in study is \"turgundi\""
            )))
        }
        _ => Ok(Study::from_path(name)?),
    }
}

/// The day: the one asked for, or the one that the study is kept to.
fn day(study: &Study, show: &Show) -> Result<Date, Failure> {
    let day = show.as_of.or(study.kept_to);
    day.ok_or_else(|| Failure::usage("the study has no kept_to; name the day with --as-of DATE"))
}

pub fn assess(show: &Show) -> Result<(Study, Status), Failure> {
    let (study, day) = study_and_day(show)?;
    let status = status::assess(&study, day)?;
    Ok((study, status))
}

pub fn study_and_day(show: &Show) -> Result<(Study, Date), Failure> {
    let study = open(&show.study)?;
    let day = day(&study, show)?;
    Ok((study, day))
}

fn tables(show: &Show, build: impl Fn(&Study, &Status) -> Vec<Table>) -> Result<ExitCode, Failure> {
    let (study, status) = assess(show)?;
    print_cited(show, &study, status.day, &build(&study, &status))?;
    Ok(ExitCode::SUCCESS)
}

/// Tables in the format asked for: JSON, or what the output's ending says, else text.
pub fn print(show: &Show, tables: &[Table]) -> Result<(), Failure> {
    let json = || serde_json::json!({ "format": 1, "tables": tables });
    let no_page = || Err(Failure::usage("no page of these; write .md, .txt or .json"));
    print_as(&show.result, tables, json, no_page)
}

/// As [`print()`], with a JSON and a page of its own.
pub fn print_as(
    result: &Destination,
    tables: &[Table],
    json: impl FnOnce() -> serde_json::Value,
    page: impl FnOnce() -> Result<String, Failure>,
) -> Result<(), Failure> {
    let text = match result.format(Format::Text)? {
        Format::Json => format!("{:#}\n", json()),
        Format::Markdown => tables.iter().map(Table::markdown).collect::<Vec<_>>().join("\n"),
        Format::Csv => csv::text(None, tables)?,
        Format::Html => page()?,
        Format::Text => texts(tables),
    };
    result.put(&text)
}

/// As [`print()`], with the documents that the tables name.
fn print_cited(show: &Show, study: &Study, day: Date, tables: &[Table]) -> Result<(), Failure> {
    print_cited_with(show, study, day, tables, Vec::new())
}

/// As [`print_cited`], with more in the JSON.
pub fn print_cited_with(
    show: &Show,
    study: &Study,
    day: Date,
    tables: &[Table],
    more: Vec<(&str, serde_json::Value)>,
) -> Result<(), Failure> {
    print_pictured(show, study, day, tables, more, || Ok(Vec::new()))
}

/// As [`print_cited_with`], with pictures in the page.
pub fn print_pictured(
    show: &Show,
    study: &Study,
    day: Date,
    tables: &[Table],
    more: Vec<(&str, serde_json::Value)>,
    pictures: impl FnOnce() -> Result<Vec<Picture>, Failure>,
) -> Result<(), Failure> {
    let text = match show.result.format(Format::Text)? {
        Format::Json => {
            let sources = report::cited_json(study, tables);
            let mut whole = serde_json::json!({
                "format": 1, "study": study.name.en, "day": day, "tables": tables, "sources": sources,
            });
            for (key, value) in more {
                whole[key] = value;
            }
            format!("{whole:#}\n")
        }
        Format::Markdown => {
            let texts: Vec<String> = tables.iter().map(Table::markdown).collect();
            with_sources(texts.join("\n"), &report::cited_markdown(study, tables))
        }
        Format::Csv => csv::text(Some(study), tables)?,
        Format::Html => report::pictures_html(study, day, &pictures()?, tables),
        Format::Text => with_sources(texts(tables), &report::cited_text(study, tables)),
    };
    show.result.put(&text)
}

fn texts(tables: &[Table]) -> String {
    let width = output::width_columns();
    tables.iter().map(|table| table.text(width)).collect::<Vec<_>>().join("\n")
}

fn with_sources(text: String, sources: &str) -> String {
    if sources.is_empty() { text } else { format!("{text}\n{sources}") }
}

fn changes(since: Date, show: &Show) -> Result<ExitCode, Failure> {
    let (study, day) = study_and_day(show)?;
    let changes = status::changes(&study, since, day)?;
    print_cited(show, &study, day, &[report::changes_table(&study, since, &changes)])?;
    Ok(ExitCode::SUCCESS)
}

fn check(rules: bool, show: &Show) -> Result<ExitCode, Failure> {
    if rules {
        print(show, &[report::rules_table()])?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = Path::new(&show.study);
    if output::has_ending(Some(path), "xml") || output::has_ending(Some(path), "geojson") {
        let opened = line::open(path)?;
        let lines_word = if opened.lines.len() == 1 { "line" } else { "lines" };
        anstream::eprintln!("{} {lines_word} could be made", opened.lines.len());
        let table = report::line_findings_table(&opened.findings);
        return tell(&opened.findings, show, &[table], print);
    }
    let (study, status) = assess(show)?;
    let table = report::findings_table(&study, &status);
    let put = |show: &Show, tables: &[Table]| print_cited(show, &study, status.day, tables);
    tell(&status.findings, show, &[table], put)
}

/// Findings as lines of text, or as a table where that is asked for.
fn tell(
    findings: &[Finding],
    show: &Show,
    tables: &[Table],
    put: impl FnOnce(&Show, &[Table]) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    if show.result.json || show.result.output.is_some() {
        put(show, tables)?;
    } else {
        let lines: String = findings.iter().map(|finding| format!("{finding}\n")).collect();
        output::put(None, false, &lines)?;
    }
    Ok(output::counted(findings))
}

/// What changed in the half year before.
fn recent(study: &Study, day: Date) -> Result<(Date, Vec<Change>), Failure> {
    let since = day.months_before(6);
    Ok((since, status::changes(study, since, day)?))
}

/// The first terrain of the study that is built in, for the map.
pub fn relief(study: &Study) -> Result<Option<terrain::Grid>, Failure> {
    match study.terrain.iter().find(|name| *name == "builtin:globe-30s") {
        Some(_) => Ok(Some(terrain::globe_30s()?)),
        None => Ok(None),
    }
}

/// A report over a relief, if there is one.
pub fn over<'a>(report: Report<'a>, relief: Option<&'a terrain::Grid>) -> Report<'a> {
    relief.into_iter().fold(report, Report::terrain)
}

fn whole(show: &Show, search: Option<&Search>) -> Result<ExitCode, Failure> {
    let (study, status) = assess(show)?;
    let (since, changes) = recent(&study, status.day)?;
    let relief = relief(&study)?;
    let report = Report::new(&study, &status).changes(since, &changes);
    let found = search.map(|search| route::find(&study, search, show)).transpose()?;
    let report = found.iter().fold(report, |report, found| found.shown(report));
    let report = over(report, relief.as_ref());
    let lines = line::of_segments(&study, show)?;
    let report = report.lines(&lines);
    let text = match show.result.format(Format::Html)? {
        Format::Json => format!("{:#}\n", report.json()),
        Format::Markdown => report.markdown(),
        Format::Text => report.text(output::width_columns()),
        Format::Csv => csv::text(Some(&study), &report.tables())?,
        Format::Html => report.html(),
    };
    show.result.put(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// The summary on stdout and the page beside it; a page that is there already is kept.
fn main_job() -> Result<ExitCode, Failure> {
    let show = Show { study: "turgundi".to_owned(), ..Show::default() };
    let (study, status) = assess(&show)?;
    let page = PathBuf::from(PAGE);
    let (since, changes) = recent(&study, status.day)?;
    let relief = relief(&study)?;
    let report = Report::new(&study, &status).changes(since, &changes);
    let report = over(report, relief.as_ref());
    let html = report.html();
    let summary = report::summary(&study, &status, output::width_columns());
    output::put(None, false, &summary)?;
    // The same page again is no loss; any other file of that name is kept.
    match std::fs::read(&page) {
        Ok(bytes) if bytes == html.as_bytes() => anstream::eprintln!("\n{PAGE} is up to date"),
        Ok(_) => anstream::eprintln!(
            "\n{PAGE} exists and differs; kept. Renew it with: corridor report --output {PAGE} --force"
        ),
        Err(_) => {
            report::write_file(&page, html.as_bytes(), false)?;
            anstream::eprintln!("\nwrote {PAGE}: open it in a browser");
        }
    }
    Ok(ExitCode::SUCCESS)
}
