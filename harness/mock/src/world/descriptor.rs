//! HSFETCH, +HSPOST, +POSTDESCRIPTOR.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};
use tor_harness_types::{Fingerprint, Nickname};

use super::World;
use super::arguments::{Pair, Syntax};

const FETCH: Syntax = Syntax::words(1, 1).and_pairs(&["SERVER"]);
const POST_ONION: Syntax = Syntax::words(0, 0)
    .and_pairs(&["SERVER", "HSADDRESS"])
    .and_body();
const POST_ROUTER: Syntax = Syntax::words(0, 0)
    .and_pairs(&["cache", "purpose"])
    .and_body();

/// The lines that the descriptor of an onion service has, in tor's order.
const ONION_ITEMS: &[&str] = &[
    "hs-descriptor",
    "descriptor-lifetime",
    "descriptor-signing-key-cert",
    "revision-counter",
    "superencrypted",
    "signature",
];

/// How many descriptors of relays are remembered: tor has no limit.
const MOST: usize = 10_000;

/// The descriptors of relays that came, by their SHA-256.
#[derive(Debug, Default)]
pub(super) struct PostedDescriptors(BTreeSet<[u8; 32]>);

impl World {
    /// HSFETCH: there is nobody to fetch from.
    pub(crate) fn fetch_onion(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = FETCH.parse(command)?;
        let address = arguments.words[0];
        if self.onion_address(address).is_none() {
            let text = [b"Invalid argument \"", address, b"\""].concat();
            return Err(Reply::new(StatusCode::UNRECOGNIZED_ARGUMENT, text));
        }
        arguments.pairs.iter().try_for_each(refuse_server)?;
        self.log(
            "WARN",
            "No live consensus so we can't get the responsible hidden service directories.",
        );
        Ok(Reply::ok())
    }

    /// +HSPOST; no reply at all where no HSADDRESS says of which version the
    /// descriptor is. What is inside is not checked, but for its lines being
    /// there.
    pub(crate) fn post_onion(&mut self, command: &RawCommand<'_>) -> Result<Option<Reply>, Reply> {
        let arguments = POST_ONION.parse(command)?;
        let mut has_address = false;
        for pair in &arguments.pairs {
            if pair.is("SERVER") {
                refuse_server(pair)?;
            } else if self.onion_address(pair.value.as_bytes()).is_none() {
                let text = "Malformed onion address";
                return Err(Reply::new(StatusCode::BAD_ARGUMENT, text));
            }
            has_address = true;
        }
        if !has_address {
            return Ok(None);
        }
        let is_missing = |word: &&&str| !has_line(&arguments.body, word);
        let missing = ONION_ITEMS.iter().find(is_missing);
        let starts_well = arguments.body.starts_with(b"hs-descriptor ");
        let wrong = match missing {
            Some(word) if starts_well || word == &ONION_ITEMS[0] => {
                format!("missing {word} element")
            }
            None if starts_well => return Ok(Some(Reply::ok())),
            _ => "first item is not hs-descriptor".to_owned(),
        };
        self.log("WARN", &format!("Parse error: {wrong}."));
        self.log("WARN", "Service descriptor is not parseable");
        let text = "Invalid descriptor";
        Err(Reply::new(StatusCode::INVALID_DESCRIPTOR, text))
    }

    /// +POSTDESCRIPTOR. What is inside is not checked, but for the lines that
    /// say whose it is and where it ends.
    pub(crate) fn post_router(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = POST_ROUTER.parse(command)?;
        let purposes = ["general", "controller", "bridge"];
        refuse_other(arguments.value("purpose"), &purposes, "purpose")?;
        refuse_other(arguments.value("cache"), &["no", "yes"], "cache request")?;
        let Some(name) = long_name(&arguments.body) else {
            if !has_line(&arguments.body, "router") {
                self.log("WARN", "No router keyword found.");
            }
            self.log("WARN", "Error parsing router descriptor; dropping.");
            let text = "Couldn't parse router descriptor.";
            return Err(Reply::new(StatusCode::INVALID_DESCRIPTOR, text));
        };
        let known = &mut self.posted_descriptors.0;
        let is_new = known.len() < MOST && known.insert(Sha256::digest(&arguments.body).into());
        if !is_new {
            let text = "Router descriptor was not new.";
            return Ok(Reply::new(StatusCode::UNNECESSARY, text));
        }
        let event = Reply::event(format!("NEWDESC {name}"));
        self.events.emit_named("NEWDESC", &event);
        Ok(Reply::ok())
    }
}

/// There is no directory server that tor knows.
fn refuse_server(pair: &Pair<'_>) -> Result<(), Reply> {
    let text = format!("Server \"{}\" not found", pair.value);
    Err(Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text))
}

fn refuse_other(value: Option<&str>, known: &[&str], what: &str) -> Result<(), Reply> {
    match value {
        Some(value) if !known.iter().any(|word| word.eq_ignore_ascii_case(value)) => {
            let text = format!("Unknown {what} \"{value}\"");
            Err(Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text))
        }
        _ => Ok(()),
    }
}

/// Whether a line starts with a keyword and has something behind it.
fn has_line(text: &[u8], keyword: &str) -> bool {
    argument(text, keyword).is_some()
}

fn argument<'t>(text: &'t [u8], keyword: &str) -> Option<&'t [u8]> {
    text.split(|byte| *byte == b'\n').find_map(|line| {
        let rest = line.strip_prefix(keyword.as_bytes())?;
        rest.strip_prefix(b" ")
    })
}

/// `$FINGERPRINT~NICKNAME` of a whole server descriptor.
fn long_name(text: &[u8]) -> Option<String> {
    let word = |keyword| str::from_utf8(argument(text, keyword)?).ok();
    let nickname = word("router")?.split(' ').next()?;
    nickname.parse::<Nickname>().ok()?;
    let fingerprint = word("fingerprint")?.replace(' ', "");
    fingerprint.parse::<Fingerprint>().ok()?;
    let end = b"\nrouter-signature\n";
    text.windows(end.len())
        .any(|part| part == end)
        .then(|| format!("${fingerprint}~{nickname}"))
}
