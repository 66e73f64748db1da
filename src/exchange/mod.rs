//! A schedule in and out of other programs: Microsoft Project's XML, which most of the trade read,
//! tables with commas, and milestones for a calendar. Lines in and out of LandXML.
//!
//! What goes out and comes back is the same [`Network`](crate::schedule::Network) or
//! [`Line`](crate::geometry::Line); what a foreign file says and neither holds is told as
//! [`Note`]s, never left out in silence.

mod cell;
mod elements;
mod icalendar;
mod landxml;
mod length;
mod mspdi;
mod note;
mod outline;
mod print;
mod tables;
mod xml;

pub use cell::{plain_cell, safe_cell};
pub use icalendar::{gates, to_icalendar};
pub use landxml::{ImportedLines, from_landxml, to_landxml};
pub use mspdi::{FileDates, Imported, Written, from_mspdi, to_mspdi};
pub use note::Note;
pub use outline::{Outline, Place, SegmentName};
pub use tables::{from_csv, links_csv, tasks_csv};
