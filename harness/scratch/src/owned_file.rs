//! A file elsewhere that goes with a folder.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// A file in a place where others may put their own. Open, it has a number that no other has.
pub(crate) struct OwnedFile {
    path: PathBuf,
    file: File,
}

impl OwnedFile {
    /// This file, at this place or about to be there.
    ///
    /// # Errors
    /// If there is no such place, or no room for one more open file.
    pub(crate) fn new(path: &Path, file: &File) -> io::Result<Self> {
        Ok(Self {
            // The guard works elsewhere.
            path: std::path::absolute(path)?,
            file: file.try_clone()?,
        })
    }

    /// What the guard has to know: the place, and the file's number in its file system.
    pub(crate) fn note(&self) -> io::Result<String> {
        let number = self.file.metadata()?.ino();
        Ok(format!("{}\n{number}\n", self.path.display()))
    }

    /// Removes it, unless another is in its place.
    pub(crate) fn remove(&self) {
        if self.is_at(&self.path) {
            self.take_away();
        }
    }

    /// Removes it. Another may have taken its place just now: what is there is moved aside, looked
    /// at where nobody else comes, and put back where it is not this.
    fn take_away(&self) {
        let mut aside = OsString::from(&self.path);
        aside.push(format!(".{}", std::process::id()));
        if fs::rename(&self.path, &aside).is_err() {
            return;
        }
        if !self.is_at(Path::new(&aside)) {
            // Yet another may be there by now, and stays.
            let _ = fs::hard_link(&aside, &self.path);
        }
        let _ = fs::remove_file(aside);
    }

    fn is_at(&self, path: &Path) -> bool {
        let identity = |file: Metadata| (file.dev(), file.ino());
        let there = fs::symlink_metadata(path).map(identity);
        matches!((there, self.file.metadata().map(identity)), (Ok(there), Ok(this)) if there == this)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("port");
        let put = |text: &str| {
            let mut next = tempfile::NamedTempFile::new_in(&folder).unwrap();
            io::Write::write_all(&mut next, text.as_bytes()).unwrap();
            next.persist(&path).unwrap()
        };
        let left = || fs::read_dir(&folder).unwrap().count();

        let owned = OwnedFile::new(&path, &put("same")).unwrap();
        put("same");
        owned.remove();
        assert_eq!(left(), 1, "it came before");
        owned.take_away();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "same",
            "it came just now"
        );
        assert_eq!(left(), 1);

        let owned = OwnedFile::new(&path, &put("same")).unwrap();
        owned.remove();
        assert_eq!(left(), 0);
        owned.take_away();
    }
}
