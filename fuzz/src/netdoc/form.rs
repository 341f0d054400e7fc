//! Arguments of each form.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use data_encoding::{BASE32_NOPAD, BASE64, BASE64_NOPAD, HEXLOWER, HEXUPPER};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use tor_harness_netdoc::{AddressPattern, ExitPattern, Form, LinkSpecifier, Range};

use crate::text::bytes;

/// An argument of a form, written as the form writes it: reading it and writing the value gives
/// the same bytes.
///
/// Never an empty text, a NUL, an empty list but behind `=`, or what [`Form`] lists as written
/// otherwise than it came: zeros before a number, the other case, `1-1` for a range.
pub fn form(form: Form) -> BoxedStrategy<Vec<u8>> {
    match form {
        Form::Text => prop_oneof![
            4 => bytes(r"[!-~]([ -~]{0,20}[!-~])?"),
            1 => bytes(r"(?-u)[!-~]([^\x00\n\r]{0,10}[!-~])?"),
        ]
        .boxed(),
        Form::Typed(known, forms) => typed(known, forms),
        _ => word(form, r"[!-~]{1,12}"),
    }
}

/// An argument of a form that is one of several between commas, or stands behind `=`: texts in it
/// are of this shape.
fn word(form: Form, text: &'static str) -> BoxedStrategy<Vec<u8>> {
    match form {
        Form::Text | Form::Word => bytes(text).boxed(),
        Form::OneOf(choices) => select(choices)
            .prop_map(|choice| choice.as_bytes().to_vec())
            .boxed(),
        Form::Number => written(number(0, u64::MAX)),
        Form::Signed => {
            prop_oneof![written(number(0, i64::MAX as u64)), written(i64::MIN..0)].boxed()
        }
        Form::Within(least, most) => written(number(least, most)),
        Form::Int32 => {
            prop_oneof![written(number(0, i32::MAX as u64)), written(i32::MIN..0)].boxed()
        }
        Form::Dotted => bytes(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}").boxed(),
        Form::Decimal => bytes(DECIMAL).boxed(),
        Form::Float => bytes(&format!("{DECIMAL}(e[+-][0-9]{{2,3}})?")).boxed(),
        Form::Percent => bytes(&format!("{DECIMAL}%")).boxed(),
        Form::Flag => select(&["0", "1"][..]).prop_map(Vec::from).boxed(),
        Form::Nickname => bytes("[A-Za-z0-9]{1,19}").boxed(),
        Form::Fingerprint => digits(20, |bytes| HEXUPPER.encode(bytes)),
        Form::SpacedFingerprint => digits(20, |bytes| {
            let groups: Vec<_> = bytes
                .chunks(2)
                .map(|group| HEXUPPER.encode(group))
                .collect();
            groups.join(" ")
        }),
        Form::Time => written(time(' ')),
        Form::IsoTime => written(time('T')),
        Form::Interval => written(number(0, u64::MAX).prop_map(|number| format!("({number} s)"))),
        Form::Ipv4 => written(any::<Ipv4Addr>()),
        Form::Address => written(any::<IpAddr>()),
        // Without a flow label or a scope, which no document has.
        Form::Socket => written((any::<IpAddr>(), any::<u16>()).prop_map(SocketAddr::from)),
        Form::Hex(length) => digits(length, |bytes| HEXUPPER.encode(bytes)),
        Form::LowerHex(length) => digits(length, |bytes| HEXLOWER.encode(bytes)),
        Form::Base64(length) => digits(length, |bytes| BASE64_NOPAD.encode(bytes)),
        Form::PaddedBase64(length) => digits(length, |bytes| BASE64.encode(bytes)),
        Form::Base32(length) => digits(length, |bytes| {
            BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
        }),
        Form::NodeId => digits(20, |bytes| format!("${}", HEXUPPER.encode(bytes))),
        Form::LinkSpecifiers => vec(link_specifier(), 0..4)
            .prop_map(|all| BASE64.encode(&LinkSpecifier::write_all(&all)).into_bytes())
            .boxed(),
        Form::Host => bytes("[a-z][a-z0-9.-]{0,11}").boxed(),
        Form::Range(most) => written(range(0, most)),
        Form::ExitPattern => written(exit_pattern()),
        Form::ExitPattern4 => written(exit_pattern().prop_filter("IPv6", |pattern| {
            !matches!(pattern.address, AddressPattern::Bits(IpAddr::V6(_), _))
        })),
        Form::FamilyMember => {
            bytes(r"[A-Za-z0-9]{1,19}|\$[0-9A-F]{40}([=~][A-Za-z0-9]{1,19})?").boxed()
        }
        Form::Pair(value) => {
            let value = match value {
                Form::List(_) => {
                    prop_oneof![1 => Just(Vec::new()), 4 => word(*value, text)].boxed()
                }
                _ => word(*value, text),
            };
            (bytes("[A-Za-z][A-Za-z0-9_-]{0,11}"), value)
                .prop_map(|(key, value)| [key, value].join(&b'='))
                .boxed()
        }
        Form::Named(key, value) => word(*value, text)
            .prop_map(move |value| [key.as_bytes(), &value].join(&b'='))
            .boxed(),
        Form::Either(first, second) => {
            let second = word(*second, text).prop_filter("what the first form takes", |word| {
                first.read(word).is_none()
            });
            Union::new([word(*first, text), second.boxed()]).boxed()
        }
        Form::Array(length, one) => vec(word(*one, BETWEEN_COMMAS), length)
            .prop_map(|values| values.join(&b','))
            .boxed(),
        Form::Typed(known, forms) => typed(known, forms),
        Form::List(one) => vec(word(*one, BETWEEN_COMMAS), 1..4)
            .prop_map(|values| values.join(&b','))
            .boxed(),
    }
}

