//! Measures how much longer `Tor::builder().start()` takes than the least that
//! gets the same tor to the same point: spawned by hand, files already there.
//!
//! Both wait for the log line of the control port, then authenticate. They
//! take turns, so that a busy machine hits both: one at a time, then eight.

use std::error::Error;
use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tor_harness_client::{Client, Credentials};
use tor_harness_control::auth::AuthConfig;
use tor_harness_process::{Listen, Tor, find_tor};
use tor_harness_types::Endpoint;

const TORS: usize = 96;
const DEADLINE: Duration = Duration::from_secs(30);

type Start = fn() -> Result<Duration, Box<dyn Error + Send + Sync>>;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    for at_a_time in [1, 8] {
        let mut bare = Vec::new();
        let mut built = Vec::new();
        for _ in 0..TORS / at_a_time {
            bare.extend(together(at_a_time, by_hand)?);
            built.extend(together(at_a_time, by_builder)?);
        }
        report(&format!("{at_a_time} at a time"));
        let by_hand = summary("by hand", &mut bare);
        let by_builder = summary("Tor::builder().start()", &mut built);
        let ratio = by_builder.as_secs_f64() / by_hand.as_secs_f64();
        report(&format!("  ratio of medians {ratio:.2}"));
    }
    Ok(())
}

fn together(count: usize, start: Start) -> Result<Vec<Duration>, Box<dyn Error + Send + Sync>> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(start)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(|_| "a panic")?)
            .collect()
    })
}

/// TOR.md's best: a Unix socket, SAFECOOKIE, no GeoIP files, no SOCKS port.
fn by_hand() -> Result<Duration, Box<dyn Error + Send + Sync>> {
    let folder = tempfile::Builder::new()
        .permissions(Permissions::from_mode(0o700))
        .tempdir()?;
    let file = |name: &str| folder.path().join(name);
    fs::write(file("torrc"), "")?;
    fs::write(file("defaults-torrc"), "")?;
    let socket = file("control");
    let mut command = Command::new(find_tor()?.path());
    command
        .arg("-f")
        .arg(file("torrc"))
        .arg("--defaults-torrc")
        .arg(file("defaults-torrc"))
        .arg("--DataDirectory")
        .arg(file("data"))
        .arg("--ControlPort")
        .arg(format!("unix:{}", socket.display()))
        .args([
            "--CookieAuthentication",
            "1",
            "--DisableNetwork",
            "1",
            "--RunAsDaemon",
            "0",
        ])
        .args([
            "--SocksPort",
            "0",
            "--GeoIPFile",
            "/dev/null",
            "--GeoIPv6File",
            "/dev/null",
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped());

    let started = Instant::now();
    let mut child = command.spawn()?;
    let mut log = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let opened = log
        .by_ref()
        .map_while(Result::ok)
        .any(|line| line.contains("Opened Control listener"));
    let result = if opened {
        authenticate(&socket, &file("data/control_auth_cookie"))
    } else {
        Err("no control port".into())
    };
    let taken = started.elapsed();
    child.kill()?;
    child.wait()?;
    result.map(|()| taken)
}

fn authenticate(socket: &Path, cookie: &Path) -> Result<(), Box<dyn Error + Send + Sync>> {
    let endpoint = Endpoint::Unix(socket.display().to_string());
    let mut client = Client::connect(&endpoint, DEADLINE)?;
    client.authenticate(&Credentials::SafeCookie(cookie.to_owned()))?;
    Ok(())
}

fn by_builder() -> Result<Duration, Box<dyn Error + Send + Sync>> {
    let builder = Tor::builder()
        .listen(Listen::Unix)
        .auth(AuthConfig::null().and_cookie());
    let started = Instant::now();
    let tor = builder.start()?;
    let taken = started.elapsed();
    tor.stop()?;
    Ok(taken)
}

fn summary(name: &str, times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    let median = times[times.len() / 2];
    report(&format!(
        "  {name:24}min {:5.1?}  median {median:5.1?}  max {:5.1?}  n {}",
        times[0],
        times[times.len() - 1],
        times.len()
    ));
    median
}

#[expect(clippy::print_stdout, reason = "an example tells its result")]
fn report(line: &str) {
    println!("{line}");
}
