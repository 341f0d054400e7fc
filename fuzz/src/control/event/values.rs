//! Values that events have.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_control::quote;

/// Any of the words that are known of a set.
macro_rules! known {
    ($set:ident) => {
        $crate::control::event::values::one_of($set::KNOWN.iter().map(|word| word.as_str()))
    };
}
pub(super) use known;

pub(super) fn one_of(words: impl IntoIterator<Item = &'static str>) -> BoxedStrategy<String> {
    let words: Vec<_> = words.into_iter().map(String::from).collect();
    select(words).boxed()
}

/// Words that are known of a set, with commas between.
pub(super) fn list(word: BoxedStrategy<String>) -> BoxedStrategy<String> {
    joined(word, ",")
}

/// A few of these with `separator` between.
pub(super) fn joined(
    word: BoxedStrategy<String>,
    separator: &'static str,
) -> BoxedStrategy<String> {
    vec(word, 1..4)
        .prop_map(move |words| words.join(separator))
        .boxed()
}

/// Text of this shape, a regular expression.
pub(super) fn text(shape: &'static str) -> BoxedStrategy<String> {
    shape.boxed()
}

/// The number of a circuit, a stream or a connection.
pub(super) fn id() -> BoxedStrategy<String> {
    text("0|[1-9][0-9]{0,9}|[A-Za-z0-9]{1,16}")
}

pub(super) fn fingerprint() -> BoxedStrategy<String> {
    text(r"\$[0-9A-F]{40}")
}

/// A relay: with `=` before the nickname as old tors wrote it, a nickname alone, or
/// nothing behind `~`.
pub(super) fn long_name() -> BoxedStrategy<String> {
    text(r"\$[0-9A-F]{40}([~=][A-Za-z0-9]{1,19}|~)?|[A-Za-z0-9]{1,19}")
}

pub(super) fn path() -> BoxedStrategy<String> {
    let unnamed = text(r"\$[0-9A-F]{40}(~[A-Za-z0-9]{1,19})?");
    prop_oneof![3 => list(unnamed), 1 => list(long_name())].boxed()
}

/// A name or an address with a port, as streams have it.
pub(super) fn target() -> BoxedStrategy<String> {
    text(
        r"([a-z0-9.-]{1,20}|[0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9a-f:]{2,20}\]|\(Tor_internal\)|[a-z]{1,9}\.\$[0-9A-F]{40}\.exit):[0-9]{1,5}",
    )
}

pub(super) fn address() -> BoxedStrategy<String> {
    text(r"([0-9]{1,3}(\.[0-9]{1,3}){3}|\[[0-9a-f:]{2,20}\]):[0-9]{1,5}")
}

pub(super) fn onion() -> BoxedStrategy<String> {
    text("[a-z2-7]{56}|UNKNOWN")
}

/// A moment, the date and the time separated by this.
fn moment(separator: char) -> impl Strategy<Value = String> {
    let date = (1970..=2199u32, 1..=12u32, 1..=28u32);
    let time = (0..24u32, 0..60u32, 0..60u32);
    (date, time).prop_map(move |((year, month, day), (hour, minute, second))| {
        format!("{year:04}-{month:02}-{day:02}{separator}{hour:02}:{minute:02}:{second:02}")
    })
}

/// A moment in one word, with or without a fraction.
pub(super) fn time() -> BoxedStrategy<String> {
    (moment('T'), r"(\.[0-9]{1,9})?")
        .prop_map(|(moment, fraction)| moment + &fraction)
        .boxed()
}

/// A moment in quotes.
pub(super) fn quoted_time() -> BoxedStrategy<String> {
    moment(' ')
        .prop_map(|moment| format!("\"{moment}\""))
        .boxed()
}

/// Any text, in quotes as tor writes them.
pub(super) fn quoted() -> BoxedStrategy<String> {
    let bytes = vec(prop_oneof![4 => b' '..=b'~', 1 => any::<u8>()], 0..20);
    let quoted = bytes.prop_map(|bytes| {
        let mut out = Vec::new();
        quote(&bytes, &mut out);
        String::from_utf8(out).expect("what is quoted is ASCII")
    });
    quoted.boxed()
}

pub(super) fn number() -> BoxedStrategy<String> {
    any::<u64>().prop_map(|number| number.to_string()).boxed()
}

pub(super) fn signed() -> BoxedStrategy<String> {
    any::<i64>().prop_map(|number| number.to_string()).boxed()
}

pub(super) fn share() -> BoxedStrategy<String> {
    text(r"[01]\.[0-9]{6}")
}

/// Numbers by name, as CELL_STATS has them.
pub(super) fn counts() -> BoxedStrategy<String> {
    list(text("[a-z_0-9]{1,12}:[0-9]{1,9}"))
}
