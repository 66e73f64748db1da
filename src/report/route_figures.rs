//! What a planner asks of a way, figure by figure, for several ways side by side.

use super::alternatives::leg_words;
use super::routes::{band_words, cost_words, km};
use super::table::{Cell, Table};
use super::words::sentence;
use crate::model::Study;
use crate::route::{LegAlternatives, RouteAlternative, SegmentRoute};
use crate::unit::grouped;

/// Three tables of the routes, a column each: their figures, and their length by gradient and by
/// height above the ground.
#[must_use]
pub fn route_figures_tables(study: &Study, routes: &[SegmentRoute]) -> Vec<Table> {
    let name = |route: &SegmentRoute| sentence(&study.subject_name(&route.segment));
    let ways: Vec<_> = routes.iter().map(|route| (name(route), route)).collect();
    tables("route", "Cheapest way", &ways)
}

/// The same of the ways of a leg.
#[must_use]
pub fn leg_figures_tables(study: &Study, leg: &LegAlternatives) -> Vec<Table> {
    let name = |place: usize, way: &RouteAlternative| format!("{} {}", place + 1, way.name);
    let ways = leg.ways.iter().enumerate();
    let ways: Vec<_> = ways.map(|(place, way)| (name(place, way), &way.route)).collect();
    let id = format!("{}-{}", leg.from, leg.to);
    tables(&id, &leg_words(study, &leg.from, &leg.to), &ways)
}

fn tables(id: &str, title: &str, ways: &[(String, &SegmentRoute)]) -> Vec<Table> {
    vec![figures(id, title, ways), gradients(id, title, ways), depths(id, title, ways)]
}

