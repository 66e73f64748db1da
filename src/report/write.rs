//! Files that are whole or not there.

use std::io::Write as _;
use std::path::Path;

use crate::error::{Error, Result};

/// Writes a file under a temporary name in the same folder, then gives it its name.
///
/// # Errors
/// [`Error::Exists`] if the file is there and `force` is not set; [`Error::Io`] if it cannot be
/// written. No partial file is left, and an existing one stays as it was.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    if !force && path.symlink_metadata().is_ok() {
        return Err(Error::Exists { path: path.to_path_buf() });
    }
    let failed = |source| Error::Io { action: "write", path: path.to_path_buf(), source };
    let name = path.file_name().ok_or_else(|| failed(std::io::ErrorKind::InvalidInput.into()))?;
    let mut temporary = name.to_os_string();
    temporary.push(format!(".{}.tmp", std::process::id()));
    let temporary = path.with_file_name(temporary);
    let written = (|| {
        let mut file = std::fs::File::create_new(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        if force {
            return std::fs::rename(&temporary, path);
        }
        // A link is made only where nothing is, so that a file made meanwhile is not lost.
        std::fs::hard_link(&temporary, path)?;
        std::fs::remove_file(&temporary)
    })();
    written.map_err(|source| {
        let _ = std::fs::remove_file(&temporary);
        match source.kind() {
            std::io::ErrorKind::AlreadyExists => Error::Exists { path: path.to_path_buf() },
            _ => failed(source),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_nothing_is_left() {
        let folder =
            std::env::temp_dir().join(format!("railcorridor-write-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.html");
        write_file(&path, b"one", false).unwrap();
        let error = write_file(&path, b"two", false).unwrap_err().to_string();
        assert!(error.contains("--force"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        write_file(&path, b"two", true).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert!(write_file(&folder.join("no/such/folder/a"), b"", false).is_err());
        assert!(write_file(&folder, b"", true).is_err());
        let names = std::fs::read_dir(&folder).unwrap().count();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(names, 1, "a temporary file is left");
    }
}
