//! What faults make of answers, events, connections.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Fault, On, Persona, Random, Script};

use crate::talk::Talk;

/// What goes wrong with answers to `A`, whose reply has this fault, or with
/// all of a connection.
#[test]
fn faults() {
    let answer = |fault: &str| {
        format!("[[on]]\ncommand = \"A\"\nreply = [\"250-a=b\", \"250 OK\"]\nfaults = [{fault}]\n")
    };
    let connection = |fault: &str| {
        format!("[[connection]]\nfaults = [{fault}]\n[[on]]\ncommand = \"A\"\nreply = \"250 OK\"\n")
    };
    for (script, conversation) in [
        // Measured from each command, not from the answer before it.
        (
            connection("{ latency = { latency = \"100ms\" } }"),
            "> AUTHENTICATE\n> A\nwait 50ms\n> A\nwait 49ms\nwait 1ms\n< 250 OK\n< 250 OK\nwait 50ms\n< 250 OK",
        ),
        (
            answer("{ slicer = { average_size = 6, delay = \"1ms\" } }"),
            "> AUTHENTICATE\n< 250 OK\n> A\n<< 250-a=\\c\nwait 1ms\n<< b\\r\\n250\\c\nwait 1ms\n<<  OK\\r\\n\\c",
        ),
        // Without a delay they come at once.
        (answer("{ slicer = { average_size = 6 } }"), "> AUTHENTICATE\n< 250 OK\n> A\n< 250-a=b\n< 250 OK"),
        // What is slow keeps what follows waiting.
        (
            answer("{ bandwidth = { rate = 1 } }"),
            "> AUTHENTICATE\n< 250 OK\n> A\n> AUTHENTICATE\n<< 2\\c\nwait 15900ms\n<< 50-a=b\\r\\n250 OK\\r\\c\n\
             wait 1100ms\n<< \\n250 OK\\r\\n\\c",
        ),
        (answer("{ limit_data = { bytes = 5 } }"), "> AUTHENTICATE\n< 250 OK\n> A\n<< 250-a\\c\nclosed"),
        (connection("{ limit_data = { bytes = 11 } }"), "> AUTHENTICATE\n< 250 OK\n> A\n<< 250\\c\nclosed"),
        (answer("{ timeout = {} }"), "> AUTHENTICATE\n< 250 OK\n> A\n> AUTHENTICATE\nwait 99999ms\nopen"),
        (
            answer("{ timeout = { timeout = \"2s\" } }"),
            "> AUTHENTICATE\n< 250 OK\n> A\n> A\nwait 1999ms\nopen\nwait 1ms\nclosed",
        ),
        (answer("{ reset_peer = {} }"), "> AUTHENTICATE\n< 250 OK\n> A\nreset"),
        (
            connection("{ slow_close = { delay = \"1s\" } }"),
            "> AUTHENTICATE\n< 250 OK\n> QUIT\n< 250 closing connection\nwait 999ms\nopen\nwait 1ms\nclosed",
        ),
        // Nothing more comes, but tor still closes.
        (answer("\"half_line\""), "> AUTHENTICATE\n< 250 OK\n> A\n<< 250-a=b\\r\\n250\\c\n> A\n> QUIT\nclosed"),
        (answer("\"close_in_data\""), "> AUTHENTICATE\n< 250 OK\n> A\n<< 250-a=b\\r\\c\nclosed"),
        (
            answer("{ event_inside = { event = \"X\" } }, { limit_data = { bytes = 15 } }"),
            "> AUTHENTICATE\n< 250 OK\n> A\n< 250-a=b\n<< 650 X\\r\\c\nclosed",
        ),
        // An event has its own; another connection is none the wiser.
        (
            "[[emit]]\nafter = \"A\"\nevent = \"NOTICE x\"\nfaults = [\"half_line\"]\n\
             [[connection]]\nnumber = 2\nfaults = [{ latency = { latency = \"1s\" } }]\n"
                .to_owned(),
            "> AUTHENTICATE\n> SETEVENTS NOTICE\n< 250 OK\n< 250 OK\n> A\n< 510 Unrecognized command \"A\"\n\
             << 650 NO\\c\n> A\n2> AUTHENTICATE\nwait 1000ms\n2< 250 OK",
        ),
        // Of one answer in a row only that one.
        (
            "[[on]]\ncommand = \"A\"\nreply = \"250 OK\"\n[[on.then]]\nreply = \"250 OK\"\nfaults = [{ limit_data = { bytes = 1 } }]\n"
                .to_owned(),
            "> AUTHENTICATE\n< 250 OK\n> A\n< 250 OK\n> A\n<< 2\\c\nclosed",
        ),
    ] {
        let script = Script::parse(&script, "a").unwrap_or_else(|error| panic!("{error}"));
        let talk = Talk {
            script,
            ..Talk::default()
        };
        talk.check(conversation);
    }
}

/// What comes to AUTHENTICATE within a second, from a port of this seed.
fn said(seed: u64, faults: &[Fault]) -> Vec<u8> {
    let rule = On::command("AUTHENTICATE").reply(["250 OK"]);
    let rule = faults
        .iter()
        .fold(rule, |rule, fault| rule.fault(fault.clone()));
    let script = Script::new().on(rule);
    let (persona, auth) = (Persona::default(), AuthConfig::null());
    let mut port = ControlPort::new(persona, &auth, Random::Seed(seed), &script).unwrap();
    let id = port.open();
    port.receive(id, b"AUTHENTICATE\r\n", Duration::ZERO);
    port.handle_timeout(Duration::from_secs(1));
    port.take_output(id)
}

#[test]
fn chance_comes_from_the_seed() {
    let garbage = [Fault::Garbage { bytes: 100 }];
    let long = [Fault::LongLine { bytes: 1 << 20 }];
    assert_eq!(said(1, &garbage).len(), 100);
    assert_eq!(said(1, &garbage), said(1, &garbage));
    assert_ne!(said(1, &garbage), said(2, &garbage));
    assert_eq!(said(1, &long).len(), (1 << 20) + 2);
    // Half of them are later than a second.
    let second = Duration::from_secs(1);
    let late = [Fault::Latency {
        latency: second,
        jitter: second / 2,
    }];
    let in_time = (0..100)
        .filter(|seed| !said(*seed, &late).is_empty())
        .count();
    assert!((30..70).contains(&in_time), "{in_time}");
    // Slices of one to nine bytes, a tenth of a second apart.
    let slices = [Fault::Slicer {
        average_size: 2,
        size_variation: 1,
        delay: second / 2,
    }];
    let lengths: Vec<_> = (0..100).map(|seed| said(seed, &slices).len()).collect();
    assert!(
        lengths.iter().all(|length| (3..=8).contains(length)),
        "{lengths:?}"
    );
    assert!(
        lengths.iter().any(|length| *length != lengths[0]),
        "{lengths:?}"
    );
}
