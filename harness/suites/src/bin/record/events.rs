//! Events that a tor without network can be made to send.

use anyhow::{Context as _, Result};
use tor_harness::fixtures::Kind;

use crate::book::{Book, Setup};
use crate::lines::ask_all;

/// An event, and how a tor of its own is made to send it.
struct Provoked {
    file: &'static str,
    event: &'static str,
    lines: &'static [&'static str],
    /// What the event has, to tell it from others of its name.
    has: &'static str,
}

const fn provoked(
    file: &'static str,
    event: &'static str,
    lines: &'static [&'static str],
    has: &'static str,
) -> Provoked {
    Provoked {
        file,
        event,
        lines,
        has,
    }
}

const EVENTS: &[Provoked] = &[
    provoked("bw", "BW", &[], ""),
    provoked("debug", "DEBUG", &[], "periodic event save_state"),
    provoked(
        "info",
        "INFO",
        &["MAPADDRESS 1.2.3.4=1.2.3.5"],
        "addressmap_register",
    ),
    provoked(
        "notice",
        "NOTICE",
        &["SETCONF Nickname=harness"],
        "DisableNetwork is set",
    ),
    provoked("notice-path", "NOTICE", &["SIGNAL RELOAD"], "/torrc"),
    provoked("warn", "WARN", &["DROPGUARDS"], "dangerous"),
    provoked("warn-quotes", "WARN", &["SETCONF nonsense=1"], "nonsense"),
    provoked("signal-reload", "SIGNAL", &["SIGNAL HUP"], ""),
    provoked("signal-dump", "SIGNAL", &["SIGNAL USR1"], ""),
    provoked("signal-debug", "SIGNAL", &["SIGNAL USR2"], ""),
    provoked(
        "signal-cleardnscache",
        "SIGNAL",
        &["SIGNAL CLEARDNSCACHE"],
        "",
    ),
    provoked("signal-heartbeat", "SIGNAL", &["SIGNAL HEARTBEAT"], ""),
    provoked("signal-dormant", "SIGNAL", &["SIGNAL DORMANT"], ""),
    provoked(
        "signal-active",
        "SIGNAL",
        &["SIGNAL DORMANT", "SIGNAL ACTIVE"],
        "ACTIVE",
    ),
    provoked(
        "conf-changed",
        "CONF_CHANGED",
        &["SETCONF Nickname=harness"],
        "",
    ),
    provoked(
        "conf-changed-several",
        "CONF_CHANGED",
        &["SETCONF Nickname=harness SafeLogging=0 BandwidthRate=1MB"],
        "",
    ),
    provoked(
        "conf-changed-list",
        "CONF_CHANGED",
        &["SETCONF ExitPolicy=\"accept *:80\" ExitPolicy=\"reject *:*\""],
        "",
    ),
    provoked(
        "conf-changed-quoted",
        "CONF_CHANGED",
        &["SETCONF ContactInfo=\"a \\\"b\\\" \\n # c\""],
        "",
    ),
    provoked(
        "conf-changed-unset",
        "CONF_CHANGED",
        &["SETCONF Nickname=harness", "RESETCONF Nickname"],
        "-Nickname\r",
    ),
    provoked("addrmap", "ADDRMAP", &["MAPADDRESS 1.2.3.4=1.2.3.5"], ""),
    provoked(
        "addrmap-error",
        "ADDRMAP",
        &["RESOLVE example.com", "SIGNAL RELOAD"],
        "error",
    ),
    provoked("stream-newresolve", "STREAM", &["RESOLVE example.com"], ""),
    provoked(
        "stream-newresolve-reverse",
        "STREAM",
        &["RESOLVE mode=reverse 1.2.3.4"],
        "",
    ),
    provoked(
        "stream-closed-hibernating",
        "STREAM",
        &["RESOLVE example.com", "SIGNAL RELOAD"],
        "CLOSED",
    ),
    provoked(
        "stream-closed-by-controller",
        "STREAM",
        &["RESOLVE example.com", "CLOSESTREAM {stream} 1"],
        "CLOSED",
    ),
    provoked(
        "buildtimeout-set",
        "BUILDTIMEOUT_SET",
        &["DROPTIMEOUTS"],
        "",
    ),
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    let setup = Setup::NULL;
    for one in EVENTS {
        let tor = book.start(&setup)?;
        let mut client = tor.client()?;
        let subscribe = format!("SETEVENTS {}", one.event);
        let lines = [&[subscribe.as_str()], one.lines].concat();
        let (command, _) = ask_all(&mut client, &lines)?;
        let expected = format!("{} after {command:?}", one.event);
        let event = client
            .wait_for_event(&expected, |event| {
                let bytes = event.message().as_bytes();
                String::from_utf8_lossy(bytes).contains(one.has)
            })
            .context(one.file)?;
        let path = format!("control/event/{}", one.file);
        book.add_message(
            path,
            Kind::Event,
            setup.name,
            tor.folder(),
            &command,
            &event,
        )?;
    }
    Ok(())
}
