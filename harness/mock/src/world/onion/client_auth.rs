//! ONION_CLIENT_AUTH_ADD, ONION_CLIENT_AUTH_REMOVE, ONION_CLIENT_AUTH_VIEW.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};
use tor_harness_types::OnionAddress;

use super::key_text::from_base64;
use crate::world::World;
use crate::world::arguments::{Arguments, Pair, Syntax};
use crate::world::escaped::escaped;

/// How long a client's name should be at most, in bytes.
const LONGEST_NAME: usize = 16;

/// How many services there may be keys for, and how long a name is kept, in
/// bytes: tor has no limit.
const MOST: usize = 10_000;
const LONGEST_KEPT: usize = 1024;

const ADD: Syntax = Syntax::words(0, 2).and_pairs(&[]);
const REMOVE_OR_VIEW: Syntax = Syntax::words(0, 1).and_pairs(&[]);

/// The keys that authorize this client.
#[derive(Debug, Default)]
pub(in crate::world) struct ClientAuths(BTreeMap<OnionAddress, ClientAuth>);

/// The key of one service's client.
#[derive(Debug)]
struct ClientAuth {
    /// The address in the case in which it came: it is shown so.
    address: String,
    key: [u8; 32],
    name: Option<String>,
    permanent: bool,
}

impl ClientAuths {
    /// Those that are not in files are gone, as tor takes a configuration.
    pub(in crate::world) fn forget_temporary(&mut self) {
        self.0.retain(|_, auth| auth.permanent);
    }
}

impl ClientAuth {
    /// The line of ONION_CLIENT_AUTH_VIEW.
    fn line(&self) -> String {
        let key = BASE64.encode(&self.key);
        let mut line = format!("CLIENT {} x25519:{key}", self.address);
        if self.permanent {
            line.push_str(" Flags=Permanent");
        }
        if let Some(name) = &self.name {
            line.push_str(" ClientName=");
            line.push_str(name);
        }
        line
    }
}

impl World {
    /// ONION_CLIENT_AUTH_ADD. tor complains of each name that is too long, and
    /// goes on: then there is more than one reply.
    pub(crate) fn add_client_auth(&mut self, command: &RawCommand<'_>) -> Vec<Reply> {
        let mut replies = Vec::new();
        let last = match ADD.parse(command) {
            Ok(arguments) => self.try_add_client_auth(&arguments, &mut replies),
            Err(refusal) => Err(refusal),
        };
        replies.push(last.unwrap_or_else(|refusal| refusal));
        replies
    }

    fn try_add_client_auth(
        &mut self,
        arguments: &Arguments<'_>,
        complaints: &mut Vec<Reply>,
    ) -> Result<Reply, Reply> {
        let [address, key] = arguments.words[..] else {
            return Err(incomplete("ONION_CLIENT_AUTH_ADD"));
        };
        let onion = self.onion_address_or_refusal(address)?;
        let mut auth = ClientAuth {
            address: String::from_utf8_lossy(address).into_owned(),
            key: read_key(key)?,
            name: None,
            permanent: false,
        };
        for pair in &arguments.pairs {
            if starts_with_flags(pair) {
                check_flags(pair.value, auth.permanent)?;
                auth.permanent = true;
            }
            if pair.is("ClientName") {
                if pair.value.len() > LONGEST_NAME {
                    let text = format!("ClientName longer than {LONGEST_NAME} chars");
                    complaints.push(Reply::new(StatusCode::BAD_ARGUMENT, text));
                }
                auth.name = Some(pair.value.to_owned());
            }
        }
        Ok(self.store_client_auth(onion, auth))
    }

    fn store_client_auth(&mut self, onion: OnionAddress, auth: ClientAuth) -> Reply {
        let unable = || {
            let text = format!("Unable to store creds for \"{}\"", auth.address);
            Reply::new(StatusCode::INVALID_CONFIGURATION, text)
        };
        if auth.permanent && self.config.value("ClientOnionAuthDir").is_none() {
            let text = format!(
                "Can't register permanent client auth credentials for {} without ClientOnionAuthDir option. \
                 Discarding.",
                auth.address
            );
            self.log("WARN", &text);
            return unable();
        }
        let auths = &mut self.client_auths.0;
        let is_full = auths.len() >= MOST && !auths.contains_key(&onion);
        let name = auth.name.as_deref().unwrap_or_default();
        if is_full || name.len() > LONGEST_KEPT {
            return unable();
        }
        match auths.insert(onion, auth) {
            Some(_) => Reply::new(
                StatusCode::UNNECESSARY,
                "Client for onion existed and replaced",
            ),
            None => Reply::ok(),
        }
    }

