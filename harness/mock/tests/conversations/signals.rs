//! SIGNAL, TAKEOWNERSHIP, USEFEATURE.

use crate::talk::{Talk, check};

#[test]
fn each_is_told_by_its_canonical_name() {
    for (sent, told) in [
        ("RELOAD", "RELOAD"),
        ("hup", "RELOAD"),
        ("DUMP", "DUMP"),
        ("Usr1", "DUMP"),
        ("DEBUG", "DEBUG"),
        ("USR2", "DEBUG"),
        ("CLEARDNSCACHE", "CLEARDNSCACHE"),
        (" HEARTBEAT ", "HEARTBEAT"),
        ("ACTIVE", "ACTIVE"),
        ("DORMANT", "DORMANT"),
    ] {
        check(&format!(
            "> AUTHENTICATE
             < 250 OK
             > SETEVENTS SIGNAL
             < 250 OK
             > SIGNAL {sent}
             < 250 OK
             < 650 SIGNAL {told}"
        ));
    }
}

#[test]
fn arguments() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > signal
         < 512 Bad arguments to signal: Need at least 1 argument(s)
         > SIGNAL NEWNYM now
         < 512 Bad arguments to SIGNAL: Cannot accept more than 1 argument(s)
         > SIGNAL x=y
         < 552 Unrecognized signal code \"x=y\"
         > USEFEATURE verbose_names EXTENDED_EVENTS
         < 250 OK
         > USEFEATURE VERBOSE_NAMES foo
         < 552 Unrecognized feature \"foo\"",
    );
}

#[test]
fn newnym_is_limited() {
    Talk::default().check(
        "> AUTHENTICATE
         < 250 OK
         > SETEVENTS SIGNAL NOTICE
         < 250 OK
         > SIGNAL NEWNYM
         < 250 OK
         > SETEVENTS SIGNAL
         < 250 OK
         > SETCONF SocksPort=auto
         < 250 OK
         > SETEVENTS SIGNAL NOTICE
         < 250 OK
         > SIGNAL NEWNYM
         < 250 OK
         < 650 SIGNAL NEWNYM
         wait 4000ms
         > SIGNAL NEWNYM
         < 250 OK
         < 650 NOTICE Rate limiting NEWNYM request: delaying by 6 second(s)
         wait 5999ms
         > GETINFO uptime
         < 250-uptime=9
         < 250 OK
         wait 1ms
         < 650 SIGNAL NEWNYM
         wait 10000ms
         > SIGNAL NEWNYM
         < 250 OK
         < 650 SIGNAL NEWNYM",
    );
}

#[test]
fn reload_goes_back_to_torrc() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > SETCONF Nickname=a SocksPort=auto
         < 250 OK
         > SETEVENTS SIGNAL CONF_CHANGED
         < 250 OK
         > SIGNAL RELOAD
         < 250 OK
         < 650-CONF_CHANGED
         < 650-Nickname
         < 650-SocksPort=0
         < 650 OK
         < 650 SIGNAL RELOAD
         > SETCONF __ReloadTorrcOnSIGHUP=0
         < 250 OK
         < 650-CONF_CHANGED
         < 650-__ReloadTorrcOnSIGHUP=0
         < 650 OK
         > SETEVENTS SIGNAL
         < 250 OK
         > SETCONF Nickname=kept
         < 250 OK
         > SIGNAL HUP
         < 250 OK
         < 650 SIGNAL RELOAD
         > GETCONF Nickname
         < 250 Nickname=kept",
    );
}

#[test]
fn dormancy_is_logged() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > SETEVENTS NOTICE
         < 250 OK
         > SIGNAL ACTIVE
         < 250 OK
         > SIGNAL DORMANT
         < 250 OK
         < 650 NOTICE Going dormant because of controller request.
         > SIGNAL ACTIVE
         < 250 OK
         < 650 NOTICE Tor is no longer dormant.",
    );
}

#[test]
fn some_end_tor() {
    for signal in ["HALT", "TERM", "SHUTDOWN", "int"] {
        check(&format!(
            "> AUTHENTICATE
             < 250 OK
             > SETEVENTS SIGNAL
             < 250 OK
             2> AUTHENTICATE
             2< 250 OK
             2> SIGNAL {signal}
             2< 250 OK
             2 closed
             closed"
        ));
    }
}

#[test]
fn tor_ends_with_its_owner() {
    check(
        "> AUTHENTICATE
         < 250 OK
         2> AUTHENTICATE
         2< 250 OK
         2> TAKEOWNERSHIP
         2< 250 OK
         2> DROPOWNERSHIP
         2< 250 OK
         2 leave
         > GETINFO version
         < 250-version={version}
         < 250 OK
         3> AUTHENTICATE
         3< 250 OK
         3> TAKEOWNERSHIP
         3< 250 OK
         3 leave
         closed",
    );
    check(
        "> AUTHENTICATE
         < 250 OK
         2> AUTHENTICATE
         2< 250 OK
         2> TAKEOWNERSHIP
         2< 250 OK
         2> QUIT
         2< 250 closing connection
         2 closed
         closed",
    );
}
