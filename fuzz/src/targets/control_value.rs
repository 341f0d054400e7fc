//! What GETINFO gives.

use tor_harness_control::info::{Kind, Value};

/// A value of GETINFO, read in every form that there is: no reader panics; what
/// is read, encoded from what was read alone, is read alike.
pub fn control_value(bytes: &[u8]) {
    for kind in Kind::ALL {
        if let Ok(value) = Value::parse_as(*kind, bytes) {
            let encoded = encode(&value);
            let again = Value::parse_as(*kind, &encoded).map(|value| encode(&value));
            assert_eq!(again.as_ref(), Ok(&encoded), "{kind:?} is not what it was");
        }
    }
}

fn encode(value: &Value<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    value.encode(&mut out);
    out
}
