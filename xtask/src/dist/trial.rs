//! What was made is tried where nothing else is installed.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

use super::build::{Product, Workshop, venv};
use crate::cargo;

/// How long the command may take to start, then to answer.
const DEADLINE: Duration = Duration::from_secs(20);

/// What a controller says that only looks in, and then ends the fixture.
const VISIT: &[u8] = b"AUTHENTICATE\r\nGETINFO version\r\nSIGNAL SHUTDOWN\r\n";

/// What it hears, without the version's value.
const HEARD: [&str; 3] = ["250 OK\r\n250-version=0.", "\r\n250 OK\r\n", "250 OK\r\n"];

/// The command compiled, linked and packed again, which has to have the same bytes.
pub(crate) fn again(workshop: &Workshop, product: &Product) -> Result<Product> {
    workshop.forget_the_binary()?;
    let again = workshop.make("dist-check")?;
    for (one, other) in [
        (&product.binary, &again.binary),
        (&product.wheel, &again.wheel),
    ] {
        let same = fs::read(one)? == fs::read(other)?;
        let (one, other) = (one.display(), other.display());
        ensure!(same, "{one} and {other} are of the same source and differ");
    }
    Ok(again)
}

/// The binary runs in a folder that holds nothing else, as the root of its world.
pub(crate) fn runs_in_an_empty_root(product: &Product) -> Result<()> {
    let root = product.binary.with_file_name("root");
    fs::create_dir(&root)?;
    fs::copy(&product.binary, root.join("tor-harness"))?;
    let mut inside = Command::new("timeout");
    inside
        .arg(DEADLINE.as_secs().to_string())
        .args(["unshare", "--map-root-user", "--root"])
        .arg(&root)
        .args(["/tor-harness", "mock", "--with-parent"])
        .env_clear()
        .env("TMPDIR", "/");
    visit(&mut inside).context("the binary in an empty root")?;
    let left = fs::read_dir(&root)?.count();
    ensure!(left == 1, "{} holds more than the binary", root.display());
    Ok(())
}

/// The wheel, installed alone into a fresh virtual environment, brings the command.
pub(crate) fn runs_from_a_fresh_venv(product: &Product) -> Result<()> {
    let fresh = product.wheel.with_file_name("venv");
    let mut create = Command::new(venv("python"));
    cargo::run(create.args(["-m", "venv", "--without-pip"]).arg(&fresh))?;
    let mut install = Command::new(venv("python"));
    install.args(["-m", "pip", "--disable-pip-version-check", "--python"]);
    install.arg(fresh.join("bin/python"));
    install
        .args(["install", "--quiet", "--no-index"])
        .arg(&product.wheel);
    cargo::run(&mut install)?;

    let mut inside = Command::new(fresh.join("bin/tor-harness"));
    inside
        .args(["mock", "--auth", "cookie", "--", "sh", "-c"])
        .arg(r#"test "$TOR_CONTROL_PORT" -gt 0 && test -s "$TOR_CONTROL_COOKIE_AUTH_FILE""#)
        .env_clear();
    cargo::run(&mut inside).context("the wheel in a fresh virtual environment")
}

/// Starts the command, holds a short conversation with its control port that ends it, and waits for that.
fn visit(command: &mut Command) -> Result<()> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", Path::new(command.get_program()).display()))?;
    let conversation = child
        .stdout
        .take()
        .context("its output was piped")
        .and_then(|stdout| {
            let mut announcement = String::new();
            BufReader::new(stdout).read_line(&mut announcement)?;
            converse(&announcement)
        });
    if conversation.is_err() {
        // It may have ended by itself, which is why.
        let _ = child.kill();
    }
    let status = child.wait()?;
    conversation?;
    ensure!(status.success(), "told to end, it did with {status}");
    Ok(())
}

fn converse(announcement: &str) -> Result<()> {
    let ready: serde_json::Value = serde_json::from_str(announcement)
        .with_context(|| format!("expected a line of JSON, got {announcement:?}"))?;
    let Some(address) = ready["control"].as_str() else {
        bail!("expected the control port's address, got {announcement:?}");
    };
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    stream.write_all(VISIT)?;
    let mut heard = String::new();
    stream.read_to_string(&mut heard)?;
    let [start, middle, end] = HEARD;
    let as_expected = heard.starts_with(start) && heard.contains(middle) && heard.ends_with(end);
    ensure!(as_expected, "expected the replies of tor, got {heard:?}");
    Ok(())
}
