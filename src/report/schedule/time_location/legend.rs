//! What lines and blocks mean.

use super::{LEFT, SIZE, WIDTH, WORKS};
use crate::report::lettering::{shortened, width_px};
use crate::report::svg::Svg;
use crate::schedule::Season;

/// So many seasons are named.
const SEASONS: usize = 3;

/// A line of the legend below another.
const LINE: f64 = 20.0;

/// Each kind of work, structure and season with its words.
pub(super) fn legend(svg: &mut Svg, top: f64, seasons: &[&Season]) {
    let mut entries: Vec<(&str, String)> =
        WORKS.iter().map(|(work, words)| (*work, (*words).to_owned())).collect();
    for (class, words) in [("rails", "rails"), ("tunnel", "tunnel"), ("bridge", "bridge")] {
        entries.push((class, words.to_owned()));
    }
    entries.push(("opening", "opening".to_owned()));
    for season in seasons.iter().take(SEASONS) {
        let closed = season
            .closed_to
            .as_deref()
            .map_or("no work".to_owned(), |work| format!("no {}", work.replace('-', " ")));
        entries.push(("closed", shortened(&format!("{}: {closed}", season.name), SIZE, 260.0)));
    }
    let (mut x, mut y) = (LEFT, top);
    for (class, words) in entries {
        let width = 35.0 + width_px(&words, SIZE);
        if x + width > WIDTH {
            (x, y) = (LEFT, y + LINE);
        }
        match class {
            "bridges" | "tunnels" | "tunnel" | "bridge" | "closed" => {
                svg.block(class, (x, y - 6.0), (26.0, 12.0));
            }
            "rails" | "opening" => svg.polyline(class, "", &[(x, y), (x + 26.0, y)]),
            _ => svg.polyline(class, "", &[(x, y - 5.0), (x + 26.0, y + 5.0)]),
        }
        svg.text("label", (x + 33.0, y + 4.0), "start", &words);
        x += width + 18.0;
    }
}
