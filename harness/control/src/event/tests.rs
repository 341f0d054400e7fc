//! Events as tor sends them, and as stem misreads them.

use alloc::string::String;
use alloc::vec::Vec;

use super::*;
use crate::decoder::Decoder;
use crate::keywords::Keywords;
use crate::problem::Problem;
use crate::value::{CircPurpose, CircReason, HostPort, LongName, Path, StreamReason, Target};

/// Reads an event, checks that its fields encode to the same bytes, and hands
/// it to `look`.
fn check(lines: &str, look: impl FnOnce(Event<'_>)) {
    let wire = lines.replace('\n', "\r\n") + "\r\n";
    let mut decoder = Decoder::new();
    decoder.push(wire.as_bytes());
    let message = decoder.next().unwrap().unwrap();
    assert_eq!(message.as_bytes(), wire.as_bytes(), "one message");
    let event = Event::parse(&message).unwrap_or_else(|e| panic!("{}", e.render(wire.as_bytes())));
    assert_eq!(
        String::from_utf8_lossy(&event.to_reply().encode()),
        wire,
        "law 3"
    );
    look(event);
}

/// Checks with a look at the fields of the type that it has to be.
macro_rules! check {
    ($lines:expr, $variant:ident, $look:expr) => {
        check($lines, |event| {
            let Event::$variant(event) = event else {
                panic!("{event:?}")
            };
            ($look)(event)
        })
    };
}

#[test]
fn every_recording_has_a_type_and_its_bytes() {
    let events: Vec<_> = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with("control/event/"))
        .collect();
    assert!(events.len() > 50);
    for fixture in events {
        let text = core::str::from_utf8(fixture.bytes).unwrap();
        check(text.trim_end().replace("\r\n", "\n").as_str(), |event| {
            assert!(!matches!(event, Event::Other(_)), "{}", fixture.path);
        });
    }
}

#[test]
fn tor_offers_what_can_be_subscribed_to() {
    let fixture = tor_fixtures::find("control/getinfo/events-names").unwrap();
    let text = core::str::from_utf8(fixture.bytes).unwrap();
    let names = text.lines().next().unwrap();
    let offered: Vec<_> = names
        .trim_start_matches("250-events/names=")
        .split(' ')
        .map(EventCode::new)
        .collect();
    assert_eq!(offered, EventCode::SUBSCRIBABLE);
}

#[test]
fn every_known_name_has_a_type() {
    // Enough for any: positional arguments that are numbers, then keywords.
    let arguments = "1 1 1 1 ID=1 TYPE=OR READ=1 WRITTEN=1 LAST=1";
    for code in EventCode::KNOWN {
        check(&alloc::format!("650 {code} {arguments}"), |event| {
            assert_eq!(event.code(), *code);
            assert!(!matches!(event, Event::Other(_)), "{code}");
        });
    }
}

