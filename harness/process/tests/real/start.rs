//! A throwaway tor is what was asked for, with nothing of the outside.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use libtest_mimic::Failed;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tor_harness_control::auth::AuthConfig;
use tor_harness_process::{Error, Listen, Tor, find_tor};
use tor_harness_types::Endpoint;

use crate::Test;
use crate::wait::until;

pub(crate) const TESTS: &[Test] = &[
    (
        "start::every_authentication_on_every_socket",
        every_authentication_on_every_socket,
    ),
    (
        "start::a_given_socket_goes_with_its_tor",
        a_given_socket_goes_with_its_tor,
    ),
    ("start::a_given_port_is_used", a_given_port_is_used),
    ("start::a_taken_port_is_told", a_taken_port_is_told),
    ("start::a_bad_torrc_is_told", a_bad_torrc_is_told),
    ("start::torrc_lines_count", torrc_lines_count),
    (
        "start::no_torrc_undoes_the_promises",
        no_torrc_undoes_the_promises,
    ),
    (
        "start::the_users_environment_stays_outside",
        the_users_environment_stays_outside,
    ),
    ("start::many_at_once", many_at_once),
];

fn every_authentication_on_every_socket() -> Result<(), Failed> {
    let null = AuthConfig::null;
    for auth in [
        null(),
        null().and_cookie(),
        null()
            .and_password("a \"quoted\" \\ secret")
            .and_password("another"),
        null().and_cookie().and_password("secret"),
    ] {
        for listen in [Listen::Tcp, Listen::Unix] {
            let tor = Tor::builder()
                .listen(listen.clone())
                .auth(auth.clone())
                .start()?;
            same(
                &matches!(tor.endpoint(), Endpoint::Unix(_)),
                &(listen == Listen::Unix),
            )?;
            same(&tor.cookie_file().is_some(), &auth.cookie)?;
            same(&*tor.client()?.get_info("version")?, tor.version())?;
            same(&*find_tor()?.version()?, tor.version())?;
            same(
                &(fs::metadata(tor.folder())?.permissions().mode() & 0o777),
                &0o700,
            )?;
            tor.stop()?;
        }
    }
    Ok(())
}

fn a_given_socket_goes_with_its_tor() -> Result<(), Failed> {
    let elsewhere = tempfile::tempdir()?;
    let socket = elsewhere.path().join("a socket");
    let endpoint = Endpoint::Unix(socket.display().to_string());
    let tor = Tor::builder().listen(endpoint.clone()).start()?;
    same(tor.endpoint(), &endpoint)?;
    tor.client()?;
    tor.stop()?;
    same(&socket.exists(), &false)
}

fn a_given_port_is_used() -> Result<(), Failed> {
    let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let tor = Tor::builder().listen(Endpoint::Tcp(free)).start()?;
    same(tor.endpoint(), &Endpoint::Tcp(free))?;
    Ok(tor.stop()?)
}

fn a_taken_port_is_told() -> Result<(), Failed> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let endpoint = Endpoint::Tcp(taken.local_addr()?);
    let error = Tor::builder().listen(endpoint).start();
    told(error, "Address already in use")
}

fn a_bad_torrc_is_told() -> Result<(), Failed> {
    let error = Tor::builder().torrc_line("NoSuchOption 1").start();
    if !matches!(error, Err(Error::BadTorrc { .. })) {
        return Err(format!("expected BadTorrc, got {error:?}").into());
    }
    told(
        error,
        "\n    [warn] Failed to parse/validate config: Unknown option 'NoSuchOption'.",
    )
}

fn torrc_lines_count() -> Result<(), Failed> {
    let tor = Tor::builder()
        .torrc(
            "Nickname fromfile\nSocksPort auto\nLog info file {dir}/info.log",
            "a file",
        )
        .torrc_line("ContactInfo somebody")
        .start()?;
    let log = format!("info file {}/info.log", tor.folder().display());
    for (option, values) in [
        ("Nickname", vec!["fromfile"]),
        ("ContactInfo", vec!["somebody"]),
        ("SocksPort", vec!["auto"]),
        ("GeoIPFile", vec!["/dev/null"]),
        ("Log", vec!["notice stdout", &log]),
    ] {
        has(&tor, option, &values)?;
    }
    same(&tor.folder().join("info.log").exists(), &true)?;
    Ok(tor.stop()?)
}

fn no_torrc_undoes_the_promises() -> Result<(), Failed> {
    let tor = Tor::builder().start()?;
    fs::write(
        tor.folder().join("torrc"),
        "DisableNetwork 0\nRunAsDaemon 1\nDataDirectory other\nControlPort 0\nLog notice stdout\n",
    )?;
    kill(Pid::from_raw(tor.pid().cast_signed()), Signal::SIGHUP)?;
    until(Duration::from_secs(10), || {
        let reread = tor.log().matches("Read configuration file").count() >= 4;
        reread
            .then_some(())
            .ok_or_else(|| format!("tor did not read it again:\n{}", tor.log()))
    })?;
    has(&tor, "DisableNetwork", &["1"])?;
    has(&tor, "RunAsDaemon", &["0"])?;
    has(&tor, "ControlPort", &["127.0.0.1:auto"])?;
    Ok(tor.stop()?)
}

fn the_users_environment_stays_outside() -> Result<(), Failed> {
    let tor = Tor::builder().start()?;
    let environment = fs::read_to_string(format!("/proc/{}/environ", tor.pid()))?;
    let names: Vec<&str> = environment
        .split('\0')
        .filter_map(|variable| variable.split_once('='))
        .map(|(name, _)| name)
        .filter(|name| !name.starts_with("LD_"))
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    same(&*sorted, ["HOME", "LC_ALL", "PATH"].as_slice())?;
    Ok(tor.stop()?)
}

/// 50, 10 at a time.
fn many_at_once() -> Result<(), Failed> {
    let five = || -> Result<(), String> {
        for _ in 0..5 {
            let tor = Tor::builder().start().map_err(|error| error.to_string())?;
            let (folder, process) = (tor.folder().to_owned(), format!("/proc/{}", tor.pid()));
            tor.stop().map_err(|error| error.to_string())?;
            for left in [folder, process.into()] {
                if left.exists() {
                    return Err(format!("{} is still there", left.display()));
                }
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..10).map(|_| scope.spawn(five)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().expect("it does not panic"))
    })?;
    Ok(())
}

fn has(tor: &Tor, option: &str, values: &[&str]) -> Result<(), Failed> {
    let got = tor.client()?.get_conf(option)?;
    if got == values {
        return Ok(());
    }
    Err(format!("expected {option} to be {values:?}, got {got:?}").into())
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(got: &T, expected: &T) -> Result<(), Failed> {
    if got == expected {
        return Ok(());
    }
    Err(format!("expected {expected:?}, got {got:?}").into())
}

fn told(result: Result<Tor, Error>, expected: &str) -> Result<(), Failed> {
    let shown = result.err().ok_or("expected an error")?.to_string();
    if shown.contains(expected) {
        return Ok(());
    }
    Err(format!("expected {expected:?} in:\n{shown}").into())
}
