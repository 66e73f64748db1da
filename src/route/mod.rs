//! The way that a railway takes: search over cells, height levels and headings.
