//! The words of an entry's lines, decoded without a table.

use core::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::consensus::Flavor;
use super::shared::{
    A_ARGUMENTS, M_ARGUMENTS, MEASURED, R_ARGUMENTS, R_MICRODESC_ARGUMENTS, UNMEASURED, W_ARGUMENTS,
};
use crate::forms::{self, base64};
use crate::rules::{Argument, ParseError, Problem};

/// How many bytes these usually are.
const SHA1: usize = 27;
const SHA256: usize = 43;
const TIME: usize = 19;

/// The words of a line, with the arguments that they have to be.
///
/// It decodes what the table would, and names the table's arguments where it
/// cannot, but makes no [`Value`](crate::Value)s: there are thousands of entries.
pub(super) struct Words<'a> {
    rest: &'a [u8],
    arguments: core::slice::Iter<'static, Argument>,
    source: &'a [u8],
}

/// What an `r` line says.
pub(super) struct RouterLine {
    pub(super) nickname: Nickname,
    pub(super) identity: Fingerprint,
    pub(super) digest: Option<[u8; 20]>,
    pub(super) published: UtcSeconds,
    pub(super) address: Ipv4Addr,
    pub(super) or_port: u16,
    pub(super) dir_port: u16,
}

/// How much clients should use a relay, in kilobytes a second (section 3.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RouterWeight {
    /// What the relay can carry.
    pub bandwidth: u32,
    /// What the voter measured.
    pub measured: Option<u32>,
    /// Whether too few voters measured it.
    pub is_unmeasured: bool,
}

/// The time that was read last: that of most entries is the one before's, and in
/// newer consensuses all have the same.
#[derive(Clone, Debug, Default)]
pub(super) struct LastTime<'a>(Option<(&'a [u8], UtcSeconds)>);

impl<'a> LastTime<'a> {
    #[inline]
    fn read(&mut self, words: &'a [u8]) -> Option<UtcSeconds> {
        match self.0 {
            Some((last, time)) if last == words => Some(time),
            _ => {
                let time = forms::time(words)?;
                self.0 = Some((words, time));
                Some(time)
            }
        }
    }
}

/// Reads what follows `r`.
#[inline]
pub(super) fn router_line<'a>(
    text: &'a [u8],
    flavor: Flavor,
    last: &mut LastTime<'a>,
    source: &'a [u8],
) -> Result<RouterLine, ParseError> {
    let mut words = match flavor {
        Flavor::Ns => Words::new(text, &R_ARGUMENTS, source),
        Flavor::Microdesc => Words::new(text, &R_MICRODESC_ARGUMENTS, source),
    };
    Ok(RouterLine {
        nickname: words.one(|word| Nickname::from_ascii(word).ok())?,
        identity: words.long(1, SHA1, |word| base64(word).map(Fingerprint::new))?,
        digest: match flavor {
            Flavor::Ns => Some(words.long(1, SHA1, base64)?),
            Flavor::Microdesc => None,
        },
        published: words.long(2, TIME, |words| last.read(words))?,
        address: words.one(ipv4)?,
        or_port: words.one(number)?,
        dir_port: words.one(number)?,
    })
}

/// Reads what follows `w`.
#[inline]
pub(super) fn weight(text: &[u8], source: &[u8]) -> Result<RouterWeight, ParseError> {
    let mut words = Words::new(text, &W_ARGUMENTS, source);
    let mut weight = RouterWeight {
        bandwidth: words.one(|word| number(word.strip_prefix(b"Bandwidth=")?))?,
        measured: None,
        is_unmeasured: false,
    };
    loop {
        match words.take(1) {
            b"" => return Ok(weight),
            b"Unmeasured=1" => weight.is_unmeasured = true,
            word if word.starts_with(b"Unmeasured=") => {
                return Err(Problem::Argument(&UNMEASURED).of(word, source));
            }
            word => {
                if let Some(measured) = word.strip_prefix(b"Measured=") {
                    weight.measured = Some(
                        number(measured)
                            .ok_or_else(|| Problem::Argument(&MEASURED).of(word, source))?,
                    );
                }
            }
        }
    }
}

