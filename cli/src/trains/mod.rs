//! Trains on the line: `corridor run`, `load`, `capacity`, `graph`, `transit`.

mod capacity;
mod graph;
mod lines;
mod load;
mod osrd;
mod run;
mod sweep;
mod transit;

pub use capacity::capacity;
pub use graph::graph;
pub use load::load;
pub use run::run;
pub use transit::transit;
