//! Who hears of what when.

use crate::talk::{Talk, check};

#[test]
fn setevents_replaces_the_set() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > SETEVENTS
         < 250 OK
         > SETEVENTS extended AUTHDIR_NEWDESCS bw BW conf_changed
         < 250 OK
         < 650 BW 0 0
         > SETEVENTS SIGNAL Nonsense other
         < 552 Unrecognized event \"Nonsense\"
         > SETCONF Nickname=a
         < 250 OK
         < 650-CONF_CHANGED
         < 650-Nickname=a
         < 650 OK
         > SETEVENTS SIGNAL
         < 250 OK
         > SETCONF Nickname=b
         < 250 OK
         > SETEVENTS \"BW\"
         < 552 Unrecognized event \"\"BW\"\"",
    );
}

#[test]
fn events_come_behind_all_that_was_read() {
    Talk::default().check_whole(
        "> AUTHENTICATE
         > SETEVENTS CONF_CHANGED SIGNAL
         < 250 OK
         < 250 OK
         > SIGNAL HEARTBEAT
         > SETCONF Nickname=w
         > SETCONF Nickname=v
         > SIGNAL CLEARDNSCACHE
         > GETINFO version
         < 250 OK
         < 250 OK
         < 250 OK
         < 250 OK
         < 250-version={version}
         < 250 OK
         < 650-CONF_CHANGED
         < 650-Nickname=w
         < 650 OK
         < 650-CONF_CHANGED
         < 650-Nickname=v
         < 650 OK
         < 650 SIGNAL HEARTBEAT
         < 650 SIGNAL CLEARDNSCACHE
         > SETCONF Nickname=q
         > SETEVENTS
         > SETEVENTS CONF_CHANGED
         > SETCONF Nickname=r
         > QUIT
         < 250 OK
         < 250 OK
         < 250 OK
         < 250 OK
         < 250 closing connection
         closed",
    );
}

#[test]
fn others_hear_of_it() {
    check(
        "> AUTHENTICATE
         < 250 OK
         > SETEVENTS CONF_CHANGED
         < 250 OK
         2> AUTHENTICATE
         2< 250 OK
         2> SETCONF Nickname=a
         2< 250 OK
         < 650-CONF_CHANGED
         < 650-Nickname=a
         < 650 OK
         > GETCONF Nickname
         < 250 Nickname=a",
    );
}

#[test]
fn bandwidth_comes_at_once_and_every_second() {
    Talk::default().check(
        "> AUTHENTICATE
         < 250 OK
         wait 2500ms
         > SETEVENTS BW
         < 250 OK
         < 650 BW 0 0
         wait 999ms
         > GETINFO uptime
         < 250-uptime=3
         < 250 OK
         wait 1ms
         < 650 BW 0 0
         wait 2000ms
         < 650 BW 0 0
         < 650 BW 0 0
         > SETEVENTS
         < 250 OK
         wait 5000ms
         > SETEVENTS BW
         < 250 OK
         < 650 BW 0 0
         wait 1000ms
         < 650 BW 0 0",
    );
}
