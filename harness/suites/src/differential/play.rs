//! One script, played to both sides.

use std::collections::BTreeSet;

use anyhow::Result;
use tor_harness::control::auth::AuthConfig;

use super::compare::compare;
use super::difference::Difference;
use super::explained::{LOGS, explained};
use super::mock::Mocked;
use super::real::Real;
use super::script::Script;
use super::side::Side;

/// A real tor and a mock that are sent the same.
pub struct Differential {
    tor: Side<Real>,
    mock: Side<Mocked>,
}

/// What came of a script.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// How many steps were answered alike, or silently by both.
    pub alike: usize,
    /// The names of the differences that were met and are meant to be.
    pub explained: BTreeSet<&'static str>,
    /// The difference that was met.
    pub difference: Option<Difference>,
    /// Whether tor may be another than before.
    pub(super) has_changed: bool,
}

impl Differential {
    /// Plays a script to a new tor and to a new mock, up to the first difference.
    ///
    /// # Errors
    /// If one of them does not start, or cannot be talked to.
    pub fn play(script: &Script) -> Result<Outcome> {
        Self::start(&script.auth)?.go_on(script)
    }

    pub(super) fn start(auth: &AuthConfig) -> Result<Self> {
        Ok(Self {
            tor: Side::new(Real::start(auth)?),
            mock: Side::new(Mocked::start(auth)?),
        })
    }

    /// Plays a script to a tor and a mock that have heard others, up to the first difference.
    pub(super) fn go_on(&mut self, script: &Script) -> Result<Outcome> {
        let mut outcome = Outcome::default();
        for (index, step) in script.steps.iter().enumerate() {
            let (from_tor, from_mock) = (self.tor.act(step)?, self.mock.act(step)?);
            outcome.has_changed |= !step.only_reads() && !all_refused(&from_tor);
            let compared = compare(&from_tor, &from_mock);
            if compared.logged > 0 {
                outcome.explained.insert(LOGS.name);
            }
            let Some((connection, tor, mock)) = compared.difference else {
                outcome.alike += 1;
                continue;
            };
            if let Some(explained) =
                explained(step.bytes.as_deref().unwrap_or_default(), &tor, &mock)
            {
                outcome.explained.insert(explained.name);
            } else {
                outcome.difference = Some(Difference {
                    steps: script.steps[..=index].to_vec(),
                    connection,
                    tor,
                    mock,
                });
            }
            break;
        }
        Ok(outcome)
    }
}

/// Whether every line of every reply says that something is wrong.
fn all_refused(said: &[Vec<Vec<u8>>]) -> bool {
    let messages = || said.iter().flatten();
    let is_wrong = |line: &[u8]| matches!(line.first(), Some(b'4' | b'5'));
    let all_wrong =
        |message: &Vec<u8>| message.split_inclusive(|byte| *byte == b'\n').all(is_wrong);
    messages().next().is_some() && messages().all(all_wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_among_refusals_is_a_change() {
        for (replies, refused) in [
            (&["510 Unrecognized command\r\n"][..], true),
            (&["512-a\r\n512 b\r\n", "552 c\r\n"], true),
            (&["250-a=b\r\n512 syntax error\r\n"], false),
            (&["552 x\r\n", "650 SIGNAL RELOAD\r\n"], false),
            (&["<closed>"], false),
            (&[], false),
        ] {
            let said: Vec<_> = replies
                .iter()
                .map(|reply| reply.as_bytes().to_vec())
                .collect();
            assert_eq!(all_refused(&[said]), refused, "{replies:?}");
        }
    }
}
