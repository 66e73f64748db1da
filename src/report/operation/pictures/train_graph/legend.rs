//! What the lines of a train graph are.

use super::{CLASSES, Chart, SIZE, WIDTH, line_class};
use crate::report::lettering::{isolated, shortened, width_px};
use crate::report::svg::Svg;
use crate::schedule::Direction;

/// A piece of line in the legend.
const PIECE: f64 = 34.0;
/// Words of an entry are no longer, so that three have room in a line.
const LONGEST: f64 = 190.0;

/// Each direction, and each class if there are several, with a piece of its line.
pub(super) fn legend(svg: &mut Svg, chart: &Chart<'_>) {
    let ends = chart.lines.stations.first().zip(chart.lines.stations.last());
    let [down, up] = match ends {
        Some((a, b)) => [&b.name, &a.name].map(|name| format!("to {}", isolated(name))),
        None => ["towards higher kilometres".to_owned(), "towards lower kilometres".to_owned()],
    };
    let mut entries = vec![
        (line_class(Direction::Increasing, 0), down),
        (line_class(Direction::Decreasing, 0), up),
    ];
    if chart.classes.len() > 1 {
        let is_more =
            chart.lines.trains.iter().any(|train| !chart.classes.contains(&&*train.class));
        for (number, class) in chart.classes.iter().enumerate() {
            let more = if is_more && number + 1 == CLASSES { " and others" } else { "" };
            entries.push((line_class(Direction::Increasing, number), format!("{class}{more}")));
        }
    }
    let (mut x, mut y) = (chart.left, chart.bottom + 50.0);
    for (class, words) in entries {
        let words = shortened(&words, SIZE, LONGEST);
        let wide = PIECE + 8.0 + width_px(&words, SIZE);
        if x + wide > WIDTH {
            (x, y) = (chart.left, y + 17.0);
        }
        svg.polyline(&class, "", &[(x, y - 4.0), (x + PIECE, y - 4.0)]);
        svg.text("words", (x + PIECE + 8.0, y), "start", &words);
        x += wide + 20.0;
    }
}
