//! Names of stations, placed so that they hide neither each other nor the line.

use super::frame::Frame;
use crate::model::{Certainty, Station};
use crate::report::svg::Svg;

/// A rectangle of the picture.
#[derive(Clone, Copy)]
pub(in crate::report) struct Area {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Area {
    pub(super) fn overlap(&self, other: &Self) -> f64 {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width.max(0.0) * height.max(0.0)
    }

    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

const LETTER_WIDTH: f64 = 7.9;

const LINE_HEIGHT: f64 = 17.0;

/// A name and the point that it belongs to.
pub(in crate::report) struct Name {
    pub(super) point: (f64, f64),
    pub(super) text: String,
    pub(super) class: &'static str,
}

impl Name {
    /// The name of a station, with a remark if its position is assumed.
    pub(super) fn of_station(station: &Station, frame: &Frame) -> Self {
        let point = frame.point(station);
        let name = &station.name.en;
        if station.position == Certainty::Assumed {
            return Self { point, text: format!("{name} (assumed)"), class: "name assumed" };
        }
        Self { point, text: name.clone(), class: "name" }
    }
}

/// Draws a name beside each point: of 24 places around it the one that hides least.
pub(in crate::report) fn draw(
    svg: &mut Svg,
    names: &[Name],
    frame: &Frame,
    lines: &[Vec<(f64, f64)>],
    obstacles: &[Area],
) {
    let on_lines = along(lines);
    let mut taken: Vec<Area> = obstacles.to_vec();
    for Name { point, text, class } in names {
        let point = *point;
        #[expect(clippy::cast_precision_loss, reason = "letters of a name")]
        let width = LETTER_WIDTH * text.chars().count() as f64 + 4.0;
        let hidden = |area: &Area| {
            let areas: f64 = taken.iter().map(|other| area.overlap(other)).sum();
            #[expect(clippy::cast_precision_loss, reason = "points of a line")]
            let points = on_lines.iter().filter(|point| area.holds(**point)).count() as f64;
            let inside =
                Area { left: 4.0, top: 4.0, right: frame.width - 4.0, bottom: frame.height - 4.0 };
            let outside =
                !(inside.holds((area.left, area.top)) && inside.holds((area.right, area.bottom)));
            areas + 25.0 * points + if outside { 1e6 } else { 0.0 }
        };
        let cost = |place: &(f64, Area)| place.0 + hidden(&place.1);
        let best = places(point, width).into_iter().min_by(|a, b| cost(a).total_cmp(&cost(b)));
        let Some((_, area)) = best else { continue };
        let centre = ((area.left + area.right) / 2.0, (area.top + area.bottom) / 2.0);
        let reach = (centre.0 - point.0).abs() - width / 2.0;
        if reach.max((centre.1 - point.1).abs() - LINE_HEIGHT / 2.0) > 12.0 {
            let end = (point.0.clamp(area.left, area.right), point.1.clamp(area.top, area.bottom));
            svg.polyline("leader", "", &[point, end]);
        }
        svg.text(class, (centre.0, area.bottom - 4.0), "middle", text);
        taken.push(area);
    }
}

/// Places for a name around a point, with a cost for distance.
fn places((x, y): (f64, f64), width: f64) -> Vec<(f64, Area)> {
    let mut places = Vec::new();
    for (ring, gap) in [9.0, 24.0, 42.0].into_iter().enumerate() {
        for step in 0..8_u32 {
            let angle = f64::from(step) * std::f64::consts::FRAC_PI_4;
            let (cos, sin) = (angle.cos(), angle.sin());
            // The name's near edge or corner lies at the gap.
            let beside = if cos.abs() > 0.1 { cos.signum() * width / 2.0 } else { 0.0 };
            let centre = (x + cos * gap + beside, y + sin * (gap + LINE_HEIGHT / 2.0));
            #[expect(clippy::cast_precision_loss, reason = "three rings")]
            let cost = 60.0 * ring as f64 + 3.0 * f64::from(step % 2) + f64::from(step) * 0.1;
            places.push((
                cost,
                Area {
                    left: centre.0 - width / 2.0,
                    right: centre.0 + width / 2.0,
                    top: centre.1 - LINE_HEIGHT / 2.0,
                    bottom: centre.1 + LINE_HEIGHT / 2.0,
                },
            ));
        }
    }
    places
}

/// Points every few units along lines.
pub(super) fn along(lines: &[Vec<(f64, f64)>]) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for line in lines {
        for (a, b) in line.iter().zip(line.iter().skip(1)) {
            let length = (b.0 - a.0).hypot(b.1 - a.1);
            let mut at = 0.0;
            while at < length {
                points.push((a.0 + (b.0 - a.0) * at / length, a.1 + (b.1 - a.1) * at / length));
                at += 5.0;
            }
        }
    }
    points
}
