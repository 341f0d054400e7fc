//! What a signal leaves, and how the command ends by it.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::tools::Place;

const SIGNALS: [Signal; 4] = [
    Signal::SIGINT,
    Signal::SIGTERM,
    Signal::SIGHUP,
    Signal::SIGQUIT,
];

/// What is made, which takes long, and a part of the path of what is there in the meantime.
const MADE: [(&str, &str); 3] = [
    ("relay --count 100000 -o made", ".tor-harness-"),
    ("network made --relays 1000 --keys", "/relays/"),
    (
        "network made --relays 1000 --keys --seed 2",
        ".tor-harness-",
    ),
];

/// A signal comes when there is something of it, or once too late.
#[test]
fn what_is_interrupted_is_not_there() {
    let place = Place::new();
    for (words, meanwhile) in MADE {
        for signal in SIGNALS {
            let was_interrupted = |_| {
                // Who runs the tests may ignore signals, as `nohup` does.
                let line =
                    format!("ulimit -c 0; exec env --default-signal tor-harness make {words}");
                let mut child = place.shell(&line).stderr(Stdio::piped()).spawn().unwrap();
                wait_until(&format!("{words}: {meanwhile}"), || {
                    assert_eq!(child.try_wait().unwrap(), None, "{words}");
                    place.all().iter().any(|path| path.contains(meanwhile))
                });
                let status = ended_by(child, signal);
                if status.success() {
                    let made = place.path("made");
                    fs::remove_dir_all(&made)
                        .or_else(|_| fs::remove_file(&made))
                        .unwrap();
                    return false;
                }
                assert_eq!(status.signal(), Some(signal as i32), "{words}: {status}");
                assert_eq!(place.all(), [""; 0], "{words}: {signal}");
                true
            };
            assert!((0..10).any(was_interrupted), "it was too quick ten times");
        }
    }
}

/// As behind `nohup`, or in the background of a script.
#[test]
fn a_signal_that_is_ignored_stays_so() {
    let place = Place::new();
    let line = "trap '' HUP INT; exec tor-harness make relay --count 100000 -o made";
    let child = place.shell(line).spawn().unwrap();
    wait_until("a file that is not whole", || !place.all().is_empty());
    for signal in [Signal::SIGHUP, Signal::SIGINT] {
        kill(id(&child), signal).unwrap();
    }
    let status = ended_by(child, Signal::SIGTERM);
    assert_eq!(status.signal(), Some(Signal::SIGTERM as i32), "{status}");
    assert_eq!(place.all(), [""; 0]);
}

fn ended_by(mut child: Child, signal: Signal) -> ExitStatus {
    kill(id(&child), signal).unwrap();
    let mut status = None;
    wait_until(&format!("the end by {signal}"), || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    status.unwrap()
}

fn id(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed())
}

#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "waited for {what}");
        thread::yield_now();
    }
}
