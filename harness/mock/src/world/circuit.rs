//! The commands about circuits, of which there are none without network.

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};

use super::arguments::Syntax;

const EXTEND_OR_CLOSE: Syntax = Syntax::words(1, 1).and_flags();
const SET_PURPOSE: Syntax = Syntax::words(0, 1).and_pairs(&[]);

/// EXTENDCIRCUIT.
pub(crate) fn extend_circuit(command: &RawCommand<'_>) -> Result<Reply, Reply> {
    let arguments = EXTEND_OR_CLOSE.parse(command)?;
    let circuit = arguments.words[0];
    let mut pairs = arguments.pairs.as_slice();
    // A path can look like a pair: `$FINGERPRINT=NICKNAME`.
    let path = match pairs.split_first() {
        Some((first, rest)) if first.value.is_empty() || first.key.starts_with('$') => {
            pairs = rest;
            match first.value {
                "" => Some(first.key.to_owned()),
                value => Some(format!("{}={value}", first.key)),
            }
        }
        _ => None,
    };
    if let Some(pair) = pairs.iter().find(|pair| pair.is("purpose")) {
        let known = ["general", "controller"];
        let value = pair.value;
        if !known.iter().any(|word| word.eq_ignore_ascii_case(value)) {
            return Err(no_such("Unknown purpose", value.as_bytes()));
        }
    }
    if circuit != b"0" {
        return Err(no_such("Unknown circuit", circuit));
    }
    Err(match path {
        None => Reply::new(StatusCode::INTERNAL_ERROR, "Couldn't start circuit"),
        Some(path) => {
            let router = path.split(',').next().unwrap_or_default();
            no_such("No such router", router.as_bytes())
        }
    })
}

/// CLOSECIRCUIT.
pub(crate) fn close_circuit(command: &RawCommand<'_>) -> Result<Reply, Reply> {
    let arguments = EXTEND_OR_CLOSE.parse(command)?;
    Err(no_such("Unknown circuit", arguments.words[0]))
}

/// SETCIRCUITPURPOSE. Without arguments it ends a tor 0.4.9.11 by a crash;
/// here it names no circuit.
pub(crate) fn set_circuit_purpose(command: &RawCommand<'_>) -> Result<Reply, Reply> {
    let arguments = SET_PURPOSE.parse(command)?;
    let circuit = arguments.words.first().copied().unwrap_or_default();
    Err(no_such("Unknown circuit", circuit))
}

fn no_such(what: &str, which: &[u8]) -> Reply {
    let text = [what.as_bytes(), b" \"", which, b"\""].concat();
    Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text)
}
