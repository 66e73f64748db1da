//! A map of ways beside one another over the relief, with their ranks, a legend and stations.

use super::frame::{self, Frame};
use super::labels::{self, Area, Name};
use super::ways::{self, DrawnWay};
use super::{background, legend, stations};
use crate::model::{Station, Study};
use crate::report::svg::Svg;
use crate::terrain::Grid;

/// What such a map shows.
pub(super) struct WaysMap<'a> {
    pub(super) study: &'a Study,
    pub(super) terrain: Option<&'a Grid>,
    pub(super) frame: &'a Frame,
    pub(super) drawn: Vec<DrawnWay>,
    /// The legend: each way's rank and its words.
    pub(super) rows: Vec<(usize, String)>,
    /// Id and title of the picture.
    pub(super) heading: (&'a str, &'a str),
}

impl WaysMap<'_> {
    /// The map; `names` are those of ways, once it is known where their ranks stand.
    pub(super) fn svg(mut self, names: impl FnOnce(&[DrawnWay]) -> Vec<Name>) -> String {
        let (study, frame) = (self.study, self.frame);
        let shown: Vec<&Station> =
            study.stations.iter().filter(|station| frame.holds(frame::place(station))).collect();
        let mut svg = Svg::default();
        background(&mut svg, self.terrain, frame);
        ways::draw(&mut svg, &self.drawn);
        let mut obstacles = stations(&mut svg, study, &shown, frame);
        obstacles.extend(ways::place_badges(&mut self.drawn, &obstacles));
        let lines: Vec<_> = self.drawn.iter().map(|way| way.line.clone()).collect();
        let busy: Vec<(f64, f64)> =
            labels::along(&lines).into_iter().chain(centres(&obstacles)).collect();
        obstacles.extend(legend::of_ways(&mut svg, &self.rows, frame, &busy, self.terrain));
        let mut names = names(&self.drawn);
        names.extend(shown.iter().map(|station| Name::of_station(station, frame)));
        labels::draw(&mut svg, &names, frame, &lines, &obstacles);
        ways::draw_badges(&mut svg, &self.drawn);
        svg.rect("frame", (0.5, 0.5), (frame.width - 1.0, frame.height - 1.0));
        let words: Vec<String> = self.rows.into_iter().map(|(_, words)| words).collect();
        let (id, title) = self.heading;
        svg.finish("map", id, (frame.width, frame.height), title, &words.join(". "))
    }
}

fn centres(areas: &[Area]) -> impl Iterator<Item = (f64, f64)> + '_ {
    areas.iter().map(|area| ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0))
}