    /// ONION_CLIENT_AUTH_REMOVE.
    pub(crate) fn remove_client_auth(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = REMOVE_OR_VIEW.parse(command)?;
        let [address] = arguments.words[..] else {
            return Err(incomplete("ONION_CLIENT_AUTH_REMOVE"));
        };
        let onion = self.onion_address_or_refusal(address)?;
        Ok(match self.client_auths.0.remove(&onion) {
            Some(_) => Reply::ok(),
            None => Reply::new(
                StatusCode::UNNECESSARY,
                [b"No credentials for \"", address, b"\""].concat(),
            ),
        })
    }

    /// ONION_CLIENT_AUTH_VIEW.
    pub(crate) fn view_client_auths(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = REMOVE_OR_VIEW.parse(command)?;
        let mut first = b"ONION_CLIENT_AUTH_VIEW".to_vec();
        let asked = arguments.words.first().copied();
        if let Some(address) = asked {
            self.onion_address_or_refusal(address)?;
            first.push(b' ');
            first.extend_from_slice(address);
        }
        // Not by what it means: tor compares the text.
        let wanted = |auth: &&ClientAuth| asked.is_none_or(|text| text == auth.address.as_bytes());
        let auths = self.client_auths.0.values().filter(wanted);
        let mut lines: Vec<_> = auths.map(ClientAuth::line).collect();
        lines.sort();
        Ok(lines
            .into_iter()
            .fold(Reply::ok().before(StatusCode::OK, first), |reply, line| {
                reply.before(StatusCode::OK, line)
            }))
    }

    fn onion_address_or_refusal(&mut self, text: &[u8]) -> Result<OnionAddress, Reply> {
        self.onion_address(text).ok_or_else(|| {
            let text = [b"Invalid v3 address \"", text, b"\""].concat();
            Reply::new(StatusCode::BAD_ARGUMENT, text)
        })
    }
}

fn incomplete(keyword: &str) -> Reply {
    let text = format!("Incomplete {keyword} command");
    Reply::new(StatusCode::BAD_ARGUMENT, text)
}

/// Reads `x25519:KEY`.
fn read_key(text: &[u8]) -> Result<[u8; 32], Reply> {
    let parts: Vec<_> = text
        .split(|byte| *byte == b':')
        .filter(|part| !part.is_empty())
        .collect();
    let [kind, blob] = parts[..] else {
        return Err(Reply::new(
            StatusCode::BAD_ARGUMENT,
            "Invalid key type/blob",
        ));
    };
    if !kind.eq_ignore_ascii_case(b"x25519") {
        let text = [b"Unrecognized key type \"", kind, b"\""].concat();
        return Err(Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text));
    }
    let key = str::from_utf8(blob).ok().and_then(from_base64);
    let key = key.ok_or_else(|| {
        let text = "Failed to decode x25519 private key";
        Reply::new(StatusCode::BAD_ARGUMENT, text)
    })?;
    if key == [0; 32] {
        let text = [b"Invalid private key \"", blob, b"\""].concat();
        return Err(Reply::new(StatusCode::INVALID_CONFIGURATION, text));
    }
    Ok(key)
}

/// tor takes every key that starts so.
fn starts_with_flags(pair: &Pair<'_>) -> bool {
    let start = pair.key.get(.."Flags".len());
    start.is_some_and(|start| start.eq_ignore_ascii_case("Flags"))
}

/// There is one flag, `Permanent`; no more is needed where it has come already.
fn check_flags(value: &str, has_come: bool) -> Result<(), Reply> {
    let mut flags = value.split(',').filter(|flag| !flag.is_empty()).peekable();
    let text = match flags.peek() {
        None if has_come => return Ok(()),
        None => "Invalid 'Flags' argument".to_owned(),
        Some(_) => match flags.find(|flag| !flag.eq_ignore_ascii_case("Permanent")) {
            None => return Ok(()),
            Some(flag) => format!("Invalid 'Flags' argument: {}", escaped(flag.as_bytes())),
        },
    };
    Err(Reply::new(StatusCode::BAD_ARGUMENT, text))
}
