//! Programs that steer at the same time.

use std::io::Write as _;

use tor_harness_mock::steer::{Steering, Worlds};
use tor_harness_mock::{Mock, On, Script};

use crate::talk::check;

#[test]
fn worlds_are_everyones() {
    check(
        r#"
        1 > {"do":"world","name":"a"}
        1 < {"ok":true,"world":"a","control":"*"}
        1 leave
        2 > {"do":"verify","world":"a"}
        2 < {"ok":true,"met":true}
        2 > {"do":"close","world":"a"}
        2 < {"ok":true,"met":true}
        "#,
    );
}

#[test]
fn some_end_with_their_connection() {
    check(
        r#"
        1 > {"do":"world","name":"a","with_connection":true}
        1 < {"ok":true,"world":"a","control":"*"}
        1 > {"do":"world","name":"b","with_connection":true}
        1 < {"ok":true,"world":"b","control":"*"}
        a: > AUTHENTICATE
        a: < 250 OK
        2 > {"do":"close","world":"b"}
        2 < {"ok":true,"met":true}
        2 > {"do":"world","name":"b"}
        2 < {"ok":true,"world":"b","control":"*"}
        1 leave
        a: closed
        2 > {"do":"world","name":"a"}
        2 < {"ok":true,"world":"a","control":"*"}
        2 > {"do":"verify","world":"b"}
        2 < {"ok":true,"met":true}
        "#,
    );
}

#[test]
fn what_nobody_was_told_of_is_told_in_the_end() {
    let expecting = |times: u32| {
        let script = Script::new().on(On::command("QUIT").times(times));
        Mock::builder().script(script).in_memory().unwrap()
    };
    let worlds = Worlds::new(expecting(1), 4);
    let mut steering = Steering::new(&worlds);
    let script = "[[on]]\\ncommand = 'QUIT'\\ntimes = 1";
    for name in ["told", "left", "stays"] {
        let request = format!(
            r#"{{"do":"world","name":"{name}","script":"{script}","with_connection":{}}}"#,
            name == "left"
        );
        steering.receive(format!("{request}\n").as_bytes());
        steering.take_output();
    }
    steering.receive(
        b"{\"do\":\"close\",\"world\":\"told\"}\n{\"do\":\"verify\",\"world\":\"stays\"}\n",
    );
    let answers = String::from_utf8(steering.take_output()).unwrap();
    assert_eq!(answers.matches("\"met\":false").count(), 2, "{answers}");
    drop(steering);
    let told: Vec<_> = worlds.end().into_iter().map(|(name, _)| name).collect();
    assert_eq!(told, ["left", "main", "stays"]);
}

/// However long it takes until all the time has passed.
#[test]
fn nobody_waits_for_anothers_advance() {
    let main = Mock::builder().in_memory().unwrap();
    let mut controller = main.connect();
    controller
        .write_all(b"AUTHENTICATE\r\nSETEVENTS BW\r\n")
        .unwrap();
    let worlds = Worlds::new(main, 4);
    let [mut one, mut other] = [0, 1].map(|_| Steering::new(&worlds));
    one.receive(b"{\"do\":\"advance\",\"seconds\":600000,\"id\":1}\n{\"do\":\"verify\"}\n");
    assert_eq!(one.take_output(), b"");
    assert!(one.is_busy());
    other.receive(b"{\"do\":\"verify\"}\n");
    assert_eq!(other.take_output(), b"{\"ok\":true,\"met\":true}\n");
    // It does not read, and is dropped: then little is left to happen.
    let mut came = Vec::new();
    while one.is_busy() {
        came.extend(one.take_output());
    }
    came.extend(one.take_output());
    assert_eq!(
        String::from_utf8(came).unwrap(),
        "{\"id\":1,\"ok\":true}\n{\"ok\":true,\"met\":true}\n"
    );
    assert_eq!(worlds.end().len(), 0);
}
