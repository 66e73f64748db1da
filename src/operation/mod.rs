//! Trains on the line: how fast they run, what they use, how much they pull.
//!
//! [`run`] is the kernel: a [`RunLine`] and a [`Train`], both plain numbers, to a [`Run`] with time
//! and energy. Trains come from files of rolling stock ([`crate::model::RollingStock`]), lines from
//! a designed track or from arrays.

mod below;
mod braking;
mod ceiling;
mod cells;
mod creep;
mod drive;
mod effort;
mod keep;
mod line;
mod root;
mod run;
mod traction;
mod train;

pub use braking::{Stop, ZETA_KMH2, emergency_stop, even_stop, service_mps2};
pub use effort::Effort;
pub use line::{RunLine, RunSegment};
pub use run::{Regime, Run, RunOptions, RunPoint, RunStop, run};
pub use train::{GRAVITY_MPS2, Train};