#[test]
fn circuits() {
    const FIRST: &str = "$2171A44D9B34A730EE66771D831E29B1382C014C";
    let line = alloc::format!(
        "650 CIRC 7 CLOSED {FIRST}~a,{FIRST}=b,{FIRST},d \
         BUILD_FLAGS=IS_INTERNAL,NEED_UPTIME,NEW_FLAG PURPOSE=NEW_PURPOSE HS_STATE=HSCR_JOINED \
         REND_QUERY=abc TIME_CREATED=2026-11-21T23:56:40.5 REASON=DESTROYED REMOTE_REASON=UNKNOWN_9 \
         SOCKS_USERNAME=\"a b=c \\\" REASON=x\" SOCKS_PASSWORD=\"\\303\\251\\377\" HS_POW=v1,12"
    );
    check!(&line, Circ, |circ: Circ<'_>| {
        assert_eq!((circ.id, circ.status), ("7", CircStatus::Closed));
        let names: Vec<_> = circ.hops().map(|hop| hop.nickname()).collect();
        assert_eq!(names, [Some("a"), Some("b"), None, Some("d")]);
        let flags: Vec<_> = circ.build_flags().map(|flag| flag.as_str()).collect();
        assert_eq!(flags, ["IS_INTERNAL", "NEED_UPTIME", "NEW_FLAG"]);
        assert_eq!(circ.purpose(), Some(CircPurpose::Other("NEW_PURPOSE")));
        assert_eq!(circ.time_created().unwrap().nanoseconds(), 500_000_000);
        assert_eq!(circ.reason(), Some(CircReason::Destroyed));
        assert_eq!(circ.remote_reason(), Some(CircReason::Other("UNKNOWN_9")));
        // stem: leaves the escapes in.
        assert_eq!(
            circ.socks_username().as_deref(),
            Some(&b"a b=c \" REASON=x"[..])
        );
        assert_eq!(circ.socks_password().as_deref(), Some(&b"\xc3\xa9\xff"[..]));
        assert_eq!(circ.hs_pow(), Some(("v1", 12)));
    });
    check!(
        "650 CIRC 8 BUILT $AB~c PURPOSE=CONFLUX_LINKED CONFLUX_ID=0A1B CONFLUX_RTT=52000",
        Circ,
        |circ: Circ<'_>| {
            assert_eq!(circ.purpose(), Some(CircPurpose::ConfluxLinked));
            assert_eq!(circ.conflux_id(), Some("0A1B"));
            assert_eq!(circ.conflux_rtt(), Some(52_000));
        }
    );
    // Without VERBOSE_NAMES: names and fingerprints mixed.
    for (arguments, path) in [
        ("1 LAUNCHED", None),
        ("1 LAUNCHED PURPOSE=GENERAL", None),
        ("1 EXTENDED moria1,$AB=c", Some("moria1,$AB=c")),
        ("1 EXTENDED $AB=c PURPOSE=GENERAL", Some("$AB=c")),
    ] {
        check!(
            &alloc::format!("650 CIRC {arguments}"),
            Circ,
            |circ: Circ<'_>| assert_eq!(circ.path, path.map(Path::new))
        );
    }
    check!(
        "650 CIRC_MINOR 3 CANNIBALIZED $AB~c PURPOSE=HS_CLIENT_INTRO SOCKS_USERNAME=\"a\" \
         SOCKS_PASSWORD=\"\" HS_POW=v1,3 CONFLUX_ID=0A CONFLUX_RTT=9 OLD_PURPOSE=HS_VANGUARDS \
         OLD_TIME_CREATED=2026-11-21T23:56:40.527050",
        CircMinor,
        |minor: CircMinor<'_>| {
            let old = minor.old_time_created().unwrap();
            assert_eq!(old.nanoseconds(), 527_050_000);
            assert_eq!(minor.hs_pow(), Some(("v1", 3)));
            assert_eq!(minor.socks_username().as_deref(), Some(&b"a"[..]));
            assert_eq!(minor.socks_password().as_deref(), Some(&b""[..]));
            assert_eq!(
                (minor.conflux_id(), minor.conflux_rtt()),
                (Some("0A"), Some(9))
            );
            assert_eq!(minor.change, CircChange::Cannibalized);
            assert_eq!(minor.old_purpose(), Some(CircPurpose::HsVanguards));
            assert_eq!(minor.hops().count(), 1);
        }
    );
}

#[test]
fn extra_arguments_and_lines_are_kept() {
    // stem: takes the extra lines for arguments of the first.
    let lines =
        "650-CIRC 1000 EXTENDED moria1,moria2 0xBEEF\n650-EXTRAMAGIC=99\n650 ANONYMITY=high";
    check!(lines, Circ, |circ: Circ<'_>| {
        assert_eq!(circ.path, Some(Path::new("moria1,moria2")));
        assert_eq!(circ.keywords.as_str(), "0xBEEF");
        let more: Vec<_> = circ.more.lines().map(|line| line.text).collect();
        assert_eq!(more, [&b"EXTRAMAGIC=99"[..], b"ANONYMITY=high"]);
    });
    check!("650+BW 1 2 NEW=3\nx\n.\n650 OK", Bw, |bw: Bw<'_>| {
        assert_eq!(bw.keywords.number("NEW"), Some(3));
        assert_eq!(bw.more.data().unwrap().raw(), b"x\r\n");
    });
    check("650 BLARG 1 2", |event| {
        assert_eq!(event.code(), EventCode::Other("BLARG"));
    });
    check!(
        "650 ADDRMAP a b \"2026 11\"x NEW=1",
        AddrMap,
        |map: AddrMap<'_>| {
            assert_eq!(map.expiry.as_str(), "\"2026 11\"x");
            assert_eq!(map.keywords.as_str(), "NEW=1");
        }
    );
    check("651 BW 1 2", |event| {
        assert!(matches!(event, Event::Other(_)), "another status is kept");
    });
}

