//! A line as a table by chainage, as surveyors and estimators read it.

use super::element_word::element_word;
use super::table::Table;
use crate::error::{Error, Result, within};
use crate::geometry::{Line, Notation};

const COLUMNS: [&str; 11] = [
    "distance_m",
    "chainage_m",
    "picket",
    "easting_m",
    "northing_m",
    "height_m",
    "azimuth_deg",
    "radius_m",
    "gradient_permille",
    "cant_mm",
    "element",
];

/// No table has more rows.
const MOST_ROWS: f64 = 5e6;

/// Rows that lie nearer together are one.
const SAME_M: f64 = 1.01e-4;

/// The line as a table with commas between: at each step of distance, and wherever an element of
/// the plan, of the profile or of the cant begins or ends or chainages jump.
///
/// At a joint the row is about what begins there: curvature, gradient, chainage and the word for the
/// element. The radius is positive to the left and empty where the line is straight, the azimuth
/// counts from grid north clockwise; heights, gradients and cants are empty where they are not
/// known. Lengths are written to a tenth of a millimetre, azimuths to 1e-7 degrees.
///
/// # Errors
///
/// [`Error::OutOfRange`] if the step is not 1 mm to 10,000 km, [`Error::Limit`] if there would be
/// more than five million rows.
///
/// # Example
///
/// 200 m eastwards every 80 m, rising by 5 permille from 900 m:
///
/// ```
/// use railcorridor::exchange::chainage_csv;
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Profile, Tangent, VerticalElement};
///
/// let start = Coord { e_m: 420_000.0, n_m: 3_800_000.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(200.0)?.into()])?;
/// let profile = Profile::new(0.0, 900.0, vec![VerticalElement::grade(200.0, 0.005)?])?;
/// let line = Line::new("short", Alignment::new(plan, Some(profile), None)?)?;
/// let table = chainage_csv(&line, 80.0)?;
/// assert_eq!(table.lines().count(), 1 + 4); // 0, 80, 160 and the end
/// let row = table.lines().nth(3).unwrap_or_default();
/// assert_eq!(row, "160.0000,160.0000,PK 1+60.000,420160.0000,3800000.0000,900.8000,90.0000000,,5.0000,,tangent");
/// # Ok::<(), railcorridor::Error>(())
/// ```
pub fn chainage_csv(line: &Line, step_m: f64) -> Result<String> {
    let mut table = Table::new(&COLUMNS)?;
    for distance_m in distances_m(line, step_m)? {
        let cells = row(line, distance_m)?;
        table.row(cells.each_ref().map(String::as_str))?;
    }
    table.text()
}

/// Multiples of the step and all joints, in order.
fn distances_m(line: &Line, step_m: f64) -> Result<Vec<f64>> {
    within(|| "step_m".to_owned(), step_m, (1e-3, 1e7), "give metres")?;
    let length_m = line.length_m();
    let steps = (length_m / step_m).floor();
    if steps > MOST_ROWS {
        return Err(Error::Limit {
            item: format!("a row every {step_m} m"),
            needed: format!("{steps:.0} rows"),
            limit: format!("{MOST_ROWS:.0} rows"),
            hint: "choose a larger step".to_owned(),
        });
    }
    let mut found = line.alignment.horizontal().joints_m().to_vec();
    found.extend(line.chainage.equations().map(|equation| equation.distance_m));
    if let Some(profile) = line.alignment.profile() {
        found.extend(profile.joints_m());
    }
    if let Some(cant) = line.alignment.cant() {
        found.extend(cant.points().iter().map(|point| point.distance_m));
    }
    let mut number = 0.0;
    while number <= steps {
        found.push(number * step_m);
        number += 1.0;
    }
    // What reaches beyond the plan is not on the line.
    found.retain(|at_m| (0.0..=length_m).contains(at_m));
    found.sort_by(f64::total_cmp);
    found.dedup_by(|later, earlier| {
        let is_same = *later - *earlier <= SAME_M;
        if is_same {
            *earlier = *later;
        }
        is_same
    });
    Ok(found)
}

fn row(line: &Line, distance_m: f64) -> Result<[String; 11]> {
    let point = line.alignment.at(distance_m)?;
    let plan = line.alignment.horizontal();
    let element = plan.elements().get(plan.element_number(distance_m)?);
    let metres = |number_m: f64| format!("{:.4}", number_m + 0.0);
    let azimuth = format!("{:.7}", point.pose.azimuth_deg());
    let level = |number: Option<f64>| number.map_or_else(String::new, metres);
    Ok([
        metres(distance_m),
        metres(line.chainage.chainage_m(distance_m)?),
        line.chainage.write(distance_m, Notation::Picket, 3)?,
        metres(point.pose.coord.e_m),
        metres(point.pose.coord.n_m),
        level(point.level.map(|level| level.height_m)),
        // Rounding may lead to the whole turn.
        if azimuth.starts_with("360") { format!("{:.7}", 0.0) } else { azimuth },
        level(point.pose.radius_m()),
        level(point.level.map(|level| level.gradient_ratio * 1e3)),
        level(point.banking.map(|banking| banking.cant_m * 1e3)),
        element.map_or("", element_word).to_owned(),
    ])
}
