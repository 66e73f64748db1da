//! A schedule in and out of other programs: Microsoft Project's XML.

mod mspdi;
mod note;
mod outline;

pub use mspdi::{FileDates, Imported, Written, from_mspdi, to_mspdi};
pub use note::Note;
pub use outline::{Outline, Place, SegmentName};
