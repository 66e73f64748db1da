//! A file read into stated lines; what is neither read nor of no account is noted.

use roxmltree::Node;

use super::reader::Reader;
use super::stated::StatedLine;
use super::{codes, read_cant, read_plan, read_profile, units};
use crate::error::{Error, Result};
use crate::exchange::note::Notes;
use crate::exchange::xml::{Source, child, children, shown};

/// No file may have more lines.
const MOST_LINES: usize = 10_000;

/// Elements that say nothing of lines beside what is read of them.
const OF_NO_ACCOUNT: &[&str] =
    &["Units", "CoordinateSystem", "Project", "Application", "Alignments", "CgPoints"];

/// What a file states.
pub(super) struct StatedFile {
    pub(super) epsg: Option<u32>,
    pub(super) lines: Vec<StatedLine>,
}

/// Reads all lines of a file.
pub(super) fn file(source: Source<'_>, notes: &mut Notes) -> Result<StatedFile> {
    let root = source.document.root_element();
    if root.tag_name().name() != "LandXML" {
        let problem = format!("the file begins with <{}>", root.tag_name().name());
        let hint = "it should begin with <LandXML>";
        return Err(source.wrong(root.range().start, problem, hint));
    }
    let version = root.tag_name().namespace().unwrap_or_default();
    if !version.ends_with("LandXML-1.2") {
        source.note(notes, root.range().start, "version", || {
            let stated: String = version.chars().take(80).collect();
            format!("the file says that it is \"{stated}\"; it is read as LandXML 1.2")
        });
    }
    let reader = Reader::new(source, units::units(&source, root)?, root);
    let mut lines = Vec::new();
    for group in children(root, "Alignments") {
        for node in children(group, "Alignment") {
            if lines.len() >= MOST_LINES {
                return Err(Error::Limit {
                    item: "a file of lines".to_owned(),
                    needed: format!("more than {MOST_LINES} alignments"),
                    limit: format!("{MOST_LINES} alignments"),
                    hint: "split the file".to_owned(),
                });
            }
            lines.push(line(&reader, node, notes)?);
        }
    }
    if lines.is_empty() {
        let hint = "lines are read from <Alignments><Alignment>";
        return Err(source.wrong(root.range().start, "the file has no alignment".into(), hint));
    }
    others(&source, root, OF_NO_ACCOUNT, notes);
    Ok(StatedFile { epsg: epsg(&source, root, notes), lines })
}

fn line<'a, 'd: 'a>(
    reader: &Reader<'a, 'd>,
    node: Node<'a, 'd>,
    notes: &mut Notes,
) -> Result<StatedLine> {
    let mut refused = Vec::new();
    let elements = read_plan::elements(reader, node, &mut refused, notes)?;
    let mut cants = children(node, "Cant");
    let cant = cants.next().map(|cant| read_cant::cant(reader, cant, notes)).transpose()?;
    if let Some(second) = cants.next() {
        reader.source.note(notes, second.range().start, "Cant", || {
            "a second cant of an alignment is not kept".to_owned()
        });
    }
    let read = ["CoordGeom", "Cant", "StaEquation", "Profile", "Start"];
    others(&reader.source, node, &read, notes);
    Ok(StatedLine {
        at: node.range().start,
        name: node.attribute("name").unwrap_or_default().to_owned(),
        length_m: reader.required_m(node, "length")?,
        sta_start_m: reader.required_m(node, "staStart")?,
        elements,
        equations: read_profile::equations(reader, node)?,
        profile: read_profile::profile(reader, node, notes)?,
        cant,
        told_bearing_rad: reader.told(node, "bearingRad")?,
        refused,
    })
}

/// The code of the plane.
fn epsg(source: &Source<'_>, root: Node<'_, '_>, notes: &mut Notes) -> Option<u32> {
    let system = child(root, "CoordinateSystem")?;
    let stated = system.attribute("epsgCode").unwrap_or_default().trim();
    let code = stated.strip_prefix("EPSG:").unwrap_or(stated).parse().ok();
    if code.is_none() {
        source.note(notes, system.range().start, "CoordinateSystem", || {
            "the coordinate system has no code of EPSG that is a number, and is not kept".to_owned()
        });
    }
    code
}

/// Notes of what stands beside that which is read.
pub(super) fn others(source: &Source<'_>, node: Node<'_, '_>, read: &[&str], notes: &mut Notes) {
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        if read.contains(&name) || codes::is_own(child) {
            continue;
        }
        let within = node.tag_name().name();
        source.note(notes, child.range().start, &format!("{within}/{name}"), || {
            format!("{} of {within} is not kept", shown(name))
        });
    }
}