#[test]
fn streams() {
    for (target, host, port) in [
        ("2001:db8::1:0", "2001:db8::1", Some(0)),
        ("[2001:db8::1]:80", "2001:db8::1", Some(80)),
        ("(Tor_internal):0", "(Tor_internal)", Some(0)),
        ("a.$AB.exit:9", "a.$AB.exit", Some(9)),
    ] {
        let line = alloc::format!("650 STREAM 4 NEW 0 {target} SOURCE_ADDR=::1:99 PURPOSE=USER");
        check!(&line, Stream, |stream: Stream<'_>| {
            assert_eq!(stream.target, Target::new(target));
            assert_eq!((stream.target.host(), stream.target.port()), (host, port));
            assert_eq!(stream.source_addr().unwrap().port(), Some(99));
            assert_eq!(stream.purpose(), Some(StreamPurpose::User));
        });
    }
    check!(
        "650 STREAM 5 CLOSED 0 a:0 REASON=END REMOTE_REASON=DONE CLIENT_PROTOCOL=UNKNOWN \
         NYM_EPOCH=0 SESSION_GROUP=-3 ISO_FIELDS=SOCKS_USERNAME,CLIENTADDR",
        Stream,
        |stream: Stream<'_>| {
            assert_eq!(stream.reason(), Some(StreamReason::End));
            assert_eq!(stream.remote_reason(), Some(StreamReason::Done));
            assert_eq!(stream.client_protocol(), Some(ClientProtocol::Unknown));
            assert_eq!(stream.nym_epoch(), Some(0));
            assert_eq!(stream.session_group(), Some(-3));
            let fields: Vec<_> = stream.iso_fields().collect();
            assert_eq!(fields, [IsoField::SocksUsername, IsoField::ClientAddr]);
        }
    );
    for (arguments, reason, remote) in [
        ("", None, None),
        ("REASON=DONE 0xBEEF", Some("DONE"), None),
        (
            "REASON=END REMOTE_REASON=EXITPOLICY",
            Some("END"),
            Some("EXITPOLICY"),
        ),
        // tor writes a space in front of a reason that it does not know.
        (
            "REASON= UNKNOWN_99 x PURPOSE=USER",
            Some("UNKNOWN_99"),
            None,
        ),
        (
            "REASON=END REMOTE_REASON= UNKNOWN_99",
            Some("END"),
            Some("UNKNOWN_99"),
        ),
        ("REASON= PURPOSE=USER", Some(""), None),
    ] {
        let line = alloc::format!("650 STREAM 5 FAILED 0 a:0 {arguments}");
        check!(line.trim_end(), Stream, |stream: Stream<'_>| {
            assert_eq!(stream.reason(), reason.map(StreamReason::new));
            assert_eq!(stream.remote_reason(), remote.map(StreamReason::new));
        });
    }
    // The time was not there once, and may have any number of digits.
    for (arguments, nanoseconds) in [
        ("1 2", None),
        ("1 2 2026-11-21T23:56:40", Some(0)),
        ("1 2 2026-11-21T23:56:40.25", Some(250_000_000)),
        ("1 2 later", None),
    ] {
        check!(
            &alloc::format!("650 STREAM_BW 4 {arguments}"),
            StreamBw,
            |bw: StreamBw<'_>| {
                assert_eq!((bw.written, bw.read), (1, 2));
                assert_eq!(bw.time.map(|time| time.nanoseconds()), nanoseconds);
            }
        );
    }
}

