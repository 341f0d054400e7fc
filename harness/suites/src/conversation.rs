//! Tests that are conversations in a text file.
//!
//! ```text
//! == asks for a value               a test and its name
//! auth password=secret cookie       the fixture's ways to authenticate, if not the target's
//! unauthenticated                   the first connection authenticates itself, if at all
//! needs no network                  the test is skipped where there is one; also: needs network
//! # a comment
//! > GETINFO version                 is sent
//! < 250-version=*                   has to come; `*` stands for anything in a line
//! < 250 OK
//! ! 650 BW 0 0                      an event that has to come, now or later
//! <nothing>                         no event has come that was not awaited
//! <closed>                          the connection has to be closed
//! @ second                          the talk goes on, on another connection of this name
//! ```
//!
//! A name in braces stands for a part of a line, which is learned where it comes first in an answer
//! or event, and expected or sent from then on: `< 250 EXTENDED {circuit}`.
//!
//! In what is sent, `{cookie}` is the cookie in hexadecimal, `{crlf}`, `{lf}`,
//! `{tab}` and `{nul}` are these bytes, and `{open}` at the end leaves the line
//! open. A data block's lines are written like others, behind `<`.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use tor_harness::client::Client;
use tor_harness::control::auth::AuthConfig;
use tor_harness::control::{Message, OwnedMessage};
use tor_harness::runner::{Context, Failed, TestResult};
use tor_harness::{Fixture, require};

use crate::differential::{self, Script};
use crate::fixtures::{fixture, shared};
use crate::learned::{Learned, wild};

/// The tests of a file: its conversations with their names.
///
/// # Panics
/// If the text is no such file: that is a mistake in the test, not in what it
/// tests.
pub fn conversations(
    text: &'static str,
) -> impl Iterator<
    Item = (
        &'static str,
        impl Fn(&Context) -> TestResult + Send + 'static,
    ),
> {
    parse(text)
        .map(|(name, conversation)| (name, move |ctx: &Context| conversation.hold_on_own(ctx)))
}

/// The same where nothing is changed: they have one fixture together.
///
/// # Panics
/// As [`conversations`] does.
pub fn readings(
    text: &'static str,
) -> impl Iterator<
    Item = (
        &'static str,
        impl Fn(&Context) -> TestResult + Send + 'static,
    ),
> {
    parse(text)
        .map(|(name, conversation)| (name, move |ctx: &Context| conversation.hold(ctx, shared)))
}

/// What is sent in the conversations of a file, with their names.
///
/// # Panics
/// As [`conversations`] does.
pub fn scripts(text: &'static str) -> impl Iterator<Item = (&'static str, Script)> {
    parse(text).map(|(name, conversation)| (name, conversation.script()))
}

fn parse(text: &'static str) -> impl Iterator<Item = (&'static str, Conversation)> {
    assert!(
        text.starts_with("== "),
        "a file of conversations starts with `== NAME`"
    );
    text.split("\n== ").map(|part| {
        let part = part.strip_prefix("== ").unwrap_or(part);
        let (name, body) = part.split_once('\n').expect("a conversation has a body");
        (name.trim(), Conversation::parse(body))
    })
}

#[derive(Default)]
struct Conversation {
    auth: Option<AuthConfig>,
    unauthenticated: bool,
    needs: Option<fn() -> Result<(), String>>,
    steps: Vec<Step>,
}

