//! GETINFO.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

use crate::talk::{Talk, check};

#[test]
fn keys() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO
         < 250 OK
         > GETINFO version dormant
         < 250-version={version}
         < 250-dormant=0
         < 250 OK
         > GETINFO circuit-status
         < 250-circuit-status=
         < 250 OK
         > GETINFO features/names
         < 250-features/names=VERBOSE_NAMES EXTENDED_EVENTS
         < 250 OK",
    );
}

#[test]
fn unknown_keys_are_all_named() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO VERSION
         < 552 Unrecognized key \"VERSION\"
         > GETINFO version nonsense exit-policy/full \"version\"
         < 552-Unrecognized key \"nonsense\"
         < 552-Not running in server mode
         < 552 Unrecognized key \"\"version\"\"",
    );
}

#[test]
fn the_first_that_fails_stops() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO version address fingerprint
         < 551 Address unknown
         > GETINFO nonsense fingerprint
         < 551 Not running in server mode",
    );
}

#[test]
fn keys_with_arguments() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO ip-to-country/1.2.3.4 ip-to-country/::1 ip-to-country/ipv4-available ns/id/xx
         < 250-ip-to-country/1.2.3.4=??
         < 250-ip-to-country/::1=??
         < 250-ip-to-country/ipv4-available=1
         < 250-ns/id/xx=
         < 250 OK
         > GETINFO ip-to-country/x
         < 551 Invalid address family
         > GETINFO md/id/x desc/id/x ns/x config/SocksPort
         < 552-Unrecognized key \"md/id/x\"
         < 552-We fetch microdescriptors, not router descriptors. You'll need to use md/id/* instead of desc/id/*.
         < 552-Unrecognized key \"ns/x\"
         < 552 Unrecognized key \"config/SocksPort\"
         > GETINFO hs/client/desc/id/x
         < 551 Invalid address
         > GETINFO downloads/cert/x
         < 551 Unknown certificate download status query",
    );
}

#[test]
fn no_year_has_five_digits() {
    for (started, answer) in [
        (
            253_402_300_799,
            "250-current-time/utc=9999-12-31T23:59:59\r\n250 OK\r\n",
        ),
        (
            253_402_300_800,
            "551 The year has more than four digits\r\n",
        ),
        (u64::MAX, "551 The year has more than four digits\r\n"),
    ] {
        let mut persona = Persona::default();
        persona.started = started;
        let auth = AuthConfig::null();
        let port = ControlPort::new(persona, &auth, Random::Seed(1), &Script::new());
        let mut port = port.unwrap();
        let id = port.open();
        port.receive(
            id,
            b"AUTHENTICATE\r\nGETINFO current-time/utc\r\n",
            Duration::ZERO,
        );
        let came = String::from_utf8(port.take_output(id)).unwrap();
        assert_eq!(came, format!("250 OK\r\n{answer}"));
    }
}

#[test]
fn what_the_mock_is_itself() {
    Talk::default().check_whole(
        "> AUTHENTICATE
         < 250 OK
         wait 61500ms
         > GETINFO uptime current-time/utc process/pid process/user
         < 250-uptime=61
         < 250-current-time/utc=1970-01-01T00:01:01
         < 250-process/pid=1
         < 250-process/user=root
         < 250 OK
         > GETINFO config-file config-defaults-file net/listeners/control net/listeners/socks
         < 250-config-file=/mock/torrc
         < 250-config-defaults-file=/mock/defaults-torrc
         < 250-net/listeners/control=\"unix:/mock/control\"
         < 250-net/listeners/socks=
         < 250 OK
         > GETINFO config-text
         < 250+config-text=
         < ControlPort unix:/mock/control
         < DataDirectory /mock/data
         < DisableNetwork 1
         < GeoIPFile /dev/null
         < GeoIPv6File /dev/null
         < Log notice stdout
         < SocksPort 0
         < .
         < 250 OK",
    );
}

/// As a tor 0.4.9.11 says it, of another day.
#[test]
fn accounting_is_by_its_interval() {
    let starts = "650 NOTICE Configured hibernation. This interval begins at";
    let quota = "We have no prior estimate for bandwidth, so we will start out awake and hibernate when we \
                 exhaust our quota.";
    let disabled = "650 NOTICE DisableNetwork is set. Tor will not make or accept non-control network \
                    connections. Shutting down all existing connections.";
    check(&format!(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO accounting/enabled accounting/bytes-left accounting/interval-end
         < 250-accounting/enabled=0
         < 250-accounting/bytes-left=0 0
         < 250-accounting/interval-end=1970-01-01 00:00:00
         < 250 OK
         > SETEVENTS NOTICE WARN
         < 250 OK
         > SETCONF AccountingMax=\"1 KB\"
         < 250 OK
         < {disabled}
         < {starts} 1970-01-01 00:00:00 and ends at 1970-02-01 00:00:00. {quota}
         > GETINFO accounting/enabled accounting/bytes accounting/bytes-left accounting/hibernating
         < 250-accounting/enabled=1
         < 250-accounting/bytes=0 0
         < 250-accounting/bytes-left=1024 1024
         < 250-accounting/hibernating=awake
         < 250 OK
         > SETCONF AccountingStart=\"day 12:00\"
         < 250 OK
         < {disabled}
         < {starts} 1970-01-01 00:00:00 and ends at 1970-01-01 12:00:00. {quota}
         > SETCONF AccountingStart=\"week 5 0:00\"
         < 250 OK
         < {disabled}
         < 650 WARN Mismatched accounting interval: moved by -85.71%. Starting a fresh one.
         < {starts} 1969-12-26 00:00:00 and ends at 1970-01-02 00:00:00. {quota}
         wait 86399999ms
         wait 1ms
         < {starts} 1970-01-02 00:00:00 and ends at 1970-01-09 00:00:00. {quota}
         > SETCONF AccountingMax=0
         < 250 OK
         < {disabled}
         > GETINFO accounting/enabled accounting/bytes-left accounting/interval-start accounting/interval-wake
         < 250-accounting/enabled=0
         < 250-accounting/bytes-left=0 0
         < 250-accounting/interval-start=1970-01-02 00:00:00
         < 250-accounting/interval-wake=1970-01-02 00:00:00
         < 250 OK
         > SETCONF GeoIPFile=/x GeoIPv6File=/x
         < 250 OK
         < {disabled}
         > RESETCONF GeoIPFile=/dev/null GeoIPv6File=/dev/null
         < 250 OK
         < {disabled}
         < 650 NOTICE Parsing GEOIP IPv4 file /dev/null.
         < 650 NOTICE Parsing GEOIP IPv6 file /dev/null."
    ));
}
