//! What requests are told, good ones or bad.

use tor_harness_mock::Mock;
use tor_harness_mock::steer::{Steering, Worlds};

use crate::talk::check;

#[test]
fn each_request_gets_one_answer() {
    check(
        r#"
        > {"do":"verify"}
        > {"id":1,"do":"verify"}
        > {"id":["a",null],"do":"nonsense"}
        < {"ok":true,"met":true}
        < {"id":1,"ok":true,"met":true}
        < {"id":["a",null],"ok":false,"error":"do: unknown variant `nonsense`, expected one of `world`, `script`, `hold`, `release`, `emit`, `advance`, `disconnect`, `received`, `transcript`, `verify`, `reset`, `close`"}
        "#,
    );
}

#[test]
fn errors_name_the_field_and_what_was_expected() {
    for (request, error) in [
        (
            "5",
            "expected a JSON object on a line: invalid type: integer `5`, expected a map at line 1 column 1",
        ),
        (
            "{",
            "expected a JSON object on a line: EOF while parsing an object at line 1 column 1",
        ),
        (
            r#"{"do":"verify","do":"close"}"#,
            r#"expected a JSON object on a line: "do" is there twice at line 1 column 28"#,
        ),
        (
            r#"{"do":"verify"} {}"#,
            "expected a JSON object on a line: trailing characters at line 1 column 17",
        ),
        (
            r#"{"do":"script","toml":"[[on]]"}"#,
            "script:1:1: expected `command`, or another word about the command: `asks`, `subscribes`, `sets`, `has`, `line` or `data`",
        ),
        (
            r#"{"do":"hold","command":"","name":"x"}"#,
            r#"hold.command: expected a command (as "GETINFO version" or "SETEVENTS *"), got """#,
        ),
        (
            r#"{"do":"disconnect","connection":"x"}"#,
            r#"disconnect.connection: invalid type: string "x", expected a whole number from 0 on"#,
        ),
        (
            r#"{"do":"world","name":""}"#,
            r#"world.name: expected a name, got """#,
        ),
        (r#"{"do":"emit"}"#, "emit: missing field `event`"),
        (
            r#"{"do":"emit","event":5}"#,
            "emit.event: invalid type: integer `5`, expected a string",
        ),
        (
            r#"{"do":"emit","event":"NONSENSE 1"}"#,
            r#"expected an event that tor has (as "BW 1 2", without 650), got "NONSENSE 1""#,
        ),
        (
            r#"{"do":"emit","event":"BW 1 2","wurld":"a"}"#,
            "emit.wurld: unknown field `wurld`, expected `event`",
        ),
        (
            r#"{"do":"verify","x":1}"#,
            "verify.x: unknown field `x`, there are no fields",
        ),
        (
            r#"{"do":"verify","world":3}"#,
            "world: expected a string, got 3",
        ),
        (
            r#"{"do":"verify","world":"w9"}"#,
            r#"there is no world "w9": make it with {"do":"world","name":"w9"}, or leave "world" out for "main""#,
        ),
        (
            r#"{"do":"advance","seconds":"soon"}"#,
            r#"advance.seconds: invalid type: string "soon", expected a number of seconds from 0 to 31622400"#,
        ),
        (
            r#"{"do":"advance","seconds":-1}"#,
            "advance.seconds: invalid value: floating point `-1.0`, expected a number of seconds from 0 to 31622400",
        ),
        (
            r#"{"do":"advance","seconds":1e300}"#,
            "advance.seconds: invalid value: floating point `1e+300`, expected a number of seconds from 0 to 31622400",
        ),
        (
            r#"{"do":"advance","seconds":1}"#,
            r#"expected a world whose time is virtual, but the time of "main" passes by itself: make one with "time":"virtual""#,
        ),
        (
            r#"{"do":"disconnect","connection":1}"#,
            r#"there is no open connection 1 in the world "main""#,
        ),
        (
            r#"{"do":"world","world":"a"}"#,
            "world.world: unknown field `world`, expected one of `name`, `auth`, `listen`, `script`, `seed`, `time`, \
             `strict`, `strict_client`, `with_connection`",
        ),
        (
            r#"{"do":"world","name":"main"}"#,
            r#"there is a world "main" already: close it, or take another name"#,
        ),
        (
            r#"{"do":"world","auth":["cookie",5]}"#,
            "world.auth[1]: invalid type: integer `5`, expected a string",
        ),
        (
            r#"{"do":"world","auth":["x"]}"#,
            r#"world.auth: expected null, cookie, safecookie or password=PW, got "x""#,
        ),
        (
            r#"{"do":"world","listen":"here"}"#,
            r#"world.listen: expected ADDRESS:PORT (as 127.0.0.1:9051) or unix:PATH, got "here""#,
        ),
        (
            r#"{"do":"world","listen":"192.0.2.1:0"}"#,
            "expected a loopback address (as 127.0.0.1:0), got 192.0.2.1:0: a mock is for this machine alone",
        ),
        (
            r#"{"do":"world","script":"[[on]]\ncommand = 5"}"#,
            "script:2:11: invalid type: integer `5`, expected a string",
        ),
        (
            r#"{"do":"world","time":"fast"}"#,
            "world.time: unknown variant `fast`, expected `real` or `virtual`",
        ),
    ] {
        let worlds = Worlds::new(Mock::builder().start().unwrap(), 4);
        let mut steering = Steering::new(&worlds);
        steering.receive(format!("{request}\n").as_bytes());
        let answer: serde_json::Value = serde_json::from_slice(&steering.take_output()).unwrap();
        assert_eq!(answer["ok"], false, "{request}");
        // What a script has wrong is shown on the lines behind.
        let first = answer["error"]
            .as_str()
            .and_then(|text| text.lines().next());
        assert_eq!(first, Some(error), "{request}");
        // It goes on.
        steering.receive(b"{\"do\":\"verify\"}\r\n\n");
        assert_eq!(steering.take_output(), b"{\"ok\":true,\"met\":true}\n");
    }
}

#[test]
fn what_is_no_request_ends_the_connection() {
    let long = "x".repeat((1 << 20) + 1);
    for (sent, error) in [
        (
            "POST / HTTP/1.1\n",
            "expected JSON lines, got HTTP: this connection ends",
        ),
        (
            &long,
            "expected a line of 1048576 bytes at most: this connection ends",
        ),
    ] {
        let worlds = Worlds::new(Mock::builder().in_memory().unwrap(), 4);
        let mut steering = Steering::new(&worlds);
        steering.receive(sent.as_bytes());
        steering.receive(b"{\"do\":\"verify\"}\n");
        let answer: serde_json::Value = serde_json::from_slice(&steering.take_output()).unwrap();
        assert_eq!(answer, serde_json::json!({"ok": false, "error": error}));
        assert!(steering.is_closed());
        steering.receive(b"{\"do\":\"verify\"}\n");
        assert_eq!((steering.take_output(), steering.waiting()), (vec![], 0));
    }
}

#[test]
fn answers_wait_until_they_are_taken() {
    let mock = Mock::builder().in_memory().unwrap();
    let mut connection = mock.connect();
    let long = format!("GETINFO {}\r\n", "x".repeat(100_000));
    std::io::Write::write_all(&mut connection, long.as_bytes()).unwrap();
    let mut steering = Steering::new(&Worlds::new(mock, 4));
    let request = "{\"do\":\"received\"}\n";
    steering.receive(request.repeat(20).as_bytes());
    for left in (0..20).rev() {
        assert!(steering.take_output().len() > 100_000);
        assert_eq!(steering.waiting(), left * request.len());
    }
    assert_eq!(steering.take_output(), b"");
}
