//! What an argument looks like.

use alloc::boxed::Box;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;
use core::str::{FromStr, from_utf8};

use data_encoding::{
    BASE32_NOPAD, BASE64, BASE64_NOPAD, HEXLOWER_PERMISSIVE, HEXUPPER, HEXUPPER_PERMISSIVE,
};
use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::address::{ExitPattern, socket};
use super::digits::unpadded;
use super::link_specifier::LinkSpecifier;
use super::time::time;
use super::value::Value;
use crate::structure::Arguments;

/// What an argument looks like; reads it, and writes it again.
///
/// What is written from the value is what was read, except:
///
/// | came | is written as |
/// |---|---|
/// | a number with zeros before it, `-0` | one without, `0` |
/// | hexadecimal in the case that the form has not | in the form's case |
/// | a [`Form::NodeId`] without `$` | one with |
/// | base64 with `=` where the form has none, or without where it has | as the form has it |
/// | an IPv6 address that is not written as RFC 5952 says | as RFC 5952 says |
/// | `1-1` for a range | `1` |
/// | the ports `1-65535`, the masks `/32` and `/128` | `*`, nothing |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// All that is left of the line, any bytes.
    Text,
    /// A word of printing ASCII (section 1.2).
    Word,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A number.
    Number,
    /// A number of 64 bits that may be below zero.
    Signed,
    /// A number from one to another.
    Within(u64, u64),
    /// A number of 32 bits that may be below zero.
    Int32,
    /// Numbers with dots between them: `1.4.0`.
    Dotted,
    /// A number that may have decimals: `0.52`.
    Decimal,
    /// The same, or with an exponent as Python writes it: `6.5e-05`.
    Float,
    /// A number that may have decimals with `%` behind it.
    Percent,
    /// 0 or 1.
    Flag,
    /// A relay's nickname.
    Nickname,
    /// A relay's fingerprint.
    Fingerprint,
    /// The same in groups of four digits.
    SpacedFingerprint,
    /// `YYYY-MM-DD HH:MM:SS`.
    Time,
    /// `YYYY-MM-DDTHH:MM:SS`.
    IsoTime,
    /// `(N s)`: over how long something was counted.
    Interval,
    /// An IPv4 address.
    Ipv4,
    /// An address, an IPv6 one without brackets.
    Address,
    /// `ADDRESS:PORT`, an IPv6 address in brackets.
    Socket,
    /// So many bytes in hexadecimal, upper case; 0 for any number but none.
    Hex(usize),
    /// The same in lower case.
    LowerHex(usize),
    /// So many bytes in base64 without `=` at the end; 0 for any number but none.
    Base64(usize),
    /// The same with `=` at the end.
    PaddedBase64(usize),
    /// So many bytes in base32, lower case.
    Base32(usize),
    /// A relay's fingerprint with `$` before it, or without.
    NodeId,
    /// A relay in a family: a nickname, or a fingerprint behind `$`, with `=` or `~` and a
    /// nickname behind that or without.
    FamilyMember,
    /// A number or a range of them, up to this one: `1-5`.
    Range(u32),
    /// The addresses and ports of an exit policy's line.
    ExitPattern,
    /// The same without an IPv6 address.
    ExitPattern4,
    /// A host's name, or nothing between two spaces; not the first argument.
    Host,
    /// `KEY=VALUE`.
    Pair(&'static Self),
    /// The same with a certain key.
    Named(&'static str, &'static Self),
    /// The first of two that fits.
    Either(&'static Self, &'static Self),
    /// Values with commas between them, or nothing.
    List(&'static Self),
    /// So many values with commas between them.
    Array(usize, &'static Self),
    /// A type, and behind this one of them these values: `ntor KEY`. Another
    /// type may have anything behind it.
    Typed(&'static str, &'static [Self]),
    /// The ways to a relay in base64 (tor-spec, EXTEND2).
    LinkSpecifiers,
}

impl Form {
    /// How many words it takes; `None` for all that is left.
    pub(crate) fn words(self) -> Option<usize> {
        match self {
            Self::Text | Self::Typed(..) => None,
            Self::Time | Self::Interval => Some(2),
            Self::SpacedFingerprint => Some(10),
            _ => Some(1),
        }
    }

    /// Reads the words of an argument; `None` if they do not look like this.
    #[must_use]
    pub fn read(self, words: &[u8]) -> Option<Value<'_>> {
        match self {
            Self::Text => Some(Value::Text(words)),
            Self::Word => is_word(words).then_some(Value::Text(words)),
            Self::Host => Some(Value::Text(words)),
            Self::OneOf(choices) => choices
                .iter()
                .any(|choice| choice.as_bytes() == words)
                .then_some(Value::Text(words)),
            Self::Number => digits(words).map(Value::Number),
            Self::Within(least, most) => digits(words)
                .filter(|number| (least..=most).contains(number))
                .map(Value::Number),
            Self::Signed => match words.strip_prefix(b"-") {
                Some(words) => match digits(words)? {
                    0 => Some(Value::Number(0)),
                    number => 0_i64.checked_sub_unsigned(number).map(Value::Negative),
                },
                None => digits(words)
                    .filter(|number| i64::try_from(*number).is_ok())
                    .map(Value::Number),
            },
            Self::Int32 => Self::Signed.read(words).filter(|value| match value {
                Value::Negative(number) => i32::try_from(*number).is_ok(),
                Value::Number(number) => i32::try_from(*number).is_ok(),
                _ => false,
            }),
            Self::Dotted => is_dotted(words).then_some(Value::Text(words)),
            Self::Decimal => is_decimal(words).then_some(Value::Text(words)),
            Self::Float => is_float(words).then_some(Value::Text(words)),
            Self::Percent => is_decimal(words.strip_suffix(b"%")?).then_some(Value::Text(words)),
            Self::Flag => match words {
                b"0" => Some(Value::Flag(false)),
                b"1" => Some(Value::Flag(true)),
                _ => None,
            },
            Self::Nickname => parse(words).map(Value::Nickname),
            Self::Fingerprint => parse(words).map(Value::Fingerprint),
            Self::SpacedFingerprint => spaced_fingerprint(words).map(Value::Fingerprint),
            Self::Time => time(words).map(Value::Time),
            Self::IsoTime => iso_time(words).map(Value::Time),
            Self::Interval => {
                let number = words.strip_prefix(b"(")?.strip_suffix(b" s)")?;
                digits(number).map(Value::Number)
            }
            Self::Ipv4 => parse::<Ipv4Addr>(words).map(|address| Value::Address(address.into())),
            Self::Address => parse(words).map(Value::Address),
            Self::Socket => socket(words).map(Value::Socket),
            Self::Hex(length) | Self::LowerHex(length) => {
                bytes(length, HEXUPPER_PERMISSIVE.decode(words).ok()?)
            }
            Self::Base64(length) | Self::PaddedBase64(length) => {
                bytes(length, BASE64_NOPAD.decode(unpadded(words)?).ok()?)
            }
            Self::Base32(length) => {
                let is_lower = !words.iter().any(u8::is_ascii_uppercase);
                let digits = words.to_ascii_uppercase();
                bytes(
                    length,
                    BASE32_NOPAD.decode(&digits).ok().filter(|_| is_lower)?,
                )
            }
            Self::NodeId => {
                parse(words.strip_prefix(b"$").unwrap_or(words)).map(Value::Fingerprint)
            }
            Self::FamilyMember => is_family_member(words).then_some(Value::Text(words)),
            Self::Range(most) => parse(words)
                .filter(|range: &super::Range| range.last <= most)
                .map(Value::Range),
            Self::ExitPattern => parse(words).map(Value::ExitPattern),
            Self::ExitPattern4 => parse(words)
                .filter(|pattern: &ExitPattern| !pattern.is_ipv6())
                .map(Value::ExitPattern),
            Self::Pair(form) => {
                let equals = memchr::memchr(b'=', words)?;
                if !is_word(&words[..equals]) {
                    return None;
                }
                let value = form.read(&words[equals + 1..])?;
                Some(Value::Pair(&words[..equals], Box::new(value)))
            }
            Self::Named(key, form) => Self::Pair(form)
                .read(words)
                .filter(|value| matches!(value, Value::Pair(own, _) if *own == key.as_bytes())),
            Self::Either(first, second) => first.read(words).or_else(|| second.read(words)),
            Self::List(form) => {
                let values = listed(words).map(|word| form.read(word));
                values.collect::<Option<_>>().map(Value::List)
            }
            Self::Array(length, form) => Self::List(form)
                .read(words)
                .filter(|value| matches!(value, Value::List(values) if values.len() == length)),
            Self::Typed(known, forms) => typed(known, forms, words),
            Self::LinkSpecifiers => {
                let bytes = BASE64_NOPAD.decode(unpadded(words)?).ok()?;
                LinkSpecifier::read_all(&bytes).map(Value::LinkSpecifiers)
            }
        }
    }

    /// Writes a value as this looks. One of another form is written as its own looks.
    pub fn write(self, value: &Value<'_>, out: &mut Vec<u8>) {
        let text = |out: &mut Vec<u8>, text: &dyn ToString| {
            out.extend_from_slice(text.to_string().as_bytes());
        };
        match (self, value) {
            (Self::Either(first, second), value) => {
                let start = out.len();
                first.write(value, out);
                if first.read(&out[start..]).is_none() {
                    out.truncate(start);
                    second.write(value, out);
                }
            }
            (_, Value::Text(bytes)) => out.extend_from_slice(bytes),
            (Self::Interval, Value::Number(number)) => {
                out.extend_from_slice(alloc::format!("({number} s)").as_bytes());
            }
            (_, Value::Number(number)) => text(out, number),
            (_, Value::Negative(number)) => text(out, number),
            (_, Value::Flag(flag)) => text(out, &u8::from(*flag)),
            (_, Value::Nickname(nickname)) => text(out, nickname),
            (Self::SpacedFingerprint, Value::Fingerprint(fingerprint)) => {
                let digits = fingerprint.to_string();
                let groups: Vec<&[u8]> = digits.as_bytes().chunks(4).collect();
                out.extend_from_slice(&groups.join(&b' '));
            }
            (Self::NodeId, Value::Fingerprint(fingerprint)) => {
                text(out, &alloc::format!("${fingerprint}"));
            }
            (_, Value::Fingerprint(fingerprint)) => text(out, fingerprint),
            (Self::IsoTime, Value::Time(time)) => {
                text(out, &time.to_string().replace(' ', "T"));
            }
            (_, Value::Time(time)) => text(out, time),
            (_, Value::Address(address)) => text(out, address),
            (_, Value::Socket(address)) => text(out, address),
            (_, Value::Range(range)) => text(out, range),
            (_, Value::ExitPattern(pattern)) => text(out, pattern),
            (Self::Base32(_), Value::Bytes(bytes)) => {
                text(out, &BASE32_NOPAD.encode(bytes).to_ascii_lowercase());
            }
            (_, Value::Bytes(bytes)) => {
                let encoding = match self {
                    Self::Hex(_) => HEXUPPER,
                    Self::LowerHex(_) => HEXLOWER_PERMISSIVE,
                    Self::PaddedBase64(_) => BASE64,
                    _ => BASE64_NOPAD,
                };
                text(out, &encoding.encode(bytes));
            }
            (_, Value::Typed(kind, values)) => {
                out.extend_from_slice(kind);
                let forms = match self {
                    Self::Typed(_, forms) => forms,
                    _ => &[],
                };
                for (index, value) in values.iter().enumerate() {
                    out.push(b' ');
                    forms.get(index).unwrap_or(&Self::Text).write(value, out);
                }
            }
            (_, Value::LinkSpecifiers(all)) => {
                text(out, &BASE64.encode(&LinkSpecifier::write_all(all)));
            }
            (_, Value::Pair(key, value)) => {
                let form = if let Self::Pair(form) | Self::Named(_, form) = self {
                    *form
                } else {
                    self
                };
                out.extend_from_slice(key);
                out.push(b'=');
                form.write(value, out);
            }
            (_, Value::List(values)) => {
                let form = match self {
                    Self::List(form) | Self::Array(_, form) => *form,
                    _ => self,
                };
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    form.write(value, out);
                }
            }
        }
    }
}

