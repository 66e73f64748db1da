//! The Gantt chart: segments with their stages and works over the years.

mod rows;

use jiff::civil::Date;

use self::rows::{Piece, Row, RowKind, rows};
use super::time_axis::TimeAxis;
use crate::model::Study;
use crate::report::lettering::{shortened, width_px};
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::report::words::short_month;
use crate::schedule::{Dates, RiskOutcome};
use crate::stages::Plan;

const WIDTH: f64 = 900.0;
const NAMES_WIDTH: f64 = 172.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 60.0;
const ROW_HEIGHT: f64 = 18.0;
const HEADING_HEIGHT: f64 = 24.0;
const LEGEND_HEIGHT: f64 = 52.0;
const SIZE: f64 = 12.0;

/// Segments with their stages and kinds of work at early dates, lots as pieces of a row; how long
/// each may take; openings as planned, and from P50 to P80 of the simulation.
///
/// About sixty rows at most: where a plan has more, those of a segment are drawn together.
#[must_use]
pub fn gantt_picture(
    study: &Study,
    status_day: Date,
    plan: &Plan,
    dates: &Dates<'_>,
    outcome: &RiskOutcome,
) -> Picture {
    let rows = rows(study, plan, dates);
    let chart = Chart::new(status_day, plan, dates, outcome, &rows);
    let mut svg = Svg::default();
    chart.axis.years_on_top(&mut svg, TOP, chart.bottom);
    chart.axis.status_day(&mut svg, status_day, TOP, chart.bottom);
    let mut top = TOP;
    for row in &rows {
        chart.row(&mut svg, top, row);
        top += height(row);
    }
    chart.legend(&mut svg);
    let title = "What is done when".to_owned();
    let words = format!(
        "Rows are stages and works of each segment, time from {} to {} to the right. The dates are \
         in the table of what is still to be done.",
        chart.axis.first(),
        chart.axis.last()
    );
    let caption = "Early dates at likely times, lot by lot. The thin line behind a row leads to the \
                   day by which its last piece must be done so that the last opening is not later. \
                   Openings: a diamond as planned, a bracket from P50 to P80 of the simulated plans.";
    Picture {
        id: "gantt".to_owned(),
        svg: svg.finish("gantt", "gantt", (WIDTH, chart.bottom + LEGEND_HEIGHT), &title, &words),
        title,
        caption: caption.to_owned(),
    }
}

struct Chart<'a> {
    plan: &'a Plan,
    dates: &'a Dates<'a>,
    outcome: &'a RiskOutcome,
    axis: TimeAxis,
    bottom: f64,
}

impl<'a> Chart<'a> {
    fn new(
        status_day: Date,
        plan: &'a Plan,
        dates: &'a Dates<'a>,
        outcome: &'a RiskOutcome,
        rows: &[Row],
    ) -> Self {
        let late = |row: &Row| match &row.kind {
            RowKind::Bars(pieces) => pieces.iter().map(|piece| piece.late_finish).max(),
            RowKind::Opening(place) => p50_and_p80(plan, outcome, *place).map(|(_, p80)| p80),
            RowKind::Heading | RowKind::Rest => None,
        };
        let last = rows.iter().filter_map(late).max().unwrap_or(status_day);
        let last = last.max(dates.finish()).max(status_day);
        let first = status_day.min(plan.network.start);
        let axis = TimeAxis::between(first, last, NAMES_WIDTH, WIDTH - RIGHT);
        let bottom = TOP + rows.iter().map(height).sum::<f64>() + 4.0;
        Self { plan, dates, outcome, axis, bottom }
    }

    fn row(&self, svg: &mut Svg, top: f64, row: &Row) {
        let middle = top + height(row) - 0.5 * ROW_HEIGHT;
        let (class, left) = match row.kind {
            RowKind::Heading => ("segment", 0.0),
            RowKind::Rest => ("label", 0.0),
            RowKind::Bars(_) | RowKind::Opening(_) => ("work", 12.0),
        };
        let most_px = if left > 0.0 { NAMES_WIDTH - left - 6.0 } else { WIDTH };
        let label = shortened(&row.label, SIZE, most_px);
        svg.titled(&row.label, |svg| svg.text(class, (left, middle + 4.0), "start", &label));
        match &row.kind {
            RowKind::Heading => {
                svg.polyline("border", "", &[(0.0, top + 3.0), (WIDTH - RIGHT, top + 3.0)]);
            }
            RowKind::Bars(pieces) => self.bars(svg, middle, pieces),
            RowKind::Opening(place) => self.opening(svg, middle, *place),
            RowKind::Rest => {}
        }
    }

