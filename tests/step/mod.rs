//! Entities of a STEP file, read by plain code written apart.

use std::collections::BTreeMap;

/// Entities by their numbers: kind and attributes as they are written.
pub struct File {
    entities: BTreeMap<u64, (String, Vec<String>)>,
}

impl File {
    pub fn read(text: &str) -> Self {
        let data = text.split_once("DATA;\n").unwrap().1;
        let rows = data.lines().take_while(|line| *line != "ENDSEC;");
        let entity = |line: &str| {
            let (number, rest) = line.strip_prefix('#').unwrap().split_once('=').unwrap();
            let (kind, rest) = rest.split_once('(').unwrap();
            let cells = split(rest.strip_suffix(");").unwrap());
            (number.parse().unwrap(), (kind.to_owned(), cells))
        };
        Self { entities: rows.map(entity).collect() }
    }

    /// Attributes of all entities of a kind.
    pub fn all(&self, kind: &str) -> Vec<Vec<String>> {
        let of_kind = self.entities.values().filter(|entity| entity.0 == kind);
        of_kind.map(|entity| entity.1.clone()).collect()
    }

    /// The numbers of a point.
    pub fn numbers(&self, reference: &str) -> Vec<f64> {
        let entity = &self.entities[&reference[1..].parse().unwrap()];
        let list = entity.1[0].trim_matches(['(', ')']);
        list.split(',').map(|number| number.parse().unwrap()).collect()
    }

    /// Identities of all entities that have one.
    pub fn roots(&self) -> impl Iterator<Item = &String> {
        let first = self.entities.values().filter_map(|entity| entity.1.first());
        first.filter(|cell| cell.len() == 24 && cell.starts_with('\''))
    }

    /// Each reference leads to an entity that is written before.
    pub fn check_references(&self) {
        for (number, (kind, cells)) in &self.entities {
            let words = cells.iter().flat_map(|cell| cell.split(['(', ')', ',']));
            for target in words.filter_map(|word| word.strip_prefix('#')) {
                let target: u64 = target.parse().unwrap();
                assert!(
                    target < *number && self.entities.contains_key(&target),
                    "{kind} #{number}"
                );
            }
        }
    }
}

/// Cells between commas that stand in no list and no text.
fn split(row: &str) -> Vec<String> {
    let (mut cells, mut depth, mut is_text) = (vec![String::new()], 0, false);
    for letter in row.chars() {
        match letter {
            '\'' => is_text = !is_text,
            '(' if !is_text => depth += 1,
            ')' if !is_text => depth -= 1,
            ',' if !is_text && depth == 0 => {
                cells.push(String::new());
                continue;
            }
            _ => {}
        }
        cells.last_mut().unwrap().push(letter);
    }
    cells
}