/// What is expected: `a number from 0 to 65535`.
impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = |f: &mut fmt::Formatter<'_>, length: usize, what: &str| match length {
            0 => write!(f, "bytes in {what}"),
            length => write!(f, "{length} bytes in {what}"),
        };
        match self {
            Self::Text => f.write_str("text"),
            Self::Word => f.write_str("a word"),
            Self::OneOf([only]) => write!(f, "{only}"),
            Self::OneOf(choices) => write!(f, "one of {}", choices.join(", ")),
            Self::Number => f.write_str("a number"),
            Self::Signed => f.write_str("a number, also below zero"),
            Self::Within(least, most) => write!(f, "a number from {least} to {most}"),
            Self::Int32 => f.write_str("a number of 32 bits, also below zero"),
            Self::Dotted => f.write_str("numbers with dots between"),
            Self::Decimal => f.write_str("a number, also with decimals"),
            Self::Float => f.write_str("a number, also with decimals or an exponent"),
            Self::Percent => f.write_str("a number with % behind it"),
            Self::Flag => f.write_str("0 or 1"),
            Self::Nickname => f.write_str("1 to 19 letters and digits"),
            Self::Fingerprint => f.write_str("40 hexadecimal digits"),
            Self::SpacedFingerprint => f.write_str("40 hexadecimal digits in groups of four"),
            Self::Time => f.write_str("a time since 1970: YYYY-MM-DD HH:MM:SS"),
            Self::IsoTime => f.write_str("a time since 1970: YYYY-MM-DDTHH:MM:SS"),
            Self::Interval => f.write_str("seconds: (N s)"),
            Self::Ipv4 => f.write_str("an IPv4 address"),
            Self::Address => f.write_str("an address"),
            Self::Socket => f.write_str("ADDRESS:PORT"),
            Self::Hex(bytes) | Self::LowerHex(bytes) => length(f, *bytes, "hexadecimal"),
            Self::Base64(bytes) => length(f, *bytes, "base64 without padding"),
            Self::PaddedBase64(bytes) => length(f, *bytes, "base64"),
            Self::Base32(bytes) => length(f, *bytes, "base32"),
            Self::NodeId => f.write_str("40 hexadecimal digits, $ before them or not"),
            Self::FamilyMember => f.write_str("a nickname, or $ with 40 hexadecimal digits"),
            Self::Range(most) => write!(f, "a number up to {most}, or FROM-TO"),
            Self::ExitPattern => f.write_str("ADDRESS[/MASK]:PORTS"),
            Self::ExitPattern4 => f.write_str("ADDRESS[/MASK]:PORTS without an IPv6 address"),
            Self::Host => f.write_str("a host's name, or nothing between two spaces"),
            Self::Named(key, form) => write!(f, "{key}=VALUE with {form}"),
            Self::Either(first, second) => write!(f, "{first}, or {second}"),
            Self::Pair(form) => write!(f, "KEY=VALUE with {form}"),
            Self::List(form) => write!(f, "values with commas between, each {form}"),
            Self::Array(length, form) => {
                write!(f, "{length} values with commas between, each {form}")
            }
            Self::Typed(known, forms) => {
                write!(f, "a type; behind {known}")?;
                forms.iter().try_for_each(|form| write!(f, ", {form}"))
            }
            Self::LinkSpecifiers => f.write_str("link specifiers in base64"),
        }
    }
}

