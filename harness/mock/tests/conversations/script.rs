//! What a script changes.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, Emit, On, Script};

use crate::talk::Talk;

fn with(script: Script) -> Talk {
    Talk {
        script,
        ..Talk::default()
    }
}

#[test]
fn commands_are_answered_so() {
    let script = Script::new()
        .on(On::command("GETINFO version")
            .reply(["250-version=9.9.9", "250 OK"])
            .times(2))
        .on(On::command("getinfo *").reply(["551 Not today"]))
        .on(On::command("BLARG").reply(["250+BLARG=", "..", ".", "250 OK"]))
        .on(On::command("SIGNAL HEARTBEAT").close());
    with(script).check(
        "> AUTHENTICATE
         < 250 OK
         > GetInfo  version
         < 250-version=9.9.9
         < 250 OK
         > GETINFO version uptime
         < 551 Not today
         > GETINFO version
         < 250-version=9.9.9
         < 250 OK
         > GETINFO version
         < 551 Not today
         > BLARG
         < 250+BLARG=
         < ..
         < .
         < 250 OK
         > SIGNAL HEARTBEAT
         < 250 OK
         closed",
    );
}

#[test]
fn a_script_answers_only_what_tor_would_look_at() {
    let script = Script::new()
        .on(On::command("GETINFO version").reply(["250-version=9.9.9", "250 OK"]))
        .on(On::command("PROTOCOLINFO *").reply(["250-PROTOCOLINFO 2", "250 OK"]))
        .on(On::command("AUTHENTICATE \"let me in\""));
    let talk = Talk {
        auth: AuthConfig::null().and_password("secret"),
        script,
    };
    talk.check(
        "> GETINFO version
         < 514 Authentication required.
         closed
         2> PROTOCOLINFO 1
         2< 250-PROTOCOLINFO 2
         2< 250 OK
         2> PROTOCOLINFO 1
         2< 250-PROTOCOLINFO 2
         2< 250 OK
         2> AUTHENTICATE \"let\"
         2< 515 Authentication failed: Password did not match HashedControlPassword value from configuration
         2 closed",
    );
}

#[test]
fn a_good_answer_to_authenticate_lets_in() {
    let talk = Talk {
        auth: AuthConfig::null().and_password("secret"),
        script: Script::new()
            .on(On::command("AUTHENTICATE 01").reply(["250 OK"]))
            .on(On::command("AUTHENTICATE 02").reply(["515 No"])),
    };
    talk.check(
        "> AUTHENTICATE 01
         < 250 OK
         > GETINFO version
         < 250-version={version}
         < 250 OK
         > PROTOCOLINFO x
         < 513 No such version \"x\"
         > PROTOCOLINFO
         < 250-PROTOCOLINFO 1
         < 250-AUTH METHODS=HASHEDPASSWORD
         < 250-VERSION Tor=\"{version}\"
         < 250 OK
         > PROTOCOLINFO
         < 250-PROTOCOLINFO 1
         < 250-AUTH METHODS=HASHEDPASSWORD
         < 250-VERSION Tor=\"{version}\"
         < 250 OK
         2> AUTHENTICATE 02
         2< 515 No
         2> GETINFO version
         2< 514 Authentication required.
         2 closed",
    );
}

#[test]
fn events_follow_commands() {
    let script = Script::new()
        .emit(Emit::after("SETEVENTS BW", "BW 100 200").times(2))
        .emit(Emit::after(
            "GETINFO *",
            "STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=5",
        ));
    with(script).check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO version
         < 250-version={version}
         < 250 OK
         > SETEVENTS BW
         < 250 OK
         < 650 BW 100 200
         > GETINFO version
         < 250-version={version}
         < 250 OK
         > SETEVENTS BW
         < 250 OK
         < 650 BW 100 200
         > SETEVENTS BW
         < 250 OK
         > SETEVENTS STATUS_CLIENT
         < 250 OK
         > GETINFO
         < 250 OK
         < 650 STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=5",
    );
}

#[test]
fn events_come_every_so_often() {
    let script = Script::new()
        .emit(Emit::every(Duration::MAX, "NOTICE never"))
        .emit(
            Emit::every(Duration::from_millis(500), "NS")
                .data("r a\n.b\n")
                .times(3),
        );
    with(script).check(
        "> AUTHENTICATE
         < 250 OK
         wait 5250ms
         > SETEVENTS NS NOTICE
         < 250 OK
         wait 499ms
         wait 1ms
         < 650+NS
         < r a
         < ..b
         < .
         < 650 OK
         wait 400ms
         > SETEVENTS
         < 250 OK
         wait 3000ms
         > SETEVENTS NS NOTICE
         < 250 OK
         wait 9000ms
         < 650+NS
         < r a
         < ..b
         < .
         < 650 OK
         < 650+NS
         < r a
         < ..b
         < .
         < 650 OK",
    );
}
