//! Tasks and links of a network written as tables.

use super::words::{self, KINDS, LAG_CALENDARS, LAG_UNITS};
use super::{LINK_COLUMNS, TASK_COLUMNS};
use crate::error::Result;
use crate::exchange::length::km_text;
use crate::exchange::outline::{Outline, Place};
use crate::exchange::table::Table;
use crate::schedule::{Dates, Duration, Network};

/// The tasks of a network with where they are and their dates, as a table with commas between.
///
/// A task that is a quantity at a rate has the whole days that follow from it as `duration_days`.
/// Texts that a spreadsheet would take for a formula have an apostrophe before them.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::exchange::{Outline, Place, tasks_csv};
/// use railcorridor::schedule::{Activity, Calendar, Network, WorkingWeek};
///
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
/// network.activities = vec![Activity::task("fill", 9.0)];
/// let place = Place { segment: "ab".into(), from_m: Some(0.0), to_m: Some(2_500.0) };
/// let outline = Outline { places: vec![place], ..Outline::default() };
/// let compiled = network.compile()?;
/// let table = tasks_csv(&network, &compiled.dates()?, &outline)?;
/// let row = table.lines().nth(1).unwrap_or_default();
/// assert!(row.starts_with("fill,,ab,task,,0,2.5,9,"));
/// assert!(row.ends_with("2026-01-05,2026-01-14,2026-01-05,2026-01-14,0,0,yes"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// # Errors
/// [`Error::OutOfRange`](crate::Error::OutOfRange) for a duration that is none.
pub fn tasks_csv(network: &Network, dates: &Dates<'_>, outline: &Outline) -> Result<String> {
    let mut table = Table::new(&TASK_COLUMNS)?;
    for (place, activity) in network.activities.iter().enumerate() {
        let nowhere = Place::default();
        let at = outline.place(place).unwrap_or(&nowhere);
        let shifts = network
            .calendars
            .iter()
            .find(|calendar| activity.calendar.is_empty() || calendar.id == activity.calendar);
        let shifts = shifts.map_or(1, |calendar| calendar.week.shifts_per_day);
        let (days, quantity) = match activity.duration {
            Duration::Given { duration_days } => {
                (duration_days.to_string(), [String::new(), String::new(), String::new()])
            }
            Duration::Quantity { quantity, rate_per_shift, crews } => (
                activity.duration.whole_days(&activity.id, shifts)?.to_string(),
                [quantity.to_string(), rate_per_shift.to_string(), crews.to_string()],
            ),
        };
        let progress = activity.progress;
        let day =
            |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
        let km = |length_m: Option<f64>| length_m.map_or_else(String::new, km_text);
        let [quantity, rate_per_shift, crews] = quantity;
        let left = progress.remaining_days.map_or_else(String::new, |days| days.to_string());
        table.row([
            &*activity.id,
            &activity.name,
            &at.segment,
            words::word(&KINDS, &activity.kind),
            &activity.work,
            &km(at.from_m),
            &km(at.to_m),
            &days,
            &quantity,
            &rate_per_shift,
            &crews,
            &activity.calendar,
            &words::constraints_text(&activity.constraints),
            &day(progress.actual_start),
            &day(progress.actual_finish),
            &left,
            &dates.early_start(place).to_string(),
            &dates.early_finish(place).to_string(),
            &dates.late_start(place).to_string(),
            &dates.late_finish(place).to_string(),
            &dates.total_float_days(place).to_string(),
            &dates.free_float_days(place).to_string(),
            if dates.is_critical(place) { "yes" } else { "no" },
        ])?;
    }
    table.text()
}

/// The links of a network, as a table with commas between.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::exchange::links_csv;
/// use railcorridor::schedule::{Calendar, Link, Network, WorkingWeek};
///
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
/// network.links = vec![Link::finish_start("piers", "deck").elapsed_days(28)];
/// let table = links_csv(&network)?;
/// assert_eq!(table.lines().nth(1), Some("piers,deck,FS,28,elapsed-days,predecessor"));
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// # Errors
/// None that memory does not make.
pub fn links_csv(network: &Network) -> Result<String> {
    let mut table = Table::new(&LINK_COLUMNS)?;
    for link in &network.links {
        table.row([
            &*link.from,
            &link.to,
            link.kind.letters(),
            &link.lag_days.to_string(),
            words::word(&LAG_UNITS, &link.lag_unit),
            words::word(&LAG_CALENDARS, &link.lag_calendar),
        ])?;
    }
    table.text()
}
