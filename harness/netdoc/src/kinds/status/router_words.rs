//! The words of an entry's lines, decoded without a table.

use core::net::{Ipv4Addr, SocketAddr};
use core::str::{FromStr, from_utf8};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::consensus::Flavor;
use super::shared::{A_ARGUMENTS, M_ARGUMENTS, R_ARGUMENTS, R_MICRODESC_ARGUMENTS, W_ARGUMENTS};
use crate::forms::base64;
use crate::rules::{Argument, ParseError, Problem};

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

/// Reads what follows `r`.
#[inline]
pub(super) fn router_line(
    text: &[u8],
    flavor: Flavor,
    source: &[u8],
) -> Result<RouterLine, ParseError> {
    let mut words = match flavor {
        Flavor::Ns => Words::new(text, &R_ARGUMENTS, source),
        Flavor::Microdesc => Words::new(text, &R_MICRODESC_ARGUMENTS, source),
    };
    Ok(RouterLine {
        nickname: words.read(1, parse)?,
        identity: words.read(1, |word| base64(word).map(Fingerprint::new))?,
        digest: match flavor {
            Flavor::Ns => Some(words.read(1, base64)?),
            Flavor::Microdesc => None,
        },
        published: words.read(2, parse)?,
        address: words.read(1, parse)?,
        or_port: words.read(1, number)?,
        dir_port: words.read(1, number)?,
    })
}

/// Reads what follows `w`.
#[inline]
pub(super) fn weight(text: &[u8], source: &[u8]) -> Result<RouterWeight, ParseError> {
    let mut words = Words::new(text, &W_ARGUMENTS, source);
    let mut weight = RouterWeight {
        bandwidth: words.read(1, |word| number(word.strip_prefix(b"Bandwidth=")?))?,
        measured: None,
        is_unmeasured: false,
    };
    loop {
        match words.take(1) {
            b"" => return Ok(weight),
            b"Unmeasured=1" => weight.is_unmeasured = true,
            word => {
                if let Some(measured) = word.strip_prefix(b"Measured=") {
                    weight.measured = number(measured);
                }
            }
        }
    }
}

/// Reads what follows `a`.
pub(super) fn or_address(text: &[u8], source: &[u8]) -> Result<SocketAddr, ParseError> {
    Words::new(text, &A_ARGUMENTS, source).read(1, parse)
}

/// Reads what follows `m` in a microdesc consensus.
#[inline]
pub(super) fn microdescriptor(text: &[u8], source: &[u8]) -> Result<[u8; 32], ParseError> {
    Words::new(text, &M_ARGUMENTS, source).read(1, base64)
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

    /// Takes so many words, with what is between them; nothing at the end of the line.
    #[inline]
    fn take(&mut self, count: usize) -> &'a [u8] {
        let start = self.rest.iter().position(|byte| !is_space(byte));
        let from = &self.rest[start.unwrap_or(self.rest.len())..];
        self.rest = from;
        for _ in 0..count {
            let word = self.rest.iter().position(|byte| !is_space(byte));
            let word = &self.rest[word.unwrap_or(self.rest.len())..];
            let end = word.iter().position(is_space).unwrap_or(word.len());
            self.rest = &word[end..];
        }
        &from[..from.len() - self.rest.len()]
    }

    /// What `read` makes of the words of the next argument.
    #[inline]
    fn read<T>(
        &mut self,
        count: usize,
        read: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, ParseError> {
        let words = self.take(count);
        let argument = self.arguments.next();
        read(words).ok_or_else(|| {
            let problem = argument.map_or(Problem::Trailing, Problem::Argument);
            problem.of(words, self.source)
        })
    }
}

#[inline]
fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[inline]
fn parse<T: FromStr>(word: &[u8]) -> Option<T> {
    from_utf8(word).ok()?.parse().ok()
}

/// A number without a sign, which Rust would take.
#[inline]
fn number<T: FromStr>(word: &[u8]) -> Option<T> {
    word.first().filter(|byte| byte.is_ascii_digit())?;
    parse(word)
}
