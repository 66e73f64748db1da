//! A picture as drawn, held against its frame: for tests.

use std::collections::BTreeMap;

use crate::report::lettering::width_px;
use crate::report::picture::Picture;

/// What a picture shows.
pub(super) struct Drawn {
    /// How many shapes and texts there are of each class.
    pub classes: BTreeMap<String, usize>,
    /// Class and text of each word.
    pub texts: Vec<(String, String)>,
    /// Words for a pointer.
    pub titles: Vec<String>,
    /// Points of all lines and polygons of each class.
    pub points: BTreeMap<String, usize>,
}

impl Drawn {
    /// How many shapes and texts of a class.
    pub(super) fn count(&self, class: &str) -> usize {
        self.classes.get(class).copied().unwrap_or(0)
    }

    /// Texts of a class.
    pub(super) fn words(&self, class: &str) -> Vec<&str> {
        let own = self.texts.iter().filter(|(of, _)| of == class);
        own.map(|(_, words)| words.as_str()).collect()
    }
}

/// A picture that is well-formed, whose numbers are such, and whose words lie within it without
/// touching one another.
pub(super) fn drawn(picture: &Picture) -> Drawn {
    let tree = roxmltree::Document::parse(&picture.svg).unwrap();
    let root = tree.root_element();
    let view: Vec<f64> =
        root.attribute("viewBox").unwrap().split(' ').map(|part| part.parse().unwrap()).collect();
    let (width, height) = (view[2], view[3]);
    assert!(width.is_finite() && height.is_finite() && width > 0.0 && height < 2_000.0);
    let inside = |x: f64, y: f64, what: &str| {
        let within = (0.0..=width).contains(&x) && (0.0..=height).contains(&y);
        assert!(within, "{what} at {x}, {y} of {width} x {height}");
    };
    let mut shown = Drawn {
        classes: BTreeMap::new(),
        texts: Vec::new(),
        titles: Vec::new(),
        points: BTreeMap::new(),
    };
    let mut boxes: Vec<(String, [f64; 4])> = Vec::new();
    for node in root.descendants().filter(roxmltree::Node::is_element).skip(1) {
        let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
        let class = node.attribute("class").unwrap_or_default().to_owned();
        if !class.is_empty() {
            *shown.classes.entry(class.clone()).or_default() += 1;
        }
        match node.tag_name().name() {
            "title" => shown.titles.push(node.text().unwrap_or_default().to_owned()),
            "polyline" | "polygon" => {
                let points = node.attribute("points").unwrap().split_whitespace();
                for point in points {
                    let (x, y) = point.split_once(',').unwrap();
                    inside(x.parse().unwrap(), y.parse().unwrap(), &class);
                    *shown.points.entry(class.clone()).or_default() += 1;
                }
            }
            "rect" => {
                let (x, y) = (number("x"), number("y"));
                assert!(number("width") >= 0.0 && number("height") >= 0.0, "{class}");
                inside(x, y, &class);
                inside(x + number("width") - 0.6, y + number("height"), &class);
            }
            "circle" => inside(number("cx"), number("cy"), &class),
            "text" => {
                let words = node.text().unwrap_or_default().to_owned();
                let size = if class == "label" { 11.0 } else { 12.0 };
                let wide = width_px(&words, size);
                let left = match node.attribute("text-anchor").unwrap() {
                    "middle" => number("x") - 0.5 * wide,
                    "end" => number("x") - wide,
                    _ => number("x"),
                };
                let (top, bottom) = (number("y") - 0.72 * size, number("y") + 0.18 * size);
                inside(left, top, &words);
                inside(left + wide, bottom, &words);
                boxes.push((words.clone(), [left, top, left + wide, bottom]));
                shown.texts.push((class, words));
            }
            "g" | "desc" => {}
            other => panic!("what is {other}?"),
        }
    }
    for (number, (a, first)) in boxes.iter().enumerate() {
        for (b, second) in &boxes[number + 1..] {
            let apart = first[2] <= second[0]
                || second[2] <= first[0]
                || first[3] <= second[1]
                || second[3] <= first[1];
            assert!(apart, "{a} {first:?} lies on {b} {second:?}");
        }
    }
    shown
}
