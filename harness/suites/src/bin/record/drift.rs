//! What the recorded tor offers that is not known here, by name.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, ensure};
use tor_harness::control::reply::StatusCode;
use tor_harness::control::{Command, OwnedMessage};
use tor_harness_suites::{Offers, drift};

use crate::book::{Book, Setup};
use crate::words::words;

/// The length of the shortest command that is looked for; QUIT is the shortest known.
const SHORTEST: usize = 4;

/// Says each thing that is new, as a text of one line, as soon as it is found: what fails later does not hide it.
pub(crate) fn drifts(book: &mut Book, say: impl Fn(&str)) -> Result<()> {
    let version = format!("tor {}", book.tor_version());
    let say = |what: &str, names: &[String]| {
        names
            .iter()
            .for_each(|name| say(&drift(&version, what, name)));
    };
    let tor = book.start(&Setup::NULL)?;
    let mut client = tor.client()?;
    for offers in Offers::ALL {
        let reply = client.ask_line(&format!("GETINFO {}", offers.key))?;
        let list = offers.value(reply.as_message().as_bytes())?;
        say(offers.what, &offers.unknown(&list)?);
    }
    // No tor lists its commands. But the name of each is a word of the executable, and tor says of any word whether
    // it is a command: it is asked about all of them.
    let path = book.executable();
    let executable = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let words = words(&executable, SHORTEST);
    say(
        "command",
        &unknown(&words, |line| Ok(client.ask_line(line)?))?,
    );
    Ok(())
}

/// The words that `ask` knows as commands and that are not known here; in upper case.
fn unknown(
    words: &BTreeSet<String>,
    mut ask: impl FnMut(&str) -> Result<OwnedMessage>,
) -> Result<Vec<String>> {
    ensure!(
        words.contains("getinfo"),
        "expected tor's executable to have the names of its commands in it, but there is no `getinfo`: \
         is it a script? --tor takes the path of the tor that it runs"
    );
    let known: BTreeSet<_> = Command::KEYWORDS
        .iter()
        .map(|word| word.to_lowercase())
        .collect();
    let mut unknown = Vec::new();
    for word in words.difference(&known) {
        // What starts with a plus is followed by a data block, which is empty here.
        let end = if word.starts_with('+') { "\r\n." } else { "" };
        let reply = ask(&format!("{word}{end}"))
            .with_context(|| format!("{word} may be a command that is not known here"))?;
        if reply.as_message().last().status != StatusCode::UNRECOGNIZED_COMMAND {
            unknown.push(word.to_uppercase());
        }
    }
    Ok(unknown)
}

#[cfg(test)]
mod tests {
    use tor_harness::control::Decoder;

    use super::*;

    /// What a tor answers that has these commands.
    fn answer(commands: &[&str], line: &str) -> OwnedMessage {
        let word = line.split("\r\n").next().unwrap_or_default();
        let mut decoder = Decoder::new();
        decoder.push(match commands.contains(&word) {
            true => b"512 Missing argument\r\n",
            false => b"510 Unrecognized command\r\n",
        });
        decoder.next().unwrap().unwrap().into_owned()
    }

    #[test]
    fn names_the_commands_of_a_newer_tor() {
        let executable = b"\x7fELF\0getinfo\0some_teleport\0+hsnew\0setconf\0nothing\0";
        for (commands, new) in [
            (&["getinfo", "setconf"][..], &[][..]),
            (&["getinfo", "teleport", "+hsnew"], &["+HSNEW", "TELEPORT"]),
            (&["getinfo", "hsnew"], &["HSNEW"]),
        ] {
            let words = words(executable, SHORTEST);
            let found = unknown(&words, |line| Ok(answer(commands, line))).unwrap();
            assert_eq!(found, new);
        }
    }

    #[test]
    fn an_executable_without_names_is_told() {
        let words = words(b"#!/bin/sh\nexec tor", SHORTEST);
        let error = unknown(&words, |line| Ok(answer(&[], line))).unwrap_err();
        assert!(error.to_string().contains("is it a script?"), "{error}");
    }
}
