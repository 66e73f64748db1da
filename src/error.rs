//! The one error type: what went wrong, where, which limit, and what would be right.

use std::path::{Path, PathBuf};

/// What every fallible function of this crate returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Something that could not be done; each variant names the item, the value and the limit.
///
/// A design that breaks a standard, or a claim that cannot be true, is not an error but a
/// [`Finding`](crate::Finding).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read or written.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    Io {
        /// What was tried: `read`, `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A file is there already.
    #[error("{path} exists; choose another name, or overwrite it with --force", path = path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A study or baseline file has problems; all of them, each with its place in the file.
    #[error("{0}")]
    Study(Box<crate::model::Problems>),
    /// A value lies outside what the function can answer for.
    #[error("{item} = {value} is outside {limit}; {hint}")]
    OutOfRange {
        /// Name of the value, with its unit.
        item: String,
        /// The value given.
        value: f64,
        /// The range that is allowed.
        limit: String,
        /// What would be right.
        hint: String,
    },
    /// A terrain file cannot be used.
    #[error("terrain {file}: {problem}; {hint}")]
    Terrain {
        /// The file, or `builtin:...`.
        file: String,
        /// What is wrong with it.
        problem: String,
        /// What would be right.
        hint: String,
    },
    /// A zone cannot be used.
    #[error("zone {item}: {problem}; {hint}")]
    Zone {
        /// Its id, or its file and the number of the feature there, counted from 0.
        item: String,
        /// What is wrong with it.
        problem: String,
        /// What would be right.
        hint: String,
    },
    /// A network of activities cannot be computed.
    #[error("{item}: {problem}; {hint}")]
    Schedule {
        /// The activity, link or calendar.
        item: String,
        /// What is wrong with it.
        problem: String,
        /// What would be right.
        hint: String,
    },
    /// Trains cannot run on a line as they are.
    #[error("{item}: {problem}; {hint}")]
    Traffic {
        /// The train, station, section or number.
        item: String,
        /// What is wrong with it.
        problem: String,
        /// What would be right.
        hint: String,
    },
    /// A schedule or a line cannot be taken from or to a file of another program.
    #[error("{place}: {problem}; {hint}")]
    Exchange {
        /// Line and column of the file, or what was to be written.
        place: String,
        /// What is wrong with it.
        problem: String,
        /// What would be right.
        hint: String,
    },
    /// A job would need more than it may use; refused before it starts.
    #[error("{item} needs {needed}, the limit is {limit}; {hint}")]
    Limit {
        /// The job.
        item: String,
        /// What it would need, with its unit.
        needed: String,
        /// What it may use, with its unit.
        limit: String,
        /// What would be right.
        hint: String,
    },
    /// There is no way under the limits.
    #[error("no route from {from} to {to}: {problem}; {hint}")]
    NoRoute {
        /// Where it was to start.
        from: String,
        /// Where it was to end.
        to: String,
        /// What stands in the way.
        problem: String,
        /// What would open it.
        hint: String,
    },
    /// A train cannot go on where it is.
    #[error("{0}")]
    Stalled(Box<Stall>),
    /// A job was stopped before it had a result.
    #[error("{item} was stopped before it had found anything; give it more time")]
    Stopped {
        /// The job.
        item: String,
    },
    /// A name that is not known.
    #[error("no {what} called \"{name}\"; {hint}")]
    Unknown {
        /// The kind of thing that was looked up.
        what: &'static str,
        /// The name given.
        name: String,
        /// The nearest known name, or the list of them.
        hint: String,
    },
    /// A coordinate transformation failed.
    #[error("projection {name}: {problem}; {hint}")]
    Projection {
        /// The EPSG code or PROJ string.
        name: String,
        /// What is wrong.
        problem: String,
        /// What would be right.
        hint: String,
    },
}

/// Where a train stalls, and what it lacks there.
#[derive(Debug, Clone, PartialEq)]
pub struct Stall {
    /// The train.
    pub train: String,
    /// Where its head stands.
    pub at_m: f64,
    /// The force that it would need to move on at a walk.
    pub needed_n: f64,
    /// The force that it has.
    pub available_n: f64,
    /// The mean gradient under it, without curves.
    pub gradient_permille: f64,
    /// What curves and tunnels under it add to that.
    pub curve_permille: f64,
    /// Where it began to lose speed for the last time.
    pub entry_m: f64,
    /// Its speed there.
    pub entry_mps: f64,
    /// All of it.
    pub mass_t: f64,
    /// What it pulls.
    pub load_t: f64,
    /// What its locomotives can just move at this place, without momentum.
    pub holding_load_t: f64,
}

impl std::fmt::Display for Stall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} stalls at km {:.3}: {:.0} kN are needed, {:.0} available, on {:.1} permille and {:.1} \
             for curves; it came with {:.0} km/h at km {:.3}; {:.0} t of its load of {:.0} t would \
             pass at a walk: take less, or another locomotive",
            self.train,
            self.at_m / 1e3,
            self.needed_n / 1e3,
            self.available_n / 1e3,
            self.gradient_permille,
            self.curve_permille,
            self.entry_mps * 3.6,
            self.entry_m / 1e3,
            self.holding_load_t,
            self.load_t,
        )
    }
}

impl Error {
    /// A read error of `path`.
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Io { action: "read", path: path.to_path_buf(), source }
    }

    /// The same error of a zone that did not know its zone yet, and the number of the feature if it
    /// has one.
    pub(crate) fn of_zone(self, id: &str, feature: Option<usize>) -> Self {
        match self {
            Self::Zone { item, problem, hint } if item.is_empty() => {
                let number = feature.map(|number| format!(", feature {number}"));
                Self::Zone { item: format!("{id}{}", number.unwrap_or_default()), problem, hint }
            }
            other => other,
        }
    }
}

/// A number that lies in its range, both ends included; else an error that says what would be right.
pub(crate) fn within(
    item: impl FnOnce() -> String,
    value: f64,
    (low, high): (f64, f64),
    hint: &str,
) -> Result<()> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    let limit = format!("{low} to {high}");
    Err(Error::OutOfRange { item: item(), value, limit, hint: hint.to_owned() })
}
