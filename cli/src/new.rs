//! A study to begin with.

use std::process::ExitCode;

use railcorridor::geodesy::{LonLat, distance_m};
use railcorridor::model::Study;

use crate::arguments::New;
use crate::output::{self, Failure};

pub fn run(new: &New) -> Result<ExitCode, Failure> {
    let (from, to) = (place("--from", &new.from)?, place("--to", &new.to)?);
    if from == to {
        return Err(Failure::usage("--from and --to are the same place"));
    }
    let text = text(&new.name, from, to);
    // What is printed passes the check that a reader will run on it; only the name can fail.
    if let Err(error) = Study::from_toml_str(&text) {
        return Err(Failure::Usage(format!("the name does not fit: {error}")));
    }
    output::put(new.output.as_deref(), new.force, &text)?;
    Ok(ExitCode::SUCCESS)
}

fn place(option: &str, text: &str) -> Result<LonLat, Failure> {
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let numbers = text.split_once(',').and_then(|(lon, lat)| Some((number(lon)?, number(lat)?)));
    let Some((lon_deg, lat_deg)) = numbers else {
        return Err(Failure::Usage(format!(
            "{option} {text}: write LON,LAT in degrees: 62.283,35.25"
        )));
    };
    LonLat::new(lon_deg, lat_deg)
        .map_err(|error| Failure::Usage(format!("{option} {text}: {error}")))
}

fn text(name: &str, from: LonLat, to: LonLat) -> String {
    // TOML's basic strings are JSON's, so quoting is the same.
    let name = serde_json::Value::from(name).to_string();
    format!(
        r#"# A corridor study. Everything that is not in here is not known; nothing is assumed unsaid.
# Check it:  corridor check FILE        See it:  corridor report FILE --output FILE.html

format = 1
name = {name}
# The day up to which you have read the sources.
kept_to = {today}

# Places, from one end to the other. Add stations and way points here.
[[station]]
id = "from"
name = "From"
lon_deg = {lon1}
lat_deg = {lat1}
role = "terminal"        # border, junction, loop, terminal, dry-port, way-point

[[station]]
id = "to"
name = "To"
lon_deg = {lon2}
lat_deg = {lat2}
role = "terminal"

# The line, piece by piece; the geodesic is {km:.1} km.
[[segment]]
id = "from-to"
from = "from"
to = "to"
via = []                 # ids of stations between

# Technical parameters: published (with a claim or source) or assumed (with a reason).
[[parameter]]
name = "gauge_mm"
value = 1520
state = "assumed"
reason = "to be decided"

# What somebody published; claims may contradict one another.
# [[claim]]
# id = "length-1"
# subject = "from-to"
# property = "length_km"
# value = 123.4
# between = ["from", "to"]
# dated = 2025-01-31
# grade = "official"     # contract, official, news, derived, estimate
# source = "ministry-2025"

# How far it has come: evidence for the gate of a stage (templates: cis, grip, bank).
# [[stage]]
# segment = "from-to"
# template = "cis"
# stage = "feasibility"
# evidence = [{{ criterion = "contract-signed", dated = 2025-01-31, source = "ministry-2025" }}]

# Documents.
# [[source]]
# id = "ministry-2025"
# title = "Title of the document"
# url = "https://..."
"#,
        today = today(),
        lon1 = from.lon_deg,
        lat1 = from.lat_deg,
        lon2 = to.lon_deg,
        lat2 = to.lat_deg,
        km = distance_m(from, to) / 1e3,
    )
}

/// The day on which the study is begun.
fn today() -> String {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let days = seconds.map_or(0, |seconds| seconds.as_secs() / 86_400);
    railcorridor::model::Date::from_days_since_1970(days).to_string()
}
