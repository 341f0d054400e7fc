//! The value of `net/listeners/*`.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::net::SocketAddr;

use crate::info::list::until;
use crate::info::{InfoValue, ListItem};
use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, quote, unquote};

/// Where tor listens: `"127.0.0.1:9051"`, `"[::1]:9051"`, `"unix:/path"`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listener<'a> {
    /// The address, quotes and escapes undone.
    pub address: Cow<'a, [u8]>,
    /// Whether it was quoted; tor does not quote a socket that it cannot ask.
    pub is_quoted: bool,
}

impl Listener<'_> {
    /// The TCP address.
    #[must_use]
    pub fn tcp(&self) -> Option<SocketAddr> {
        core::str::from_utf8(&self.address).ok()?.parse().ok()
    }

    /// The path of the Unix socket.
    #[must_use]
    pub fn unix_path(&self) -> Option<&[u8]> {
        self.address.strip_prefix(b"unix:")
    }
}

impl<'a> InfoValue<'a> for Listener<'a> {
    fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        if !text.starts_with(b"\"") {
            return Ok(Self {
                address: Cow::Borrowed(text),
                is_quoted: false,
            });
        }
        let (address, after) = unquote(text, Escapes::C)?;
        if !after.is_empty() {
            return Err(Problem::Trailing.of(after, text));
        }
        Ok(Self {
            address,
            is_quoted: true,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        if self.is_quoted {
            quote(&self.address, out);
        } else {
            out.extend_from_slice(&self.address);
        }
    }
}

impl<'a> ListItem<'a> for Listener<'a> {
    fn end(list: &[u8]) -> usize {
        // A path may have spaces.
        let quoted = unquote(list, Escapes::C).map_or(0, |(_, after)| list.len() - after.len());
        quoted + until(b' ', &list[quoted..])
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::info::List;

    #[test]
    fn reads() {
        let text = br#""127.0.0.1:9050" "[2001:0db8::1]:0" "unix:/a b/\"\303\251" 10.0.0.1:80"#;
        let list = List::<Listener<'_>>::parse(text).unwrap();
        let tcp: Vec<_> = list
            .iter()
            .map(|l| l.tcp().map(|a| a.to_string()))
            .collect();
        let expect = [
            Some("127.0.0.1:9050"),
            Some("[2001:db8::1]:0"),
            None,
            Some("10.0.0.1:80"),
        ];
        assert_eq!(tcp, expect.map(|text| text.map(ToString::to_string)));
        let unix: Vec<_> = list
            .iter()
            .map(|l| l.unix_path().map(<[u8]>::to_vec))
            .collect();
        assert_eq!(unix, [None, None, Some(b"/a b/\"\xc3\xa9".to_vec()), None]);
        assert_eq!(list.to_bytes(), text);
    }

    #[test]
    fn refuses() {
        for (text, error) in [
            (r#""a" "b"#, Problem::Unterminated.at(4..6)),
            (r#""a"b "c""#, Problem::Trailing.at(3..4)),
        ] {
            let read = List::<Listener<'_>>::parse(text.as_bytes());
            assert_eq!(read, Err(error), "{text}");
        }
    }
}
