//! Conversations: of programs that steer, with controllers in between.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use tor_harness_mock::Mock;
use tor_harness_mock::steer::{Steering, Worlds};

/// How many worlds the conversations may have.
pub(crate) const MOST: usize = 4;

/// Checks a conversation, with the requests in pieces of any size.
///
/// - `> {...}` is a request, `< {...}` what answers it: `*` stands for anything.
///   `2 >` is of another connection; `2 leave` ends it.
/// - `w1: > LINE` is sent by a controller of the world `w1`, `w1: < LINE` comes
///   to it, and `w1: closed` is its end.
#[track_caller]
pub(crate) fn check(text: &str) {
    for size in [usize::MAX, 1, 7] {
        let mut talk = Talk::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            talk.step(line, size);
        }
        for steering in talk.steering.values_mut() {
            assert_eq!(String::from_utf8_lossy(&steering.take_output()), "");
        }
        drop(talk.steering);
        // A report that nobody was told of is said in the conversation.
        let reports = talk.worlds.end();
        assert!(reports.is_empty(), "{reports:?}");
    }
}

struct Talk {
    worlds: Worlds,
    steering: BTreeMap<u32, Steering>,
    /// What has come and is not expected yet.
    came: BTreeMap<u32, Vec<u8>>,
    /// Where the worlds are, and their controllers.
    controls: BTreeMap<String, String>,
    controllers: BTreeMap<String, TcpStream>,
}

impl Talk {
    fn new() -> Self {
        let main = Mock::builder().start().unwrap();
        let controls = BTreeMap::from([("main".to_owned(), main.endpoint().to_string())]);
        Self {
            worlds: Worlds::new(main, MOST),
            steering: BTreeMap::new(),
            came: BTreeMap::new(),
            controls,
            controllers: BTreeMap::new(),
        }
    }

    #[track_caller]
    fn step(&mut self, line: &str, size: usize) {
        if !line.starts_with(['<', '>'])
            && let Some((world, step)) = line.split_once(": ")
        {
            return self.controller_step(world, step);
        }
        let step = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = line.strip_suffix(step).unwrap().parse().unwrap_or(1);
        let step = step.trim_start();
        let steering = self
            .steering
            .entry(number)
            .or_insert_with(|| Steering::new(&self.worlds));
        let came = self.came.entry(number).or_default();
        if let Some(request) = step.strip_prefix("> ") {
            for piece in format!("{request}\n").as_bytes().chunks(size) {
                steering.receive(piece);
                came.extend(steering.take_output());
            }
        } else if let Some(expected) = step.strip_prefix("< ") {
            let end = came.iter().position(|byte| *byte == b'\n');
            let end = end.unwrap_or_else(|| panic!("no answer, expected {expected}"));
            let answer: Vec<_> = came.drain(..=end).collect();
            let answer = str::from_utf8(&answer).unwrap().trim_end();
            assert!(
                fits(answer, expected),
                "expected {expected}\n    came {answer}"
            );
            self.remember(answer);
        } else if step == "leave" {
            self.steering.remove(&number);
        } else if step == "closed" {
            assert!(steering.is_closed());
        } else {
            panic!("no step of a conversation: {line:?}");
        }
    }

    /// Keeps where a world is.
    fn remember(&mut self, answer: &str) {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        if let (Some(world), Some(control)) = (answer["world"].as_str(), answer["control"].as_str())
        {
            self.controls.insert(world.into(), control.into());
        }
    }

    #[track_caller]
    fn controller_step(&mut self, world: &str, step: &str) {
        let stream = self.controllers.entry(world.to_owned()).or_insert_with(|| {
            let stream = TcpStream::connect(&self.controls[world]).unwrap();
            stream
                .set_read_timeout(Some(Duration::from_secs(10)))
                .unwrap();
            stream
        });
        if let Some(line) = step.strip_prefix("> ") {
            stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        } else if let Some(line) = step.strip_prefix("< ") {
            let mut came = vec![0; line.len() + 2];
            stream.read_exact(&mut came).unwrap();
            assert_eq!(String::from_utf8_lossy(&came), format!("{line}\r\n"));
        } else if step == "closed" {
            let mut rest = Vec::new();
            // Closed in peace, or with its world.
            let _ = stream.read_to_end(&mut rest);
            assert_eq!(rest, b"");
            self.controllers.remove(world);
        } else {
            panic!("no step of a controller: {step:?}");
        }
    }
}

/// Whether a text is as a pattern says, in which `*` stands for anything.
fn fits(text: &str, pattern: &str) -> bool {
    let (start, rest) = pattern.split_once('*').unwrap_or((pattern, ""));
    let Some(mut left) = text.strip_prefix(start) else {
        return false;
    };
    if start.len() == pattern.len() {
        return left.is_empty();
    }
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some((_, behind)) = left.split_once(part) else {
            return false;
        };
        left = behind;
    }
    left.ends_with(end)
}
