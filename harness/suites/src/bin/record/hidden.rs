//! Options that tor takes but does not list in `config/names`.

use std::collections::BTreeSet;

use anyhow::Result;
use tor_harness::client::Client;
use tor_harness::control::StatusCode;
use tor_harness::control::reply::GetConfReply;

use crate::book::{Book, Setup};

/// What names are made of; tor does not mind their case.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789_";

/// Records what tor says to all of them at once.
pub(crate) fn record(book: &mut Book) -> Result<()> {
    let tor = book.start(&Setup::NULL)?;
    let mut client = tor.client()?;
    let names = client.get_info("config/names")?;
    let listed: BTreeSet<_> = names
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let all = all_names(&mut client)?;
    let hidden: Vec<_> = all
        .iter()
        .map(String::as_str)
        .filter(|name| !listed.contains(name))
        .collect();
    let line = format!("GETCONF {}", hidden.join(" "));
    book.ask(
        "control/getconf/hidden",
        &Setup::NULL,
        &tor,
        &mut client,
        &line,
    )
}

/// The names of all options. tor takes the beginning of a name for the first that starts so, and
/// tells all words of a GETCONF that begin none: every name is reached letter by letter.
fn all_names(client: &mut Client) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let mut starts = vec![String::new()];
    while !starts.is_empty() {
        let longer = starts.iter().flat_map(|start| {
            LETTERS
                .chars()
                .map(move |letter| format!("{start}{letter}"))
        });
        let longer: Vec<_> = longer.collect();
        let refused = refused(client, &longer)?;
        starts = longer;
        starts.retain(|start| !refused.contains(start));
        names.extend(answered(client, &starts)?);
    }
    Ok(names)
}

/// Those of the words that begin no name.
fn refused(client: &mut Client, words: &[String]) -> Result<BTreeSet<String>> {
    let reply = client.ask_line(&format!("GETCONF {}", words.join(" ")))?;
    let message = reply.as_message();
    if message.last().status == StatusCode::OK {
        return Ok(BTreeSet::new());
    }
    let quoted = message.lines().filter_map(|line| {
        let text = String::from_utf8_lossy(line.text);
        Some(text.split('"').nth(1)?.to_owned())
    });
    Ok(quoted.collect())
}

/// The names of the options that tor takes these words for.
fn answered(client: &mut Client, words: &[String]) -> Result<BTreeSet<String>> {
    if words.is_empty() {
        return Ok(BTreeSet::new());
    }
    let reply = client.ask_line(&format!("GETCONF {}", words.join(" ")))?;
    let reply = reply.as_message();
    let reply = GetConfReply::parse(&reply)?;
    Ok(reply
        .settings
        .iter()
        .map(|setting| setting.key.to_string())
        .collect())
}
