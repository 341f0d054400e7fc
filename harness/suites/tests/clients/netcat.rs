//! A person with `nc`, who ends lines with LF alone.

use std::io::Write as _;
use std::process::{Command, Stdio};

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness::types::Endpoint;
use tor_harness_suites::fixture;

/// One test for each method that needs no computing.
pub(crate) fn tests() -> Vec<Test> {
    [Method::Null, Method::Password, Method::Cookie]
        .into_iter()
        .map(|method| {
            let name = format!("nc: {}", method.name());
            Test::new(name, move |ctx: &Context| types(ctx, method)).requires(nc_is_there)
        })
        .collect()
}

fn nc_is_there() -> Result<(), String> {
    let help = Command::new("nc").arg("-h").output();
    let text = help.map(|output| [output.stdout, output.stderr].concat());
    match text.is_ok_and(|text| String::from_utf8_lossy(&text).contains("-U")) {
        true => Ok(()),
        false => Err("no nc that knows Unix sockets; run .ci/install".into()),
    }
}

fn types(ctx: &Context, method: Method) -> TestResult {
    let fixture = fixture(ctx, Some(method.auth()))?;
    let secret = match fixture.credentials(method) {
        Credentials::Password(password) => hex(password.as_bytes()),
        Credentials::Cookie(file) => hex(&std::fs::read(file)?),
        _ => String::new(),
    };
    let typed = format!("AUTHENTICATE {secret}\nGETINFO version\n\nGETCONF disablenetwork\nQUIT\n");

    let mut nc = Command::new("nc");
    match fixture.endpoint() {
        Endpoint::Tcp(address) => nc.args([address.ip().to_string(), address.port().to_string()]),
        Endpoint::Unix(path) => nc.arg("-U").arg(path),
    };
    let mut child = nc.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    // Dropped at the end of the line: nc sees the end of what is typed.
    child
        .stdin
        .take()
        .ok_or("no stdin")?
        .write_all(typed.as_bytes())?;
    let shown = String::from_utf8(child.wait_with_output()?.stdout)?;

    let lines: Vec<_> = shown.split_terminator("\r\n").collect();
    match lines[..] {
        [
            "250 OK",
            version,
            "250 OK",
            empty,
            "250 DisableNetwork=1",
            "250 closing connection",
        ] if version.starts_with("250-version=0.4.") && empty.starts_with("510 ") => Ok(()),
        _ => Err(format!("typed\n{typed}\nnc showed\n{shown}").into()),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}
