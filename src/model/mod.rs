//! What a planner writes: the study, as plain data.

/// All problems of a study.
#[derive(Debug)]
pub struct Problems;

impl std::fmt::Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "problems")
    }
}
