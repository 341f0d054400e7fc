//! Scripts in TOML, good ones or wrong.

use tor_harness_mock::{Fault, Mock, On, Script};

#[test]
fn errors_say_where_and_what() {
    for (text, error) in [
        (
            "[[on]]\ncommand = \"GETINFO version\"\nreplay = \"250 OK\"\n",
            "3:1: unknown field `replay`, expected one of `command`, `asks`, `subscribes`, `sets`, `has`, `line`, \
             `data`, `connection`, `state`, `becomes`, `times`, `order`, `reply`, `no_reply`, `delay`, `hold`, \
             `release_after`, `close`, `faults`, `then`; did you mean `reply`?",
        ),
        (
            "[[on]]\nreply = \"250 OK\"\n",
            "1:1: expected `command`, or another word about the command: `asks`, `subscribes`, `sets`, `has`, `line` \
             or `data`",
        ),
        (
            "[[om]]\ncommand = \"GETINFO version\"\n",
            "1:3: unknown field `om`, expected one of `strict`, `strict_client`, `whole`, `in_order`, `quirks`, `on`, \
             `emit`, `connection`; did you mean `on`?",
        ),
        (
            "[[on]]\ncommand = 5\n",
            "2:11: invalid type: integer `5`, expected a string",
        ),
        (
            "[[on]]\ncommand = \"\"\n",
            "2:11: expected a command (as \"GETINFO version\" or \"SETEVENTS *\"), got \"\"",
        ),
        (
            "[[on]]\ncommand = \"X\"\nreply = 250\n",
            "3:9: invalid type: integer `250`, expected a line or an array of lines",
        ),
        (
            "[[on]]\ncommand = \"X\"\n  reply = [\"250-a\"]\n",
            "3:11: expected one reply (as [\"250-version=1\", \"250 OK\"]): its last line is missing, which has a \
             space behind its code",
        ),
        (
            "[[on]]\ncommand = \"X\"\nreply = [\"250 OK\", \"250 OK\"]\n",
            "3:9: expected one reply (as [\"250-version=1\", \"250 OK\"]): more follows behind its last line",
        ),
        (
            "[[on]]\ncommand = \"X\"\nreply = \"650 BW 1 2\"\n",
            "3:9: expected one reply (as [\"250-version=1\", \"250 OK\"]): this is an event",
        ),
        (
            "[[on]]\ncommand = \"X\"\nreply = \"OK\"\n",
            "3:9: expected one reply (as [\"250-version=1\", \"250 OK\"]): byte 0: expected a status code of \
             three digits",
        ),
        (
            "[[on]]\ncommand = \"X\"\ntimes = \"often\"\n",
            "3:9: expected a number of times (as 2, \"1..\" or \"1..3\"), got \"often\"",
        ),
        (
            "[[on]]\ncommand = \"X\"\ntimes = -1\n",
            "3:9: expected a number of times (as 2, \"1..\" or \"1..3\"), got \"-1\"",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\n",
            "1:1: expected exactly one of `at`, `after` and `every`",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\nafter = \"X\"\nevery = \"1s\"\n",
            "1:1: expected exactly one of `at`, `after` and `every`",
        ),
        (
            "[[emit]]\nevent = \"BWW 1 2\"\nevery = \"1s\"\n",
            "2:9: expected an event that tor has (as \"BW 1 2\", without 650), got \"BWW 1 2\"; did you mean `BW`?",
        ),
        (
            "[[emit]]\nevent = \"BW 1\\n2\"\nevery = \"1s\"\n",
            "2:9: expected an event that tor has (as \"BW 1 2\", without 650), got \"BW 1\\n2\"",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\nevery = \"soon\"\n",
            "3:9: expected a time (as \"500ms\" or \"2s\"), got \"soon\"",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\nevery = \"0s\"\n",
            "3:9: expected at least 1ms",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\nevery = \"1s\"\ndelay = \"1s\"\n",
            "4:9: expected a delay only where the event comes after a command",
        ),
        (
            "[[on]]\ncommand = \"X\"\nline = \"(\"\n",
            "3:8: expected a regular expression, got \"(\": error: unclosed group",
        ),
        (
            "[[on]]\nsubscribes = \"STREM\"\n",
            "2:14: expected an event that tor has (as \"BW\"), got \"STREM\"; did you mean `STREAM`?",
        ),
        (
            "[[on]]\ncommand = \"X\"\nreply = \"250 OK\"\nno_reply = true\n",
            "1:1: expected at most one of `reply` and `no_reply`",
        ),
        (
            "[[on]]\ncommand = \"X\"\n[[on.then]]\nrelease_after = \"\"\n",
            "4:17: expected a command (as \"GETINFO version\" or \"SETEVENTS *\"), got \"\"",
        ),
        (
            "[[on]]\ncommand = \"X\"\nfaults = [\"half_lin\"]\n",
            "3:11: unknown variant `half_lin`, expected one of `latency`, `slicer`, `bandwidth`, `limit_data`, \
             `timeout`, `reset_peer`, `slow_close`, `half_line`, `close_in_data`, `long_line`, `garbage`, \
             `event_inside`; did you mean `half_line`?",
        ),
        (
            "[[connection]]\nfaults = [{ bandwidth = { rate = 0 } }]\n",
            "2:11: expected 1 byte a second or more: for nothing at all, say timeout",
        ),
        (
            "[[connection]]\nnumber = 0\nfaults = []\n",
            "2:10: invalid value: integer `0`, expected a whole number from 1 on",
        ),
        (
            "[[on]]\ncommand = \"X\"\nconnection = 0\n",
            "3:14: invalid value: integer `0`, expected a whole number from 1 on",
        ),
        (
            "[[on]]\ncommand = \"X\"\nconnection = -1\n",
            "3:14: invalid value: integer `-1`, expected a whole number from 1 on",
        ),
        (
            "[[on]]\ncommand = \"X\"\nconnection = 99999999999999999999\n",
            "3:14: invalid type: integer `99999999999999999999`, expected a whole number from 1 on",
        ),
        (
            "[[on]]\ncommand = \"X\"\nfaults = [{ slicer = { average_size = 1.5 } }]\n",
            "3:39: invalid type: floating point `1.5`, expected a whole number from 0 on",
        ),
        (
            "[[on]]\ncommand = \"X\"\nfaults = [{ garbage = { bytes = 99999999999999999999 } }]\n",
            "3:33: invalid type: integer `99999999999999999999`, expected a whole number from 0 on",
        ),
        (
            "[[on]]\ncommand = \"X\"\ntimes = 99999999999999999999\n",
            "3:9: invalid type: integer `99999999999999999999`, expected a number of times (as 2, \"1..\" or \
             \"1..3\")",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\nat = \"1s\"\ntimes = \"x\"\n",
            "4:9: invalid type: string \"x\", expected a whole number from 0 to 4294967295",
        ),
        (
            "[[emit]]\nevent = \"BW 1 2\"\nat = \"1s\"\ntimes = 5000000000\n",
            "4:9: invalid value: integer `5000000000`, expected a whole number from 0 to 4294967295",
        ),
        (
            "[[on]]\ncommand = \"X\"\ndelay = 5\n",
            "3:9: invalid type: integer `5`, expected a time (as \"500ms\" or \"2s\")",
        ),
        (
            "[[on]]\ncommand = \"X\"\nfaults = [\"latency\"]\n",
            "3:11: invalid type: a name alone, expected a table of what belongs to it",
        ),
        (
            "[[on]]\ncommand = \"X\"\nfaults = [{ latency = 5 }]\n",
            "3:23: invalid type: integer `5`, expected a table of what belongs to it",
        ),
        (
            "[on]\n",
            "1:1: invalid type: map, expected an array: a table of these is written [[on]], [[emit]] or [[connection]]",
        ),
        ("\u{feff}[[on]\n", "1:6: unclosed array table, expected `]`"),
        ("[[on]\n", "1:6: unclosed array table, expected `]`"),
    ] {
        let came = Script::parse(text, "a.toml").unwrap_err().to_string();
        let (first, _) = came.split_once('\n').unwrap();
        assert_eq!(first, format!("a.toml:{error}"));
    }
}

