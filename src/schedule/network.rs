//! Activities, their links and their calendars, as a planner writes them.

use jiff::civil::Date;

use super::{Activity, Calendar, Hammock, Link, OutOfSequence};

/// How many years after its start a network may last, unless it says otherwise.
pub const HORIZON_YEARS: i16 = 45;

/// Activities, their links and their calendars, as a planner writes them.
///
/// ```
/// use jiff::civil::date;
/// use railcorridor::schedule::{Activity, Calendar, Link, Network, WorkingWeek};
///
/// let mut network = Network::new(date(2026, 1, 5), Calendar::new("site", WorkingWeek::FRIDAY_OFF));
/// network.activities = vec![
///     Activity::task("fill", 9.0),
///     Activity::task("ballast", 4.0),
///     Activity::task("signals", 6.0),
/// ];
/// network.links = vec![
///     Link::finish_start("fill", "ballast").lag_days(2),
///     Link::start_start("fill", "signals"),
/// ];
/// let compiled = network.compile()?;
/// let dates = compiled.dates()?;
/// // Monday 5 January and nine working days: to Wednesday 14. Two days of lag: Thursday, Saturday.
/// assert_eq!(dates.early_finish(0), date(2026, 1, 14));
/// assert_eq!(dates.early_start(1), date(2026, 1, 18));
/// assert_eq!(dates.finish(), date(2026, 1, 21));
/// // 15 working days in all, six for the signals.
/// assert_eq!(dates.total_float_days(2), 9);
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// The day on which work may begin.
    pub start: Date,
    /// What may lie before the start.
    pub start_floor: ProjectStartFloor,
    /// The morning on which progress was taken: what is not done yet lies on that day or later.
    pub data_date: Option<Date>,
    /// What becomes of links that progress has overtaken.
    pub out_of_sequence: OutOfSequence,
    /// The day by which all must be finished, if late dates are to count from it instead of from
    /// the early finish of the last activity.
    pub finish_by: Option<Date>,
    /// Its calendars; the first is that of the project.
    pub calendars: Vec<Calendar>,
    /// What is to be done.
    pub activities: Vec<Activity>,
    /// What must come before what.
    pub links: Vec<Link>,
    /// What lasts as long as others do.
    pub hammocks: Vec<Hammock>,
    /// How many years after its start it may last.
    pub horizon_years: i16,
}

/// What may lie before the start of a network: the two programs of the trade differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ProjectStartFloor {
    /// Nothing: Primavera P6.
    #[default]
    P6,
    /// What starts earlier for the sake of another's start: Microsoft Project.
    ///
    /// An activity that is held by others, but only through SS and SF links, is not held by the
    /// start of the project, so that a negative lag or a long duration puts it before.
    Msp,
}

impl Network {
    /// A network without activities.
    #[must_use]
    pub fn new(start: Date, calendar: Calendar) -> Self {
        Self {
            start,
            start_floor: ProjectStartFloor::P6,
            data_date: None,
            out_of_sequence: OutOfSequence::Wait,
            finish_by: None,
            calendars: vec![calendar],
            activities: Vec::new(),
            links: Vec::new(),
            hammocks: Vec::new(),
            horizon_years: HORIZON_YEARS,
        }
    }

    /// The place of an activity in the list.
    ///
    /// # Complexity
    /// Linear: for many of them keep a map.
    #[must_use]
    pub fn activity(&self, id: &str) -> Option<usize> {
        self.activities.iter().position(|activity| activity.id == id)
    }
}