/// Reads what follows `a`.
pub(super) fn or_address(text: &[u8], source: &[u8]) -> Result<SocketAddr, ParseError> {
    Words::new(text, &A_ARGUMENTS, source).one(socket)
}

/// Reads what follows `m` in a microdesc consensus.
#[inline]
pub(super) fn microdescriptor(text: &[u8], source: &[u8]) -> Result<[u8; 32], ParseError> {
    Words::new(text, &M_ARGUMENTS, source).long(1, SHA256, base64)
}

impl<'a> Words<'a> {
    #[inline]
    fn new(text: &'a [u8], arguments: &'static [Argument], source: &'a [u8]) -> Self {
        Self {
            rest: text,
            arguments: arguments.iter(),
            source,
        }
    }

    /// What `read` makes of the next word.
    #[inline]
    fn one<T>(&mut self, read: impl FnOnce(&[u8]) -> Option<T>) -> Result<T, ParseError> {
        let word = self.take(1);
        self.expect(word, read(word))
    }

    /// What `read` makes of so many words, which are usually of this length: then
    /// where they end is not looked for, since what is read has no space there.
    #[inline]
    fn long<T>(
        &mut self,
        count: usize,
        length: usize,
        mut read: impl FnMut(&'a [u8]) -> Option<T>,
    ) -> Result<T, ParseError> {
        let rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        if let Some((words, rest)) = rest.split_at_checked(length)
            && matches!(rest, [] | [b' ', ..])
            && let Some(value) = read(words)
        {
            self.rest = rest;
            return self.expect(words, Some(value));
        }
        let words = self.take(count);
        self.expect(words, read(words))
    }

    /// Takes so many words, with what is between them; nothing at the end of the line.
    #[inline]
    fn take(&mut self, count: usize) -> &'a [u8] {
        self.rest = behind_spaces(self.rest);
        let from = self.rest;
        for _ in 0..count {
            let word = behind_spaces(self.rest);
            let end = word.iter().position(is_space).unwrap_or(word.len());
            self.rest = &word[end..];
        }
        &from[..from.len() - self.rest.len()]
    }

    /// The value of the next argument, which these words are.
    #[inline]
    fn expect<T>(&mut self, words: &[u8], value: Option<T>) -> Result<T, ParseError> {
        let argument = self.arguments.next();
        value.ok_or_else(|| {
            let problem = argument.map_or(Problem::Trailing, Problem::Argument);
            problem.of(words, self.source)
        })
    }
}

