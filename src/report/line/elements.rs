//! What a line is made of, as tables.

use super::post;
use crate::geometry::{Element, Line, Ramp, VerticalElement, VerticalShape};
use crate::report::table::Table;
use crate::unit::grouped;

/// A line in a few figures.
///
/// ```
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Horizontal, Line, Tangent};
/// use railcorridor::report::line_figures_table;
///
/// let start = Coord { e_m: 0.0, n_m: 0.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Tangent::new(2500.0)?.into()])?;
/// let line = Line::new("straight", Alignment::new(plan, None, None)?)?;
/// assert_eq!(line_figures_table(&line).rows[0][1].text, "2,500.000 m");
/// # Ok::<(), railcorridor::Error>(())
/// ```
#[must_use]
pub fn line_figures_table(line: &Line) -> Table {
    let mut table = Table::new("line", &line.name, "", &["Figure", "Value"]);
    let mut row = |name: &str, value: String| table.rows.push(vec![name.into(), value.into()]);
    let plan = line.alignment.horizontal();
    let length_m = plan.length_m();
    row("Length in plan", format!("{} m", grouped(length_m, 3)));
    if let Ok(space_m) = line.alignment.space_length_m(0.0, length_m)
        && line.alignment.profile().is_some()
    {
        row("Length in space", format!("{} m", grouped(space_m, 3)));
    }
    let first = post(line, 0.0, 1);
    row("Chainages", format!("{first} to {}", post(line, length_m, 1)));
    for jump in line.chainage.equations() {
        let ahead = post(line, jump.distance_m, 1);
        let run = if jump.is_falling { ", falling from there on" } else { "" };
        row(
            "Chainages jump",
            format!("{} m from the beginning, to {ahead}{run}", grouped(jump.distance_m, 1)),
        );
    }
    let counts = [
        ("tangents", count(plan.elements(), |element| matches!(element, Element::Tangent(_)))),
        (
            "transitions",
            count(plan.elements(), |element| matches!(element, Element::Transition(_))),
        ),
        ("arcs", count(plan.elements(), |element| matches!(element, Element::Arc(_)))),
    ];
    row("Plan", counts.map(|(name, count)| format!("{count} {name}")).join(", "));
    let curved = plan.elements().iter().map(|element| {
        element.curvature_from_per_m().abs().max(element.curvature_to_per_m().abs())
    });
    let sharpest_per_m = curved.fold(0.0, f64::max);
    if sharpest_per_m > 0.0 {
        row("Least radius", format!("{} m", grouped(1.0 / sharpest_per_m, 0)));
    }
    if let Some(profile) = line.alignment.profile() {
        let gradients = profile
            .elements()
            .iter()
            .flat_map(|element| [element.gradient_from_ratio(), element.gradient_to_ratio()]);
        let (mut up, mut down) = (0.0_f64, 0.0_f64);
        for gradient in gradients {
            (up, down) = (up.max(gradient), down.min(gradient));
        }
        let words = format!("{:.1} permille up, {:.1} down", up * 1e3, -down * 1e3);
        row("Steepest", words);
    }
    if let Some(gauge_mm) = line.gauge_mm {
        row("Gauge", format!("{gauge_mm} mm"));
    }
    row("Plane", line.epsg.map_or_else(|| "not known".to_owned(), |code| format!("EPSG:{code}")));
    table
}

fn count(elements: &[Element], is_it: impl Fn(&Element) -> bool) -> usize {
    elements.iter().filter(|element| is_it(element)).count()
}

