//! The map of designs of one segment: their plans over the relief, each with its label.

use super::beside::WaysMap;
use super::frame::Frame;
use super::ways::{self, DrawnWay};
use crate::design::Track;
use crate::geodesy::LonLat;
use crate::model::Study;
use crate::report::picture::Picture;
use crate::report::words::sentence;
use crate::terrain::Grid;
use crate::unit::km_words;

/// Plans of designs of a segment on a map, over the relief of a terrain; `None` without a place.
/// The first is drawn through, the others each in a stroke of its own.
#[must_use]
pub fn designs_map(
    study: &Study,
    segment: &str,
    designs: &[(String, &Track)],
    terrain: Option<&Grid>,
) -> Option<Picture> {
    let points = designs.iter().flat_map(|(_, track)| &track.points);
    let places: Vec<LonLat> = points.map(|point| point.place).collect();
    let frame = Frame::around(&places)?;
    let mut drawn: Vec<DrawnWay> = Vec::new();
    for (place, (_, track)) in designs.iter().enumerate() {
        let places = track.points.iter().map(|point| point.place);
        let line = ways::line(&frame, places);
        // Ranks begin in the middle of each line, and are moved to where they hide nothing.
        let badge = line.get(line.len() / 2).copied().filter(|_| designs.len() > 1);
        drawn.push(DrawnWay { rank: place + 1, line, badge });
    }
    let name = sentence(&study.subject_name(segment));
    let rows: Vec<(usize, String)> = designs
        .iter()
        .enumerate()
        .map(|(place, (label, track))| {
            let label = if label.is_empty() { name.clone() } else { sentence(label) };
            let words = format!("{label}, {}", km_words(track.length_m() / 1e3));
            let rank = if designs.len() > 1 { format!("{} ", place + 1) } else { String::new() };
            (place + 1, format!("{rank}{words}"))
        })
        .collect();
    let title = format!("Plan as designed: {name}");
    let id = format!("plan-{segment}");
    let heading = (id.as_str(), title.as_str());
    let svg = WaysMap { study, terrain, frame: &frame, drawn, rows, heading }.svg(|_| Vec::new());
    let caption = "Centre lines with their curves, over the relief.".to_owned();
    Some(Picture { id, title, caption, svg })
}
