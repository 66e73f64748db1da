//! What moves the last opening, as bars.

use super::tables::movers;
use crate::model::Study;
use crate::report::lettering::{width_px, wrapped};
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::schedule::RiskOutcome;
use crate::stages::Plan;
use crate::unit::grouped;

const WIDTH: f64 = 900.0;
const NAMES_WIDTH: f64 = 330.0;
/// Room for the days beyond a bar, and for the column at the right.
const DAYS_WIDTH: f64 = 76.0;
const CRITICAL_WIDTH: f64 = 96.0;
const TOP: f64 = 26.0;
const ROW_HEIGHT: f64 = 30.0;
const SIZE: f64 = 12.0;

/// The bars of [`tornado_table`](super::tornado_table), the longest first.
#[must_use]
pub fn tornado_picture(study: &Study, plan: &Plan, outcome: &RiskOutcome) -> Picture {
    let movers = movers(study, plan, outcome);
    let most = |sign: f64| movers.iter().map(|one| sign * one.shift_days).fold(0.0, f64::max);
    let (later_days, earlier_days) = (most(1.0), most(-1.0));
    // Days of bars to the left need room for their words too.
    let left = NAMES_WIDTH + if earlier_days > 0.0 { DAYS_WIDTH } else { 0.0 };
    let right = WIDTH - CRITICAL_WIDTH - DAYS_WIDTH;
    let px_a_day = (right - left) / (later_days + earlier_days).max(1.0);
    let zero = left + earlier_days * px_a_day;
    let mut svg = Svg::default();
    #[expect(clippy::cast_precision_loss, reason = "a dozen rows")]
    let bottom = TOP + ROW_HEIGHT * movers.len() as f64;
    svg.text("label", (zero, TOP - 10.0), "start", "days later");
    svg.text("label", (WIDTH, TOP - 10.0), "end", "critical");
    let mut y = TOP + 0.5 * ROW_HEIGHT;
    for mover in &movers {
        let days = grouped(mover.shift_days, 0);
        let critical = mover.critical_share.map(|share| format!("{} %", grouped(100.0 * share, 0)));
        let critical = critical.as_deref().unwrap_or("-");
        let words = format!("{}: {days} days later, critical: {critical}", mover.name);
        svg.titled(&words, |svg| {
            let lines = wrapped(&mover.name, SIZE, NAMES_WIDTH - 12.0, 2);
            let mut line_y = if lines.len() > 1 { y - 3.5 } else { y + 4.0 };
            for line in &lines {
                svg.text("name", (0.0, line_y), "start", line);
                line_y += 13.0;
            }
            let width = mover.shift_days.abs() * px_a_day;
            let is_later = mover.shift_days >= 0.0;
            let x = if is_later { zero } else { zero - width };
            let class = if mover.is_event { "event" } else { "activity" };
            svg.block(class, (x, y - 8.0), (width, 16.0));
            let (x, anchor) =
                if is_later { (zero + width + 6.0, "start") } else { (x - 6.0, "end") };
            svg.text("days", (x, y + 4.0), anchor, &days);
            svg.text("label", (WIDTH, y + 4.0), "end", critical);
        });
        y += ROW_HEIGHT;
    }
    svg.polyline("zero", "", &[(zero, TOP - 4.0), (zero, bottom)]);
    if movers.is_empty() {
        svg.text("label", (0.0, TOP + 8.0), "start", "Nothing in the plan is uncertain.");
    } else {
        legend(&mut svg, bottom + 22.0);
    }
    let title = "How far each moves the last opening".to_owned();
    let caption = "Where an activity takes longer than its median, or a risk happens, the mean of the \
                   last opening is later by so many days than where not. Critical: the share of \
                   simulated plans in which the activity holds up the last opening. Durations of one \
                   kind move together, so what is seldom critical itself may stand here beside what is.";
    let words = "Bars from the longest to the shortest; the same numbers are in the table below.";
    Picture {
        id: "movers".to_owned(),
        svg: svg.finish("movers", "movers", (WIDTH, bottom + 40.0), &title, words),
        title,
        caption: caption.to_owned(),
    }
}

fn legend(svg: &mut Svg, y: f64) {
    let mut x = 0.0;
    for (class, words) in [("activity", "activity"), ("event", "risk, in an outlined bar")] {
        svg.block(class, (x, y - 6.0), (28.0, 12.0));
        svg.text("label", (x + 35.0, y + 4.0), "start", words);
        x += 60.0 + width_px(words, SIZE);
    }
}
