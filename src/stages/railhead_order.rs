//! From where the rails of each segment are laid: from ends that rails of the gauge have reached.

use crate::model::{Connection, LineState, Segment, Study};

/// How rails come to a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Supply<'a> {
    pub(super) segment: &'a Segment,
    /// Whether its rails are laid from its last station towards its first.
    pub(super) is_backwards: bool,
    /// The segment over which rails arrive; `None` where they arrive from outside, or not by rail.
    pub(super) over: Option<&'a Segment>,
    /// Whether rails of the gauge arrive at all.
    pub(super) is_reached: bool,
}

/// Whether a line is open and of the gauge, so that rails arrive over it; of any gauge if none is
/// known.
pub(super) fn brings_rails(line: &Connection, gauge_mm: Option<u32>) -> bool {
    line.state == LineState::Open && gauge_mm.is_none_or(|gauge_mm| line.gauge_mm == gauge_mm)
}

/// How rails come to each segment of a study, in an order in which they can be laid.
///
/// A segment is laid from an end where an open line of the gauge arrives, or a segment laid before.
/// What no rails reach comes last, from its first station.
pub(super) fn supplies(study: &Study, gauge_mm: Option<u32>) -> Vec<Supply<'_>> {
    let open = study.connections.iter().filter(|line| brings_rails(line, gauge_mm));
    let mut reached: Vec<(&str, Option<&Segment>)> =
        open.map(|line| (line.at.as_str(), None)).collect();
    let mut left: Vec<&Segment> = study.segments.iter().collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let next = left.iter().enumerate().find_map(|(place, segment)| {
            let at = |id: &str| reached.iter().find(|(station, _)| *station == id);
            let forwards = at(&segment.from).map(|(_, over)| (place, false, *over));
            forwards.or_else(|| at(&segment.to).map(|(_, over)| (place, true, *over)))
        });
        let is_reached = next.is_some();
        let (place, is_backwards, over) = next.unwrap_or((0, false, None));
        let segment = left.remove(place);
        order.push(Supply { segment, is_backwards, over, is_reached });
        reached.push((&segment.from, Some(segment)));
        reached.push((&segment.to, Some(segment)));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study(open_at: &str) -> Study {
        let segment = |id: &str, from: &str, to: &str| Segment {
            id: id.into(),
            from: from.into(),
            to: to.into(),
            ..Segment::default()
        };
        let line = Connection {
            id: "line".into(),
            at: open_at.into(),
            gauge_mm: 1520,
            state: LineState::Open,
            ..Connection::default()
        };
        Study {
            segments: vec![segment("ab", "a", "b"), segment("bc", "b", "c")],
            connections: vec![line],
            ..Study::default()
        }
    }

    fn words(study: &Study, gauge_mm: u32) -> Vec<(String, bool, Option<String>, bool)> {
        let all = supplies(study, Some(gauge_mm));
        let over = |one: &Supply<'_>| one.over.map(|segment| segment.id.clone());
        all.iter()
            .map(|one| (one.segment.id.clone(), one.is_backwards, over(one), one.is_reached))
            .collect()
    }

    #[test]
    fn rails_come_over_what_was_laid_before() {
        let over = |id: &str| Some(id.to_owned());
        let forwards = [("ab".into(), false, None, true), ("bc".into(), false, over("ab"), true)];
        assert_eq!(words(&study("a"), 1520), forwards);
        let backwards = [("bc".into(), true, None, true), ("ab".into(), true, over("bc"), true)];
        assert_eq!(words(&study("c"), 1520), backwards);
    }

    #[test]
    fn another_gauge_brings_no_rails() {
        let by_road =
            [("ab".into(), false, None, false), ("bc".into(), false, Some("ab".into()), true)];
        assert_eq!(words(&study("a"), 1435), by_road);
    }
}
