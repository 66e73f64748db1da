//! The way of a train over a line as a train schedule of OSRD.

use serde_json::{Value, json};

use super::LinePlace;
use super::railjson::track_id;
use crate::error::{Result, within};
use crate::geometry::Line;
use crate::model::Date;
use crate::operation::Train;

/// A train that runs over a line, for OSRD.
#[derive(Debug, Clone, Copy)]
pub struct OsrdWay<'a> {
    /// What the schedule is called: the number of a train.
    pub name: &'a str,
    /// What runs, by the name that [`osrd_train`](super::osrd_train) gives it.
    pub train: &'a Train,
    /// Places that it passes, in the order of the line.
    pub places: &'a [LinePlace],
    /// Whether it runs from the end of the line to its beginning.
    pub is_back: bool,
}

/// Trains that run over a line as train schedules of OSRD: an array, as its interface takes new
/// trains of a timetable. Each begins at midnight of a day, passes the places in their order and
/// stops at the last.
///
/// Fields are those of `TrainSchedule` in the program's public source. Places are offsets in
/// millimetres on the track section of [`to_railjson_with`](super::to_railjson_with), so
/// schedules fit the infrastructure of the same line; no margin, no arrival times: the program finds its own.
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a train passes less than two places, or one that
/// does not lie on the line.
///
/// ```
/// use railcorridor::exchange::{LinePlace, OsrdWay, osrd_schedules};
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Tangent};
/// use railcorridor::model::{Date, Rails, RollingStock};
/// use railcorridor::operation::Train;
///
/// let start = Coord { e_m: 500_000.0, n_m: 3_800_000.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(20_000.0)?.into()])?;
/// let line = Line::new("short", Alignment::new(plan, None, None)?)?;
/// let train = Train::of(RollingStock::builtin(), "te33a-gondola", Rails::Welded)?;
/// let place = |name: &str, at_m| LinePlace { name: name.into(), at_m };
/// let places = [place("A", 0.0), place("B", 12_500.25), place("C", 20_000.0)];
/// let back = OsrdWay { name: "2001", train: &train, places: &places, is_back: true };
/// let day: Date = "2026-01-31".parse()?;
/// let schedules: serde_json::Value = serde_json::from_str(&osrd_schedules(&line, day, &[back])?).unwrap();
/// let [schedule] = schedules.as_array().unwrap().as_slice() else { panic!("one") };
/// assert_eq!(schedule["rolling_stock_name"], train.name);
/// assert_eq!(schedule["start_time"], "2026-01-31T00:00:00Z");
/// assert_eq!(schedule["path"][1]["location"]["offset"], 12_500_250);
/// assert_eq!(schedule["path"][2]["location"]["offset"], 0);
/// assert_eq!(schedule["schedule"][0]["at"], schedule["path"][2]["id"]);
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn osrd_schedules(line: &Line, day: Date, ways: &[OsrdWay<'_>]) -> Result<String> {
    let schedules = ways.iter().map(|way| schedule(line, day, way));
    let schedules: Value = schedules.collect::<Result<Vec<Value>>>()?.into();
    Ok(format!("{schedules:#}\n"))
}

fn schedule(line: &Line, day: Date, way: &OsrdWay<'_>) -> Result<Value> {
    let count = way.places.len() as f64;
    let hint = "name both ends at least";
    within(|| "places of a train, count".to_owned(), count, (2.0, 1e6), hint)?;
    let track = track_id(line);
    let mut path = Vec::with_capacity(way.places.len());
    for (number, place) in way.places.iter().enumerate() {
        let hint = "give the distance along the line";
        within(|| format!("at_m of {}", place.name), place.at_m, (0.0, line.length_m()), hint)?;
        // Not behind the end of the track by rounding up.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the line")]
        let offset_mm = (1e3 * place.at_m + 1e-6).floor() as u64;
        path.push(json!({
            "id": format!("{number} {}", place.name),
            "location": { "type": "track_offset", "track": track, "offset": offset_mm },
        }));
    }
    if way.is_back {
        path.reverse();
    }
    let last = path.last().map(|item| item["id"].clone());
    Ok(json!({
        "train_name": way.name,
        "labels": [],
        "rolling_stock_name": way.train.name,
        "start_time": format!("{day}T00:00:00Z"),
        "path": path,
        "schedule": [{ "at": last, "stop_for": "PT0S" }],
        "margins": { "boundaries": [], "values": ["0%"] },
        "initial_speed": 0.0,
        "comfort": "STANDARD",
        "constraint_distribution": "STANDARD",
        "speed_limit_tag": null,
        "power_restrictions": [],
    }))
}