type Figure = (&'static str, fn(&SegmentRoute) -> String);

const FIGURES: [Figure; 25] = [
    ("Length over the terrain, km", |way| km(way.length_m)),
    ("Length as built, km", |way| km(way.figures.built_length.expected_m)),
    ("Band that holds four lines in five, km", |way| band_words(&way.figures.built_length)),
    ("Cost, million USD", |way| cost_words(&way.figures.cost)),
    ("Cost as searched, km of level line", |way| km(way.cost_m)),
    ("Climb, m", |way| grouped(way.climb_m, 0)),
    ("Fall, m", |way| grouped(way.descent_m, 0)),
    ("Summit, m", |way| way.summit().map_or("-".to_owned(), |at| grouped(at.height_m, 0))),
    ("Steepest gradient, permille", |way| format!("{:.1}", way.steepest_permille)),
    ("Turning, degrees a km", |way| format!("{:.1}", way.figures.turning_deg_per_km)),
    ("Deepest cut or tunnel, m", |way| grouped(way.deepest_cut_m, 0)),
    ("Highest fill or bridge, m", |way| grouped(way.highest_fill_m, 0)),
    ("Tunnels", |way| way.figures.tunnels.count.to_string()),
    ("Tunnels together, m", |way| grouped(way.figures.tunnels.length_m, 0)),
    ("Longest tunnel, m", |way| grouped(way.figures.tunnels.longest_m, 0)),
    ("Bridges", |way| way.figures.bridges.count.to_string()),
    ("Bridges together, m", |way| grouped(way.figures.bridges.length_m, 0)),
    ("Longest bridge, m", |way| grouped(way.figures.bridges.longest_m, 0)),
    ("Crossings", |way| way.figures.crossings.to_string()),
    ("Flat ground, km", |way| km(way.figures.terrain.flat_m)),
    ("Rolling ground, km", |way| km(way.figures.terrain.rolling_m)),
    ("Hilly ground, km", |way| km(way.figures.terrain.hilly_m)),
    ("Mountains, km", |way| km(way.figures.terrain.mountain_m)),
    ("Mean slope of the ground, permille", |way| {
        format!("{:.1}", way.figures.terrain.mean_slope_permille)
    }),
    ("States settled by the search", |way| count(way.settled_count())),
];

#[expect(clippy::cast_precision_loss, reason = "a count of states")]
fn count(count: usize) -> String {
    grouped(count as f64, 0)
}

fn figures(id: &str, title: &str, ways: &[(String, &SegmentRoute)]) -> Table {
    let note = "Tunnels and bridges: where one is cheaper than a cut or a fill by the assumed cost \
                model; their length is that of whole moves from cell to cell, so that a short one \
                counts as a cell. Ground: by its slope, open line only. Crossings: of rivers, \
                roads and railways that the search was given.";
    let mut table = table(id, title, "figures", note, "Figure", ways);
    for (name, of) in FIGURES {
        table.rows.push(row(name.to_owned(), ways, of));
    }
    let unknown = |way: &SegmentRoute| way.figures.terrain.unknown_m;
    if ways.iter().any(|(_, way)| unknown(way) > 0.0) {
        table
            .rows
            .push(row("Ground of unknown slope, km".to_owned(), ways, |way| km(unknown(way))));
    }
    let gap = |way: &SegmentRoute| {
        let gaps = way.certificates.iter().map(|one| one.gap_share());
        let gap_share = gaps.fold(0.0, f64::max);
        if gap_share > 0.0 {
            format!("at most {:.1} %", gap_share * 100.0)
        } else {
            "none".to_owned()
        }
    };
    table.rows.push(row("Dearer than the cheapest".to_owned(), ways, gap));
    table
}

fn gradients(id: &str, title: &str, ways: &[(String, &SegmentRoute)]) -> Table {
    let note = "Kilometres that rise / fall at each gradient, permille, in the direction of the \
                segment; level line counts as rising.";
    let mut table = table(id, title, "gradients", note, "Gradient, permille", ways);
    let classes = ways.first().map_or(&[][..], |(_, way)| &way.figures.gradients);
    for (place, class) in classes.iter().enumerate() {
        let name = match class.to_permille {
            Some(to) => format!("{}-{to}", class.from_permille),
            None => format!("{} and more", class.from_permille),
        };
        table.rows.push(row(name, ways, |way| {
            let class = way.figures.gradients.get(place);
            class.map_or("-".to_owned(), |one| {
                format!("{} / {}", km(one.rising_m), km(one.falling_m))
            })
        }));
    }
    table
}

fn depths(id: &str, title: &str, ways: &[(String, &SegmentRoute)]) -> Table {
    let note = "Kilometres by the height of the rails above the ground of the terrain, m; cuts and \
                tunnels are below it.";
    let mut table = table(id, title, "depths", note, "Rails above the ground, m", ways);
    let classes = ways.first().map_or(&[][..], |(_, way)| &way.figures.depths);
    for (place, class) in classes.iter().enumerate() {
        let name = match (class.from_m, class.to_m) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (None, Some(to)) => format!("below {to}"),
            (Some(from), None) => format!("{from} and more"),
            (None, None) => "any".to_owned(),
        };
        table.rows.push(row(name, ways, |way| {
            way.figures.depths.get(place).map_or("-".to_owned(), |one| km(one.length_m))
        }));
    }
    table
}

fn table(
    id: &str,
    title: &str,
    kind: &str,
    note: &str,
    first: &str,
    ways: &[(String, &SegmentRoute)],
) -> Table {
    let names: Vec<String> = ways.iter().map(|(name, _)| format!(">{name}")).collect();
    let headings: Vec<&str> =
        std::iter::once(first).chain(names.iter().map(String::as_str)).collect();
    let title = match kind {
        "gradients" => format!("{title}: gradients"),
        "depths" => format!("{title}: cuts and fills"),
        _ => format!("{title}: figures"),
    };
    Table::new(&format!("{id}-{kind}"), &title, note, &headings)
}

fn row(
    name: String,
    ways: &[(String, &SegmentRoute)],
    of: impl Fn(&SegmentRoute) -> String,
) -> Vec<Cell> {
    std::iter::once(name.into()).chain(ways.iter().map(|(_, way)| of(way).into())).collect()
}