/// The plan, element by element, with where each begins.
#[must_use]
pub fn elements_table(line: &Line) -> Table {
    let note = "Where each element begins. Radii are positive to the left. Azimuths count from grid \
                north, clockwise.";
    let headings = [
        ">No.",
        "Element",
        "Chainage",
        ">Length, m",
        ">Radius, m",
        ">East, m",
        ">North, m",
        ">Azimuth, deg",
        ">Cant, mm",
    ];
    let mut table = Table::new("elements", "Plan", note, &headings);
    let plan = line.alignment.horizontal();
    for (number, (element, &from_m)) in plan.elements().iter().zip(plan.joints_m()).enumerate() {
        let point = line.alignment.at(from_m).ok();
        let cell = |text: Option<String>| text.unwrap_or_default().into();
        table.rows.push(vec![
            (number + 1).to_string().into(),
            element_words(element).into(),
            post(line, from_m, 3).into(),
            grouped(element.length_m(), 3).into(),
            radii(element).into(),
            cell(point.map(|point| grouped(point.pose.coord.e_m, 3))),
            cell(point.map(|point| grouped(point.pose.coord.n_m, 3))),
            cell(point.map(|point| format!("{:.5}", point.pose.azimuth_deg()))),
            cell(point.and_then(|point| point.banking).map(|banking| cant(banking.cant_m))),
        ]);
    }
    table
}

/// The profile, piece by piece, with where each begins; nothing if there is none.
#[must_use]
pub fn grades_table(line: &Line) -> Option<Table> {
    let profile = line.alignment.profile()?;
    let headings = [
        ">No.",
        "Piece",
        "Chainage",
        ">Length, m",
        ">Height, m",
        ">From, permille",
        ">To, permille",
        ">Radius, m",
    ];
    let note = "Where each piece begins; gradients are positive upwards, radii positive in sags.";
    let mut table = Table::new("grades", "Profile", note, &headings);
    for (number, (element, from_m)) in profile.elements().iter().zip(profile.joints_m()).enumerate()
    {
        let on_plan_m = from_m.clamp(0.0, line.length_m());
        let height_m = profile.at(from_m).map_or(f64::NAN, |level| level.height_m);
        let [from, to] = [element.gradient_from_ratio(), element.gradient_to_ratio()];
        table.rows.push(vec![
            (number + 1).to_string().into(),
            piece_words(element).into(),
            post(line, on_plan_m, 3).into(),
            grouped(element.length_m(), 3).into(),
            format!("{height_m:.3}").into(),
            format!("{:.3}", from * 1e3).into(),
            format!("{:.3}", to * 1e3).into(),
            element.radius_m().map_or(String::new(), |radius_m| grouped(radius_m, 0)).into(),
        ]);
    }
    Some(table)
}

/// What a piece of a profile is.
fn piece_words(element: &VerticalElement) -> &'static str {
    match element.shape() {
        _ if element.radius_m().is_none() => "grade",
        VerticalShape::Parabola => "parabola",
        VerticalShape::Circle => "circle",
    }
}

/// What an element is called.
pub(super) fn element_words(element: &Element) -> &'static str {
    match element {
        Element::Tangent(_) => "tangent",
        Element::Arc(arc) if arc.curvature_per_m() > 0.0 => "arc, left",
        Element::Arc(_) => "arc, right",
        Element::Transition(transition) => match transition.ramp() {
            Ramp::Clothoid => "clothoid",
            Ramp::Bloss => "Bloss curve",
            Ramp::Cosine => "cosine curve",
            Ramp::Sine => "sine curve",
            Ramp::Helmert => "Helmert curve",
            Ramp::Viennese => "Viennese bend",
        },
    }
}

/// The radius of an element, or from which to which it goes.
fn radii(element: &Element) -> String {
    let [from, to] = [element.curvature_from_per_m(), element.curvature_to_per_m()].map(radius);
    if from == to { from } else { format!("{from} to {to}") }
}

/// A radius as a reader wants it.
pub(super) fn radius(curvature_per_m: f64) -> String {
    if curvature_per_m == 0.0 { "straight".to_owned() } else { grouped(1.0 / curvature_per_m, 1) }
}

fn cant(cant_m: f64) -> String {
    let text = format!("{:.1}", cant_m * 1e3);
    if text == "-0.0" { "0.0".to_owned() } else { text }
}
