//! Values that are one number, switch, time or address, or only bytes.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt::Display;
use core::net::IpAddr;
use core::str::FromStr;

use tor_harness_types::Fingerprint;

use crate::info::InfoValue;
use crate::info::info_value::utf8;
use crate::problem::{ParseError, Problem};
use crate::value::IsoTime;

/// Bytes that are kept as they are: a document, or a path.
impl<'a> InfoValue<'a> for &'a [u8] {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        Ok(text)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }
}

/// A value that may be empty, where tor has none.
impl<'a, T: InfoValue<'a>> InfoValue<'a> for Option<T> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        if text.is_empty() {
            Ok(None)
        } else {
            T::parse(text).map(Some)
        }
    }

    fn encode(&self, out: &mut Vec<u8>) {
        if let Some(value) = self {
            value.encode(out);
        }
    }
}

/// `0` or `1`.
impl InfoValue<'_> for bool {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        match text {
            b"0" => Ok(false),
            b"1" => Ok(true),
            _ => Err(Problem::Expected("`0` or `1`").at(0..text.len())),
        }
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.push(if *self { b'1' } else { b'0' });
    }
}

impl InfoValue<'_> for u64 {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        number(text, "a number")
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(self, out);
    }
}

impl InfoValue<'_> for i64 {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        number(text, "a number, or -1")
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(self, out);
    }
}

impl<'a> InfoValue<'a> for IsoTime<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse(utf8(text, "time")?)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_str().as_bytes());
    }
}

/// An address of IPv4 or IPv6, without brackets.
impl InfoValue<'_> for IpAddr {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        from_str(text, "an IP address")
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(self, out);
    }
}

impl InfoValue<'_> for Fingerprint {
    fn parse(text: &[u8]) -> Result<Self, ParseError> {
        from_str(text, "a fingerprint: 40 hexadecimal digits")
    }

    fn encode(&self, out: &mut Vec<u8>) {
        display(self, out);
    }
}

/// A decimal number without a plus, which tor never writes.
pub(crate) fn number<T: FromStr>(text: &[u8], what: &'static str) -> Result<T, ParseError> {
    core::str::from_utf8(text)
        .ok()
        .filter(|text| !text.starts_with('+'))
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Problem::Number(what).at(0..text.len()))
}

/// Appends what is written as it is displayed.
pub(crate) fn display(value: &impl Display, out: &mut Vec<u8>) {
    out.extend_from_slice(value.to_string().as_bytes());
}

fn from_str<T: FromStr>(text: &[u8], what: &'static str) -> Result<T, ParseError> {
    core::str::from_utf8(text)
        .ok()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| Problem::Expected(what).at(0..text.len()))
}

#[cfg(test)]
mod tests {
    use core::fmt::Debug;

    use super::*;

    fn check<'a, T: InfoValue<'a> + PartialEq + Debug>(
        text: &'a str,
        expect: Result<T, ParseError>,
    ) {
        let read = T::parse(text.as_bytes());
        assert_eq!(read, expect, "{text:?}");
        if let Ok(value) = read {
            assert_eq!(value.to_bytes(), text.as_bytes());
        }
    }

    #[test]
    fn reads_and_writes() {
        check("1", Ok(true));
        check("0", Ok(false));
        check("8589934592", Ok(8_589_934_592_u64));
        check("-1", Ok(-1_i64));
        check("", Ok(None::<u64>));
        for time in ["1970-01-01 00:00:00", "2026-11-21T23:56:34"] {
            check(time, Ok(Some(IsoTime::parse(time).unwrap())));
        }
        check("::1", Ok("::1".parse::<IpAddr>().unwrap()));
        let fingerprint = "2171A44D9B34A730EE66771D831E29B1382C014C";
        check(fingerprint, Ok(fingerprint.parse::<Fingerprint>().unwrap()));
        check("\u{e9}", Ok("\u{e9}".as_bytes()));
    }

    #[test]
    fn refuses() {
        check(
            "2",
            Err::<bool, _>(Problem::Expected("`0` or `1`").at(0..1)),
        );
        check("+5", Err::<u64, _>(Problem::Number("a number").at(0..2)));
        check("", Err::<u64, _>(Problem::Number("a number").at(0..0)));
        check(
            "x",
            Err::<IpAddr, _>(Problem::Expected("an IP address").at(0..1)),
        );
    }
}
