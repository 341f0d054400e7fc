//! The file that says where the fixture listens.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;
use tor_harness::types::Endpoint;
use tor_harness_scratch::Folder;

/// A file in the format of tor's `ControlPortWriteToFile`, removed when dropped or when this
/// process is killed, unless another fixture has written its own since.
#[derive(Debug)]
pub(crate) struct PortFile {
    _owner: Folder,
}

impl PortFile {
    /// Writes the file at once and whole: who waits for it never reads half of it.
    pub(crate) fn write(path: &Path, endpoint: &Endpoint) -> Result<Self> {
        let content = endpoint.port_file_line();
        Self::check(path)?;
        let mut owner = Folder::create()?;
        NamedTempFile::new_in(folder(path))
            .and_then(|mut file| file.write_all(content.as_bytes()).map(|()| file))
            .and_then(|file| owner.owns_file(path, file.as_file()).map(|()| file))
            .and_then(|file| Ok(file.persist(path)?))
            .with_context(|| format!("--port-file {}", path.display()))?;
        Ok(Self { _owner: owner })
    }

    /// Whether it could be written: to be asked before what listens is started.
    pub(crate) fn check(path: &Path) -> Result<()> {
        is_free(path)?;
        NamedTempFile::new_in(folder(path))
            .with_context(|| format!("--port-file {}", path.display()))?;
        Ok(())
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Only nothing, or another port file, is replaced: a path can be mistaken.
fn is_free(path: &Path) -> Result<()> {
    let Ok(there) = path.symlink_metadata() else {
        return Ok(());
    };
    let is_port_file = || {
        fs::read(path).is_ok_and(|content| {
            content.is_empty()
                || content.starts_with(b"PORT=")
                || content.starts_with(b"UNIX_PORT=")
        })
    };
    if !there.is_file() || !is_port_file() {
        bail!(
            "--port-file {}: there is something else, which would be lost",
            path.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("port");
        let endpoint = "127.0.0.1:9051".parse().unwrap();
        let file = PortFile::write(&path, &endpoint).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "PORT=127.0.0.1:9051\n");
        drop(file);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);

        let file = PortFile::write(&path, &endpoint).unwrap();
        let another = PortFile::write(&path, &endpoint).unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "PORT=127.0.0.1:9051\n");
        drop(another);

        fs::write(&path, "somebody's").unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("link")).unwrap();
        for mistaken in [
            &path,
            &folder.path().join("link"),
            &folder.path().to_path_buf(),
        ] {
            let error = PortFile::write(mistaken, &endpoint).unwrap_err();
            assert!(error.to_string().contains("would be lost"), "{error:#}");
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's");

        let error = PortFile::write(&folder.path().join("none/port"), &endpoint).unwrap_err();
        assert!(format!("{error:#}").contains("none/port"), "{error:#}");
    }
}