#[test]
fn connections() {
    for (peer, port, nickname) in [
        ("[2001:db8::1]:9001", Some(9001), None),
        ("127.0.0.1:001", Some(1), None),
        ("$AB~c", None, Some("c")),
        ("moria1", None, Some("moria1")),
    ] {
        let line = alloc::format!("650 ORCONN {peer} CLOSED REASON=DONE NCIRCS=2 ID=5");
        check!(&line, OrConn, |conn: OrConn<'_>| {
            match conn.peer {
                Peer::Relay(name) => assert_eq!(name.nickname(), nickname),
                Peer::Address(address) => assert_eq!(address.port(), port),
            }
            assert_eq!((conn.circuits(), conn.id()), (Some(2), Some("5")));
        });
    }
}

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
fn address_mappings() {
    for (arguments, error, expires, cached, stream) in [
        ("NEVER CACHED=\"YES\"", None, None, Some(true), None),
        ("NEVER", None, None, None, None),
        (
            "\"2026-11-22 00:56:37\" error=yes EXPIRES=\"2026-11-21 23:56:37\" CACHED=\"NO\" STREAMID=5",
            Some("yes"),
            Some("2026-11-21 23:56:37"),
            Some(false),
            Some("5"),
        ),
        // The specification quotes the stream.
        ("NEVER STREAMID=\"5\"", None, None, None, Some("5")),
        // stem: takes the words behind a space that is not quoted for arguments.
        (
            "\"2026-11-22 00:56:37\" error=Unable to launch resolve request EXPIRES=\"2026-11-21 23:56:37\"",
            Some("Unable to launch resolve request"),
            Some("2026-11-21 23:56:37"),
            None,
            None,
        ),
    ] {
        let line = alloc::format!("650 ADDRMAP a.example <error> {arguments}");
        check!(&line, AddrMap, |map: AddrMap<'_>| {
            assert!(map.is_error());
            assert_eq!(map.expiry.is_never(), arguments.starts_with("NEVER"));
            assert_ne!(map.expiry.is_never(), map.expiry.local_time().is_some());
            assert_eq!(map.error(), error, "{arguments}");
            assert_eq!(map.expires().map(|time| time.as_str()), expires);
            assert_eq!((map.cached(), map.stream_id()), (cached, stream));
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
fn guards_and_descriptors() {
    check!("650 GUARD ENTRY $AB~ BAD_L2", Guard, |guard: Guard<'_>| {
        assert_eq!(guard.relay.fingerprint(), Some("AB"));
        assert_eq!(guard.relay.nickname(), None);
        assert_eq!(guard.status, GuardStatus::BadL2);
    });
    check!(
        "650 NEWDESC $AB~a $CD=b c NEW=x",
        NewDesc,
        |desc: NewDesc<'_>| {
            let relays: Vec<_> = desc.relays().collect();
            assert_eq!(relays, ["$AB~a", "$CD=b", "c"].map(LongName::new));
        }
    );
    // stem: loses what the block starts with where that is in `NS`.
    let entries = "SN a b c\ns Running";
    check!(
        &alloc::format!("650+NS\n{entries}\n.\n650 OK"),
        Ns,
        |ns: Ns<'_>| assert!(
            ns.entries()
                .unwrap()
                .lines()
                .eq(entries.lines().map(str::as_bytes))
        )
    );
    check!(
        &alloc::format!("650+NEWCONSENSUS\n{entries}\n.\n650 OK"),
        NewConsensus,
        |new: NewConsensus<'_>| assert_eq!(new.entries().unwrap().lines().count(), 2)
    );
    check!(
        "650+AUTHDIR_NEWDESCS\nDROPPED\nToo old\nrouter a\n.\n650 OK",
        AuthdirNewDescs,
        |new: AuthdirNewDescs<'_>| {
            assert_eq!(new.action(), Some(AuthdirAction::Dropped));
            assert_eq!(new.message(), Some(&b"Too old"[..]));
            assert_eq!(new.descriptor().collect::<Vec<_>>(), [b"router a"]);
        }
    );
}

#[test]
fn onion_descriptors() {
    let relay = |text| Some(HsDir::Relay(LongName::new(text)));
    for (arguments, directory, descriptor, reason) in [
        (
            "REQUESTED abc NO_AUTH $AB~c id HSDIR_INDEX=00",
            relay("$AB~c"),
            Some("id"),
            None,
        ),
        (
            "CREATED abc UNKNOWN UNKNOWN id REPLICA=1",
            Some(HsDir::Unknown),
            Some("id"),
            None,
        ),
        ("UPLOADED UNKNOWN UNKNOWN $AB=c", relay("$AB=c"), None, None),
        (
            "FAILED abc NO_AUTH UNKNOWN id REASON=QUERY_NO_HSDIR",
            Some(HsDir::Unknown),
            Some("id"),
            Some(HsDescReason::QueryNoHsdir),
        ),
        // stem: fails where there is no directory.
        ("FAILED abc NO_AUTH", None, None, None),
        // tor writes two spaces where it does not know the descriptor.
        (
            "FAILED abc REND_V3_AUTH $AB~c  REASON=BAD_DESC",
            relay("$AB~c"),
            None,
            Some(HsDescReason::BadDesc),
        ),
        (
            "FAILED abc NO_AUTH REASON=NOT_FOUND",
            None,
            None,
            Some(HsDescReason::NotFound),
        ),
    ] {
        check!(
            &alloc::format!("650 HS_DESC {arguments}"),
            HsDesc,
            |desc: HsDesc<'_>| {
                assert_eq!(desc.directory, directory, "{arguments}");
                assert_eq!(desc.descriptor_id, descriptor, "{arguments}");
                assert_eq!(desc.reason(), reason, "{arguments}");
                assert_eq!(desc.known_address().is_some(), desc.address == "abc");
            }
        );
    }
    for (block, descriptor) in [
        ("hs-descriptor 3\n", true),
        // It could not be had.
        ("", false),
        ("\n", false),
    ] {
        check!(
            &alloc::format!("650+HS_DESC_CONTENT abc id UNKNOWN\n{block}.\n650 OK"),
            HsDescContent,
            |content: HsDescContent<'_>| {
                // stem: takes UNKNOWN for a nickname.
                assert_eq!(content.directory, HsDir::Unknown);
                assert_eq!(content.descriptor().is_some(), descriptor, "{block:?}");
            }
        );
    }
}