/// The words of a list, which have commas between them.
pub(super) fn listed(words: &[u8]) -> impl Iterator<Item = &[u8]> {
    let all = words.split(|byte| *byte == b',');
    // Of nothing there is one, which is empty.
    all.filter(|_| !words.is_empty())
}

fn parse<T: FromStr>(word: &[u8]) -> Option<T> {
    from_utf8(word).ok()?.parse().ok()
}

fn is_word(word: &[u8]) -> bool {
    !word.is_empty() && word.iter().all(u8::is_ascii_graphic)
}

/// A number without a sign, which Rust would take.
fn digits(word: &[u8]) -> Option<u64> {
    word.first().filter(|byte| byte.is_ascii_digit())?;
    parse(word)
}

/// A type with its values, if it is the known one; what is left stays text.
fn typed<'a>(known: &str, forms: &[Form], words: &'a [u8]) -> Option<Value<'a>> {
    let mut rest = Arguments::new(words);
    let kind = rest.next().filter(|kind| is_word(kind))?;
    let mut values = Vec::new();
    if kind == known.as_bytes() {
        for form in forms {
            values.push(form.read(rest.next()?)?);
        }
    }
    let extra = rest.as_bytes().trim_ascii();
    if !extra.is_empty() {
        values.push(Value::Text(extra));
    }
    Some(Value::Typed(kind, values))
}

