//! Options that are words, names or lines of a form of their own.

use crate::world::lone_bytes::to_text;
use std::num::NonZeroU16;

use tor_harness_types::{Fingerprint, Nickname};

use super::super::router_list::is_router;
use super::super::store::Config;
use super::super::value::{entries, escaped};

/// Listeners that speak for applications, then for controllers.
const LISTENERS: &[&str] = &[
    "SocksPort",
    "DNSPort",
    "TransPort",
    "NATDPort",
    "HTTPTunnelPort",
    "ControlPort",
];

pub(super) fn listeners(config: &mut Config) -> Result<(), String> {
    for name in LISTENERS {
        let values = config.all_values(name);
        let off = values.contains(&"0");
        if (off && values.len() > 1) || !values.into_iter().all(is_listener) {
            // tor spells this one otherwise here.
            let name = name.replace("NATD", "Natd");
            return Err(format!("Invalid {name} configuration"));
        }
    }
    let sockets = config.all_values("ControlSocket");
    let is_off = |path: &&str| **path == *"0";
    match sockets.iter().any(is_off) && !sockets.iter().all(is_off) {
        true => Err("Invalid ControlSocket configuration".into()),
        false => Ok(()),
    }
}

/// The process that tor goes with: its number, and what else is said of it.
pub(super) fn owner(config: &mut Config) -> Result<(), String> {
    let is_process = |text: &str| {
        let number = text.trim_ascii_start().split([' ', ':']).next();
        number
            .and_then(|number| number.parse::<i32>().ok())
            .is_some_and(|number| number > 0)
    };
    match config.value("__OwningControllerProcess") {
        Some(text) if !is_process(text) => Err("Bad OwningControllerProcess: invalid PID".into()),
        _ => Ok(()),
    }
}

pub(super) fn nickname(config: &mut Config) -> Result<(), String> {
    match config.bytes("Nickname").map(to_text) {
        Some(name) if name.parse::<Nickname>().is_err() => Err(format!(
            "Nickname '{name}', nicknames must be between 1 and 19 characters inclusive, and must contain \
             only the characters [a-zA-Z0-9]."
        )),
        _ => Ok(()),
    }
}

pub(super) fn contact(config: &mut Config) -> Result<(), String> {
    match config.bytes("ContactInfo").map(str::from_utf8) {
        Some(Err(_)) => Err("ContactInfo config option must be UTF-8.".into()),
        _ => Ok(()),
    }
}

pub(super) fn safe_logging(config: &mut Config) -> Result<(), String> {
    let known = |word: &str| {
        ["0", "1", "relay"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    };
    match config.value("SafeLogging") {
        Some(word) if !known(word) => Err(format!(
            "Unrecognized value '{}' in SafeLogging",
            escaped(word)
        )),
        _ => Ok(()),
    }
}

/// As a tor for Linux has it.
pub(super) fn proxy_type(config: &mut Config) -> Result<(), String> {
    let word = config.value("TransProxyType").unwrap_or("default");
    Err(match word.to_ascii_lowercase().as_str() {
        "default" => return Ok(()),
        "tproxy" => "Cannot use TransProxyType without any valid TransPort.",
        "pf-divert" => "pf-divert is a OpenBSD-specific and OS X/Darwin-specific feature.",
        "ipfw" => "ipfw is a FreeBSD-specific and OS X/Darwin-specific feature.",
        _ => "Unrecognized value for TransProxyType",
    }
    .to_owned())
}

pub(super) fn family(config: &mut Config) -> Result<(), String> {
    let is_member = |entry: &str| {
        entry.parse::<Nickname>().is_ok() || {
            let digits = entry.strip_prefix('$').unwrap_or(entry);
            let digits = digits.split(['~', '=']).next().unwrap_or_default();
            digits.parse::<Fingerprint>().is_ok()
        }
    };
    for line in config.all_values("MyFamily") {
        let line: String = line.split_ascii_whitespace().collect();
        if let Some(name) = entries(&line).find(|entry| !is_member(entry)) {
            return Err(format!("Invalid nickname '{name}' in MyFamily line"));
        }
    }
    Ok(())
}

pub(super) fn family_id(config: &mut Config) -> Result<(), String> {
    let is_key = |id: &str| {
        let base64 = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
        id == "*" || (id.len() == 43 && id.bytes().all(base64))
    };
    let ids = config.all_values("FamilyId");
    match ids.into_iter().find(|id| !is_key(id)) {
        Some(id) => Err(format!("Invalid FamilyId {id}")),
        None => Ok(()),
    }
}

pub(super) fn node_family(config: &mut Config) -> Result<(), String> {
    let families = config.all_values("NodeFamily");
    let mut members = families.iter().flat_map(|line| entries(line));
    match members.all(is_router) {
        true => Ok(()),
        // tor has nothing to say here, and says so.
        false => Err("(null)".into()),
    }
}

pub(super) fn schedulers(config: &mut Config) -> Result<(), String> {
    let list = config.value("Schedulers").unwrap_or_default();
    if entries(list).next().is_none() {
        return Err(
            "Empty Schedulers list. Either remove the option so the defaults can be used or set at least \
             one value."
                .into(),
        );
    }
    let known = |word: &str| {
        ["KIST", "KISTLite", "Vanilla"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    };
    match entries(list).find(|word| !known(word)) {
        Some(word) => Err(format!(
            "Unknown type {} in option Schedulers. Possible values are KIST, KISTLite and Vanilla.",
            escaped(word)
        )),
        None => Ok(()),
    }
}

pub(super) fn buffer_factor(config: &mut Config) -> Result<(), String> {
    match config.real("KISTSockBufSizeFactor") < 0.0 {
        true => Err("KISTSockBufSizeFactor must be at least 0".into()),
        false => Ok(()),
    }
}

/// A port, `auto`, a Unix socket, or an address with a port; flags may follow.
pub(super) fn is_listener(line: &str) -> bool {
    let first = line.split_ascii_whitespace().next().unwrap_or_default();
    let is_auto = |port: &str| port.eq_ignore_ascii_case("auto");
    match first.rsplit_once(':') {
        _ if first.starts_with("unix:") => true,
        None => is_auto(first) || first.parse::<u16>().is_ok(),
        Some((address, port)) => {
            !address.is_empty() && (is_auto(port) || port.parse::<NonZeroU16>().is_ok())
        }
    }
}
