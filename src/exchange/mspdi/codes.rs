//! The numbers with which MSPDI names kinds of links, units and constraints.
//!
//! From the reference of the Project XML data interchange schema: `Type` of a `PredecessorLink`,
//! `LagFormat`, `ConstraintType`; ids of custom fields from the enumeration `PjField`.

use jiff::civil::Date;

use crate::schedule::{Constraint, LinkKind};

/// Tenths of a minute in a day of all hours.
pub(super) const ELAPSED_DAY_TENTHS: i64 = 14_400;

/// Days, as a duration or a lag is shown.
pub(super) const FORMAT_DAYS: i64 = 7;
/// Hours: where a day of work is not the eight hours that the other program takes it for.
pub(super) const FORMAT_HOURS: i64 = 5;
/// Days of all hours.
pub(super) const FORMAT_ELAPSED_DAYS: i64 = 8;

/// What a duration or a lag counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Working time.
    Working,
    /// All hours.
    Elapsed,
    /// A percentage of the predecessor's duration, in working time.
    Percent,
    /// The same, in all hours.
    ElapsedPercent,
}

/// What a code of `LagFormat` or `DurationFormat` counts; `None` if there is no such code.
///
/// Minutes, hours, days, weeks and months are 3, 5, 7, 9, 11, each with the next number for all
/// hours; per cent are 19 and 20; 32 more is the same, estimated. 21 and 53 say nothing.
pub(super) fn unit(format: i64) -> Option<Unit> {
    let plain = if (35..=53).contains(&format) { format - 32 } else { format };
    match plain {
        3 | 5 | 7 | 9 | 11 | 21 => Some(Unit::Working),
        4 | 6 | 8 | 10 | 12 => Some(Unit::Elapsed),
        19 => Some(Unit::Percent),
        20 => Some(Unit::ElapsedPercent),
        _ => None,
    }
}

/// Which ends a link joins, as `Type`.
pub(super) const fn link_code(kind: LinkKind) -> i64 {
    match kind {
        LinkKind::FinishFinish => 0,
        LinkKind::FinishStart => 1,
        LinkKind::StartFinish => 2,
        LinkKind::StartStart => 3,
    }
}

/// The kind of link of a `Type`.
pub(super) const fn link_kind(code: i64) -> Option<LinkKind> {
    match code {
        0 => Some(LinkKind::FinishFinish),
        1 => Some(LinkKind::FinishStart),
        2 => Some(LinkKind::StartFinish),
        3 => Some(LinkKind::StartStart),
        _ => None,
    }
}

/// As late as possible: a network has nothing like it.
pub(super) const AS_LATE_AS_POSSIBLE: i64 = 1;

/// A constraint as `ConstraintType`.
pub(super) const fn constraint_code(constraint: Constraint) -> i64 {
    match constraint {
        Constraint::MustStart(_) => 2,
        Constraint::MustFinish(_) => 3,
        Constraint::StartNoEarlier(_) => 4,
        Constraint::StartNoLater(_) => 5,
        Constraint::FinishNoEarlier(_) => 6,
        Constraint::FinishNoLater(_) => 7,
    }
}

/// The constraint of a `ConstraintType` that has a date.
pub(super) const fn constraint(code: i64, day: Date) -> Option<Constraint> {
    match code {
        2 => Some(Constraint::MustStart(day)),
        3 => Some(Constraint::MustFinish(day)),
        4 => Some(Constraint::StartNoEarlier(day)),
        5 => Some(Constraint::StartNoLater(day)),
        6 => Some(Constraint::FinishNoEarlier(day)),
        7 => Some(Constraint::FinishNoLater(day)),
        _ => None,
    }
}

/// Whether a `ConstraintType` speaks of the finish.
pub(super) const fn is_of_finish(code: i64) -> bool {
    matches!(code, 3 | 6 | 7)
}

/// A custom field that a network needs: what Microsoft Project calls it, and what a reader does.
pub(super) struct Field {
    pub(super) id: i64,
    pub(super) name: &'static str,
    pub(super) alias: &'static str,
}

/// The id of the activity or segment.
pub(super) const ID: Field = Field { id: 188_743_731, name: "Text1", alias: "Corridor id" };
/// The kind of work.
pub(super) const WORK: Field = Field { id: 188_743_734, name: "Text2", alias: "Work" };
/// What no other field says, for our own reader.
pub(super) const TOLD: Field = Field { id: 188_743_737, name: "Text3", alias: "Corridor data" };
/// Where it begins, kilometres along the segment.
pub(super) const KM_FROM: Field = Field { id: 188_743_767, name: "Number1", alias: "km from" };
/// Where it ends, kilometres.
pub(super) const KM_TO: Field = Field { id: 188_743_768, name: "Number2", alias: "km to" };
/// How much work.
pub(super) const QUANTITY: Field = Field { id: 188_743_769, name: "Number3", alias: "Quantity" };
/// How much a crew does in a shift.
pub(super) const RATE: Field = Field { id: 188_743_770, name: "Number4", alias: "Rate per shift" };
/// How many crews.
pub(super) const CREWS: Field = Field { id: 188_743_771, name: "Number5", alias: "Crews" };

/// All of them.
pub(super) const FIELDS: [&Field; 8] =
    [&ID, &WORK, &TOLD, &KM_FROM, &KM_TO, &QUANTITY, &RATE, &CREWS];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_there_and_back() {
        for code in 0..4 {
            assert_eq!(link_kind(code).map(link_code), Some(code));
        }
        let day = jiff::civil::date(2026, 1, 5);
        for code in 2..8 {
            assert_eq!(constraint(code, day).map(constraint_code), Some(code));
        }
        assert_eq!([link_kind(4), link_kind(-1)], [None, None]);
        assert_eq!([unit(7), unit(39)], [Some(Unit::Working); 2]);
        assert_eq!([unit(8), unit(40)], [Some(Unit::Elapsed); 2]);
        assert_eq!([unit(0), unit(13), unit(54), unit(i64::MIN)], [None; 4]);
    }
}
