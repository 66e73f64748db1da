//! How far a segment has come: gates passed by evidence, and how long built lines took.

mod gate;
mod progress;
mod reference_class;

pub use gate::{Gate, Met, Missing, StageState};
pub use progress::{STALLED_AFTER_DAYS, SegmentStages, segment_stages};
pub use reference_class::{
    PaceRange, ReferenceLine, reference_lines, works_at_pace_of_built_lines,
};
