//! One script, played to both sides.

use std::collections::BTreeSet;

use anyhow::Result;

use super::compare::compare;
use super::difference::Difference;
use super::explained::{LOGS, explained};
use super::mock::Mocked;
use super::peer::Peer;
use super::real::Real;
use super::script::Script;

/// A real tor and a mock that are sent the same.
pub struct Differential {
    tor: Real,
    mock: Mocked,
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
}

impl Differential {
    /// Plays a script to a new tor and to a new mock, up to the first difference.
    ///
    /// # Errors
    /// If one of them does not start, or cannot be talked to.
    pub fn play(script: &Script) -> Result<Outcome> {
        let mut this = Self {
            tor: Real::start(&script.auth)?,
            mock: Mocked::start(&script.auth)?,
        };
        let mut outcome = Outcome::default();
        for (index, step) in script.steps.iter().enumerate() {
            let (tor, mock) = (&mut this.tor, &mut this.mock);
            tor.send(step.connection, &step.bytes(tor.cookie()))?;
            mock.send(step.connection, &step.bytes(mock.cookie()))?;
            let (from_tor, from_mock) = (tor.take()?, mock.take()?);
            let compared = compare((tor, &from_tor), (mock, &from_mock));
            if compared.logged > 0 {
                outcome.explained.insert(LOGS.name);
            }
            let Some((connection, tor, mock)) = compared.difference else {
                outcome.alike += 1;
                continue;
            };
            if let Some(explained) = explained(&step.bytes, &tor, &mock) {
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
