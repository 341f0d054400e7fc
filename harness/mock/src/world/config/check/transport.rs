//! Pluggable transports.

use std::net::SocketAddr;

use super::super::store::Config;
use super::super::value::entries;
use super::address::endpoint;

type Line = fn(&str) -> bool;

/// Options of lines, with what their lines are like, in tor's order.
const LINES: &[(&str, Line, &str)] = &[
    (
        "ClientTransportPlugin",
        |line| is_plugin(line, &["socks4", "socks5"]),
        "Invalid client transport line.",
    ),
    (
        "ServerTransportPlugin",
        |line| is_plugin(line, &["proxy"]),
        "Invalid server transport line.",
    ),
    (
        "ServerTransportListenAddr",
        is_listen_address,
        "ServerTransportListenAddr did not parse.",
    ),
    (
        "ServerTransportOptions",
        is_options,
        "ServerTransportOptions did not parse.",
    ),
];

pub(super) fn all(config: &mut Config) -> Result<(), String> {
    for (name, is_good, wrong) in LINES {
        if !config.all_values(name).into_iter().all(is_good) {
            return Err(format!("{wrong} See logs for details."));
        }
    }
    Ok(())
}

/// `NAME[,NAME] exec PROGRAM`, or `NAME PROXY ADDRESS:PORT`.
fn is_plugin(line: &str, proxies: &[&str]) -> bool {
    let mut words = line.split_ascii_whitespace();
    let (Some(names), Some(kind), Some(at)) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let is_external =
        proxies.contains(&kind) && entries(names).count() == 1 && endpoint(at).flatten().is_some();
    entries(names).all(is_transport) && (kind == "exec" || is_external)
}

/// A name as C has them.
fn is_transport(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.bytes().all(is_word) && !name.starts_with(|first: char| first.is_ascii_digit())
}

/// `NAME ADDRESS:PORT`.
fn is_listen_address(line: &str) -> bool {
    let address = line.split_ascii_whitespace().nth(1);
    address
        .and_then(|address| address.parse::<SocketAddr>().ok())
        .is_some_and(|address| address.port() != 0)
}

/// `NAME KEY=VALUE...`.
fn is_options(line: &str) -> bool {
    let mut options = line.split_ascii_whitespace().skip(1).peekable();
    options.peek().is_some() && options.all(|option| option.find('=').is_some_and(|at| at > 0))
}
