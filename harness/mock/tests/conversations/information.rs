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
