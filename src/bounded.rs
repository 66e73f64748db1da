//! Files read with a bound, whatever they claim to be.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::error::{Error, Result};

/// The bytes of a file; of one that is longer than allowed one byte more, so that it is refused.
pub(crate) fn file(path: &Path, most_bytes: u64) -> Result<Vec<u8>> {
    let file = File::open(path).map_err(|error| Error::read(path, error))?;
    let mut bytes = Vec::new();
    let mut bounded = file.take(most_bytes.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(|error| Error::read(path, error))?;
    Ok(bytes)
}
