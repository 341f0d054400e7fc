//! Files that a mock writes while it runs.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tor_harness_mock::Mock;

use crate::wire::{ask, authenticated};

const OK: &str = "250 OK\r\n";

/// The folder of a mock, which `GETINFO config-file` tells.
fn folder(mock: &Mock) -> PathBuf {
    let mut stream = authenticated(mock);
    stream.write_all(b"GETINFO config-file\r\n").unwrap();
    let line = BufReader::new(stream).lines().next().unwrap().unwrap();
    let torrc = Path::new(line.strip_prefix("250-config-file=").unwrap());
    torrc.parent().unwrap().to_path_buf()
}

#[test]
fn are_there_before_the_reply() {
    let mock = Mock::builder().start().unwrap();
    let folder = folder(&mock);
    let mut stream = authenticated(&mock);
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();

    let before = text("torrc");
    ask(&mut stream, "SETCONF Nickname=saved", OK);
    ask(&mut stream, "SAVECONF", OK);
    assert_eq!(text("torrc.orig.1"), before);
    assert!(text("torrc").contains("\nNickname saved\n"));

    ask(&mut stream, "SETCONF CookieAuthentication=1", OK);
    let cookie = fs::metadata(folder.join("data/control_auth_cookie")).unwrap();
    assert_eq!(
        (cookie.len(), cookie.permissions().mode() & 0o777),
        (32, 0o600)
    );
}

#[test]
fn are_in_its_own_folder_alone() {
    let mock = Mock::builder().start().unwrap();
    let folder = folder(&mock);
    let outside = tempfile::tempdir().unwrap();
    let inside_out = folder.join("data/../../cookie");
    let mut stream = authenticated(&mock);
    for path in [&outside.path().join("cookie"), &inside_out] {
        let command = format!("SETCONF CookieAuthFile={}", path.display());
        ask(&mut stream, &command, OK);
        for on in ["1", "0"] {
            ask(
                &mut stream,
                &format!("SETCONF CookieAuthentication={on}"),
                OK,
            );
        }
        assert!(!path.exists(), "{}", path.display());
    }
}