/// The shape of a text that is one of several with commas between them.
const BETWEEN_COMMAS: &str = r"[!-+\--~]{1,6}";

/// The known type with a word of each form, or another with any text; now and then more words.
fn typed(known: &'static str, forms: &'static [Form]) -> BoxedStrategy<Vec<u8>> {
    let values: Vec<_> = forms.iter().map(|one| form(*one)).collect();
    let extra = || proptest::option::weighted(0.2, bytes("[!-~]([ -~]{0,9}[!-~])?"));
    let first = (values, extra())
        .prop_map(move |(values, extra)| [vec![known.into()], values, extra.into_iter().collect()]);
    let other =
        bytes("[a-z]{3,8}").prop_filter("the known type", move |word| word != known.as_bytes());
    let other = (other, extra())
        .prop_map(|(name, extra)| [vec![name], extra.into_iter().collect(), Vec::new()]);
    prop_oneof![3 => first, 1 => other]
        .prop_map(|words| words.concat().join(&b' '))
        .boxed()
}

/// One of each type as long as its type has it, or one that nobody knows.
fn link_specifier() -> impl Strategy<Value = LinkSpecifier> {
    let known = select(&[(0, 6), (1, 18), (2, 20), (3, 32)][..])
        .prop_flat_map(|(link_type, length)| (Just(link_type), vec(any::<u8>(), length)));
    let other = (4..=255u8, vec(any::<u8>(), 0..9));
    prop_oneof![4 => known, 1 => other]
        .prop_map(|(link_type, data)| LinkSpecifier::Other { link_type, data })
}

const DECIMAL: &str = r"-?(0|[1-9][0-9]{0,5})(\.[0-9]{1,4})?";

/// Numbers of all sizes, also the least and the most.
fn number(least: u64, most: u64) -> impl Strategy<Value = u64> {
    let small = most.min(least.saturating_add(100));
    prop_oneof![
        4 => least..=small,
        1 => least..=most,
        1 => select(vec![least, most]),
    ]
}

fn range(least: u32, most: u32) -> impl Strategy<Value = Range> {
    let number = || number(least.into(), most.into()).prop_map(|number| number as u32);
    (number(), number()).prop_map(|(one, other)| Range {
        first: one.min(other),
        last: one.max(other),
    })
}

fn exit_pattern() -> impl Strategy<Value = ExitPattern> {
    let address = prop_oneof![
        2 => Just(AddressPattern::Any),
        2 => (any::<Ipv4Addr>(), 0..=32u8).prop_map(|(address, bits)| AddressPattern::Bits(address.into(), bits)),
        1 => any::<IpAddr>().prop_map(|address| AddressPattern::Bits(address, if address.is_ipv4() { 32 } else { 128 })),
        1 => (any::<std::net::Ipv6Addr>(), 0..=128u8).prop_map(|(address, bits)| AddressPattern::Bits(address.into(), bits)),
        1 => (any::<Ipv4Addr>(), any::<Ipv4Addr>()).prop_map(|(address, mask)| AddressPattern::Mask(address, mask)),
    ];
    let ports = prop_oneof![
        1 => Just(Range { first: 1, last: 65_535 }),
        2 => range(0, 65_535),
    ];
    (address, ports).prop_map(|(address, ports)| ExitPattern { address, ports })
}

/// A moment, with this between the date and the time of the day; never on the 29th or later.
fn time(between: char) -> impl Strategy<Value = String> {
    let date = (1970..2106u16, 1..=12u8, 1..=28u8);
    let time = prop_oneof![
        1 => (0..24u8).prop_map(|hour| (hour, 0, 0)),
        1 => (0..24u8, 0..60u8, 0..60u8),
    ];
    (date, time).prop_map(move |((year, month, day), (hour, minute, second))| {
        format!("{year}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}")
    })
}

/// So many bytes in digits; some where that is 0.
fn digits(length: usize, encode: fn(&[u8]) -> String) -> BoxedStrategy<Vec<u8>> {
    let lengths = match length {
        0 => 1..40,
        length => length..length + 1,
    };
    vec(any::<u8>(), lengths)
        .prop_map(move |bytes| encode(&bytes).into_bytes())
        .no_shrink()
        .boxed()
}

fn written<T: ToString + std::fmt::Debug>(
    values: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Vec<u8>> {
    values
        .prop_map(|value| value.to_string().into_bytes())
        .boxed()
}
