//! What a value is in Rust.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv4Addr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::address::ExitPattern;
use super::digits::{base64, hex};
use super::form::{Form, listed};
use super::link_specifier::LinkSpecifier;
use super::range::Range;
use super::value::Value;

/// A type that a [`Value`] can be.
pub trait FromValue<'a>: Sized {
    /// The value as this type; `None` if it is another, or does not fit.
    fn from_value(value: Value<'a>) -> Option<Self>;

    /// What a form makes of words, as this type.
    fn read(form: Form, words: &'a [u8]) -> Option<Self> {
        Self::from_value(form.read(words)?)
    }
}

/// Says for each type which value it is.
macro_rules! from_value {
    ($($type:ty: $pattern:pat => $value:expr,)*) => {
        $(impl<'a> FromValue<'a> for $type {
            fn from_value(value: Value<'a>) -> Option<Self> {
                match value {
                    $pattern => $value,
                    _ => None,
                }
            }
        })*
    };
}

from_value! {
    &'a [u8]: Value::Text(text) => Some(text),
    u64: Value::Number(number) => Some(number),
    u32: Value::Number(number) => number.try_into().ok(),
    u16: Value::Number(number) => number.try_into().ok(),
    bool: Value::Flag(flag) => Some(flag),
    Nickname: Value::Nickname(nickname) => Some(nickname),
    Fingerprint: Value::Fingerprint(fingerprint) => Some(fingerprint),
    UtcSeconds: Value::Time(time) => Some(time),
    IpAddr: Value::Address(address) => Some(address),
    Ipv4Addr: Value::Address(IpAddr::V4(address)) => Some(address),
    SocketAddr: Value::Socket(address) => Some(address),
    Vec<u8>: Value::Bytes(bytes) => Some(bytes),
    Range: Value::Range(range) => Some(range),
    ExitPattern: Value::ExitPattern(pattern) => Some(pattern),
    Vec<LinkSpecifier>: Value::LinkSpecifiers(all) => Some(all),
}

impl<'a> FromValue<'a> for Value<'a> {
    fn from_value(value: Self) -> Option<Self> {
        Some(value)
    }
}

impl FromValue<'_> for i64 {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Number(number) => number.try_into().ok(),
            Value::Negative(number) => Some(number),
            _ => None,
        }
    }
}

impl<const N: usize> FromValue<'_> for [u8; N] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }

    /// Keys and digests are what is read most: without a vector in between.
    fn read(form: Form, words: &[u8]) -> Option<Self> {
        match form {
            // 0 stands for any number.
            Form::Base64(length) | Form::PaddedBase64(length) if [0, N].contains(&length) => {
                base64(words)
            }
            Form::Hex(length) | Form::LowerHex(length) if [0, N].contains(&length) => hex(words),
            _ => Self::from_value(form.read(words)?),
        }
    }
}

/// So many numbers with commas between them.
impl<'a, const N: usize> FromValue<'a> for [u64; N] {
    fn from_value(value: Value<'a>) -> Option<Self> {
        List::from_value(value)?.0.try_into().ok()
    }
}

impl<'a, T: FromValue<'a>> FromValue<'a> for (&'a [u8], T) {
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Pair(key, value) => Some((key, T::from_value(*value)?)),
            _ => None,
        }
    }
}

/// Values with commas between them.
impl<'a, T: FromValue<'a>> FromValue<'a> for List<T> {
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::List(values) => values
                .into_iter()
                .map(T::from_value)
                .collect::<Option<_>>()
                .map(List),
            _ => None,
        }
    }

    /// Each by itself: without a vector of values in between.
    fn read(form: Form, words: &'a [u8]) -> Option<Self> {
        match form {
            Form::List(form) => {
                let values = listed(words).map(|word| T::read(*form, word));
                values.collect::<Option<_>>().map(List)
            }
            _ => Self::from_value(form.read(words)?),
        }
    }
}

/// Values with commas between them in one argument.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct List<T>(pub Vec<T>);
