//! What ADD_ONION asks for.

use std::net::{IpAddr, Ipv6Addr};

use tor_harness_control::{Reply, StatusCode};

use super::key::SecretKey;
use super::key_text::is_base32_key;
use crate::world::arguments::{Arguments, Syntax};
use crate::world::escaped::escaped;

/// The arguments of ADD_ONION.
pub(super) const SYNTAX: Syntax = Syntax::words(1, 1).and_pairs(&[
    "Port",
    "Flags",
    "MaxStreams",
    "PoWDefensesEnabled",
    "PoWQueueRate",
    "PoWQueueBurst",
    "ClientAuth",
    "ClientAuthV3",
]);

/// What of it shows: where streams would go to, nobody sees without network.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Request<'a> {
    pub(super) discards_key: bool,
    pub(super) detached: bool,
    pub(super) clients: Vec<&'a str>,
    has_port: bool,
    authorizes: bool,
    non_anonymous: bool,
}

impl<'a> Request<'a> {
    /// Reads the arguments; `non_anonymous` is whether services of this tor are.
    ///
    /// # Errors
    /// tor's refusal: of the first argument that is wrong, or of all together. None for ClientAuth,
    /// of former services: there tor says nothing at all.
    pub(super) fn read(
        arguments: &Arguments<'a>,
        non_anonymous: bool,
    ) -> Result<Self, Option<Reply>> {
        let mut request = Self::default();
        for pair in &arguments.pairs {
            let number = |most| is_number(pair.value, 0, most);
            let wrong = match pair.key.to_ascii_lowercase().as_str() {
                "port" if !is_port_line(pair.value) => "Invalid VIRTPORT/TARGET",
                "maxstreams" if !number(65535) => "Invalid MaxStreams",
                "powdefensesenabled" if !number(1) => "Invalid PoWDefensesEnabled",
                "powqueuerate" if !number(u32::MAX.into()) => "Invalid PoWQueueRate",
                "powqueueburst" if !number(u32::MAX.into()) => "Invalid PoWQueueBurst",
                "clientauthv3" if !is_base32_key(pair.value) => "Cannot decode v3 client auth key",
                "clientauth" => return Err(None),
                "port" => {
                    request.has_port = true;
                    continue;
                }
                "clientauthv3" => {
                    request.clients.push(pair.value);
                    continue;
                }
                "flags" => {
                    request.read_flags(pair.value)?;
                    continue;
                }
                _ => continue,
            };
            return Err(Some(refusal(wrong)));
        }
        request.check(non_anonymous)?;
        Ok(request)
    }

    fn read_flags(&mut self, value: &str) -> Result<(), Reply> {
        let mut flags = value.split(',').filter(|flag| !flag.is_empty()).peekable();
        if flags.peek().is_none() {
            return Err(refusal("Invalid 'Flags' argument"));
        }
        for flag in flags {
            match flag.to_ascii_lowercase().as_str() {
                "discardpk" => self.discards_key = true,
                "detach" => self.detached = true,
                "maxstreamsclosecircuit" => {}
                "v3auth" => self.authorizes = true,
                "nonanonymous" => self.non_anonymous = true,
                _ => {
                    let flag = escaped(flag.as_bytes());
                    return Err(refusal(&format!("Invalid 'Flags' argument: {flag}")));
                }
            }
        }
        Ok(())
    }

    fn check(&self, non_anonymous: bool) -> Result<(), Reply> {
        let wrong = if !self.has_port {
            "Missing 'Port' argument"
        } else if !self.authorizes && !self.clients.is_empty() {
            "No auth type specified"
        } else if self.authorizes && self.clients.is_empty() {
            "No auth clients specified"
        } else if self.non_anonymous && !non_anonymous {
            "Tor is in anonymous hidden service mode"
        } else if !self.non_anonymous && non_anonymous {
            "Tor is in non-anonymous hidden service mode"
        } else {
            return Ok(());
        };
        Err(refusal(wrong))
    }
}

