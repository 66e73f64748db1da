//! Networks of activities against plain integer passes and the schedulers of another program.

use jiff::civil::{Date, Weekday};
use railcorridor::schedule::{
    Activity, Calendar, Dates, Holiday, Link, LinkKind, Network, ProjectStartFloor, WorkingWeek,
};
use serde_json::Value;

use super::json::{count, list, number};
use super::{CaseFile, Kind, Report};

/// All link types with lags, on three calendars.
pub const ORACLE: Kind =
    Kind { name: "network", json_kinds: &[], files: &[("cpm_oracle", ".json")], run: oracle };

/// A network of a textbook with weeks as days.
pub const TEXTBOOK: Kind = Kind {
    name: "network-textbook",
    json_kinds: &[],
    files: &[("cpm_textbook", ".json")],
    run: textbook,
};

fn oracle(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let week = Week::of(case["calendar"].as_str().ok_or("no calendar")?)?;
    for (rule, floor) in [("p6", ProjectStartFloor::P6), ("msp", ProjectStartFloor::Msp)] {
        let network = network(&case, &week, floor)?;
        let compiled = network.compile().map_err(|error| error.to_string())?;
        let dates = compiled.dates().map_err(|error| error.to_string())?;
        for (activity, row) in list(&case[rule])?.iter().enumerate() {
            let moment = |column: usize| week.moment(row[column].as_str().unwrap_or_default());
            let morning = |day| week.days_before(day);
            let evening = |day: Date| week.days_before(day.tomorrow().unwrap_or(day));
            let mut same = |quantity, found: i32, wanted: i32| {
                report.case(quantity, activity, f64::from(found - wanted), 0.0);
            };
            same("early start", morning(dates.early_start(activity)), moment(0)?);
            same("early finish", evening(dates.early_finish(activity)), moment(1)?);
            same("late start", morning(dates.late_start(activity)), moment(2)?);
            same("late finish", evening(dates.late_finish(activity)), moment(3)?);
            let total = f64::from(dates.total_float_days(activity)) - number(&row[6])?;
            let free = f64::from(dates.free_float_days(activity)) - number(&row[7])?;
            report.case("total float", activity, total, 0.0);
            report.case("free float", activity, free, 0.0);
        }
        if floor == ProjectStartFloor::P6 {
            plain(report, &case, &week, &dates)?;
        }
    }
    Ok(())
}

/// The integer passes of the file itself.
fn plain(report: &mut Report, case: &Value, week: &Week, dates: &Dates<'_>) -> Result<(), String> {
    let expect = &case["int_cpm"];
    let start = week.days_before(START);
    let mut same = |quantity, place, day: Date, wanted: &Value| {
        let wanted = number(wanted)?;
        report.case(quantity, place, f64::from(week.days_before(day) - start) - wanted, 0.0);
        Ok::<(), String>(())
    };
    for (activity, (early, late)) in
        list(&expect["es"])?.iter().zip(list(&expect["ls"])?).enumerate()
    {
        same("early start, plain", activity, dates.early_start(activity), early)?;
        same("late start, plain", activity, dates.late_start(activity), late)?;
    }
    let end = dates.finish().tomorrow().map_err(|error| error.to_string())?;
    same("finish, plain", 0, end, &expect["finish"])
}

const START: Date = jiff::civil::date(2026, 1, 5);

fn network(case: &Value, week: &Week, floor: ProjectStartFloor) -> Result<Network, String> {
    let mut network = Network::new(START, week.calendar());
    network.start_floor = floor;
    for (place, days) in list(&case["durations"])?.iter().enumerate() {
        network.activities.push(Activity::task(place.to_string(), number(days)?));
    }
    for link in list(&case["links"])? {
        let kind = match link[2].as_str() {
            Some("FS") => LinkKind::FinishStart,
            Some("SS") => LinkKind::StartStart,
            Some("FF") => LinkKind::FinishFinish,
            Some("SF") => LinkKind::StartFinish,
            _ => return Err(format!("{link} is of no kind")),
        };
        let (from, to) = (count(&link[0])?.to_string(), count(&link[1])?.to_string());
        let lag = link[3].as_i64().and_then(|days| i32::try_from(days).ok()).ok_or("no lag")?;
        network.links.push(Link::new(from, to, kind).lag_days(lag));
    }
    Ok(network)
}

