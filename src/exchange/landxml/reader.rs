//! Numbers, angles and points out of attributes and texts.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::codes;
use super::units::{Angular, Units};
use crate::error::Result;
use crate::exchange::xml::{Source, child, children, shown, text};
use crate::geodesy::Coord;

/// A file with its units and its named points.
pub(super) struct Reader<'a, 'd> {
    pub(super) source: Source<'d>,
    pub(super) units: Units,
    /// Points that others refer to, each with its node.
    points: BTreeMap<&'a str, Node<'a, 'd>>,
}

impl<'a, 'd: 'a> Reader<'a, 'd> {
    pub(super) fn new(source: Source<'d>, units: Units, root: Node<'a, 'd>) -> Self {
        let groups = children(root, "CgPoints");
        let all = groups.flat_map(|group| group.descendants());
        let named = all
            .filter(|node| node.tag_name().name() == "CgPoint")
            .filter_map(|node| node.attribute("name").map(|name| (name, node)));
        Self { source, units, points: named.collect() }
    }

    /// A number written as the schema asks for: a point for decimals, neither NaN nor infinite.
    fn parse(&self, at: usize, what: impl FnOnce() -> String, text: &str) -> Result<f64> {
        let is_plain =
            |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.filter(|_| text.bytes().all(is_plain)).ok_or_else(|| {
            let problem = format!("{} \"{}\" is not a number", what(), shown(text));
            self.source.wrong(at, problem, "write digits with a point for the decimals")
        })
    }

    /// The number of an attribute, if it is there.
    pub(super) fn number(&self, node: Node<'_, '_>, name: &str) -> Result<Option<f64>> {
        let Some(stated) = node.attribute_node(name) else { return Ok(None) };
        let what = || format!("{name} of {}", node.tag_name().name());
        match stated.value().trim() {
            // Some programs leave attributes empty.
            "" => Ok(None),
            text => self.parse(stated.range().start, what, text).map(Some),
        }
    }

    /// The number of an attribute that must be there.
    pub(super) fn required(&self, node: Node<'_, '_>, name: &str) -> Result<f64> {
        self.number(node, name)?.ok_or_else(|| {
            let problem = format!("{} has no {name}", node.tag_name().name());
            self.source.wrong(node.range().start, problem, "the schema of LandXML asks for it")
        })
    }

    /// A length in metres of an attribute.
    pub(super) fn length_m(&self, node: Node<'_, '_>, name: &str) -> Result<Option<f64>> {
        Ok(self.number(node, name)?.map(|length| self.units.metres(length)))
    }

    /// A length in metres of an attribute that must be there.
    pub(super) fn required_m(&self, node: Node<'_, '_>, name: &str) -> Result<f64> {
        self.required(node, name).map(|length| self.units.metres(length))
    }

    /// An angle, or a direction, in radians.
    pub(super) fn angle_rad(
        &self,
        node: Node<'_, '_>,
        name: &str,
        unit: Angular,
    ) -> Result<Option<f64>> {
        let Some(number) = self.number(node, name)? else { return Ok(None) };
        let text = node.attribute(name).unwrap_or_default().trim();
        let angle_rad = unit.radians(number, text);
        angle_rad.map(Some).ok_or_else(|| {
            let problem = format!("{name} \"{text}\" is not an angle in dd.mm.ss");
            let hint = "write 45.3025 for 45 degrees, 30 minutes, 25 seconds";
            self.source.wrong(node.range().start, problem, hint)
        })
    }

    /// Whether a curve turns to the left.
    pub(super) fn is_left(&self, node: Node<'_, '_>, name: &str) -> Result<bool> {
        let hint = "write cw for curves to the right, ccw for those to the left";
        self.word(node, name, &[("ccw", true), ("cw", false)], hint)
    }

    /// Which of some words an attribute is, by what each of them says; the empty one if it is not
    /// there.
    pub(super) fn word(
        &self,
        node: Node<'_, '_>,
        name: &str,
        words: &[(&str, bool)],
        hint: &str,
    ) -> Result<bool> {
        let stated = node.attribute(name).unwrap_or_default().trim();
        let known = words.iter().find(|(word, _)| *word == stated);
        known.map(|(_, says)| *says).ok_or_else(|| {
            let problem = format!("{name} \"{}\" of {}", shown(stated), node.tag_name().name());
            self.source.wrong(node.range().start, problem, hint)
        })
    }

    /// The numbers in the text of an element.
    pub(super) fn list(&self, node: Node<'_, '_>) -> Result<Vec<f64>> {
        let text = text(node);
        let name = node.tag_name().name();
        // No point has more than three.
        let parts = text.split_ascii_whitespace().take(4);
        parts.map(|part| self.parse(node.range().start, || name.to_owned(), part)).collect()
    }

    /// The point of a child: north, then east; or that of a point that is referred to.
    pub(super) fn point(&self, node: Node<'a, 'd>, name: &str) -> Result<Option<Coord>> {
        let Some(point) = child(node, name) else { return Ok(None) };
        let mut numbers = self.list(point)?;
        if numbers.is_empty() {
            let reference = point.attribute("pntRef").unwrap_or_default();
            let Some(named) = self.points.get(reference) else {
                let problem = format!(
                    "{name} has no coordinates, and no point \"{}\" is there",
                    shown(reference)
                );
                let hint = "write north and east, or the name of a CgPoint";
                return Err(self.source.wrong(point.range().start, problem, hint));
            };
            numbers = self.list(*named)?;
        }
        match *numbers.as_slice() {
            [north, east] | [north, east, _] => {
                Ok(Some(Coord { e_m: self.units.metres(east), n_m: self.units.metres(north) }))
            }
            _ => {
                let problem = format!("{name} does not have two or three numbers");
                let hint = "write north and east, and a height if it is known";
                Err(self.source.wrong(point.range().start, problem, hint))
            }
        }
    }

    /// A number that this library has told itself.
    pub(super) fn told(&self, node: Node<'_, '_>, label: &str) -> Result<Option<f64>> {
        let own = node.children().find(|child| codes::is_own(*child));
        let property = own.and_then(|feature| {
            children(feature, "Property").find(|one| one.attribute("label") == Some(label))
        });
        property.map(|property| self.required(property, "value")).transpose()
    }
}
