//! The lines of a torrc, cut as tor cuts them.
//!
//! A line is a keyword with its value, to the end of the line or of the comment;
//! a backslash at the end continues it, a value in double quotes has C's escapes.

/// One line of a torrc: a keyword with the words of its value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) keyword: Word,
    pub(crate) arguments: Vec<Word>,
}

/// Some text, and the byte of the torrc at which it starts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) start: usize,
}

/// Cuts a torrc into its lines.
///
/// After a broken quotation nothing is returned: there tor itself gives up.
pub(super) fn lines(torrc: &str) -> Vec<Line> {
    let mut scanner = Scanner {
        text: torrc.as_bytes(),
        at: 0,
    };
    let mut lines = Vec::new();
    while let Some(keyword) = scanner.keyword() {
        let (arguments, broken) = scanner.value();
        lines.push(Line { keyword, arguments });
        if broken {
            break;
        }
    }
    lines
}

struct Scanner<'t> {
    text: &'t [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn is_continued(&self) -> bool {
        self.text[self.at..].starts_with(b"\\\n")
    }

    fn skip_while(&mut self, condition: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&condition) {
            self.at += 1;
        }
    }

    fn keyword(&mut self) -> Option<Word> {
        loop {
            self.skip_while(is_space);
            match self.peek()? {
                b'#' => self.skip_while(|byte| byte != b'\n'),
                _ => break,
            }
        }
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| !is_space(byte) && byte != b'#')
            && !self.is_continued()
        {
            self.at += 1;
        }
        let text = String::from_utf8_lossy(&self.text[start..self.at]).into_owned();
        Some(Word { text, start })
    }

    /// The words up to the end of the line, and whether a quotation is broken.
    fn value(&mut self) -> (Vec<Word>, bool) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
        if self.peek() == Some(b'"') {
            return self.quoted();
        }
        let mut words = Words::default();
        let mut continued = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if self.is_continued() => {
                    continued = true;
                    self.at += 1;
                }
                // Between continued lines there may be comments.
                b'#' if continued => self.skip_while(|byte| byte != b'\n'),
                b'#' | b'\n' => break,
                byte => words.push(byte, self.at),
            }
            self.at += 1;
        }
        (words.done(), false)
    }

    fn quoted(&mut self) -> (Vec<Word>, bool) {
        let mut words = Words::default();
        self.at += 1;
        loop {
            let start = self.at;
            let byte = match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => self.escape(),
                Some(b'\n') | None => None,
                Some(byte) => Some(byte),
            };
            let Some(byte) = byte else {
                return (words.done(), true);
            };
            words.push(byte, start);
            self.at += 1;
        }
        self.skip_while(|byte| byte != b'\n');
        (words.done(), false)
    }

    /// The byte that an escape stands for; leaves the scanner at its last byte.
    fn escape(&mut self) -> Option<u8> {
        self.at += 1;
        let digits = |range: std::ops::Range<usize>, radix| {
            let digits = std::str::from_utf8(self.text.get(range)?).ok()?;
            u8::from_str_radix(digits, radix).ok()
        };
        match self.peek()? {
            b'n' => Some(b'\n'),
            b't' => Some(b'\t'),
            b'r' => Some(b'\r'),
            byte @ (b'"' | b'\\' | b'\'') => Some(byte),
            b'x' => {
                let byte = digits(self.at + 1..self.at + 3, 16);
                self.at += 2;
                byte
            }
            b'0'..=b'7' => {
                let length = (1..=3)
                    .take_while(|length| {
                        let digit = self.text.get(self.at + length - 1);
                        digit.is_some_and(|digit| matches!(digit, b'0'..=b'7'))
                    })
                    .count();
                let byte = digits(self.at..self.at + length, 8);
                self.at += length - 1;
                byte
            }
            _ => None,
        }
    }
}

/// Bytes put together to words.
#[derive(Default)]
struct Words {
    done: Vec<Word>,
    word: Vec<u8>,
    start: usize,
}

impl Words {
    fn push(&mut self, byte: u8, at: usize) {
        if is_space(byte) {
            self.end_word();
            return;
        }
        if self.word.is_empty() {
            self.start = at;
        }
        self.word.push(byte);
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.done.push(Word {
                text: String::from_utf8_lossy(&self.word).into_owned(),
                start: self.start,
            });
            self.word.clear();
        }
    }

    fn done(mut self) -> Vec<Word> {
        self.end_word();
        self.done
    }
}

fn is_space(byte: u8) -> bool {
    byte == b'\x0b' || byte.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of each line, each with its place: `keyword@0 argument@8`.
    fn check(torrc: &str, expected: &[&str]) {
        let lines: Vec<String> = lines(torrc)
            .iter()
            .map(|line| {
                std::iter::once(&line.keyword)
                    .chain(&line.arguments)
                    .map(|word| format!("{}@{}", word.text, word.start))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(lines, expected, "{torrc:?}");
    }

    #[test]
    fn cuts_lines_into_words() {
        check("", &[]);
        check("  # only\n#comments", &[]);
        check("A", &["A@0"]);
        check(
            "A 1\r\n\n\tB  2 3 # c\nC#c\n",
            &["A@0 1@2", "B@7 2@10 3@12", "C@18"],
        );
    }

    #[test]
    fn joins_continued_lines() {
        check("A 1\\\n2 \\\n# comment\n 3\nB", &["A@0 12@2 3@20", "B@22"]);
        check("Disable\\\nNetwork 0", &["Disable@0 Network@9 0@17"]);
        check("\\\nA", &["@0 A@2"]);
    }

    #[test]
    fn unescapes_quoted_values() {
        check(r#"A "b c" # d"#, &["A@0 b@3 c@5"]);
        check(
            r#"A "\x2fetc \57etc \"\\""#,
            &["A@0 /etc@3 /etc@11 \"\\@18"],
        );
        check(r#"A "caf\303\251""#, &["A@0 café@3"]);
    }

    #[test]
    fn stops_where_tor_stops() {
        for broken in [
            "A \"b\nB 1",
            r#"A "b\q" "#,
            r#"A "b\x2"#,
            r#"A "\777""#,
            "A \"",
            "A \"\\",
        ] {
            assert_eq!(lines(broken).len(), 1, "{broken:?}");
        }
    }
}
