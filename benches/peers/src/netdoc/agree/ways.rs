//! Each way of being wrong that has a name, as tor-netdoc judges it.

use anyhow::{Error, Result};
use tor_harness_netdoc::Kind;
use tor_strategies::network::{Column, Given, Made, Table, Way};

use crate::netdoc::tor_netdoc::{Beside, Generation};

/// When networks begin to count.
pub(super) const TIME: &str = "2026-11-22 12:00:00";

/// Compares what it says with the table of ways.
///
/// # Errors
/// If it refuses what is right, or the table says something else.
pub(super) fn agree() -> Result<()> {
    let given = Given::small(TIME.parse()?);
    for (generation, column) in [
        (Generation::Parse2, Column::Parse2),
        (Generation::Parse, Column::Parse),
    ] {
        for kind in Kind::all() {
            let right = given.document(kind).map(Made::from);
            let taken = right.and_then(|right| takes(generation, &given, kind, &right));
            taken.transpose()?;
        }
        let answer = |way: &Way| match takes(generation, &given, way.kind, &way.make(&given))? {
            Ok(()) => Some("takes it".to_owned()),
            Err(_) => Some("refuses it".to_owned()),
        };
        Table::hold(column, answer).map_err(Error::msg)?;
    }
    println!(
        "{} ways of being wrong, as the table says",
        Way::all().count()
    );
    Ok(())
}

/// Whether it takes a document; `None` where it does not know the kind.
pub(super) fn takes(
    generation: Generation,
    given: &Given,
    kind: Kind,
    made: &Made,
) -> Option<Result<()>> {
    let verify = generation.verifier_beside(kind.name(), Beside::given(given, made))?;
    let text = str::from_utf8(&made.document).map_err(Error::from);
    Some(text.and_then(verify))
}
