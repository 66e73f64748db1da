//! The gate board: each segment's gates, what is shown of them, and when the plan passes them.

use jiff::civil;

use crate::model::Study;
use crate::report::lettering::{isolated, shortened, wrapped};
use crate::report::picture::Picture;
use crate::report::svg::Svg;
use crate::report::words::{day_words, sentence};
use crate::schedule::Dates;
use crate::stages::{Gate, ItemKind, Plan, PlanItem, SegmentStages, StageState};
use crate::status::Status;

const WIDTH: f64 = 900.0;
const NAMES_WIDTH: f64 = 118.0;
/// Columns are no narrower, so that a board of many stages is wider than others.
const LEAST_COLUMN: f64 = 84.0;
const HEADING_HEIGHT: f64 = 62.0;
const CELL_HEIGHT: f64 = 58.0;
const GAP: f64 = 4.0;
/// Between the boards of two templates.
const BOARD_GAP: f64 = 26.0;
const SMALL: f64 = 11.5;

/// Segments as rows and the stages of their template as columns: each gate's state in words, as
/// evidence shows it, and when the plan passes it at likely times.
#[must_use]
pub fn gate_board_picture(
    study: &Study,
    status: &Status,
    plan: &Plan,
    dates: &Dates<'_>,
) -> Picture {
    let board = Board { study, plan, dates };
    let mut svg = Svg::default();
    let (mut top, mut width) = (2.0, WIDTH);
    let mut drawn: Vec<&str> = Vec::new();
    for first in status.segments.iter().map(|segment| &segment.stages) {
        if drawn.contains(&first.template.as_str()) {
            continue;
        }
        drawn.push(&first.template);
        let of_template = |stages: &&SegmentStages| stages.template == first.template;
        let all = status.segments.iter().map(|segment| &segment.stages);
        let rows = all.flat_map(|stages| std::iter::once(stages).chain(&stages.parts));
        let rows: Vec<&SegmentStages> = rows.filter(of_template).collect();
        let (right, bottom) = board.draw(&mut svg, top, &rows);
        (width, top) = (f64::max(width, right), bottom + BOARD_GAP);
    }
    let height = (top - BOARD_GAP).max(20.0);
    let title = "Which gates are passed, and when the others are".to_owned();
    let words = "Each segment is a row, each stage up to its gate a column. The same is in words in \
                 the report of the status.";
    let caption = "Reached: every criterion of the gate has evidence. Claimed: somebody says so, \
                   evidence is missing; partly: some of it is there; missing: none is; below, how many of its criteria have evidence. The month is \
                   that in which the plan passes the gate if all takes its likely time; what is only \
                   claimed is done again in it.";
    Picture {
        id: "gate-board".to_owned(),
        svg: svg.finish("gate-board", "gate-board", (width, height), &title, words),
        title,
        caption: caption.to_owned(),
    }
}

struct Board<'a> {
    study: &'a Study,
    plan: &'a Plan,
    dates: &'a Dates<'a>,
}

