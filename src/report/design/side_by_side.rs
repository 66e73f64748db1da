//! Designs beside one another: what each is, and by how much it differs from the first.

use crate::design::{Track, Works};
use crate::model::{CostGroup, RollingStock};
use crate::operation::TrackRules;
use crate::operation::service::{ServiceChoice, ServiceLine, line_service};
use crate::report::table::{Cell, Table};
use crate::report::words::sentence;
use crate::unit::grouped;

/// A figure of a design that is compared.
struct Figure {
    words: &'static str,
    decimals: usize,
    of: fn(&Track) -> Option<f64>,
}

/// The train whose load stands beside the figures.
const TRAIN: &str = "2te25km-gondola";

const FIGURES: [Figure; 16] = [
    Figure { words: "Length, km", decimals: 1, of: |track| Some(track.length_m() / 1e3) },
    Figure { words: "Climb, m", decimals: 0, of: |track| Some(track.climbs_m()[0]) },
    Figure { words: "Fall, m", decimals: 0, of: |track| Some(track.climbs_m()[1]) },
    Figure { words: "Summit, m", decimals: 0, of: |track| Some(track.summit()?.level_m) },
    Figure { words: "Least radius, m", decimals: 0, of: Track::least_radius_m },
    Figure { words: "Turning, degrees a km", decimals: 1, of: turning_deg_per_km },
    Figure { words: "Tunnels, km", decimals: 1, of: |track| Some(works_km(track, Works::Tunnel)) },
    Figure { words: "Bridges, km", decimals: 1, of: |track| Some(works_km(track, Works::Bridge)) },
    Figure { words: "Streams bridged", decimals: 0, of: |track| count(track.crossings.len()) },
    Figure { words: "Crossing loops", decimals: 0, of: |track| count(track.loops_m.len()) },
    Figure { words: "Cut, million m3", decimals: 1, of: |track| Some(track.earth.cut_m3 / 1e6) },
    Figure { words: "Fill, million m3", decimals: 1, of: |track| Some(track.earth.fill_m3 / 1e6) },
    Figure {
        words: "Gap to the bound, %",
        decimals: 1,
        of: |track| Some(100.0 * track.gap_ratio()),
    },
    Figure { words: "Findings", decimals: 0, of: |track| count(track.all_findings().count()) },
    Figure { words: "Cost, million USD", decimals: 1, of: |track| Some(total_musd(track)) },
    Figure { words: "Cost a km", decimals: 2, of: |track| Some(track.musd_per_km()) },
];

fn count(count: usize) -> Option<f64> {
    u32::try_from(count).ok().map(f64::from)
}

fn works_km(track: &Track, works: Works) -> f64 {
    track.structures_of(works).1 / 1e3
}

fn turning_deg_per_km(track: &Track) -> Option<f64> {
    let length_km = track.length_m() / 1e3;
    (length_km > 0.0).then(|| track.turn_rad().to_degrees() / length_km)
}

fn total_musd(track: &Track) -> f64 {
    track.bill.total_usd() / 1e6
}

/// One row a figure, one column a design, each with its difference from the first: lengths and
/// heights, structures, earth, trailing load, cost by group. The designs are of one segment, or of
/// one leg of it.
#[must_use]
pub fn designs_side_by_side_table(id: &str, name: &str, designs: &[(String, &Track)]) -> Table {
    let title = format!("Designs side by side: {name}");
    let note = "In brackets what each has more or less than the first. Trailing load: what the \
                locomotives of a 2TE25KM with full gondolas pull where it is hardest for them, the \
                strip under the train averaged; another train is for corridor load.";
    let mut headings = vec!["Figure".to_owned()];
    headings.extend(designs.iter().map(|(label, _)| format!(">{}", sentence(label))));
    let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
    let mut table = Table::new(&format!("side-by-side-{id}"), &title, note, &headings);
    for figure in &FIGURES {
        let values = designs.iter().map(|(_, track)| (figure.of)(track)).collect();
        table.rows.push(row(figure.words, figure.decimals, values));
    }
    let loads_t: Vec<[Option<f64>; 2]> =
        designs.iter().map(|(_, track)| trailing_loads_t(track)).collect();
    let there = loads_t.iter().map(|loads_t| loads_t[0]).collect();
    table.rows.push(row("Trailing load there, t", 0, there));
    let back = loads_t.iter().map(|loads_t| loads_t[1]).collect();
    table.rows.push(row("Trailing load back, t", 0, back));
    for group in CostGroup::ALL {
        let values =
            designs.iter().map(|(_, track)| Some(track.bill.group_usd(group) / 1e6)).collect();
        table.rows.push(row(&format!("{}, million USD", group.words()), 1, values));
    }
    table
}

/// What the train of this table pulls over a line, there and back; none where it cannot run.
fn trailing_loads_t(track: &Track) -> [Option<f64>; 2] {
    let service = || {
        let choice = ServiceChoice::of_train(RollingStock::builtin(), TRAIN)?;
        let rules = TrackRules::default();
        let line = ServiceLine::of_track(track, ["the beginning", "the end"], &rules)?;
        line_service(&line, &choice)
    };
    service().map_or([None; 2], |service| service.ways.map(|way| Some(way.load_t)))
}

fn row(words: &str, decimals: usize, values: Vec<Option<f64>>) -> Vec<Cell> {
    let first = values.first().copied().flatten();
    let mut cells: Vec<Cell> = vec![words.to_owned().into()];
    for (place, value) in values.into_iter().enumerate() {
        let words = match (value, first) {
            (None, _) => "none".to_owned(),
            (Some(value), Some(first)) if place > 0 => {
                format!("{} ({})", grouped(value, decimals), difference(value - first, decimals))
            }
            (Some(value), _) => grouped(value, decimals),
        };
        cells.push(words.into());
    }
    cells
}

/// `+1.5`, `-1.5` or `0`.
fn difference(value: f64, decimals: usize) -> String {
    let words = grouped(value.abs(), decimals);
    if words.chars().all(|digit| matches!(digit, '0' | '.')) {
        return "0".to_owned();
    }
    format!("{}{words}", if value < 0.0 { "-" } else { "+" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_carry_their_sign_and_nothing_is_nothing() {
        assert_eq!(difference(1.26, 1), "+1.3");
        assert_eq!(difference(-1234.0, 0), "-1,234");
        assert_eq!(difference(-0.04, 1), "0");
    }
}
