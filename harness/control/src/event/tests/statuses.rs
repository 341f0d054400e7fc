//! What tor says of itself: its log, its status, its options, its helpers.

use alloc::vec::Vec;

use crate::event::*;
use crate::keywords::Keywords;
use crate::value::HostPort;

#[test]
fn logs() {
    for (lines, text) in [
        // stem: "Tor says L", and no end of the line.
        ("650+WARN\nTor says LOOK\n.\n650 OK", "Tor says LOOK\n"),
        ("650 WARN Tor says LOOK", "Tor says LOOK"),
        ("650+NOTICE\nOK\n..\nOK\n.\n650 OK", "OK\n.\nOK\n"),
        ("650 INFO ", ""),
        ("650 DEBUG 5% \"a\\\" ", "5% \"a\\\" "),
    ] {
        check!(lines, Log, |log: Log<'_>| {
            assert_eq!(log.text(), text.as_bytes());
            assert_eq!(log.is_block(), text.ends_with('\n'));
        });
    }
}

#[test]
fn statuses() {
    check!(
        "650 STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY=\"5% \\\\\" WARNING=\"x\" \
         REASON=CONNECTREFUSED COUNT=1 RECOMMENDATION=warn HOSTID=\"00\" HOSTADDR=\"127.0.0.1:9\"",
        Status,
        |status: Status<'_>| {
            assert_eq!(status.severity, Severity::Warn);
            assert_eq!(status.action, StatusAction::Bootstrap);
            assert_eq!(status.progress(), Some(5));
            assert_eq!(status.tag(), Some(BootstrapTag::Conn));
            // stem: does not find the end of a quote with a backslash before it.
            assert_eq!(status.summary().as_deref(), Some("5% \\"));
            assert_eq!(status.warning().as_deref(), Some("x"));
            assert_eq!(status.recommendation(), Some(Recommendation::Warn));
            assert_eq!(status.host_id(), Some("00"));
            assert_eq!(status.host_address().unwrap().port(), Some(9));
        }
    );
    check!(
        "650 STATUS_CLIENT WARN SOCKS_UNKNOWN_PROTOCOL DATA=\"\"GET / HTTP\\r\\n\"\"",
        Status,
        |status: Status<'_>| {
            assert_eq!(status.data().as_deref(), Some(&b"GET / HTTP\r\n"[..]));
        }
    );
    check!(
        "650 STATUS_GENERAL WARN CLOCK_SKEW SKEW=-3600 MIN_SKEW=+60 SOURCE=OR:1.2.3.4:5",
        Status,
        |status: Status<'_>| {
            assert_eq!((status.skew(), status.min_skew()), (Some(-3600), Some(60)));
            let source = SkewSource::Or(HostPort::new("1.2.3.4:5"));
            assert_eq!(status.source(), Some(source));
        }
    );
    type Look = fn(Status<'_>) -> bool;
    let looks: &[(&str, Look)] = &[
        ("GENERAL WARN CLOCK_SKEW SKEW=9 SOURCE=/a b/state", |s| {
            s.source() == Some(SkewSource::Other("/a b/state"))
        }),
        (
            "GENERAL WARN DANGEROUS_VERSION CURRENT=0.4.8.1 REASON=OBSOLETE RECOMMENDED=\"a,b\"",
            |s| s.version_reason() == Some(VersionReason::Obsolete),
        ),
        (
            "GENERAL WARN BAD_LIBEVENT VERSION=1 METHOD=kqueue BADNESS=SLOW RECOVERED=NO",
            |s| {
                (s.method(), s.badness(), s.is_recovered())
                    == (Some("kqueue"), Some(Badness::Slow), Some(false))
            },
        ),
        ("CLIENT WARN DANGEROUS_PORT PORT=23 RESULT=REJECT", |s| {
            (s.port(), s.result()) == (Some(23), Some(PortResult::Reject))
        }),
        (
            "CLIENT WARN DANGEROUS_SOCKS PROTOCOL=SOCKS5 ADDRESS=a:1",
            |s| s.protocol() == Some(ClientProtocol::Socks5),
        ),
        (
            "SERVER NOTICE EXTERNAL_ADDRESS ADDRESS=1.2.3.4 METHOD=CONFIGURED_ORPORT",
            |s| s.address_method() == Some(AddressMethod::ConfiguredOrPort),
        ),
        (
            "CLIENT NOTICE CIRCUIT_NOT_ESTABLISHED REASON=CLOCK_JUMPED",
            |s| s.cause() == Some(StatusAction::ClockJumped),
        ),
        ("SERVER NOTICE HIBERNATION_STATUS STATUS=EXITING", |s| {
            s.status() == Some(ServerState::Exiting)
        }),
        (
            "SERVER WARN NAMESERVER_STATUS NS=1.2.3.4 STATUS=DOWN ERR=\"a b\"",
            |s| s.status() == Some(ServerState::Down) && s.error().as_deref() == Some("a b"),
        ),
    ];
    for (arguments, holds) in looks {
        let line = alloc::format!("650 STATUS_{arguments}");
        check!(&line, Status, |status: Status<'_>| {
            assert!(!matches!(status.action, StatusAction::Other(_)));
            assert!(holds(status), "{line}");
        });
    }
    check!(
        "650 STATUS_SEVER NOTICE NEW_ACTION",
        Status,
        |status: Status<'_>| {
            assert_eq!(status.code, EventCode::StatusSever);
            assert_eq!(status.action, StatusAction::Other("NEW_ACTION"));
        }
    );
}