impl Board<'_> {
    /// The board of one template; returns where it ends to the right and below.
    fn draw(&self, svg: &mut Svg, top: f64, rows: &[&SegmentStages]) -> (f64, f64) {
        let gates = rows.first().map_or(&[][..], |stages| stages.gates.as_slice());
        let column = column_width(gates.len());
        for (left, gate) in lefts(column).zip(gates) {
            let lines = wrapped(&gate.name, SMALL, column - GAP, 4);
            let mut y = top + HEADING_HEIGHT - 8.0 - 13.5 * ups(lines.len());
            for line in lines {
                svg.text("stage", (left, y), "start", &line);
                y += 13.5;
            }
        }
        let mut y = top + HEADING_HEIGHT;
        for stages in rows {
            self.name(svg, y, stages);
            for (left, gate) in lefts(column).zip(&stages.gates) {
                self.cell(svg, (left, y), column - GAP, stages, gate);
            }
            y += CELL_HEIGHT;
        }
        (lefts(column).nth(gates.len()).unwrap_or(WIDTH), y)
    }

    fn name(&self, svg: &mut Svg, top: f64, stages: &SegmentStages) {
        let name = sentence(&self.study.subject_name(&stages.subject));
        let (name, class) = if is_part(stages) {
            (format!("of it: {}", isolated(&name)), "part")
        } else {
            (name, "segment")
        };
        svg.titled(&name, |svg| {
            let mut y = top + 16.0;
            for line in wrapped(&name.replace('-', "- "), 12.5, NAMES_WIDTH - 8.0, 3) {
                svg.text(class, (0.0, y), "start", &line.replace("- ", "-"));
                y += 15.0;
            }
        });
    }

    fn cell(
        &self,
        svg: &mut Svg,
        (left, top): (f64, f64),
        width: f64,
        stages: &SegmentStages,
        gate: &Gate,
    ) {
        if is_part(stages) && gate.state == StageState::Open {
            svg.text("quiet", (left + 7.0, top + 18.0), "start", "as its segment");
            return;
        }
        let (word, class) = match gate.state {
            StageState::Reached => ("reached", "reached"),
            StageState::Claimed => ("claimed", "claimed"),
            StageState::Begun => ("partly", "begun"),
            StageState::Open => ("missing", "open"),
        };
        let passed = self.passed(stages, gate);
        svg.titled(&self.told(stages, gate, passed), |svg| {
            svg.rect(class, (left, top), (width, CELL_HEIGHT - GAP));
            let on = |line: f64| (left + 7.0, top + 2.0 + 15.0 * line);
            svg.text(&format!("word {class}-word"), on(1.0), "start", word);
            let below = shortened(&evidence(gate), SMALL, width - 10.0);
            svg.text(&format!("below {class}-word"), on(2.0), "start", &below);
            if let Some(day) = passed {
                svg.text("date", on(3.0), "start", &day.strftime("by %b %Y").to_string());
            }
        });
    }

    /// When the plan passes a gate that is not reached: at the end of its stage, of all works, or
    /// with the opening, as its criteria ask.
    fn passed(&self, stages: &SegmentStages, gate: &Gate) -> Option<civil::Date> {
        if gate.state == StageState::Reached || is_part(stages) {
            return None;
        }
        let asks = |criterion: &str| gate.missing.iter().any(|one| one.criterion == criterion);
        let ends = |is_it: &dyn Fn(&PlanItem) -> bool| {
            let own = self.plan.items.iter().enumerate();
            let own = own.filter(|(_, item)| item.segment == stages.subject && is_it(item));
            own.map(|(place, _)| self.dates.early_finish(place)).max()
        };
        ends(&|item| item.kind == ItemKind::Preparation && item.work == gate.stage)
            .or_else(|| ends(&|item| item.kind == ItemKind::Opening).filter(|_| asks("opened")))
            .or_else(|| {
                ends(&|item| item.kind == ItemKind::Works).filter(|_| asks("works-complete"))
            })
    }

    /// All that is known of a gate.
    fn told(&self, stages: &SegmentStages, gate: &Gate, passed: Option<civil::Date>) -> String {
        let name = isolated(&self.study.subject_name(&stages.subject));
        let mut words = format!("{}, {}.", sentence(&name), gate.name);
        for met in &gate.met {
            let part = if met.partial { " in part" } else { "" };
            words.push_str(&format!(" Shown{part}, {}: {}.", day_words(met.dated), met.text));
        }
        for missing in &gate.missing {
            words.push_str(&format!(" Not shown in full: {}.", missing.text));
        }
        if let Some(expected) = gate.expected {
            words.push_str(&format!(" Announced for {}.", day_words(expected)));
        }
        if let Some(day) = passed {
            words.push_str(&format!(" Planned for {day}."));
        }
        words
    }
}

/// How much of a gate has evidence.
fn evidence(gate: &Gate) -> String {
    let whole = gate.met.iter().filter(|met| !met.partial).count();
    let all = whole + gate.missing.len();
    let in_part = gate.met.iter().filter(|met| met.partial).count();
    match gate.state {
        StageState::Reached => "by evidence".to_owned(),
        _ if whole == 0 && in_part > 0 => format!("{in_part} of {all} in part"),
        _ => format!("{whole} of {all}"),
    }
}

/// A stretch of a segment, which has records of its own works alone.
fn is_part(stages: &SegmentStages) -> bool {
    Study::stretch(&stages.subject).is_some()
}

fn column_width(columns: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few stages")]
    let columns = columns.max(1) as f64;
    ((WIDTH - NAMES_WIDTH) / columns).clamp(LEAST_COLUMN, 160.0)
}

/// Where columns begin.
fn lefts(column: f64) -> impl Iterator<Item = f64> {
    (0_u32..).map(move |place| NAMES_WIDTH + column * f64::from(place))
}

/// How many lines are above the last one.
fn ups(lines: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "four at most")]
    let ups = lines.saturating_sub(1) as f64;
    ups
}
