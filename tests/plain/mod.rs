//! A plain with three stations in a row, on which plans are made.

use railcorridor::model::{Connection, LineState, Name, Parameter, Segment, Station, Study, Value};
use railcorridor::terrain::Grid;

/// Stations `a`, `b` and `c` on a row of a grid of 11 rows, in its first column, the middle and the
/// last, and the segments `ab` and `bc` between them.
pub fn three_stations(grid: &Grid, last_col: usize) -> Study {
    let station = |id: &str, col: usize| {
        let at = grid.place(5, col);
        let name = Name { en: id.into(), ..Name::default() };
        let (lon_deg, lat_deg) = (at.lon_deg, at.lat_deg);
        Station { id: id.into(), name, lon_deg, lat_deg, ..Station::default() }
    };
    let segment = |id: &str, from: &str, to: &str| Segment {
        id: id.into(),
        from: from.into(),
        to: to.into(),
        ..Segment::default()
    };
    Study {
        stations: vec![station("a", 0), station("b", last_col / 2), station("c", last_col)],
        segments: vec![segment("ab", "a", "b"), segment("bc", "b", "c")],
        ..Study::default()
    }
}

/// The same three stations on 121 columns, with an open line of the corridor's gauge at the first.
#[allow(dead_code, reason = "not every plan begins at a line")]
pub fn joined_plain(grid: &Grid) -> Study {
    Study {
        connections: vec![open_line("a")],
        parameters: vec![Parameter {
            name: "gauge_mm".into(),
            subject: "corridor".into(),
            value: Value::Number(1520.0),
            ..Parameter::default()
        }],
        ..three_stations(grid, 120)
    }
}

/// An open line of 1520 mm that arrives at a station.
#[allow(dead_code, reason = "not every plan begins at a line")]
pub fn open_line(at: &str) -> Connection {
    Connection {
        id: "line".into(),
        at: at.into(),
        gauge_mm: 1520,
        state: LineState::Open,
        ..Connection::default()
    }
}
