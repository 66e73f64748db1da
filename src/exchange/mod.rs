//! Schedules and lines in and out of other programs.
//!
//! A schedule: Microsoft Project's XML, which most of the trade read, tables with commas, and
//! milestones for a calendar. A line: LandXML for programs of design, IFC 4.3 for programs of
//! building information, a table of chainages, RailJSON for simulations of traffic, GeoJSON for maps.
//! A train: OSRD's rolling stock, and its train schedules.
//!
//! What goes out and comes back is the same [`Network`](crate::schedule::Network) or
//! [`Line`](crate::geometry::Line); what a foreign file says and neither holds is told as [`Note`]s,
//! never left out in silence, and what it states twice and not the same as
//! [`Finding`](crate::Finding)s, never mended in silence.

mod cell;
mod chainage_table;
mod element_word;
mod elements;
mod geojson;
mod icalendar;
mod ifc;
mod landxml;
mod length;
mod line_format;
mod map_drawing;
mod mspdi;
mod note;
mod osrd_schedule;
mod osrd_train;
mod outline;
mod print;
mod railjson;
mod table;
mod tables;
mod xml;

pub use cell::{plain_cell, safe_cell};
pub use chainage_table::chainage_csv;
pub use geojson::{from_geojson_line, to_geojson_line};
pub use icalendar::{gates, to_icalendar};
pub use ifc::to_ifc;
pub use landxml::{ImportedLines, from_landxml, to_landxml};
pub use line_format::{
    LineDrawing, LineFormat, OpenedLines, lines_text, lines_text_with, open_lines,
};
pub use mspdi::{FileDates, Imported, Written, from_mspdi, to_mspdi};
pub use note::Note;
pub use osrd_schedule::{OsrdWay, osrd_schedules};
pub use osrd_train::osrd_train;
pub use outline::{Outline, Place, SegmentName};
pub use railjson::{LinePlace, to_railjson, to_railjson_with};
pub use tables::{from_csv, links_csv, tasks_csv};
