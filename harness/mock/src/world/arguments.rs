//! A command's arguments as tor cuts them.

use std::borrow::Cow;

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};

use super::escaped::escaped;

/// Which arguments a command takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Syntax {
    /// How many words there have to be, and may be.
    least: usize,
    most: usize,
    /// What may follow the words.
    pairs: Option<Pairs>,
    /// Whether a data block has to follow.
    body: bool,
}

/// What may follow the words of a command.
#[derive(Clone, Copy, Debug)]
struct Pairs {
    /// Whether a word without `=` is a flag, rather than wrong.
    flags: bool,
    /// The keys that there are; any, where none is listed.
    known: &'static [&'static str],
}

/// `KEY=VALUE`, or a flag that has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'a> {
    pub(crate) key: &'a str,
    /// Empty for a flag.
    pub(crate) value: &'a str,
}

impl Pair<'_> {
    /// Whether this is its key, in any case.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }
}

/// The arguments of one command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments<'a> {
    pub(crate) words: Vec<&'a [u8]>,
    pub(crate) pairs: Vec<Pair<'a>>,
    /// The data block: lines that end in LF.
    pub(crate) body: Cow<'a, [u8]>,
}

impl<'a> Arguments<'a> {
    /// The first value of a key.
    pub(crate) fn value(&self, key: &str) -> Option<&'a str> {
        let pair = self.pairs.iter().find(|pair| pair.is(key))?;
        Some(pair.value)
    }
}

impl Syntax {
    /// So many words.
    pub(crate) const fn words(least: usize, most: usize) -> Self {
        Self {
            least,
            most,
            pairs: None,
            body: false,
        }
    }

    /// So many words at least, and any number of them.
    pub(crate) const fn at_least(least: usize) -> Self {
        Self::words(least, usize::MAX)
    }

    /// These, and then `KEY=VALUE` of these keys; of any, if none is listed.
    pub(crate) const fn and_pairs(self, known: &'static [&'static str]) -> Self {
        let pairs = Some(Pairs {
            flags: false,
            known,
        });
        Self { pairs, ..self }
    }

    /// These, and then `KEY=VALUE` and flags.
    pub(crate) const fn and_flags(self) -> Self {
        let pairs = Some(Pairs {
            flags: true,
            known: &[],
        });
        Self { pairs, ..self }
    }

    /// These, and then a data block.
    pub(crate) const fn and_body(self) -> Self {
        Self { body: true, ..self }
    }

    /// Cuts a command's arguments.
    ///
    /// # Errors
    /// tor's reply to bad ones.
    pub(crate) fn parse<'a>(&self, command: &RawCommand<'a>) -> Result<Arguments<'a>, Reply> {
        self.cut(command).map_err(|what| {
            let bad = [b"Bad arguments to ", command.keyword, b": "].concat();
            let text = [bad, what.into_bytes()].concat();
            Reply::new(StatusCode::BAD_ARGUMENT, text)
        })
    }

    fn cut<'a>(&self, command: &RawCommand<'a>) -> Result<Arguments<'a>, String> {
        let mut arguments = Arguments::default();
        if self.body {
            let data = command.body.filter(|data| !data.raw().is_empty());
            arguments.body = data.ok_or("Empty body")?.text();
        }
        let mut rest = command.arguments.trim_ascii();
        while arguments.words.len() < self.most && !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b' ');
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            arguments.words.push(word.trim_ascii_end());
            rest = after.trim_ascii_start();
        }
        if arguments.words.len() < self.least {
            return Err(format!("Need at least {} argument(s)", self.least));
        }
        match &self.pairs {
            Some(pairs) => arguments.pairs = pairs.cut(rest)?,
            None if rest.is_empty() => {}
            None => return Err(format!("Cannot accept more than {} argument(s)", self.most)),
        }
        Ok(arguments)
    }
}

impl Pairs {
    fn cut<'a>(&self, rest: &'a [u8]) -> Result<Vec<Pair<'a>>, String> {
        let pairs: Option<Vec<_>> = rest
            // A form feed separates nothing here.
            .split(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b))
            .filter(|word| !word.is_empty())
            .map(|word| self.pair(word))
            .collect();
        let pairs = pairs.ok_or("Cannot parse keyword argument(s)")?;
        let known = |pair: &&Pair<'_>| self.known.iter().any(|key| pair.is(key));
        match pairs.iter().find(|pair| !known(pair)) {
            Some(pair) if !self.known.is_empty() => Err(format!(
                "Unrecognized keyword argument {}",
                escaped(pair.key.as_bytes())
            )),
            _ => Ok(pairs),
        }
    }

    fn pair<'a>(&self, word: &'a [u8]) -> Option<Pair<'a>> {
        let plain = |byte: &u8| matches!(byte, b'!'..=b'~') && !matches!(byte, b'"' | b'\'');
        let word = str::from_utf8(word).ok()?;
        let pair = match word.split_once('=') {
            Some((key, value)) => Pair { key, value },
            None if self.flags => Pair {
                key: word,
                value: "",
            },
            None => return None,
        };
        (!pair.key.is_empty() && word.as_bytes().iter().all(plain)).then_some(pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_as_tor_does() {
        let pairs = Syntax::words(1, 1).and_pairs(&["Port"]);
        let any = Syntax::words(0, 2).and_pairs(&[]);
        let flags = Syntax::words(0, 0).and_flags();
        for (syntax, line, expected) in [
            (pairs, "X  a  Port=1\tport=", Ok("a|Port=1 port=")),
            (any, "X a=b  c  d=e=f", Ok("a=b c|d=e=f")),
            (flags, "X a b=c \x0b d", Ok("|a= b=c d=")),
            (Syntax::at_least(1), "X a b ", Ok("a b|")),
            (pairs, "x ", Err("x: Need at least 1 argument(s)")),
            (
                Syntax::words(0, 0),
                "X y",
                Err("X: Cannot accept more than 0 argument(s)"),
            ),
            (
                pairs,
                "X a Port",
                Err("X: Cannot parse keyword argument(s)"),
            ),
            (pairs, "X a =1", Err("X: Cannot parse keyword argument(s)")),
            (
                flags,
                "X a\x0cb",
                Err("X: Cannot parse keyword argument(s)"),
            ),
            (flags, "X \"a\"", Err("X: Cannot parse keyword argument(s)")),
            (
                pairs,
                "X a a\\b=1",
                Err("X: Unrecognized keyword argument \"a\\\\b\""),
            ),
            (flags.and_body(), "X a", Err("X: Empty body")),
        ] {
            let command = RawCommand::new(line.as_bytes());
            let came = syntax.parse(&command).map(|arguments| {
                let word = |word: &&[u8]| String::from_utf8_lossy(word).into_owned();
                let words: Vec<_> = arguments.words.iter().map(word).collect();
                let pair = |pair: &Pair<'_>| format!("{}={}", pair.key, pair.value);
                let pairs: Vec<_> = arguments.pairs.iter().map(pair).collect();
                format!("{}|{}", words.join(" "), pairs.join(" "))
            });
            let expected = expected.map(str::to_owned).map_err(|what| {
                Reply::new(StatusCode::BAD_ARGUMENT, format!("Bad arguments to {what}"))
            });
            assert_eq!(came, expected, "{line:?}");
        }
    }
}