fn is_family_member(word: &[u8]) -> bool {
    let Some(named) = word.strip_prefix(b"$") else {
        return parse::<Nickname>(word).is_some();
    };
    let Some((digits, nickname)) = named.split_at_checked(40) else {
        return false;
    };
    let is_nickname = match nickname {
        [] => true,
        [b'=' | b'~', nickname @ ..] => parse::<Nickname>(nickname).is_some(),
        _ => false,
    };
    is_nickname && parse::<Fingerprint>(digits).is_some()
}

fn is_dotted(word: &[u8]) -> bool {
    let mut parts = word.split(|byte| *byte == b'.');
    parts.all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
}

fn is_decimal(word: &[u8]) -> bool {
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let mut parts = word.splitn(2, |byte| *byte == b'.');
    parts.all(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))
}

fn is_float(word: &[u8]) -> bool {
    let mut parts = word.splitn(2, |byte| *byte == b'e');
    let is_first = parts.next().is_some_and(is_decimal);
    let is_exponent = |digits: &[u8]| {
        matches!(digits, [b'+' | b'-', digits @ ..]
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
    };
    is_first && parts.next().is_none_or(is_exponent)
}

fn spaced_fingerprint(words: &[u8]) -> Option<Fingerprint> {
    let groups = words.split(|byte| *byte == b' ');
    let digits: Vec<u8> = groups.collect::<Vec<_>>().concat();
    let is_spaced = words.len() == 49
        && words
            .chunks(5)
            .all(|group| group.get(4).is_none_or(|b| *b == b' '));
    is_spaced.then(|| parse(&digits)).flatten()
}

fn iso_time(word: &[u8]) -> Option<UtcSeconds> {
    let mut text: [u8; 19] = word.try_into().ok()?;
    if text[10] != b'T' {
        return None;
    }
    text[10] = b' ';
    time(&text)
}

/// These bytes if they are so many; 0 stands for any number but none.
fn bytes<'a>(length: usize, bytes: Vec<u8>) -> Option<Value<'a>> {
    let fits = match length {
        0 => !bytes.is_empty(),
        length => bytes.len() == length,
    };
    fits.then_some(Value::Bytes(bytes))
}
