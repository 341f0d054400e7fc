//! What a script changes.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tor_harness_mock::{
    Answer, AuthConfig, ConnectionId, ControlPort, Emit, Fault, On, Persona, Random, Script,
    ScriptError,
};

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

#[test]
fn sentences_say_what_toml_says() {
    let script = Script::new()
        .on(On::matching(|command| command.arguments.len() > 20).reply(["500 Too much"]))
        .on(On::any().asks("version").connection(2).no_reply())
        .on(On::command("SETCONF *")
            .sets_to("SocksPort", "1")
            .reply(["553 No"]))
        .on(On::any().sets("SocksPort").in_state("start").becomes("set"))
        .on(On::any()
            .sets("SocksPort")
            .in_state("set")
            .reply(["553 Once is enough"]))
        .on(On::any()
            .subscribes("CIRC")
            .has("BW")
            .reply(["552 Not both"]))
        .on(On::any()
            .line("^GETINFO (a|b)$")
            .then(Answer::reply(["250-a=1", "250 OK"])))
        .on(On::command("+LOADCONF *")
            .data("^\\.x\n$")
            .reply(["250 OK"])
            .close());
    with(script).check(
        "> AUTHENTICATE
         < 250 OK
         > GETINFO aaaaaaaaaaaaaaaaaaaaaaaaa
         < 500 Too much
         > GETINFO uptime version
         < 250-uptime=0
         < 250-version={version}
         < 250 OK
         > SETCONF SocksPort=1
         < 553 No
         > SETCONF SocksPort=9050
         < 250 OK
         > SETCONF SocksPort=9050
         < 553 Once is enough
         > SETEVENTS CIRC
         < 250 OK
         > SETEVENTS CIRC BW
         < 552 Not both
         > GETINFO a
         < 552 Unrecognized key \"a\"
         > GETINFO b
         < 250-a=1
         < 250 OK
         2> AUTHENTICATE
         2< 250 OK
         2> GETINFO version
         2> USEFEATURE
         2< 250 OK
         > +LOADCONF
         > ..x
         > .
         < 250 OK
         closed",
    );
}

/// Wrong sentences, whose error comes when the script is to be played.
#[test]
fn wrong_sentences() {
    for (script, problem) in [
        (Script::new().on(On::command("")), "expected a command"),
        (
            Script::new().on(On::any().line("(")),
            "expected a regular expression",
        ),
        (
            Script::new().on(On::any().subscribes("X")),
            "expected an event",
        ),
        (
            Script::new().on(On::any().reply(["250"])),
            "expected one reply",
        ),
        (
            Script::new().on(On::any().release_after("")),
            "expected a command",
        ),
        (
            Script::new().on(On::any().times(RangeInclusive::new(3, 2))),
            "expected a number of times",
        ),
        (
            Script::new().on(On::any().then(Answer::reply([""]))),
            "expected one reply",
        ),
        (
            Script::new().emit(Emit::at(Duration::ZERO, "X")),
            "expected an event",
        ),
        (
            Script::new().emit(Emit::after("", "BW 1 2")),
            "expected a command",
        ),
        (
            Script::new().emit(Emit::every(Duration::ZERO, "BW 1 2")),
            "expected at least 1ms",
        ),
        (
            Script::new().every_connection([Fault::Bandwidth { rate: 0 }]),
            "expected 1 byte",
        ),
    ] {
        let error = started(script).unwrap_err();
        assert!(error.problem.starts_with(problem), "{error}");
        assert_eq!(error.place.file, file!());
    }
}

fn started(script: Script) -> Result<ControlPort, ScriptError> {
    let (persona, auth) = (Persona::default(), AuthConfig::null());
    ControlPort::new(persona, &auth, Random::Seed(1), &script)
}

/// A port, and what comes to a line sent to its only connection.
struct Live(ControlPort, ConnectionId);

impl Live {
    fn new(script: Script) -> Self {
        let mut port = started(script).unwrap();
        let id = port.open();
        let mut live = Self(port, id);
        assert_eq!(live.ask("AUTHENTICATE"), "250 OK\r\n");
        live
    }

    fn ask(&mut self, line: &str) -> String {
        let Self(port, id) = self;
        port.receive(*id, format!("{line}\r\n").as_bytes(), Duration::ZERO);
        String::from_utf8(port.take_output(*id)).unwrap()
    }
}

