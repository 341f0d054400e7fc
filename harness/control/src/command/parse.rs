//! Commands as those who answer read them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::command::{AuthToken, Command, RawCommand, Signal};
use crate::hex::hex_to_bytes;
use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, unquote};
use crate::reply::Setting;

impl<'b> Command<'b> {
    /// Reads a command's arguments.
    ///
    /// Commands that are not known here become `Other`; so does a known one
    /// that came with a data block, which none of them has.
    ///
    /// # Errors
    /// If the arguments of a known command cannot be read: the places are in
    /// [`RawCommand::arguments`].
    pub fn parse(raw: &RawCommand<'b>) -> Result<Self, ParseError> {
        let keyword = raw.keyword.to_ascii_uppercase();
        let arguments = raw.arguments;
        Ok(match keyword.as_slice() {
            b"PROTOCOLINFO" => Self::ProtocolInfo(words(arguments)),
            b"AUTHENTICATE" => Self::Authenticate(token(arguments)?),
            b"AUTHCHALLENGE" => {
                let (method, rest) = first_word(arguments);
                if method.is_empty() {
                    return Err(Problem::Missing("SAFECOOKIE").at(0..0));
                }
                let nonce = token(rest).map_err(|e| e.problem.of(rest, arguments))?;
                Self::AuthChallenge {
                    method: String::from_utf8_lossy(method),
                    nonce,
                }
            }
            b"GETINFO" => Self::GetInfo(words(arguments)),
            b"GETCONF" => Self::GetConf(words(arguments)),
            b"SETCONF" => Self::SetConf(settings(arguments)?),
            b"RESETCONF" => Self::ResetConf(settings(arguments)?),
            b"SETEVENTS" => Self::SetEvents(words(arguments)),
            b"SIGNAL" => {
                let mut words = split_words(arguments);
                let Some(signal) = words.next() else {
                    return Err(Problem::Missing("signal").at(0..0));
                };
                if let Some(more) = words.next() {
                    return Err(Problem::Trailing.of(more, arguments));
                }
                let signal = core::str::from_utf8(signal)
                    .map_err(|_| Problem::NotUtf8("signal").of(signal, arguments))?;
                Self::Signal(Signal::from_any_case(signal))
            }
            b"QUIT" => Self::Quit,
            _ => Self::Other {
                keyword: String::from_utf8_lossy(
                    raw.keyword.strip_prefix(b"+").unwrap_or(raw.keyword),
                ),
                arguments: Cow::Borrowed(arguments),
                body: raw.body.map(|data| data.text()),
            },
        })
    }
}

/// A list of words as text.
fn words(arguments: &[u8]) -> Vec<Cow<'_, str>> {
    split_words(arguments)
        .map(String::from_utf8_lossy)
        .collect()
}

/// Words that spaces separate. As with tor, other white space separates none,
/// but does not belong to a word that it starts or ends.
fn split_words(arguments: &[u8]) -> impl Iterator<Item = &[u8]> {
    arguments
        .split(|&b| b == b' ')
        .map(<[u8]>::trim_ascii)
        .filter(|word| !word.is_empty())
}

/// The first word, and what follows it and the spaces behind it.
fn first_word(arguments: &[u8]) -> (&[u8], &[u8]) {
    let end = arguments
        .iter()
        .position(|&b| is_space(b))
        .unwrap_or(arguments.len());
    let (word, rest) = arguments.split_at(end);
    (word, rest.trim_ascii_start())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// A secret, which nothing may follow.
fn token(arguments: &[u8]) -> Result<AuthToken<'_>, ParseError> {
    let quoted = arguments.starts_with(b"\"");
    let (value, rest) = if quoted {
        let (value, rest) = unquote(arguments, Escapes::Plain)?;
        (value, rest.trim_ascii_start())
    } else {
        let (word, rest) = first_word(arguments);
        (Cow::Borrowed(word), rest)
    };
    if !rest.is_empty() {
        return Err(Problem::Trailing.of(rest, arguments));
    }
    if quoted {
        return Ok(AuthToken::Quoted(value));
    }
    if value.is_empty() {
        return Ok(AuthToken::None);
    }
    hex_to_bytes(&value)
        .map(AuthToken::Hex)
        .ok_or_else(|| Problem::Hex.at(0..arguments.len()))
}