/// A key that is to be made, or is given.
pub(super) enum KeyRequest {
    New,
    Given(SecretKey),
}

impl KeyRequest {
    /// Reads `NEW:BEST`, `NEW:ED25519-V3` or `ED25519-V3:KEY`.
    pub(super) fn read(text: &[u8]) -> Result<Self, Reply> {
        let text = str::from_utf8(text).unwrap_or_default();
        let parts: Vec<_> = text.split(':').filter(|part| !part.is_empty()).collect();
        let [kind, blob] = parts[..] else {
            return Err(refusal("Invalid key type/blob"));
        };
        let is_ed25519 = |word: &str| word.eq_ignore_ascii_case("ED25519-V3");
        if is_ed25519(kind) {
            return match SecretKey::from_base64(blob) {
                Some(key) => Ok(Self::Given(key)),
                None => Err(refusal("Failed to decode ED25519-V3 key")),
            };
        }
        let best = is_ed25519(blob) || blob.eq_ignore_ascii_case("BEST");
        if kind.eq_ignore_ascii_case("NEW") && best {
            return Ok(Self::New);
        }
        Err(Reply::new(
            StatusCode::UNRECOGNIZED_ARGUMENT,
            "Invalid key type",
        ))
    }
}

fn refusal(text: &str) -> Reply {
    Reply::new(StatusCode::BAD_ARGUMENT, text)
}

/// Whether a text is a number between these, a sign allowed.
fn is_number(text: &str, least: i64, most: i64) -> bool {
    let number = text.parse::<i64>();
    number.is_ok_and(|number| (least..=most).contains(&number))
}

fn is_port(text: &str) -> bool {
    is_number(text, 1, 65535)
}

/// `VIRTPORT[,TARGET]`.
fn is_port_line(line: &str) -> bool {
    let (port, target) = match line.trim_start_matches(',').split_once(',') {
        None => (line.trim_start_matches(','), ""),
        Some((port, target)) => (port, target.trim_start_matches(',')),
    };
    is_port(port) && (target.is_empty() || is_target(target))
}

/// A port, an address with or without a port, or a Unix socket. Of host names
/// `localhost` alone is known, because nothing here asks a resolver.
fn is_target(target: &str) -> bool {
    if target.starts_with("unix:") {
        return true;
    }
    if !target.contains([':', '.']) {
        return is_port(target);
    }
    let bare = target
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(target);
    if bare.parse::<IpAddr>().is_ok() {
        return true;
    }
    let Some((host, port)) = target.rsplit_once(':') else {
        return false;
    };
    let host_is_known = match host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        Some(host) => host.parse::<Ipv6Addr>().is_ok(),
        None => host == "localhost" || host.parse::<IpAddr>().is_ok(),
    };
    host_is_known && is_port(port)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a tor 0.4.9.11 took, and what not.
    #[test]
    fn ports() {
        for line in [
            "80",
            "+80",
            "080",
            "80,",
            ",80",
            "80,81",
            "80,127.0.0.1",
            "80,[::1]:80",
            "80,::1",
            "80,[::1]",
            "80,::1:80",
            "80,localhost:80",
            "80,unix:/x",
            "80,unix:x",
            "80,unix:",
        ] {
            assert!(is_port_line(line), "{line}");
        }
        for line in [
            "",
            "0",
            "65536",
            "80x",
            "-80",
            "80,81,82",
            "80,0",
            "80,70000",
            "80,81x",
            "80,127.0.0.1:0",
            "80,127.0.0.1:",
            "80,127.0.0.1:x",
            "80,127.0.0.1:99999",
            "80,300.0.0.1:80",
            "80,localhost",
            "80,nosuch.example:80",
            "80,:80",
            "80,UNIX:/x",
        ] {
            assert!(!is_port_line(line), "{line}");
        }
    }
}
