//! One script, played to both sides.

use std::collections::BTreeSet;

use anyhow::Result;

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
}

impl Differential {
    /// Plays a script to a new tor and to a new mock, up to the first difference.
    ///
    /// # Errors
    /// If one of them does not start, or cannot be talked to.
    pub fn play(script: &Script) -> Result<Outcome> {
        let mut this = Self {
            tor: Side::new(Real::start(&script.auth)?),
            mock: Side::new(Mocked::start(&script.auth)?),
        };
        let mut outcome = Outcome::default();
        for (index, step) in script.steps.iter().enumerate() {
            let (tor, mock) = (&mut this.tor, &mut this.mock);
            let (from_tor, from_mock) = (tor.act(step)?, mock.act(step)?);
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
