//! The value of `exit-policy/*`.

use alloc::vec::Vec;

use memchr::memchr2;

use crate::info::info_value::utf8;
use crate::info::scalar::display;
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};
use crate::words::words;

words! {
    /// What a rule does with what it matches.
    PolicyAction {
        /// It lets it out.
        Accept = "accept",
        /// It does not.
        Reject = "reject",
        /// It lets it out, if it is IPv6.
        Accept6 = "accept6",
        /// It does not, if it is IPv6.
        Reject6 = "reject6",
    }
}

/// A rule of an exit policy: `reject 10.0.0.0/8:25-135` (dir-spec section
/// 2.1.3). The first that matches counts.
///
/// tor lists an own policy a rule a line, and default rules with commas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PolicyRule<'a> {
    /// What is done.
    pub action: PolicyAction<'a>,
    /// The addresses: `*`, `10.0.0.0/8`, `[fc00::]/7`.
    pub addresses: &'a str,
    /// The ports: `*`, `25`, `25-135`.
    pub ports: &'a str,
}

impl PolicyRule<'_> {
    /// The first and the last port.
    #[must_use]
    pub fn port_range(&self) -> Option<(u16, u16)> {
        if self.ports == "*" {
            return Some((1, u16::MAX));
        }
        let (first, last) = self
            .ports
            .split_once('-')
            .unwrap_or((self.ports, self.ports));
        Some((first.parse().ok()?, last.parse().ok()?))
    }
}

impl<'a> InfoValue<'a> for PolicyRule<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        utf8(text, "rule")?
            .split_once(' ')
            .and_then(|(action, target)| {
                let (addresses, ports) = target.rsplit_once(':')?;
                Some(Self {
                    action: PolicyAction::new(action),
                    addresses,
                    ports,
                })
            })
            .ok_or_else(|| Problem::Expected("ACTION ADDRESSES:PORTS").at(0..text.len()))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        let Self {
            action,
            addresses,
            ports,
        } = self;
        display(&format_args!("{action} {addresses}:{ports}"), out);
    }
}

impl<'a> ListItem<'a> for PolicyRule<'a> {
    fn end(list: &[u8]) -> usize {
        memchr2(b',', b'\n', list).unwrap_or(list.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::info::List;

    #[test]
    fn reads() {
        for text in [
            "reject *:25,reject [fc00::]/7:135-139,accept *:*",
            "reject *:25\nreject [fc00::]/7:135-139\naccept *:*\n",
        ] {
            let list = List::<PolicyRule<'_>>::parse(text.as_bytes()).unwrap();
            let rules: Vec<_> = list
                .iter()
                .map(|rule| (rule.action, rule.addresses, rule.port_range()))
                .collect();
            let expect = [
                (PolicyAction::Reject, "*", Some((25, 25))),
                (PolicyAction::Reject, "[fc00::]/7", Some((135, 139))),
                (PolicyAction::Accept, "*", Some((1, u16::MAX))),
            ];
            assert_eq!(rules, expect);
            assert_eq!(list.to_bytes(), text.as_bytes());
        }
        let error = List::<PolicyRule<'_>>::parse(b"reject *:1,reject").unwrap_err();
        assert_eq!(
            error,
            Problem::Expected("ACTION ADDRESSES:PORTS").at(11..17)
        );
    }
}
