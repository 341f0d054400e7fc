//! Values of settings, which cannot be wrong: changes are for that.

use std::net::SocketAddrV6;

use tor_harness::netdoc::{Document, Kind};

use super::status::flag;

/// A text that is part of a line.
pub(super) fn text(text: &str) -> Result<String, String> {
    match text.contains(['\n', '\r']) {
        true => Err(format!("expected a text on one line, got {text:?}")),
        false => Ok(text.into()),
    }
}

/// Flags, with commas between them; none if it is empty.
pub(super) fn flags(text: &str) -> Result<Flags, String> {
    match text {
        "" => Ok(Flags(Vec::new())),
        _ => text
            .split(',')
            .map(flag)
            .collect::<Result<_, _>>()
            .map(Flags),
    }
}

/// Some flags.
#[derive(Clone, Debug)]
pub(super) struct Flags(pub(super) Vec<String>);

/// Subprotocols with their versions.
pub(super) fn protocols(text: &str) -> Result<String, String> {
    const KEYWORD: &str = "proto ";
    let line = format!("{KEYWORD}{text}\n");
    let problems = Kind::ServerDescriptor.check(&Document::new(line.as_bytes()));
    // Those before and behind it are of the rest of the descriptor, which is not there.
    let place = KEYWORD.len()..line.len();
    let is_bad = problems.iter().any(|one| place.contains(&one.span.start));
    match is_bad || text.contains('\n') {
        true => Err(format!(
            "expected subprotocols, as \"Link=4-5 Relay=2\", got {text:?}"
        )),
        false => Ok(text.into()),
    }
}

/// An address with a port.
pub(super) fn ipv6(text: &str) -> Result<SocketAddrV6, String> {
    let address = text.parse::<SocketAddrV6>().ok();
    // Documents have no place for a zone, which is of one machine alone.
    let address = address.filter(|address| address.scope_id() == 0);
    address.ok_or_else(|| format!("expected [IPV6]:PORT, without a zone, got {text:?}"))
}
