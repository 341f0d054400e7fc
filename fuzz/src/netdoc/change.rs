//! Changes to one item of a document.

use std::fmt;

use tor_harness_netdoc::{OwnedItem, OwnedObject};

/// A change to one item of a document, as one makes it by mistake or by malice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// Takes the item away.
    Delete,
    /// Puts it there again, behind itself.
    Repeat,
    /// Moves it to the front of the document.
    MoveToFront,
    /// Moves it behind the next item.
    MoveBehindNext,
    /// Moves it to the end of the document.
    MoveToEnd,
    /// Cuts the line off in the middle of its keyword.
    CutInKeyword,
    /// Makes the first byte of the keyword one that is no letter.
    BreakKeyword,
    /// Cuts the line off before this word, from 0 for the first behind the keyword.
    CutBefore(usize),
    /// Cuts the line off in the middle of this word.
    CutWithin(usize),
    /// Puts this in place of this word.
    Replace(usize, &'static str),
    /// Puts a byte that is no UTF-8 in place of this word.
    BreakWord(usize),
    /// Adds a word to the line.
    Add,
    /// Adds an object where none is.
    AddObject,
    /// Takes the object away.
    DropObject,
    /// Gives the object another label.
    Rename,
    /// Takes the object's first line away, which says that it begins.
    DropBegin,
    /// Takes its last line away, which says that it ends.
    DropEnd,
    /// Makes it end with another label than it begins with.
    RenameEnd,
    /// Puts what is no base64 into it.
    BreakBase64,
    /// Takes the last line of its base64 away.
    DropLastLine,
    /// Makes another digit of the first one of that line.
    AlterLastLine,
}

/// What words are replaced by: each is wrong in most forms.
const WORDS: &[&str] = &[
    "x",
    "-",
    "=",
    ",",
    "-1",
    "+1",
    "1x",
    "0x1",
    "1-",
    "2-1",
    "nan",
    "k=nan",
    "99999999999999999999",
    "AA==",
    "2000-02-30",
    "256.0.0.1",
    "[::1]",
    "\u{e9}",
];

impl Change {
    /// All that can be done to an item.
    #[must_use]
    pub fn all(item: &OwnedItem) -> Vec<Self> {
        let mut all = vec![
            Self::Delete,
            Self::Repeat,
            Self::MoveToFront,
            Self::MoveBehindNext,
            Self::MoveToEnd,
            Self::BreakKeyword,
            Self::Add,
        ];
        if item.keyword.len() > 1 {
            all.push(Self::CutInKeyword);
        }
        for (word, text) in words(item).iter().enumerate() {
            all.extend([Self::CutBefore(word), Self::BreakWord(word)]);
            if text.len() > 1 {
                all.push(Self::CutWithin(word));
            }
            all.extend(WORDS.iter().map(|text| Self::Replace(word, text)));
        }
        match &item.object {
            None => all.push(Self::AddObject),
            Some(object) => {
                all.extend([
                    Self::DropObject,
                    Self::Rename,
                    Self::DropBegin,
                    Self::DropEnd,
                    Self::RenameEnd,
                    Self::BreakBase64,
                ]);
                if !object.body.is_empty() {
                    all.extend([Self::DropLastLine, Self::AlterLastLine]);
                }
            }
        }
        all
    }