/// The working days of a case, counted one by one.
struct Week {
    week: WorkingWeek,
    holidays: Vec<Date>,
}

impl Week {
    fn of(words: &str) -> Result<Self, String> {
        let (week, holidays) = match words.split_once(", holidays ") {
            Some((week, holidays)) => (week, holidays.split(',').map(str::parse).collect()),
            None => (words, Ok(Vec::new())),
        };
        let week = match week.split_once(" 08-12") {
            Some(("every day", _)) => WorkingWeek::EVERY_DAY,
            Some(("Mon-Fri", _)) => WorkingWeek::MONDAY_TO_FRIDAY,
            Some(("Sat-Thu", _)) => WorkingWeek::FRIDAY_OFF,
            _ => return Err(format!("the week of \"{words}\" is not known")),
        };
        let holidays = holidays.map_err(|error: jiff::Error| error.to_string())?;
        Ok(Self { week, holidays })
    }

    fn calendar(&self) -> Calendar {
        let holidays = self.holidays.iter().copied().map(Holiday::Day).collect();
        Calendar { holidays, ..Calendar::new("site", self.week) }
    }

    fn is_worked(&self, day: Date) -> bool {
        let worked = match day.weekday() {
            Weekday::Friday => self.week != WorkingWeek::FRIDAY_OFF,
            Weekday::Saturday | Weekday::Sunday => self.week != WorkingWeek::MONDAY_TO_FRIDAY,
            _ => true,
        };
        worked && !self.holidays.contains(&day)
    }

    /// Working days before a day, from 2025 on.
    fn days_before(&self, day: Date) -> i32 {
        let first = jiff::civil::date(2025, 1, 1);
        let days = first.series(jiff::Span::new().days(1)).take_while(|one| *one < day);
        i32::try_from(days.filter(|one| self.is_worked(*one)).count()).unwrap_or(i32::MAX)
    }

    /// The same before a moment, which is eight in the morning or five in the evening.
    fn moment(&self, text: &str) -> Result<i32, String> {
        let (day, hour) = text.split_once('T').ok_or_else(|| format!("{text} is no moment"))?;
        let day = day.parse().map_err(|error: jiff::Error| error.to_string())?;
        match hour {
            "08:00" => Ok(self.days_before(day)),
            "17:00" => Ok(self.days_before(day) + 1),
            _ => Err(format!("{text} is neither a morning nor an evening")),
        }
    }
}

fn textbook(file: &CaseFile, report: &mut Report) -> Result<(), String> {
    let case = file.json()?;
    let mut network = Network::new(START, Calendar::new("weeks", WorkingWeek::EVERY_DAY));
    let activities = case["activities"].as_object().ok_or("no activities")?;
    for (id, activity) in activities {
        network.activities.push(Activity::task(id, number(&activity["mean"])?));
        for from in list(&activity["pred"])? {
            network.links.push(Link::finish_start(from.as_str().ok_or("no id")?, id));
        }
    }
    let compiled = network.compile().map_err(|error| error.to_string())?;
    let dates = compiled.dates().map_err(|error| error.to_string())?;
    let weeks = |day: Date| day.duration_since(START).as_hours() / 24;
    let mut same = |quantity, place, found: i64, wanted: &Value| {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        let found = found as f64;
        report.case(quantity, place, found - number(wanted)?, 0.0);
        Ok::<(), String>(())
    };
    for (place, (id, expect)) in activities.iter().enumerate() {
        same("early start", place, weeks(dates.early_start(place)), &expect["es"])?;
        same("late finish", place, weeks(dates.late_finish(place)) + 1, &expect["lf"])?;
        same("total float", place, dates.total_float_days(place).into(), &expect["slack"])?;
        let is_critical = list(&case["critical"])?.contains(&Value::from(id.as_str()));
        let is_other = i64::from(is_critical != dates.is_critical(place));
        same("critical or not", place, is_other, &Value::from(0))?;
    }
    same("finish", 0, weeks(dates.finish()) + 1, &case["T"])
}