/// `KEY`, `KEY=VALUE` and `KEY="VALUE"`, any number of them.
///
/// As with tor, a closing quote ends a value even where no space follows.
fn settings(arguments: &[u8]) -> Result<Vec<Setting<'_>>, ParseError> {
    let mut settings = Vec::new();
    let mut rest = arguments.trim_ascii();
    while !rest.is_empty() {
        let end = rest
            .iter()
            .position(|&b| is_space(b) || b == b'=')
            .unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let text =
            core::str::from_utf8(key).map_err(|_| Problem::NotUtf8("option").of(key, arguments))?;
        if key.is_empty() || key.contains(&b'"') {
            return Err(Problem::Expected("an option's name").of(key, arguments));
        }
        let (value, after) = match after.strip_prefix(b"=") {
            None => (None, after),
            Some(quoted) if quoted.starts_with(b"\"") => {
                let (value, after) =
                    unquote(quoted, Escapes::C).map_err(|e| e.problem.of(quoted, arguments))?;
                (Some(value), after)
            }
            Some(plain) => {
                let end = plain
                    .iter()
                    .position(|&b| is_space(b))
                    .unwrap_or(plain.len());
                (Some(Cow::Borrowed(&plain[..end])), &plain[end..])
            }
        };
        settings.push(Setting {
            key: Cow::Borrowed(text),
            value,
        });
        rest = after.trim_ascii_start();
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    fn parse(line: &[u8]) -> Result<Command<'_>, ParseError> {
        Command::parse(&RawCommand::new(line))
    }

    fn set<'a>(key: &'a str, value: Option<&'a str>) -> Setting<'a> {
        Setting {
            key: key.into(),
            value: value.map(|v| Cow::Borrowed(v.as_bytes())),
        }
    }

    /// Commands in tor's own spelling: they are read and written alike.
    #[test]
    fn both_ways() {
        for (line, command) in [
            (
                &b"PROTOCOLINFO 1\r\n"[..],
                Command::ProtocolInfo(vec!["1".into()]),
            ),
            (b"AUTHENTICATE\r\n", Command::Authenticate(AuthToken::None)),
            (
                b"AUTHENTICATE 00FF\r\n",
                Command::Authenticate(AuthToken::Hex(vec![0, 255])),
            ),
            (
                b"AUTHENTICATE \"a\\\"b\"\r\n",
                Command::Authenticate(AuthToken::Quoted(Cow::Borrowed(b"a\"b"))),
            ),
            (
                b"AUTHCHALLENGE SAFECOOKIE AB\r\n",
                Command::AuthChallenge {
                    method: "SAFECOOKIE".into(),
                    nonce: AuthToken::Hex(vec![0xab]),
                },
            ),
            (
                b"GETINFO version config-file\r\n",
                Command::GetInfo(vec!["version".into(), "config-file".into()]),
            ),
            (b"GETCONF\r\n", Command::GetConf(vec![])),
            (
                b"SETCONF Nickname=me ContactInfo=\"a b\" ExitPolicy\r\n",
                Command::SetConf(vec![
                    set("Nickname", Some("me")),
                    set("ContactInfo", Some("a b")),
                    set("ExitPolicy", None),
                ]),
            ),
            (
                b"RESETCONF Nickname\r\n",
                Command::ResetConf(vec![set("Nickname", None)]),
            ),
            (
                b"SETEVENTS BW CIRC\r\n",
                Command::SetEvents(vec!["BW".into(), "CIRC".into()]),
            ),
            (b"SIGNAL NEWNYM\r\n", Command::Signal(Signal::Newnym)),
            (b"QUIT\r\n", Command::Quit),
            (
                b"+LOADCONF\r\nSocksPort 0\r\n.\r\n",
                Command::Other {
                    keyword: "LOADCONF".into(),
                    arguments: Cow::Borrowed(b""),
                    body: Some(Cow::Borrowed(b"SocksPort 0\n")),
                },
            ),
        ] {
            assert_eq!(parse(line).as_ref(), Ok(&command));
            assert_eq!(command.encode(), line);
        }
    }

    #[test]
    fn reads_what_tor_reads() {
        for (line, command) in [
            (
                &b"getinfo\tversion  \r\n"[..],
                Command::GetInfo(vec!["version".into()]),
            ),
            (b"SETEVENTS \n", Command::SetEvents(vec![])),
            (
                b"SETEVENTS BW\tCIRC\t STREAM\r\r\n",
                Command::SetEvents(vec!["BW\tCIRC".into(), "STREAM".into()]),
            ),
            (
                b"SETCONF A=b\tC=d\n",
                Command::SetConf(vec![set("A", Some("b")), set("C", Some("d"))]),
            ),
            (b"SIGNAL HUP\tx\n", Command::Signal(Signal::Other("HUP\tx"))),
            (b"signal NewNym\n", Command::Signal(Signal::Newnym)),
            (b"QUIT now\n", Command::Quit),
            (
                b"SETCONF A=\"b\"c D=\n",
                Command::SetConf(vec![
                    set("A", Some("b")),
                    set("c", None),
                    set("D", Some("")),
                ]),
            ),
            (
                b"SETCONF A=b\"c\"\n",
                Command::SetConf(vec![set("A", Some("b\"c\""))]),
            ),
        ] {
            assert_eq!(parse(line), Ok(command), "{line:?}");
        }
    }

    #[test]
    fn refuses_what_tor_refuses() {
        for (line, problem) in [
            (&b"AUTHENTICATE nothex"[..], Problem::Hex),
            (b"AUTHENTICATE 000", Problem::Hex),
            (b"AUTHENTICATE 00 00", Problem::Trailing),
            (b"AUTHENTICATE \"a", Problem::Unterminated),
            (b"AUTHCHALLENGE", Problem::Missing("SAFECOOKIE")),
            (b"AUTHCHALLENGE SAFECOOKIE x", Problem::Hex),
            (b"SIGNAL", Problem::Missing("signal")),
            (b"SIGNAL NEWNYM now", Problem::Trailing),
            (b"SETCONF =x", Problem::Expected("an option's name")),
            (b"SETCONF \"A\"=x", Problem::Expected("an option's name")),
            (b"SETCONF A=\"x", Problem::Unterminated),
        ] {
            assert_eq!(parse(line).map_err(|e| e.problem), Err(problem), "{line:?}");
        }
    }
}
