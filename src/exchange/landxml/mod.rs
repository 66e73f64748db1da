//! Lines as LandXML 1.2, which every program of design reads and writes.
//!
//! A file is read into what it states, in metres, and a line is made of it; whatever it states
//! twice is compared, and told as findings where it disagrees. A line is written so that every
//! number reads back to the last digit; what the format has no place for is told besides, in
//! features of this library's own, and holds as long as the numbers beside it are as they were
//! written.

mod build;
mod build_cant;
mod build_chainage;
mod build_profile;
mod chain;
mod codes;
mod directions;
mod found;
mod lint;
mod piece;
mod read;
mod read_cant;
mod read_plan;
mod read_profile;
mod reader;
mod stated;
mod units;
mod write;
mod write_cant;
mod write_plan;
mod write_profile;

use super::note::{Note, Notes};
use super::xml::{self, Kind, Source};
use crate::error::Result;
use crate::finding::Finding;
use crate::geometry::Line;

/// Lines out of a file of another program.
#[derive(Debug, Clone)]
pub struct ImportedLines {
    /// The lines that could be made, in the order of the file.
    pub lines: Vec<Line>,
    /// What the file says and no line holds, with its place in the file.
    pub notes: Vec<Note>,
    /// What the file states twice and not the same, or not at all; of all its alignments, also of
    /// those that make no line.
    pub findings: Vec<Finding>,
}

const KIND: Kind = Kind {
    item: "a file of lines",
    split: "split the file",
    save: "save the lines as LandXML 1.2, without a document type",
};

/// Lines as LandXML 1.2, valid by its schema.
///
/// Lengths are in metres, places north before east, directions degrees clockwise from north, and
/// stations count from the chainage at the beginning without jumps, as the format asks for; jumps
/// are written as `StaEquation`. Every number is written in the shortest way that reads back to the
/// last digit. The date of the file is the same always, so that one line has one text.
///
/// Features of the code `railcorridor` tell what the format has no place for: a curvature of which
/// no radius is the exact inverse, bearings beyond a whole turn, the term of cant of a Viennese
/// bend (`swayM`), the distance of the rail heads beside the gauge. They hold for
/// [`from_landxml`] as long as the numbers beside them are as they were written; other programs
/// leave them alone, and so read a Viennese bend without its term, a line that is up to some
/// centimetres away within the bend. A transition from one side to the other has a negative radius
/// where it begins, on the side that `rot` does not name. Speeds are `SpeedStation`s; one of 0 ends
/// a range behind which none is known.
///
/// Heights are written as points of vertical intersection, which hold any [`Profile`]: where a
/// curve does not go on in the gradient of its neighbour, a point stands between.
///
/// [`Profile`]: crate::geometry::Profile
///
/// # Example
///
/// A quarter of a circle of 200 m to the left, from east to north:
///
/// ```
/// use std::f64::consts::PI;
///
/// use railcorridor::exchange::{from_landxml, to_landxml};
/// use railcorridor::geodesy::Coord;
/// use railcorridor::geometry::{Alignment, Arc, Horizontal, Line};
///
/// let start = Coord { e_m: 500_000.0, n_m: 3_900_000.0 };
/// let plan = Horizontal::new(start, 0.0, vec![Arc::new(100.0 * PI, 200.0)?.into()])?;
/// let line = Line::new("loop", Alignment::new(plan, None, None)?)?;
/// let text = to_landxml(&[line])?;
/// assert!(text.contains("<Start>3900000.0 500000.0</Start>"));
/// assert!(text.contains("<Center>3900200.0 500000.0</Center>"));
/// assert!(text.contains(r#"<Curve rot="ccw""#) && text.contains(r#"radius="200.0""#));
///
/// let file = from_landxml(&text)?;
/// assert!(file.findings.is_empty());
/// let end = file.lines[0].alignment.at(100.0 * PI)?.pose.coord;
/// assert!((end.e_m - 500_200.0).abs() < 1e-9 && (end.n_m - 3_900_200.0).abs() < 1e-9);
/// # Ok::<(), railcorridor::Error>(())
/// ```
///
/// # Errors
/// [`Error::Exchange`](crate::Error::Exchange) if there is no line, two have one name or lie in
/// different planes, since a file has one; for a character that no XML holds, a speed that is not
/// more than 0, speeds without gauge and cant, and grades shorter than a micrometre.
pub fn to_landxml(lines: &[Line]) -> Result<String> {
    write::text(lines)
}

