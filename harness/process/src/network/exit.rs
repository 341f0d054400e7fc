//! Where a relay lets streams out.

use std::ffi::OsString;
use std::net::{Ipv4Addr, Ipv6Addr};

use tor_harness_testnet::{ExitPolicy, Relay};

/// A relay's part of the command line, which no torrc can undo.
///
/// A socket at `::1` reaches the world where the system has a route, and so does one at 127.0.0.1
/// where it says `route_localnet`; so an exit is told a policy of loopback alone. Clients do not
/// know: they go by what the harness signs. Authorities that vote would sum such a policy up to
/// `reject 1-65535`, and no client would choose the exit: there it is told the policy as it is, and
/// no IPv6.
pub(super) fn arguments(relay: &Relay, votes: bool) -> [OsString; 8] {
    let policy = match votes {
        true => told(relay.policy.lines()),
        false => told(on_loopback(&relay.policy)),
    };
    let is_set = |is_set: bool| u8::from(is_set).to_string().into();
    [
        "--ExitRelay".into(),
        is_set(!relay.policy.is_none()),
        "--IPv6Exit".into(),
        is_set(!votes && !relay.policy_v6.is_none()),
        "--ExitPolicyRejectPrivate".into(),
        is_set(false),
        "--ExitPolicy".into(),
        policy.into(),
    ]
}

/// What it says of loopback, and nothing else.
fn on_loopback(policy: &ExitPolicy) -> Vec<(&'static str, String)> {
    let lines = policy.lines().into_iter();
    let lines = lines.flat_map(|(word, pattern)| match (word, pattern.rsplit_once(':')) {
        ("accept", Some(("*", ports))) => vec![
            ("accept", format!("127.0.0.0/8:{ports}")),
            ("accept6", format!("[::1]:{ports}")),
        ],
        ("accept", Some((addresses, _))) if is_loopback(addresses) => vec![(word, pattern)],
        ("accept", _) | ("reject", Some(("*", "*"))) => Vec::new(),
        _ => vec![(word, pattern)],
    });
    lines.chain([("reject", "*:*".to_owned())]).collect()
}

/// Whether there is nothing but loopback behind what a policy calls addresses.
fn is_loopback(addresses: &str) -> bool {
    let (address, bits) = addresses.split_once('/').unwrap_or((addresses, "32"));
    let is_v4 = address.parse().is_ok_and(|one: Ipv4Addr| one.is_loopback());
    let is_narrow = bits.parse().is_ok_and(|bits: u8| bits >= 8);
    (is_v4 && is_narrow) || addresses == format!("[{}]", Ipv6Addr::LOCALHOST)
}

fn told(lines: Vec<(&'static str, String)>) -> String {
    let lines = lines.into_iter();
    let lines = lines.map(|(word, pattern)| format!("{word} {pattern}"));
    lines.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exits_lead_to_loopback_alone() {
        let web = ExitPolicy::ports([80..=80, 443..=444]);
        for (policy, expected) in [
            (
                ExitPolicy::all(),
                "accept 127.0.0.0/8:*,accept6 [::1]:*,reject *:*",
            ),
            (ExitPolicy::none(), "reject *:*"),
            (
                web.clone(),
                "accept 127.0.0.0/8:80,accept6 [::1]:80,accept 127.0.0.0/8:443-444,\
                 accept6 [::1]:443-444,reject *:*",
            ),
            (
                web.accepting("127.1.0.0/16:22")
                    .accepting("[::1]:22")
                    .accepting("192.0.2.0/24:22")
                    .accepting("127.0.0.0/1:22")
                    .accepting("private:22")
                    .accepting("[2600::1]:22")
                    .rejecting("127.0.0.1:23"),
                "accept 127.1.0.0/16:22,accept [::1]:22,reject 127.0.0.1:23,\
                 accept 127.0.0.0/8:80,accept6 [::1]:80,accept 127.0.0.0/8:443-444,\
                 accept6 [::1]:443-444,reject *:*",
            ),
        ] {
            assert_eq!(told(on_loopback(&policy)), expected);
        }
    }
}
