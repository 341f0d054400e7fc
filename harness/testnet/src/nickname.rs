//! What relays are called.

use tor_harness_types::Nickname;

/// A nickname of ours, which fits.
pub(crate) fn nickname(text: &str) -> Nickname {
    let first = text.bytes().take(19).collect::<Vec<_>>();
    Nickname::from_ascii(&first).expect("it has letters and digits alone")
}
