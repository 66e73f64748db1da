//! A file of numbered entities in clear text, ISO 10303-21.

use std::fmt::{self, Write as _};

/// Labels of IFC hold no more characters.
const LABEL_CHARS: usize = 255;

/// The number of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Entities or numbers as a list.
pub(super) struct List<'a, T>(pub(super) &'a [T]);

impl<T: fmt::Display> fmt::Display for List<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, one) in self.0.iter().enumerate() {
            write!(f, "{}{one}", if place == 0 { "(" } else { "," })?;
        }
        f.write_str(")")
    }
}

/// A number: always with a point, and with as many digits as lead back to it.
pub(super) struct Real(pub(super) f64);

impl fmt::Display for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No negative zero.
        let text = format!("{:?}", self.0 + 0.0);
        match text.split_once('e') {
            Some((digits, power)) => {
                let point = if digits.contains('.') { "" } else { "." };
                write!(f, "{digits}{point}E{power}")
            }
            None => {
                f.write_str(text.strip_suffix('0').filter(|t| t.ends_with('.')).unwrap_or(&text))
            }
        }
    }
}

/// A number that may be missing.
pub(super) struct MaybeReal(pub(super) Option<f64>);

impl fmt::Display for MaybeReal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => Real(number).fmt(f),
            None => f.write_str("$"),
        }
    }
}

/// A text of any length: quotes and backslashes doubled, all that is not printable ASCII by its
/// code.
pub(super) struct Text<'a>(pub(super) &'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("'")?;
        // How many hexadecimal digits a character takes: 4, or 8 beyond the basic plane; 0 for none.
        let mut open = 0;
        for char in self.0.chars() {
            let digits = match char {
                ' '..='~' => 0,
                '\u{10000}'.. => 8,
                _ => 4,
            };
            if digits != open {
                f.write_str(if open > 0 { "\\X0\\" } else { "" })?;
                f.write_str(["", "\\X2\\", "\\X4\\"].get(digits / 4).copied().unwrap_or_default())?;
                open = digits;
            }
            match char {
                '\'' => f.write_str("''")?,
                '\\' => f.write_str("\\\\")?,
                _ if digits == 0 => write!(f, "{char}")?,
                _ => write!(f, "{:0digits$X}", u32::from(char))?,
            }
        }
        f.write_str(if open > 0 { "\\X0\\'" } else { "'" })
    }
}

/// A text cut to what a label holds.
pub(super) fn label(text: &str) -> Text<'_> {
    let end = text.char_indices().nth(LABEL_CHARS).map_or(text.len(), |(at, _)| at);
    Text(text.get(..end).unwrap_or(text))
}

/// Entities as they are written.
#[derive(Default)]
pub(super) struct Step {
    data: String,
    last: u64,
}

impl Step {
    /// One more entity.
    pub(super) fn add(&mut self, entity: fmt::Arguments<'_>) -> Id {
        self.last += 1;
        // Writing to a text in memory cannot fail.
        let _ = writeln!(self.data, "#{}={entity};", self.last);
        Id(self.last)
    }

    /// A point of two or three numbers.
    pub(super) fn point<const N: usize>(&mut self, numbers: [f64; N]) -> Id {
        self.add(format_args!("IFCCARTESIANPOINT({})", List(&numbers.map(Real))))
    }

    /// A direction of two or three numbers.
    pub(super) fn direction<const N: usize>(&mut self, numbers: [f64; N]) -> Id {
        self.add(format_args!("IFCDIRECTION({})", List(&numbers.map(Real))))
    }

    /// A place on a plane with a direction, from the first axis anticlockwise.
    pub(super) fn placement(&mut self, at: [f64; 2], angle_rad: f64) -> Id {
        let (sine, cosine) = angle_rad.sin_cos();
        let (point, direction) = (self.point(at), self.direction([cosine, sine]));
        self.add(format_args!("IFCAXIS2PLACEMENT2D({point},{direction})"))
    }

    /// The whole file.
    pub(super) fn finish(self, name: &str) -> String {
        let (program, name) = (concat!("railcorridor ", env!("CARGO_PKG_VERSION")), Text(name));
        // The day is fixed, so that the same lines give the same file.
        let header = format!(
            "ISO-10303-21;\nHEADER;\n\
             FILE_DESCRIPTION(('ViewDefinition [Alignment-basedView]'),'2;1');\n\
             FILE_NAME({name},'1970-01-01T00:00:00',(''),(''),'{program}','{program}','');\n\
             FILE_SCHEMA(('IFC4X3_ADD2'));\nENDSEC;\nDATA;\n"
        );
        header + &self.data + "ENDSEC;\nEND-ISO-10303-21;\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_point_and_lead_back() {
        for (number, text) in [
            (0.0, "0."),
            (-0.0, "0."),
            (1.0, "1."),
            (100.0, "100."),
            (-2.5, "-2.5"),
            (1e-7, "1.E-7"),
            (1.5e300, "1.5E300"),
            (0.1, "0.1"),
        ] {
            assert_eq!(Real(number).to_string(), text);
            assert_eq!(text.parse::<f64>().unwrap(), number);
        }
    }

    #[test]
    fn texts_are_escaped_in_runs() {
        for (text, written) in [
            ("a b", "'a b'"),
            ("it's \\", "'it''s \\\\'"),
            ("Herāt", "'Her\\X2\\0101\\X0\\t'"),
            ("هرات", "'\\X2\\0647063106270062A\\X0\\'"),
            ("a\u{1f682}b\n", "'a\\X4\\0001F682\\X0\\b\\X2\\000A\\X0\\'"),
            ("é\u{1f682}", "'\\X2\\00E9\\X0\\\\X4\\0001F682\\X0\\'"),
        ] {
            let written = written.replace("06270062A", "0627062A");
            assert_eq!(Text(text).to_string(), written);
        }
        assert_eq!(label(&"ä".repeat(300)).to_string().matches("00E4").count(), 255);
    }
}
