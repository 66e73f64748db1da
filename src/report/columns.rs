//! Tables on a terminal.

use super::table::{Align, Cell, Table};

/// The table as text: columns in line if they fit, else each row as a list.
pub(super) fn text(table: &Table, width_columns: usize) -> String {
    let cells: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(Cell::plain).collect()).collect();
    let mut text = format!("{}\n", table.title);
    for line in wrap(&table.note, width_columns) {
        text.push_str(&format!("{line}\n"));
    }
    if cells.is_empty() {
        return text + "none\n";
    }
    let headings: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let Some(widths) = widths(&headings, &cells, width_columns) else {
        return text + &lists(&headings, &cells, width_columns);
    };
    text.push_str(&lines(table, &headings, &widths));
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    text.push_str(&format!("{}\n", rule.join("  ")));
    for row in &cells {
        text.push_str(&lines(table, row, &widths));
    }
    text
}

/// A row in columns.
fn lines(table: &Table, row: &[String], widths: &[usize]) -> String {
    let wrapped: Vec<Vec<String>> =
        row.iter().zip(widths).map(|(text, width)| wrap(text, *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
    let mut text = String::new();
    for line in 0..height {
        let mut cells = Vec::new();
        for ((cell, width), column) in wrapped.iter().zip(widths).zip(&table.columns) {
            let part = cell.get(line).map_or("", String::as_str);
            let space = " ".repeat(width.saturating_sub(part.chars().count()));
            cells.push(match column.align {
                Align::Left => format!("{part}{space}"),
                Align::Right => format!("{space}{part}"),
            });
        }
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Rows one beneath another: the first cell as a heading, the others with theirs; a cell that says
/// nothing has no line.
fn lists(headings: &[String], rows: &[Vec<String>], width_columns: usize) -> String {
    let mut text = String::new();
    for row in rows {
        for (place, (heading, cell)) in headings.iter().zip(row).enumerate() {
            if place > 0 && cell.is_empty() {
                continue;
            }
            let entry = if place == 0 { cell.clone() } else { format!("{heading}: {cell}") };
            let indent = if place == 0 { "" } else { "  " };
            let width = width_columns.saturating_sub(4).max(1);
            for (number, line) in wrap(&entry, width).iter().enumerate() {
                let hanging = if number == 0 { "" } else { "  " };
                text.push_str(&format!("{indent}{hanging}{line}\n"));
            }
        }
    }
    text
}

/// Widths of the columns: as wide as they need, the widest narrowed until all fit, but none so
/// narrow that words are cut; `None` if that is not wide enough.
fn widths(headings: &[String], rows: &[Vec<String>], width_columns: usize) -> Option<Vec<usize>> {
    // A word that is longer may be cut: addresses, ids.
    const LONGEST_WORD: usize = 24;
    let longest = |text: &str, width: fn(&str) -> usize| text.lines().map(width).max().unwrap_or(0);
    let column = |(place, heading): (usize, &String), width: fn(&str) -> usize| {
        let cells = rows.iter().filter_map(|row| row.get(place));
        cells
            .map(|cell| longest(cell, width))
            .max()
            .unwrap_or_default()
            .max(longest(heading, width))
    };
    let of_columns = |width: fn(&str) -> usize| -> Vec<usize> {
        headings.iter().enumerate().map(|pair| column(pair, width)).collect()
    };
    let mut widths = of_columns(|line| line.chars().count());
    let least = of_columns(|line| {
        pieces(line)
            .map(|piece| piece.trim_end().chars().count())
            .max()
            .unwrap_or(0)
            .min(LONGEST_WORD)
    });
    let gaps = 2 * widths.len().saturating_sub(1);
    while widths.iter().sum::<usize>() + gaps > width_columns {
        let narrowable = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
        let (widest, _) = narrowable.max_by_key(|(width, _)| **width)?;
        *widest -= 1;
    }
    Some(widths)
}

/// What a line may be broken between: words, each with the space behind it, and the parts of
/// words with hyphens.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut before = None;
        let end = rest.char_indices().find_map(|(place, c)| {
            let follows_letter = before.is_some_and(char::is_alphabetic);
            before = Some(c);
            (c == ' ' || (c == '-' && follows_letter)).then_some(place + 1)
        });
        let (piece, others) = rest.split_at(end.unwrap_or(rest.len()));
        rest = others;
        Some(piece)
    })
}

/// The text in lines of this width; a piece that is longer is cut.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut used = 0;
        for piece in pieces(paragraph) {
            let needed = piece.trim_end().chars().count();
            if used > 0 && used + needed > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                used = 0;
            }
            for c in piece.chars() {
                if used >= width.max(1) && c != ' ' {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                    used = 0;
                }
                line.push(c);
                used += 1;
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_wrap_at_words_and_hyphens() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("Kandahar-Spin Boldak", 10), ["Kandahar-", "Spin", "Boldak"]);
        assert_eq!(wrap("from 113-120 km", 8), ["from", "113-120", "km"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("абвгд еж", 5), ["абвгд", "еж"]);
    }

    #[test]
    fn a_table_fits_its_width() {
        let mut table = Table::new("t", "T", "", &["word", ">number"]);
        table.rows.push(vec!["some long text that must wrap somewhere".into(), "12".into()]);
        let text = table.text(30);
        assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
        assert!(text.contains("    12"), "{text}");
    }

    #[test]
    fn no_word_is_cut_where_columns_do_not_fit() {
        let mut table = Table::new("t", "T", "", &["Segment", "Reached", "Next gate"]);
        table.rows.push(vec!["Kandahar-Herat".into(), "Construction".into(), "-".into()]);
        let wanted = "T\nKandahar-Herat\n  Reached: Construction\n  Next gate: -\n";
        assert_eq!(table.text(26), wanted);
        assert!((24..60).all(|width| table.text(width).contains("Construction")));
        assert!(!table.text(1).is_empty());
    }

    #[test]
    fn a_heading_without_a_value_is_left_out_where_columns_do_not_fit() {
        let mut table = Table::new("t", "T", "", &["Line", ">Kilometres", ">Tunnels", "Grounds"]);
        table.rows.push(vec!["published".into(), "112-120".into(), "".into(), "".into()]);
        table.rows.push(vec!["designed".into(), "120.4".into(), "0.0".into(), "-".into()]);
        let wanted = "T\npublished\n  Kilometres: 112-120\ndesigned\n  Kilometres: 120.4\n  \
                      Tunnels: 0.0\n  Grounds: -\n";
        assert_eq!(table.text(30), wanted);
        assert!(table.text(60).contains("Tunnels  Grounds"), "columns keep their headings");
    }
}