/// Lines out of LandXML, and all that is wrong with them.
///
/// Each `Alignment` becomes a line: `Line`, `Curve` and `Spiral` in a chain, of which types,
/// lengths and radii count, from the first point on in its stated direction. Nothing is repaired:
/// where the stated points do not lie on the chain, the line is the chain, and findings say how far
/// off they are. A length that is not stated follows from the points. Units are converted exactly:
/// the US survey foot is 1200/3937 m. Directions are azimuths clockwise from north; if those of a
/// file suit its points only when they count otherwise, they are taken so, with a note.
///
/// | rule | what is found |
/// | --- | --- |
/// | `line-gap` | an element begins away from the end of the one before: a warning above 1 mm, an error above 10 mm |
/// | `line-kink` | it begins in another direction |
/// | `curve-sign`, `all-signs-wrong` | it turns to the other side than its points; with the gap as written and turned |
/// | `length-disagrees`, `chord-disagrees` | start and end lie otherwise apart than length and radius say; the line is not as long as its elements |
/// | `radius-disagrees` | the centre is not a radius away |
/// | `spiral-radius-disagrees` | the curvature jumps where a transition begins or ends |
/// | `angle-disagrees`, `direction-disagrees`, `intersection-off` | `delta`, `theta`, `dir` or `PI` are not those of the points |
/// | `station-disagrees`, `equation-off`, `equation-back-disagrees` | stations do not go on as lengths do, or jump where they cannot |
/// | `chain-off` | the chain leaves the stated points: a warning above 10 mm, an error above 100 mm |
/// | `profile-backwards`, `profile-overlap`, `profile-curve-disagrees`, `profile-end`, `profile-reach` | heights that make no profile, or end before the plan |
/// | `cant-backwards`, `cant-reach`, `cant-ramp-unknown`, `cant-sign` | a cant that is none, ends within a curve, or tilts outwards |
/// | `speed-backwards` | speeds out of order |
/// | `spiral-unknown`, `element-unknown`, `point-missing`, `plan-missing`, `turns`, `not-made` | no line is made of the alignment |
///
/// Where the last row, `equation-off` or an error in the plan leaves no line, the others are read
/// all the same; where heights, cant or speeds are none, the line comes without. `chainage_m` of a
/// finding is that on the posts, the element's number is in its id. Not compared are `tangent`,
/// `external`, `midOrd`, `constant`, `totalX`, `totalY`, `tanLong`, `tanShort`.
///
/// A `gauge` that is one of the world's gauges counts as such, any other as the distance of the
/// rail heads; that follows from `equilibriumConstant` if it is stated. A ramp of cant has the
/// type that stands where it begins. Heights and cants are read of the first profile and cant.
///
/// # Complexity
/// Linear in the size of the file.
///
/// # Errors
/// [`Error::Exchange`](crate::Error::Exchange), with line and column, for what is no LandXML, a
/// document type, a unit that is not known, a number or a point that is none;
/// [`Error::Limit`](crate::Error::Limit) for a file that is too large.
pub fn from_landxml(text: &str) -> Result<ImportedLines> {
    let document = xml::document(text, &KIND)?;
    let source = Source::new(&document);
    let mut notes = Notes::default();
    let file = read::file(source, &mut notes)?;
    let (mut lines, mut found) = (Vec::new(), Vec::new());
    let mut turn_left_rad = build::MOST_TURN_RAD;
    for stated in &file.lines {
        let (line, of_line) = build::line(&source, stated, &mut turn_left_rad, &mut notes);
        found.extend(of_line.into_iter().map(|found| {
            let chainage_m = found.distance_m.map(|distance_m| {
                let numbered = line.as_ref().map(|line| line.chainage.chainage_m(distance_m));
                numbered.and_then(Result::ok).unwrap_or(stated.sta_start_m + distance_m)
            });
            (found, stated.name.as_str(), chainage_m)
        }));
        lines.extend(line.map(|line| Line { epsg: file.epsg, ..line }));
    }
    let places = found::places(text, found.iter().map(|(found, ..)| found.at));
    let findings = found.into_iter().map(|(found, subject, chainage_m)| {
        let place = places.get(&found.at).copied();
        found.told(subject, place, chainage_m)
    });
    let findings = findings.collect();
    Ok(ImportedLines { lines, notes: notes.into_list(), findings })
}