#[inline]
fn behind_spaces(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

#[inline]
fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A number without a sign, which Rust would take.
#[inline]
pub(super) fn number<T: TryFrom<u32>>(word: &[u8]) -> Option<T> {
    word.first()?;
    let number = word.iter().try_fold(0_u32, |sum, byte| {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        (digit <= 9).then(|| sum.checked_mul(10)?.checked_add(digit))?
    });
    number?.try_into().ok()
}

#[inline]
fn ipv4(word: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = word.split(|byte| *byte == b'.');
    for octet in &mut octets {
        // As Rust reads it: without a zero before it.
        *octet = match parts.next()? {
            [b'0', _, ..] => return None,
            part => number(part)?,
        };
    }
    parts.next().is_none().then_some(octets.into())
}

/// What Rust reads, which is slow with the IPv6 addresses that half of the relays have.
#[inline]
fn socket(word: &[u8]) -> Option<SocketAddr> {
    usual_ipv6(word).or_else(|| forms::socket(word))
}

/// `[ADDRESS]:PORT` with eight groups, or fewer and one `::`; `None` for what
/// is written in another way, or wrong.
fn usual_ipv6(word: &[u8]) -> Option<SocketAddr> {
    let end = word.iter().position(|byte| *byte == b']')?;
    let address = word[..end].strip_prefix(b"[")?;
    let port = number(word[end + 1..].strip_prefix(b":")?)?;
    let gap = address.windows(2).position(|pair| pair == b"::");
    let (head, tail) = address.split_at(gap.unwrap_or(address.len()));
    let mut groups = [0; 8];
    let count = read_groups(head, &mut groups)?;
    match tail.strip_prefix(b"::") {
        None if count == 8 => {}
        None => return None,
        Some(tail) => {
            let mut last = [0; 8];
            let last_count = read_groups(tail, &mut last)?;
            if count + last_count > 7 {
                return None;
            }
            groups[8 - last_count..].copy_from_slice(&last[..last_count]);
        }
    }
    Some((Ipv6Addr::from(groups), port).into())
}

/// Reads groups of hexadecimal digits with colons between them; how many.
fn read_groups(text: &[u8], groups: &mut [u16; 8]) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let mut count = 0;
    for digits in text.split(|byte| *byte == b':') {
        if !(1..=4).contains(&digits.len()) {
            return None;
        }
        *groups.get_mut(count)? = digits.iter().try_fold(0, |sum, digit| {
            let digit = char::from(*digit).to_digit(16)?;
            Some(sum << 4 | digit as u16)
        })?;
        count += 1;
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_weights() {
        for (text, expected) in [
            ("Bandwidth=1", Ok(None)),
            ("Bandwidth=1 New=x Measured=2", Ok(Some(2))),
            ("Bandwidth=1 Measured=4294967296", Err(12..31)),
            ("Bandwidth=1 New=x Measured=", Err(18..27)),
            ("Bandwidth=x Measured=2", Err(0..11)),
            ("Bandwidth=1 Unmeasured=1", Ok(None)),
            ("Bandwidth=1 Unmeasured=0", Err(12..24)),
            ("Bandwidth=1 Unmeasured=1x", Err(12..25)),
        ] {
            let read = weight(text.as_bytes(), text.as_bytes());
            let read = read.map(|weight| weight.measured);
            assert_eq!(
                read.map_err(|wrong| wrong.span.start..wrong.span.end),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn read_what_rust_reads() {
        #[rustfmt::skip]
        let words = [
            "", "[", "[]:1", "[::]:0", "[::1]:9001", "[1::]:1", "[1:2:3:4:5:6:7:8]:65535", "[1:2:3:4:5:6:7::]:1", "[::2:3:4:5:6:7:8]:1",
            "[1::2:3:4:5:6:7:8]:1", "[1:2:3:4:5:6:7:8:9]:1", "[1:2:3:4:5:6:7]:1", "[1::2::3]:1", "[1:::2]:1", "[:1::2]:1", "[1::2:]:1", "[12345::]:1",
            "[00001::]:1", "[fE80::Aa]:7", "[g::]:1", "[::1]:65536", "[::1]:", "[::1]", "[::1]9", "[::1]:+1", "::1:1", "[::1.2.3.4]:5", "1.2.3.4:5",
            "[1:2:3:4:5:6:1.2.3.4]:5", "[::%1]:1", "[fe80::1%3]:9001", "[::1]]:1",
        ];
        for word in words {
            let expected = word.parse().ok().filter(|_| !word.contains('%'));
            assert_eq!(socket(word.as_bytes()), expected, "{word}");
        }
        for word in [
            "",
            "1.2.3.4",
            "0.0.0.0",
            "255.255.255.255",
            "01.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "1..2.3",
            "1.2.3.-4",
            "1.2.3.00",
        ] {
            assert_eq!(ipv4(word.as_bytes()), word.parse().ok(), "{word}");
        }
        for word in [
            "",
            "0",
            "007",
            "65535",
            "65536",
            "4294967296",
            "-1",
            "+1",
            "1x",
            "99999999999",
        ] {
            let is_signed = word.starts_with('+');
            assert_eq!(
                number::<u16>(word.as_bytes()),
                word.parse().ok().filter(|_| !is_signed),
                "{word}"
            );
            assert_eq!(
                number::<u32>(word.as_bytes()),
                word.parse().ok().filter(|_| !is_signed),
                "{word}"
            );
        }
    }
}