#[test]
fn numbers_by_keyword() {
    for arguments in [
        "ID=1 READ=2 WRITTEN=3 TIME=2026-11-21T23:56:41.527050 SS=1 CWND=124 RTT=9 MIN_RTT=8",
        // A controller should not depend on the order.
        "SS=1 CWND=124 WRITTEN=3 NEW READ=2 ID=\"1\"",
        // Twice: the first counts.
        "ID=1 READ=2 WRITTEN=3 READ=9 SS=1 CWND=124",
    ] {
        check!(
            &alloc::format!("650 CIRC_BW {arguments}"),
            CircBw,
            |bw: CircBw<'_>| {
                assert_eq!((bw.id, bw.read, bw.written), ("1", 2, 3), "{arguments}");
                assert_eq!(bw.congestion_window(), Some(124));
                assert_eq!(bw.slow_start(), Some(true));
            }
        );
    }
    check!(
        "650 CONN_BW ID=5 TYPE=NEW READ=1 WRITTEN=2",
        ConnBw,
        |bw: ConnBw<'_>| assert_eq!(bw.kind, ConnKind::Other("NEW"))
    );
    check!(
        "650 TB_EMPTY ORCONN ID=16 READ=0 WRITTEN=1 LAST=100",
        TbEmpty,
        |empty: TbEmpty<'_>| {
            assert_eq!((empty.bucket, empty.id()), (Bucket::OrConn, Some("16")));
            assert_eq!((empty.read, empty.written, empty.last), (0, 1, 100));
        }
    );
    check!(
        "650 BUILDTIMEOUT_SET RESET TOTAL_TIMES=0 TIMEOUT_MS=60000 XM=0 ALPHA=0.000000 CUTOFF_QUANTILE=1.000000",
        BuildTimeoutSet,
        |set: BuildTimeoutSet<'_>| {
            assert_eq!(set.kind, BuildTimeoutKind::Reset);
            assert_eq!((set.timeout_ms(), set.xm()), (Some(60_000), Some(0)));
            assert_eq!((set.alpha(), set.cutoff_quantile()), (Some(0.0), Some(1.0)));
            assert_eq!(set.close_ms(), None);
        }
    );
    check!(
        "650 CELL_STATS ID=1 OutboundQueue=2 OutboundConn=1 OutboundAdded=relay:2,create_fast:1",
        CellStats,
        |stats: CellStats<'_>| {
            assert_eq!(
                stats.outbound_added().unwrap().number("create_fast"),
                Some(1)
            );
            assert_eq!((stats.id(), stats.inbound_added()), (Some("1"), None));
        }
    );
    check!(
        "650 CLIENTS_SEEN TimeStarted=\"2008-12-25 23:50:43\" CountrySummary=us=16,??=8 IPVersions=v4=16,v6=40",
        ClientsSeen,
        |seen: ClientsSeen<'_>| {
            assert_eq!(seen.time_started().unwrap().as_str(), "2008-12-25 23:50:43");
            assert_eq!(seen.countries().unwrap().number("??"), Some(8));
            assert_eq!(seen.ip_versions().unwrap().number("v6"), Some(40));
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

/// The exceptions that the docs of `event` list, in their order.
#[test]
fn what_is_not_written_as_it_came() {
    for (line, again) in [
        ("650 BW 01 +2", "650 BW 1 2"),
        (
            "650 CIRC_BW ID=1 READ=02 WRITTEN=3",
            "650 CIRC_BW ID=1 READ=2 WRITTEN=3",
        ),
        (
            "650 TRANSPORT_LAUNCHED client a b 09",
            "650 TRANSPORT_LAUNCHED client a b 9",
        ),
        ("650 BW 1 2 ", "650 BW 1 2"),
        ("650 CIRC 1 LAUNCHED ", "650 CIRC 1 LAUNCHED"),
        ("650 DESCCHANGED ", "650 DESCCHANGED"),
        ("650 WARN", "650 WARN "),
    ] {
        let wire = alloc::format!("{line}\r\n");
        let mut decoder = Decoder::new();
        decoder.push(wire.as_bytes());
        let message = decoder.next().unwrap().unwrap();
        let written = Event::parse(&message).unwrap().to_reply().encode();
        let written = String::from_utf8_lossy(&written);
        assert_eq!(written, alloc::format!("{again}\r\n"), "{line}");
    }
}

#[test]
fn refuses_what_lacks_something() {
    for (line, problem, span) in [
        (
            "250 OK",
            Problem::Expected("an event, with a status code of 6yz"),
            0..3,
        ),
        ("650 BW 1", Problem::Missing("bytes written"), 8..8),
        ("650 ", Problem::Missing("event"), 4..4),
        ("650  BW 1 2", Problem::Missing("event"), 5..11),
        ("650 SIGNAL", Problem::Missing("signal"), 10..10),
        ("650 GUARD ENTRY $AB", Problem::Missing("status"), 19..19),
        ("650 NETWORK_LIVENESS", Problem::Missing("status"), 20..20),
        ("650 ORCONN a", Problem::Missing("status"), 12..12),
        ("650 CIRC_MINOR 1", Problem::Missing("change"), 16..16),
        (
            "650 STATUS_CLIENT NOTICE",
            Problem::Missing("action"),
            24..24,
        ),
        (
            "650 STREAM_BW 1 x 2",
            Problem::Number("bytes written"),
            16..17,
        ),
        (
            "650 HS_DESC FAILED a",
            Problem::Missing("authentication"),
            20..20,
        ),
        (
            "650 HS_DESC_CONTENT a b",
            Problem::Missing("directory"),
            23..23,
        ),
        (
            "650 BUILDTIMEOUT_SET",
            Problem::Missing("kind of timeout"),
            20..20,
        ),
        ("650 ADDRMAP a  b", Problem::Missing("new address"), 15..16),
        (
            "650 CONN_BW ID=1 READ=1 WRITTEN=1",
            Problem::Missing("TYPE"),
            33..33,
        ),
        ("650 BW 1 -2", Problem::Number("bytes written"), 9..11),
        ("650 CIRC 1", Problem::Missing("status"), 10..10),
        ("650 STREAM 1 NEW 0", Problem::Missing("target"), 18..18),
        ("650 ADDRMAP a b", Problem::Missing("expiry"), 15..15),
        (
            "650 CIRC_BW ID=1 READ=2",
            Problem::Missing("WRITTEN"),
            23..23,
        ),
        (
            "650 CIRC_BW ID=1 READ=x WRITTEN=1",
            Problem::Number("READ"),
            22..23,
        ),
        // stem: fails without saying why.
        (
            "650 TB_EMPTY GLOBAL READ=1",
            Problem::Missing("WRITTEN"),
            26..26,
        ),
        (
            "650 TRANSPORT_LAUNCHED client a b 65536",
            Problem::Number("port"),
            34..39,
        ),
    ] {
        let wire = alloc::format!("{line}\r\n");
        let mut decoder = Decoder::new();
        decoder.push(wire.as_bytes());
        let message = decoder.next().unwrap().unwrap();
        assert_eq!(Event::parse(&message), Err(problem.at(span)), "{line}");
    }
    for (line, what, span) in [
        (&b"650 CIRC \xff BUILT\r\n"[..], "circuit", 9..10),
        (b"650 CIRC 1 BUILT \xff x\r\n", "arguments", 17..20),
        (b"650 B\xff 1\r\n", "event", 4..6),
    ] {
        let mut decoder = Decoder::new();
        decoder.push(line);
        let message = decoder.next().unwrap().unwrap();
        let error = Event::parse(&message).unwrap_err();
        assert_eq!(error, Problem::NotUtf8(what).at(span));
    }
}