enum Step {
    Send(&'static str),
    /// The lines of one reply.
    Reply(Vec<&'static str>),
    /// The lines of one event.
    Event(Vec<&'static str>),
    Nothing,
    Closed,
    On(&'static str),
}

impl Conversation {
    fn parse(body: &'static str) -> Self {
        let mut this = Self::default();
        let mut open = false; // whether the last step lacks lines of its message
        for line in body.lines() {
            if let Some(words) = line.strip_prefix("auth") {
                this.auth = Some(auth(words));
            } else if line == "unauthenticated" {
                this.unauthenticated = true;
            } else if line == "needs network" {
                this.needs = Some(require::network);
            } else if line == "needs no network" {
                this.needs = Some(require::no_network);
            } else if line == "<nothing>" {
                this.steps.push(Step::Nothing);
            } else if line == "<closed>" {
                this.steps.push(Step::Closed);
            } else if let Some(name) = line.strip_prefix("@ ") {
                this.steps.push(Step::On(name));
            } else if let Some(sent) = line.strip_prefix("> ") {
                this.steps.push(Step::Send(sent));
            } else if let Some((mark, expected)) = line
                .split_at_checked(2)
                .filter(|(mark, _)| ["< ", "! "].contains(mark))
            {
                match this.steps.last_mut() {
                    Some(Step::Reply(lines) | Step::Event(lines)) if open => lines.push(expected),
                    _ if mark == "! " => this.steps.push(Step::Event(vec![expected])),
                    _ => this.steps.push(Step::Reply(vec![expected])),
                }
                let digits = expected.bytes().take(3).all(|b| b.is_ascii_digit());
                open = !(digits && expected.as_bytes().get(3) == Some(&b' '));
            } else {
                assert!(
                    line.is_empty() || line.starts_with('#'),
                    "no line of a conversation: {line:?}"
                );
            }
        }
        this
    }

    /// What is sent, where no target says otherwise.
    fn script(&self) -> Script {
        let auth = self.auth.clone().unwrap_or_default();
        let mut names = vec![];
        let mut steps = vec![];
        let mut connect = |name: &'static str, steps: &mut Vec<_>| {
            let known = names.iter().position(|known| *known == name);
            known.unwrap_or_else(|| {
                let number = names.len();
                names.push(name);
                if !(self.unauthenticated && number == 0) {
                    steps.push(differential::Step::let_in(number, &auth));
                }
                number
            })
        };
        let mut current = connect("first", &mut steps);
        for step in &self.steps {
            match step {
                Step::On(name) => current = connect(name, &mut steps),
                Step::Send(line) => steps.push(differential::Step::new(current, bytes(line))),
                _ => {}
            }
        }
        Script { auth, steps }
    }

    fn hold_on_own(&self, ctx: &Context) -> TestResult {
        self.hold(ctx, |ctx| fixture(ctx, self.auth.clone()))
    }

    fn hold(
        &self,
        ctx: &Context,
        fixture: impl FnOnce(&Context) -> Result<Arc<Fixture>, Failed>,
    ) -> TestResult {
        if let Some(Err(reason)) = self.needs.map(|needs| needs()) {
            return ctx.skip(reason);
        }
        let fixture = fixture(ctx)?;
        let connect = |name: &str| match self.unauthenticated {
            true if name == "first" => fixture.connect(),
            _ => fixture.client(),
        };
        let mut clients = BTreeMap::from([("first", connect("first")?)]);
        let mut current = "first";
        let mut learned = Learned::default();
        for step in &self.steps {
            let Some(client) = clients.get_mut(current) else {
                unreachable!("made when named")
            };
            match step {
                Step::On(name) => {
                    if !clients.contains_key(name) {
                        clients.insert(name, connect(name)?);
                    }
                    current = name;
                }
                Step::Send(line) => {
                    client.send(&with_cookie(&bytes(&learned.fill(line)), &fixture)?)?;
                }
                Step::Reply(expected) => {
                    let expected = learned.fill_all(expected);
                    let reply = client.reply(&format!("{expected:?}"))?;
                    compare(&wild(&expected), &reply, client)?;
                    learned.learn(&expected, &reply);
                }
                Step::Event(expected) => {
                    let expected = learned.fill_all(expected);
                    let wild = wild(&expected);
                    let event = client.wait_for_event(&format!("{expected:?}"), |event| {
                        agree(&wild, &event.message())
                    })?;
                    learned.learn(&expected, &event);
                }
                Step::Nothing => nothing(client)?,
                Step::Closed => client.wait_until_closed()?,
            }
        }
        Ok(())
    }
}

fn auth(words: &str) -> AuthConfig {
    words
        .split_whitespace()
        .fold(AuthConfig::null(), |auth, word| {
            match word.split_once('=') {
                Some(("password", password)) => auth.and_password(password),
                None if word == "cookie" => auth.and_cookie(),
                None if word == "null" => auth,
                _ => panic!("no way to authenticate: {word:?}"),
            }
        })
}

/// The bytes to send for a line, `{cookie}` aside.
fn bytes(line: &str) -> Vec<u8> {
    let mut line = line.to_owned();
    for (name, byte) in [
        ("{crlf}", "\r\n"),
        ("{lf}", "\n"),
        ("{tab}", "\t"),
        ("{nul}", "\0"),
    ] {
        line = line.replace(name, byte);
    }
    match line.strip_suffix("{open}") {
        Some(open) => open.to_owned(),
        None => line + "\r\n",
    }
    .into_bytes()
}

/// The bytes with the fixture's cookie in hexadecimal.
fn with_cookie(bytes: &[u8], fixture: &Fixture) -> Result<Vec<u8>, Failed> {
    const NAME: &[u8] = b"{cookie}";
    let Some(at) = bytes.windows(NAME.len()).position(|w| w == NAME) else {
        return Ok(bytes.to_vec());
    };
    let path = fixture.cookie_file().ok_or("the fixture has no cookie")?;
    let cookie = fs::read(path)?;
    let digits = HEXLOWER.encode(&cookie);
    Ok([&bytes[..at], digits.as_bytes(), &bytes[at + NAME.len()..]].concat())
}

/// An answer comes behind the events that came before it was asked for.
fn nothing(client: &mut Client) -> TestResult {
    client.get_info("version")?;
    match client.take_events().as_slice() {
        [] => Ok(()),
        events => Err(format!("expected no event, got {events:?}").into()),
    }
}

fn compare(expected: &[String], got: &OwnedMessage, client: &Client) -> TestResult {
    let message = got.as_message();
    if agree(expected, &message) {
        return Ok(());
    }
    let transcript = client.transcript();
    let (expected, got) = (expected.join("\n  "), lines(&message).join("\n  "));
    Err(format!("expected\n  {expected}\ngot\n  {got}\ntranscript:\n{transcript}").into())
}

fn agree(expected: &[String], message: &Message<'_>) -> bool {
    let got = lines(message);
    // `*` by itself stands for any number of lines.
    if let Some(at) = expected.iter().position(|line| line == "*") {
        let (before, after) = (&expected[..at], &expected[at + 1..]);
        return got.len() >= before.len() + after.len()
            && before.iter().zip(&got).all(|(e, g)| agree_line(e, g))
            && after
                .iter()
                .rev()
                .zip(got.iter().rev())
                .all(|(e, g)| agree_line(e, g));
    }
    expected.len() == got.len() && expected.iter().zip(&got).all(|(e, g)| agree_line(e, g))
}

/// The lines of a message as they came.
fn lines(message: &Message<'_>) -> Vec<String> {
    let text = String::from_utf8_lossy(message.as_bytes());
    text.split_terminator("\r\n").map(str::to_owned).collect()
}

/// Whether a line is as expected; `*` stands for anything.
fn agree_line(expected: &str, got: &str) -> bool {
    let mut parts = expected.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = got.strip_prefix(first) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(part) = last.replace(part) {
            match rest.split_once(part) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |part: &str| rest.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (expected, got, agrees) in [
            ("250 OK", "250 OK", true),
            ("250 OK", "250 OKAY", false),
            ("250-version=*", "250-version=0.4", true),
            ("250-version=*", "250-config=x", false),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "a1c", false),
            ("*", "", true),
        ] {
            assert_eq!(agree_line(expected, got), agrees, "{expected} {got}");
        }
    }

    #[test]
    fn reads_conversations() {
        let text = "== one\nauth cookie\n> A\n< 250-a\n< 250 OK\n< 250 OK\n\n== two\nunauthenticated\n! 650 B\n<closed>\n";
        let names: Vec<_> = conversations(text).map(|(name, _)| name).collect();
        assert_eq!(names, ["one", "two"]);
        let steps = Conversation::parse("> A\n< 250-a\n< 250 OK\n< 250 OK\n").steps;
        assert!(
            matches!(&steps[..], [Step::Send("A"), Step::Reply(a), Step::Reply(b)] if a.len() == 2 && b.len() == 1)
        );
    }
}