#[test]
fn options_and_the_rest() {
    let lines = "650-CONF_CHANGED\n650-Nickname\n650-ExitPolicy=accept *:80\n\
                 650-ExitPolicy=reject *:*\n650-ContactInfo=\"a \\\"b\\\" \\n # c\"\n650-Log=a=b\n650 OK";
    check!(lines, ConfChanged, |changed: ConfChanged<'_>| {
        let settings: Vec<_> = changed.settings().map(Result::unwrap).collect();
        assert_eq!(settings.len(), 5);
        assert_eq!(settings[0].value, None);
        assert_eq!(settings[2].value.as_deref(), Some(&b"reject *:*"[..]));
        assert_eq!(settings[3].value.as_deref(), Some(&b"a \"b\" \n # c"[..]));
        assert_eq!(settings[4].value.as_deref(), Some(&b"a=b"[..]));
        assert_eq!(ConfChanged::of(settings), changed.to_reply());
    });
    // stem: knows five of them.
    for signal in crate::command::Signal::KNOWN {
        let line = alloc::format!("650 SIGNAL {signal}");
        check!(&line, Signal, |event: SignalEvent<'_>| {
            assert_eq!(event.signal, *signal);
        });
    }
    check!(
        "650 TRANSPORT_LAUNCHED server obfs4 [::1] 99",
        TransportLaunched,
        |transport: TransportLaunched<'_>| {
            assert_eq!(transport.role, TransportRole::Server);
            assert!(transport.ip().unwrap().is_ipv6());
        }
    );
    check!(
        "650 NETWORK_LIVENESS DOWN",
        NetworkLiveness,
        |liveness: NetworkLiveness<'_>| assert_eq!(liveness.status, Liveness::Down)
    );
    check!(
        "650 PT_LOG PT=/usr/bin/my proxy SEVERITY=debug MESSAGE=\"Connected to \\\"A\\\"\"",
        PtLog,
        |log: PtLog<'_>| {
            assert_eq!(log.program(), Some("/usr/bin/my proxy"));
            assert_eq!(log.severity(), Some(PtSeverity::Debug));
            assert_eq!(log.message().as_deref(), Some("Connected to \"A\""));
        }
    );
    check!(
        "650 PT_STATUS PT=obfs4proxy TRANSPORT=obfs4 CONNECT=Success",
        PtStatus,
        |status: PtStatus<'_>| {
            assert_eq!(status.transport(), Some("obfs4"));
            assert_eq!(status.keywords.plain("CONNECT"), Some("Success"));
        }
    );
    check!("650 DESCCHANGED", DescChanged, |changed: DescChanged<
        '_,
    >| assert_eq!(
        changed.keywords,
        Keywords::NONE
    ));
}