    /// What is in place of the item; `None` for a change that moves it.
    ///
    /// It is bytes, as the change may leave no item.
    pub(super) fn apply(self, item: &OwnedItem) -> Option<Vec<u8>> {
        let changed = |change: &dyn Fn(&mut OwnedItem)| {
            let mut item = item.clone();
            change(&mut item);
            Some(encoded(&item))
        };
        let body = |change: &dyn Fn(&mut Vec<u8>)| {
            changed(&|item| change(&mut item.object.as_mut().expect("an object").body))
        };
        let lines = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
            let bytes = encoded(item);
            let mut lines = bytes
                .split_inclusive(|byte| *byte == b'\n')
                .map(Vec::from)
                .collect();
            change(&mut lines);
            Some(lines.concat())
        };
        match self {
            Self::Delete => Some(Vec::new()),
            Self::Repeat => Some(encoded(item).repeat(2)),
            Self::MoveToFront | Self::MoveBehindNext | Self::MoveToEnd => None,
            Self::BreakKeyword => lines(&|lines| lines[0][0] = b'_'),
            Self::CutInKeyword
            | Self::CutBefore(_)
            | Self::CutWithin(_)
            | Self::Replace(..)
            | Self::Add => {
                let (keyword, words) = self.line(item)?;
                changed(&|item| {
                    item.keyword.clone_from(&keyword);
                    item.text = (!words.is_empty()).then(|| words.join(&b' '));
                })
            }
            Self::BreakWord(at) => {
                let mut words = words(item);
                words[at] = b"\xff".to_vec();
                changed(&|item| item.text = Some(words.join(&b' ')))
            }
            Self::AddObject => changed(&|item| {
                item.object = Some(OwnedObject {
                    label: "OTHER".into(),
                    body: b"AAAA\n".to_vec(),
                });
            }),
            Self::DropObject => changed(&|item| item.object = None),
            Self::Rename => {
                changed(&|item| item.object.as_mut().expect("an object").label.push('X'))
            }
            Self::DropBegin => lines(&|lines| drop(lines.remove(1))),
            Self::DropEnd => lines(&|lines| drop(lines.pop())),
            Self::RenameEnd => lines(&|lines| {
                lines.pop();
                lines.push(b"-----END OTHER-----\n".to_vec());
            }),
            Self::BreakBase64 => body(&|body| body.splice(0..0, *b"*").for_each(drop)),
            Self::DropLastLine => body(&|body| body.truncate(last_line(body))),
            Self::AlterLastLine => body(&|body| {
                let last = last_line(body);
                let digit = &mut body[last];
                *digit = if *digit == b'A' { b'B' } else { b'A' };
            }),
        }
    }

    /// The keyword and the words that are left, where the change is one to the line.
    pub(super) fn line(self, item: &OwnedItem) -> Option<(String, Vec<Vec<u8>>)> {
        let mut keyword = item.keyword.clone();
        let mut words = words(item);
        match self {
            Self::CutInKeyword => {
                keyword.truncate(keyword.len() / 2);
                words.clear();
            }
            Self::CutBefore(at) => words.truncate(at),
            Self::CutWithin(at) => {
                words.truncate(at + 1);
                let word = &mut words[at];
                word.truncate(word.len() / 2);
            }
            Self::Replace(at, word) => words[at] = word.into(),
            Self::BreakWord(at) => words[at] = b"\xff".to_vec(),
            Self::Add => words.push(b"x".to_vec()),
            _ => return None,
        }
        Some((keyword, words))
    }
}

/// What is done, without saying to which word.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Delete => "delete",
            Self::Repeat => "repeat",
            Self::MoveToFront => "move to the front",
            Self::MoveBehindNext => "move behind the next",
            Self::MoveToEnd => "move to the end",
            Self::CutInKeyword => "cut off in the keyword",
            Self::BreakKeyword => "break the keyword",
            Self::CutBefore(_) => "cut off before a word",
            Self::CutWithin(_) => "cut off in a word",
            Self::Replace(..) => "replace a word",
            Self::BreakWord(_) => "replace a word by no UTF-8",
            Self::Add => "add a word",
            Self::AddObject => "add an object",
            Self::DropObject => "drop the object",
            Self::Rename => "rename the object",
            Self::DropBegin => "drop the object's BEGIN",
            Self::DropEnd => "drop the object's END",
            Self::RenameEnd => "rename the object's END",
            Self::BreakBase64 => "break the base64",
            Self::DropLastLine => "drop the last line of base64",
            Self::AlterLastLine => "alter the last line of base64",
        })
    }
}

/// The words behind the keyword.
pub(super) fn words(item: &OwnedItem) -> Vec<Vec<u8>> {
    let text = item.text.as_deref().unwrap_or_default();
    let words = text.split(|byte| matches!(byte, b' ' | b'\t'));
    words
        .filter(|word| !word.is_empty())
        .map(Vec::from)
        .collect()
}

fn encoded(item: &OwnedItem) -> Vec<u8> {
    tor_harness_netdoc::encode([item])
}

/// Where the last line begins.
fn last_line(body: &[u8]) -> usize {
    let rest = &body[..body.len().saturating_sub(1)];
    rest.iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1)
}
