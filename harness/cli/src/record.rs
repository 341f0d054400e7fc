//! `tor-harness record`.

use std::fs::{self, Permissions};
use std::io;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;
use tor_harness::Announcement;
use tor_harness::mock::recording::{Recording, StandIns};
use tor_harness::process::Tor;
use tor_harness::types::Listen;

use crate::args::RecordArgs;
use crate::owner::Endings;
use crate::proxy::Proxy;
use crate::session;

/// Records what is said to a throwaway tor until the command is to end.
pub(crate) fn run(args: RecordArgs) -> Result<ExitCode> {
    let parent = args.common.parent();
    let auth = args.common.auth()?;
    if let Err(code) = session::check(&args.common, &auth, Announcement::default())? {
        return Ok(code.into());
    }
    let password = auth.passwords.first().cloned();
    let file = Target::new(&args.to)?;
    let mut builder = Tor::builder().auth(auth).listen(Listen::Unix);
    if let Some(path) = args.tor {
        builder = builder.executable(path);
    }
    let tor = builder.start()?;
    let proxy = Proxy::start(&args.common.listen, tor.endpoint())?;
    let mut endings = Endings::listen(parent)?;
    let announcement = Announcement::tor(&tor, password.clone()).at(proxy.endpoint());
    let endpoint = proxy.endpoint().clone();
    let code = session::hold(&args.common, &mut endings, &announcement, &endpoint, || {
        tor.has_ended()
    })?;
    let folder = tor.folder().to_string_lossy();
    let stand_ins = StandIns::new(&folder, password.as_deref());
    file.write(&proxy.finish().finish(tor.version(), stand_ins))?;
    Ok(code)
}

/// The file that is to be written.
struct Target<'p> {
    path: &'p Path,
    folder: &'p Path,
}

impl<'p> Target<'p> {
    /// Only nothing, or another recording, is replaced: a path can be mistaken.
    /// What cannot be written is said at once, not when all is done.
    fn new(path: &'p Path) -> Result<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let there = path.symlink_metadata();
        let is_recording = || {
            fs::read_to_string(path)
                .is_ok_and(|text| text.is_empty() || Recording::parse(&text, "").is_ok())
        };
        if there.is_ok_and(|there| !there.is_file() || !is_recording()) {
            bail!(
                "--to {}: there is something else than a recording, which would be lost",
                path.display()
            );
        }
        temporary(folder).with_context(|| format!("--to {}", path.display()))?;
        Ok(Self { path, folder })
    }

    fn write(&self, recording: &Recording) -> Result<()> {
        temporary(self.folder)
            .and_then(|mut file| write!(file, "{recording}").map(|()| file))
            .and_then(|file| Ok(file.persist(self.path)?))
            .with_context(|| format!("--to {}", self.path.display()))?;
        Ok(())
    }
}

/// A file that becomes what anyone may read whom the umask lets.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)
}
