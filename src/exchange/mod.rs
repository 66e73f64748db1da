//! Schedules and lines in and out of other programs. A schedule: Microsoft Project's XML, which most of
//! the trade read, tables with commas, and milestones for a calendar.
//!
//! What goes out and comes back is the same [`Network`](crate::schedule::Network); what a foreign
//! file says and no network holds is told as [`Note`]s, never left out in silence.
//!
//! A [`Line`](crate::geometry::Line) goes out as IFC 4.3 for programs of building information, as a
//! table of chainages, as RailJSON for simulations of traffic, and as GeoJSON for maps, from which the
//! same line comes back.

mod cell;
mod chainage_table;
mod element_word;
mod geojson;
mod icalendar;
mod ifc;
mod length;
mod map_drawing;
mod mspdi;
mod note;
mod outline;
mod print;
mod railjson;
mod table;
mod tables;

pub use cell::{plain_cell, safe_cell};
pub use chainage_table::chainage_csv;
pub use geojson::{from_geojson_line, to_geojson_line};
pub use icalendar::{gates, to_icalendar};
pub use ifc::to_ifc;
pub use mspdi::{FileDates, Imported, Written, from_mspdi, to_mspdi};
pub use note::Note;
pub use outline::{Outline, Place, SegmentName};
pub use railjson::to_railjson;
pub use tables::{from_csv, links_csv, tasks_csv};
