//! Places on a line that somebody asked for.

use super::elements::radius;
use super::post;
use crate::error::Result;
use crate::geodesy::Coord;
use crate::geometry::Line;
use crate::report::table::{Cell, Table};
use crate::unit::grouped;

/// A place that is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceAsked {
    /// Where a chainage stands, as written on the post: `PK 12+34.5`, `km 1+234.5`, or metres.
    Chainage(String),
    /// Where a place beside the line lies, on its plane.
    Beside(Coord),
}

/// What is at places of a line.
///
/// # Errors
///
/// [`Error::OutOfRange`](crate::Error::OutOfRange) if a chainage stands nowhere,
/// [`Error::Unknown`](crate::Error::Unknown) if it stands more than once or cannot be read; and
/// the errors of [`Horizontal::nearest`](crate::geometry::Horizontal::nearest).
pub fn line_places_table(line: &Line, asked: &[PlaceAsked]) -> Result<Table> {
    let note = "Offsets are positive to the left of the line.";
    let headings = [
        "Asked for",
        "Chainage",
        ">Distance, m",
        ">Offset, m",
        ">East, m",
        ">North, m",
        ">Azimuth, deg",
        ">Radius, m",
        ">Height, m",
        ">Gradient, permille",
        ">Cant, mm",
    ];
    let mut table = Table::new("line-places", "Places on the line", note, &headings);
    for place in asked {
        table.rows.push(row(line, place)?);
    }
    Ok(table)
}

fn row(line: &Line, place: &PlaceAsked) -> Result<Vec<Cell>> {
    let (words, distance_m, offset_m) = match place {
        PlaceAsked::Chainage(text) => {
            let distance_m = match text.trim().parse::<f64>() {
                Ok(chainage_m) => line.chainage.distance_m(chainage_m)?,
                Err(_) => line.chainage.read_m(text, notation_of(line, text))?,
            };
            (text.clone(), distance_m, None)
        }
        PlaceAsked::Beside(coord) => {
            let foot = line.alignment.horizontal().nearest(*coord)?;
            (format!("{}, {}", coord.e_m, coord.n_m), foot.distance_m, Some(foot.offset_m))
        }
    };
    let point = line.alignment.at(distance_m)?;
    let or_blank = |text: Option<String>| text.unwrap_or_default().into();
    Ok(vec![
        words.into(),
        post(line, distance_m, 3).into(),
        grouped(distance_m, 3).into(),
        or_blank(offset_m.map(|offset_m| format!("{offset_m:.3}"))),
        grouped(point.pose.coord.e_m, 3).into(),
        grouped(point.pose.coord.n_m, 3).into(),
        format!("{:.5}", point.pose.azimuth_deg()).into(),
        radius(point.pose.curvature_per_m).into(),
        or_blank(point.level.map(|level| format!("{:.3}", level.height_m))),
        or_blank(point.level.map(|level| format!("{:.3}", level.gradient_ratio * 1e3))),
        or_blank(point.banking.map(|banking| format!("{:.1}", banking.cant_m * 1e3))),
    ])
}

/// The notation of a text: that of its prefix, else that of the line.
fn notation_of(line: &Line, text: &str) -> crate::geometry::Notation {
    use crate::geometry::Notation;
    let start: String = text.trim().chars().take(2).flat_map(char::to_lowercase).collect();
    match start.as_str() {
        "pk" | "пк" => Notation::Picket,
        "km" | "км" => Notation::Kilometre,
        _ => super::notation(line),
    }
}