    fn bars(&self, svg: &mut Svg, y: f64, pieces: &[Piece]) {
        if let Some(last) = pieces.iter().max_by_key(|piece| (piece.finish, piece.late_finish)) {
            let (from, to) =
                (self.axis.evening_px(last.finish), self.axis.evening_px(last.late_finish));
            if to - from > 1.0 {
                svg.polyline("float", "", &[(from, y), (to, y)]);
                svg.polyline("float", "", &[(to, y - 3.0), (to, y + 3.0)]);
            }
        }
        // What has no time to spare is drawn last, so that nothing hides it.
        for is_critical in [false, true] {
            for piece in pieces.iter().filter(|piece| piece.is_critical == is_critical) {
                svg.titled(&told(piece), |svg| {
                    let left = self.axis.morning_px(piece.start);
                    let width = (self.axis.evening_px(piece.finish) - left).max(1.5);
                    bar(svg, (left, y), width, is_critical);
                });
            }
        }
    }

    /// The day as planned, the bracket of the simulation, and both in words where there is room.
    fn opening(&self, svg: &mut Svg, y: f64, place: usize) {
        let day = self.dates.early_finish(place);
        let x = self.axis.evening_px(day);
        let mut words = format!("planned {}", short_month(day));
        let (mut left, mut right) = (x - 6.0, x + 6.0);
        if let Some((p50, p80)) = p50_and_p80(self.plan, self.outcome, place) {
            let (from, to) = (self.axis.evening_px(p50), self.axis.evening_px(p80));
            for points in [
                [(from, y), (to, y)],
                [(from, y - 5.0), (from, y + 5.0)],
                [(to, y - 5.0), (to, y + 5.0)],
            ] {
                svg.polyline("whisker", "", &points);
            }
            words.push_str(&format!(", P50 {}, P80 {}", short_month(p50), short_month(p80)));
            (left, right) = (left.min(from), right.max(to));
        }
        let name = self.plan.network.activities.get(place).map_or("", |one| one.name.as_str());
        svg.titled(&format!("{name}: {words}"), |svg| svg.diamond("opening", (x, y), 6.0));
        let width = width_px(&words, SIZE);
        if left - 6.0 - width > NAMES_WIDTH {
            svg.text("words", (left - 6.0, y + 4.0), "end", &words);
        } else if right + 6.0 + width < WIDTH {
            svg.text("words", (right + 6.0, y + 4.0), "start", &words);
        }
    }

    fn legend(&self, svg: &mut Svg) {
        let (mut x, mut y) = (0.0, self.bottom + 20.0);
        for (place, words) in [
            "no time to spare (critical)",
            "time to spare",
            "may last until",
            "opening as planned",
            "P50 to P80",
        ]
        .into_iter()
        .enumerate()
        {
            if x + 36.0 + width_px(words, SIZE) > WIDTH {
                (x, y) = (0.0, y + 20.0);
            }
            match place {
                0 | 1 => bar(svg, (x, y), 28.0, place == 0),
                2 => {
                    svg.polyline("float", "", &[(x, y), (x + 28.0, y)]);
                    svg.polyline("float", "", &[(x + 28.0, y - 3.0), (x + 28.0, y + 3.0)]);
                }
                3 => svg.diamond("opening", (x + 14.0, y), 6.0),
                _ => {
                    svg.polyline("whisker", "", &[(x, y), (x + 28.0, y)]);
                    svg.polyline("whisker", "", &[(x, y - 5.0), (x, y + 5.0)]);
                    svg.polyline("whisker", "", &[(x + 28.0, y - 5.0), (x + 28.0, y + 5.0)]);
                }
            }
            svg.text("label", (x + 35.0, y + 4.0), "start", words);
            x += 56.0 + width_px(words, SIZE);
        }
    }
}

/// A bar; higher, and darker, where there is no time to spare.
fn bar(svg: &mut Svg, (left, middle): (f64, f64), width: f64, is_critical: bool) {
    let (class, height) = if is_critical { ("critical", 12.0) } else { ("spare", 7.0) };
    svg.block(class, (left, middle - 0.5 * height), (width, height));
}

fn height(row: &Row) -> f64 {
    if matches!(row.kind, RowKind::Heading) { HEADING_HEIGHT } else { ROW_HEIGHT }
}

/// When half of the simulated plans open, and four in five.
fn p50_and_p80(plan: &Plan, outcome: &RiskOutcome, place: usize) -> Option<(Date, Date)> {
    let id = &plan.items.get(place)?.activity;
    let milestone = outcome.milestones.iter().find(|one| one.id == *id)?;
    let [_, p50, p80, _] = milestone.reached.dates;
    Some((p50, p80))
}

fn told(piece: &Piece) -> String {
    let spare = if piece.is_critical {
        "no time to spare".to_owned()
    } else {
        format!("by {} at the latest", piece.late_finish)
    };
    format!("{}: {} to {}, {spare}", piece.words, piece.start, piece.finish)
}