#[test]
fn a_script_played_later_stands_in_front() {
    let uptime = |text: &str| On::command("GETINFO uptime").reply([text]);
    let mut live = Live::new(Script::new().on(uptime("551 first")));
    assert_eq!(live.ask("GETINFO uptime"), "551 first\r\n");
    let later = Script::new()
        .on(uptime("551 second").times(1))
        .emit(Emit::every(Duration::from_secs(1), "BW 5 5"))
        .every_connection([Fault::EventInside { event: "X".into() }]);
    live.0.play(&later).unwrap();
    assert!(live.0.play(&Script::new().on(On::command(""))).is_err());
    assert!(live.0.verify().is_err());
    assert_eq!(live.ask("GETINFO uptime"), "551 second\r\n");
    assert_eq!(live.ask("GETINFO uptime"), "551 first\r\n");
    assert_eq!(live.0.verify(), Ok(()));
    assert_eq!(
        live.ask("GETINFO process/pid"),
        "250-process/pid=1\r\n650 X\r\n250 OK\r\n"
    );
    assert_eq!(live.ask("SETEVENTS BW"), "250 OK\r\n");
    live.0.handle_timeout(Duration::from_secs(2));
    let came = live.0.take_output(live.1);
    assert_eq!(came, b"650 BW 5 5\r\n650 BW 5 5\r\n");
}

#[test]
fn answers_are_held_and_released_by_name() {
    let mut live = Live::new(Script::new());
    assert!(live.0.hold("", "h").is_err());
    assert_eq!(live.0.release("h"), 0);
    live.0.hold("GETINFO *", "h").unwrap();
    assert_eq!(live.ask("GETINFO uptime"), "");
    assert_eq!(live.ask("GETINFO uptime"), "");
    // It waits behind them, and is none of them.
    assert_eq!(live.ask("USEFEATURE"), "");
    assert_eq!(live.0.poll_timeout(), None);
    assert_eq!(live.0.release("other"), 0);
    assert_eq!(live.0.release("h"), 2);
    let answer = "250-uptime=0\r\n250 OK\r\n";
    let came = String::from_utf8(live.0.take_output(live.1)).unwrap();
    assert_eq!(came, format!("{answer}{answer}250 OK\r\n"));
    assert_eq!(live.ask("GETINFO uptime"), answer);
    // The same name holds again.
    live.0.hold("GETINFO *", "h").unwrap();
    assert_eq!(live.ask("GETINFO uptime"), "");
    // Once released, the script's answers come again, whatever was held how often.
    live.0.release("h");
    live.0.take_output(live.1);
    let script = Script::new().on(On::command("USEFEATURE").reply(["551 No"]).times(1));
    live.0
        .play(&script.in_order([On::command("SIGNAL NEWNYM")]))
        .unwrap();
    for name in ["a", "b", "a"] {
        live.0.hold("USEFEATURE", name).unwrap();
    }
    assert_eq!(live.0.release("a"), 0);
    assert_eq!(live.ask("USEFEATURE"), "");
    assert_eq!(live.0.release("b"), 1);
    assert_eq!(live.0.take_output(live.1), b"250 OK\r\n");
    assert_eq!(live.ask("USEFEATURE"), "551 No\r\n");
    assert_eq!(live.ask("SIGNAL NEWNYM"), "250 OK\r\n");
    live.0.verify().unwrap();
    live.0.hold("GETINFO *", "h").unwrap();
    assert_eq!(live.ask("GETINFO uptime"), "");
    // What is closed meanwhile is gone; tor's end forgets what waits.
    let other = live.0.open();
    live.0
        .receive(other, b"AUTHENTICATE\r\nSIGNAL HALT\r\n", Duration::ZERO);
    assert!(live.0.is_closed(live.1));
    assert_eq!(live.0.take_output(live.1), b"");
    live.0.close(live.1);
    assert_eq!(live.0.release("h"), 0);
}

#[test]
fn the_order_of_each_connection_is_its_own() {
    let rules = |number| {
        ["AUTHENTICATE", "GETINFO uptime", "QUIT"]
            .map(|command| On::command(command).connection(number))
    };
    let all = rules(1).into_iter().chain(rules(2));
    let script = all.fold(Script::new().whole(), Script::on);
    let mut port = started(script).unwrap();
    let ids = [port.open(), port.open()];
    for (command, who) in [
        ("AUTHENTICATE", 1),
        ("AUTHENTICATE", 0),
        ("GETINFO uptime", 1),
        ("QUIT", 1),
        ("GETINFO uptime", 0),
    ] {
        assert!(port.verify().is_err());
        port.receive(
            ids[who],
            format!("{command}\r\n").as_bytes(),
            Duration::ZERO,
        );
    }
    port.receive(ids[0], b"QUIT\r\n", Duration::ZERO);
    assert_eq!(port.verify(), Ok(()));
}

/// How often a rule's closure is asked is how much work a command is.
#[test]
fn rules_in_order_are_asked_only_in_their_turn() {
    let asked = Arc::new(AtomicUsize::new(0));
    let rules = (0..300).map(|_| {
        let asked = Arc::clone(&asked);
        On::matching(move |_| {
            asked.fetch_add(1, Ordering::Relaxed);
            true
        })
    });
    let script = Script::new()
        .on(On::command("AUTHENTICATE"))
        .in_order(rules);
    let mut live = Live::new(script);
    for _ in 0..200 {
        assert_eq!(live.ask("USEFEATURE"), "250 OK\r\n");
    }
    let asked = asked.load(Ordering::Relaxed);
    assert!(asked < 1000, "{asked}");
}