/// A state that an earlier script leads to is as good.
#[test]
fn no_state_is_out_of_reach() {
    let start = |script| Mock::builder().script(script).in_memory();
    let needs = |state| On::command("QUIT").in_state(state);
    let leads = || Script::new().on(On::any().becomes("asleep"));
    for (script, is_good) in [
        (Script::new().on(needs("asleep")), false),
        (Script::new().on(needs("start")), true),
        (
            Script::new()
                .on(needs("start").becomes("end"))
                .on(needs("end")),
            true,
        ),
        (Script::new().on(On::any().connection(0)), false),
        (Script::new().connection(0, [Fault::HalfLine]), false),
        (Script::new().connection(1, [Fault::HalfLine]), true),
    ] {
        let error = start(script).err().map(|error| error.to_string());
        assert_eq!(error.is_none(), is_good, "{error:?}");
        let says_where = |error: &str| error.contains(&format!("{}:", file!()));
        assert!(error.as_deref().is_none_or(says_where), "{error:?}");
    }
    let mock = start(leads()).unwrap();
    mock.play(&Script::new().on(needs("asleep"))).unwrap();
    assert!(mock.play(&Script::new().on(needs("awake"))).is_err());
}

/// Behind the first line stand the script's line and what points at it.
#[test]
fn errors_show_the_place() {
    for (name, text) in [
        ("field", "[[on]]\ncommand = \"X\"\n  replay = \"250 OK\"\n"),
        (
            "value",
            "\n\n\n\n\n\n\n\n\n[[on]]\n\tcommand = \"\"  # none\n",
        ),
        ("beyond", "[[on]\n"),
        ("empty", "strict = "),
        (
            "letters",
            "[[on]]\ncommand = \"\u{e9}\"\ntimes = \"\u{e9}\u{e9}\"\n",
        ),
    ] {
        let error = Script::parse(text, "a.toml").unwrap_err();
        insta::assert_snapshot!(format!("script_error_{name}"), error.to_string());
    }
}

#[test]
fn everything_can_be_said() {
    let script = Script::parse(
        r#"
[[on]]
command = "GETINFO *"
reply = ["250+a=", "..", ".", "250 OK"]
times = "1..3"
close = true

[[emit]]
event = ["CONF_CHANGED", "Nickname=a", "OK"]
every = "1.5s"
times = 3

[[emit]]
event = "NS"
data = """
r x
s Running
"""
after = "SETEVENTS NS"
"#,
        "a.toml",
    );
    assert!(script.is_ok(), "{script:?}");
    assert!(Script::parse("", "empty.toml").is_ok());
}
