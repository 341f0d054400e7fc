//! The items of a document that is to be made.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::line;
use super::place::place;
use super::seal::Seal;
use crate::kinds::Kind;
use crate::structure::OwnedItem;

/// A document that is to be made: its items in order, each of which can be changed, added,
/// repeated, moved or left out, whether the document is right then or not. Signatures are made
/// last, of what it then says.
///
/// ```
/// use std::sync::Arc;
/// use tor_harness_netdoc::{Builder, Ed25519SecretKey, Kind, OwnedItem, Seal};
///
/// let key = Arc::new(Ed25519SecretKey::from_seed([1; 32]));
/// let descriptor = Builder::new(Kind::OnionDescriptor)
///     .push(OwnedItem::new("hs-descriptor").text("3"))
///     .push(OwnedItem::new("descriptor-lifetime").text("180"))
///     .push_sealed(OwnedItem::new("signature"), Seal::Onion(key));
/// let wrong = descriptor.set("descriptor-lifetime", "-1").repeat("hs-descriptor");
/// let text = String::from_utf8(wrong.encode())?;
/// assert!(text.starts_with("hs-descriptor 3\nhs-descriptor 3\ndescriptor-lifetime -1\nsignature "));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Builder {
    kind: Kind,
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    item: OwnedItem,
    /// How its signature is made.
    seal: Option<Seal>,
}

impl Builder {
    /// A document of this kind without items. By the rules of its kind it knows where an item
    /// belongs.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            lines: Vec::new(),
        }
    }

    /// What kind it is of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The items in order; those that are sealed without their signatures.
    pub fn items(&self) -> impl Iterator<Item = &OwnedItem> {
        self.lines.iter().map(|line| &line.item)
    }

    /// Puts an item behind all others.
    #[must_use]
    pub fn push(self, item: OwnedItem) -> Self {
        let end = self.lines.len();
        self.insert(end, item)
    }

    /// Puts an item behind all others whose signature is made when the document is written.
    #[must_use]
    pub fn push_sealed(mut self, item: OwnedItem, seal: Seal) -> Self {
        let seal = Some(seal);
        self.lines.push(Line { item, seal });
        self
    }

    /// Puts the items of another document behind all others.
    #[must_use]
    pub fn append(mut self, other: Self) -> Self {
        self.lines.extend(other.lines);
        self
    }

    /// Puts an item before the one with this index, or behind all if there are not so many.
    #[must_use]
    pub fn insert(mut self, index: usize, item: OwnedItem) -> Self {
        let index = index.min(self.lines.len());
        self.lines.insert(index, Line { item, seal: None });
        self
    }

    /// Gives the first item with this keyword another text, and leaves its object as it is. What
    /// is not there is added. Without text it is the keyword alone.
    ///
    /// A signature that is set so is not made any more.
    #[must_use]
    pub fn set(self, keyword: &str, text: impl Into<Vec<u8>>) -> Self {
        let text = Some(text.into()).filter(|text| !text.is_empty());
        self.change(keyword, |item| item.text = text)
    }

    /// The same for its object: these bytes, in base64.
    #[must_use]
    pub fn set_object(self, keyword: &str, label: &str, bytes: &[u8]) -> Self {
        self.change(keyword, |item| {
            item.object = OwnedItem::default().object_of(label, bytes).object;
        })
    }

    /// Puts an item in the place of the first with its keyword, or else where it belongs.
    #[must_use]
    pub fn set_item(self, item: OwnedItem) -> Self {
        let keyword = item.keyword.clone();
        self.change(&keyword, |old| *old = item)
    }

    /// Adds an item with this keyword, behind those that have it already, or else where it
    /// belongs.
    #[must_use]
    pub fn add(self, keyword: &str, text: impl Into<Vec<u8>>) -> Self {
        let mut item = OwnedItem::new(keyword);
        item.text = Some(text.into()).filter(|text| !text.is_empty());
        self.add_item(item)
    }

    /// Adds an item, behind those with its keyword, or else where it belongs.
    #[must_use]
    pub fn add_item(self, item: OwnedItem) -> Self {
        let index = self.place_of(&item.keyword);
        self.insert(index, item)
    }

    /// Leaves out all items with this keyword. Where there is none the document stays as it is.
    #[must_use]
    pub fn without(mut self, keyword: &str) -> Self {
        self.lines.retain(|line| line.item.keyword != keyword);
        self
    }

    /// Says the first item with this keyword twice. Where there is none the document stays as it is.
    #[must_use]
    pub fn repeat(mut self, keyword: &str) -> Self {
        if let Some(index) = self.index(keyword) {
            let line = self.lines[index].clone();
            self.lines.insert(index, line);
        }
        self
    }

    /// Moves the first item with this keyword, so that it is the one with this index, or the last
    /// if there are not so many. Where there is none the document stays as it is.
    #[must_use]
    pub fn move_to(mut self, keyword: &str, index: usize) -> Self {
        if let Some(old) = self.index(keyword) {
            let line = self.lines.remove(old);
            self.lines.insert(index.min(self.lines.len()), line);
        }
        self
    }

    /// Changes a part: from the item number `number` with this keyword, from 0 on, up to the next
    /// that begins a part, such as an entry of a consensus. What is not there is not changed.
    #[must_use]
    pub fn part(mut self, keyword: &str, number: usize, change: impl FnOnce(Self) -> Self) -> Self {
        let sections = self.kind.rules().sections;
        let begins = |line: &Line| sections.iter().any(|one| one.first() == line.item.keyword);
        let mut all = self.lines.iter().enumerate();
        let mut own = all
            .by_ref()
            .filter(|(_, line)| line.item.keyword == keyword);
        if let Some((start, _)) = own.nth(number) {
            let end = all.find(|(_, line)| begins(line));
            let end = end.map_or(self.lines.len(), |(index, _)| index);
            let part = Self {
                kind: self.kind,
                lines: self.lines.drain(start..end).collect(),
            };
            self.lines.splice(start..start, change(part).lines);
        }
        self
    }

    /// Makes the signatures now: what is changed from here on, they do not cover.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        let mut lines = Vec::with_capacity(self.lines.len());
        self.write(|item| {
            lines.push(Line {
                item: item.into_owned(),
                seal: None,
            });
        });
        self.lines = lines;
        self
    }

    /// The bytes of the document.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.write(|_| ())
    }

    /// Writes all items, and shows each as it is written.
    fn write(&self, mut show: impl FnMut(Cow<'_, OwnedItem>)) -> Vec<u8> {
        let mut out = Vec::new();
        // Annotations are not signed.
        let mut start = None;
        let mut directory = None;
        for Line { item, seal } in &self.lines {
            if start.is_none() && !item.keyword.starts_with('@') {
                start = Some(out.len());
            }
            if directory.is_none() && item.keyword == DIRECTORY_SIGNATURE {
                directory = Some(out.len());
            }
            let start = start.unwrap_or(out.len());
            let item = match seal {
                None => Cow::Borrowed(item),
                Some(seal) => {
                    let directory = &out[start..directory.unwrap_or(out.len())];
                    Cow::Owned(seal.close(item, &out[start..], directory))
                }
            };
            line::write(self.kind, &item, &mut out);
            show(item);
        }
        out
    }

    /// Changes the first item with this keyword, which is added where there is none.
    fn change(mut self, keyword: &str, change: impl FnOnce(&mut OwnedItem)) -> Self {
        let index = match self.index(keyword) {
            Some(index) => index,
            None => {
                let index = self.place_of(keyword);
                self = self.insert(index, OwnedItem::new(keyword));
                index
            }
        };
        let line = &mut self.lines[index];
        line.seal = None;
        change(&mut line.item);
        self
    }

    fn index(&self, keyword: &str) -> Option<usize> {
        self.items().position(|item| item.keyword == keyword)
    }

    /// Where another item with this keyword belongs: what no rule knows stands before the
    /// signatures.
    fn place_of(&self, keyword: &str) -> usize {
        let keywords = self.lines.iter().map(|line| &*line.item.keyword);
        if let Some((last, _)) = keywords
            .clone()
            .enumerate()
            .rfind(|(_, one)| *one == keyword)
        {
            return last + 1;
        }
        let sealed = || self.lines.iter().position(|line| line.seal.is_some());
        place(self.kind.rules(), keywords, keyword)
            .or_else(sealed)
            .unwrap_or(self.lines.len())
    }
}

const DIRECTORY_SIGNATURE: &str = "directory-signature";

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::sync::Arc;

    use super::*;
    use crate::build::{Ed25519SecretKey, RsaSecretKey};
    use crate::structure::{Document, sha1, sha256};

    fn built(lines: &[&str]) -> Builder {
        let mut builder = Builder::new(Kind::Microdescriptor);
        for line in lines {
            let (keyword, text) = line.split_once(' ').unwrap_or((line, ""));
            builder = builder.add(keyword, text);
        }
        builder
    }

    #[track_caller]
    fn check(builder: &Builder, expected: &str) {
        let text = String::from_utf8(builder.encode()).unwrap();
        assert_eq!(text.trim_end().replace('\n', "/"), expected);
    }

    #[test]
    fn any_item_can_be_changed() {
        let all = built(&["onion-key", "a 1", "a 2", "p accept 80"]);
        check(&all, "onion-key/a 1/a 2/p accept 80");
        type Change = fn(Builder) -> Builder;
        let cases: &[(Change, &str)] = &[
            (|it| it.set("a", "9"), "onion-key/a 9/a 2/p accept 80"),
            (|it| it.set("a", ""), "onion-key/a/a 2/p accept 80"),
            (
                |it| it.set_item(OwnedItem::new("a").text("9")),
                "onion-key/a 9/a 2/p accept 80",
            ),
            (|it| it.without("a"), "onion-key/p accept 80"),
            (|it| it.without("x"), "onion-key/a 1/a 2/p accept 80"),
            (
                |it| it.repeat("p"),
                "onion-key/a 1/a 2/p accept 80/p accept 80",
            ),
            (|it| it.add("a", "3"), "onion-key/a 1/a 2/a 3/p accept 80"),
            (|it| it.move_to("p", 0), "p accept 80/onion-key/a 1/a 2"),
            (|it| it.move_to("a", 99), "onion-key/a 2/p accept 80/a 1"),
            (
                |it| it.insert(1, OwnedItem::new("x")),
                "onion-key/x/a 1/a 2/p accept 80",
            ),
            (
                |it| it.insert(9, OwnedItem::new("x")),
                "onion-key/a 1/a 2/p accept 80/x",
            ),
            // What is not there is added where it belongs.
            (
                |it| it.set("family", "b"),
                "onion-key/a 1/a 2/family b/p accept 80",
            ),
            (
                |it| it.without("onion-key").set("onion-key", ""),
                "onion-key/a 1/a 2/p accept 80",
            ),
            (|it| it.add("id", "x"), "onion-key/a 1/a 2/p accept 80/id x"),
            (
                |it| it.add("of-tomorrow", "x"),
                "onion-key/a 1/a 2/p accept 80/of-tomorrow x",
            ),
            (
                |it| it.part("a", 0, |part| part.set("a", "9")),
                "onion-key/a 9/a 2/p accept 80",
            ),
            (
                |it| it.part("a", 1, |part| part.set("a", "9")),
                "onion-key/a 1/a 9/p accept 80",
            ),
            (
                |it| it.part("a", 2, |part| part.set("a", "9")),
                "onion-key/a 1/a 2/p accept 80",
            ),
            (
                |it| it.set_object("p", "X", b"\0\x01\x02"),
                "onion-key/a 1/a 2/p accept 80/-----BEGIN X-----/AAEC/-----END X-----",
            ),
        ];
        for (change, expected) in cases {
            check(&change(all.clone()), expected);
        }
    }

    #[test]
    fn parts_end_where_others_begin() {
        let mut status = Builder::new(Kind::Consensus);
        for line in ["r 1", "s x", "r 2", "s y", "directory-footer", "s z"] {
            let (keyword, text) = line.split_once(' ').unwrap_or((line, ""));
            status = status.push(OwnedItem::new(keyword).text(text));
        }
        let changed = |number| {
            let changed = status.clone().part("r", number, |part| part.without("s"));
            changed
                .items()
                .map(|item| item.keyword.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(changed(0), ["r", "r", "s", "directory-footer", "s"]);
        assert_eq!(changed(1), ["r", "s", "r", "directory-footer", "s"]);
    }

    /// A test key, of nobody: signatures are looked at, not its strength.
    fn rsa() -> Arc<RsaSecretKey> {
        let [p, q] = crate::build::testing::primes();
        Arc::new(RsaSecretKey::from_primes(&p, &q).unwrap())
    }

    #[test]
    fn signatures_are_of_what_is_before_them() {
        let (rsa, ed25519) = (rsa(), Arc::new(Ed25519SecretKey::from_seed([1; 32])));
        let item = |keyword: &str| OwnedItem::new(keyword).text("x");
        let builder = Builder::new(Kind::Vote)
            .push(OwnedItem::new("@type").text("vote-1 1.0"))
            .push(OwnedItem::new("a"))
            .push_sealed(item("first"), Seal::Rsa(rsa.clone()))
            .push_sealed(OwnedItem::new("second"), Seal::Onion(ed25519.clone()))
            .push_sealed(OwnedItem::new("third"), Seal::Router(ed25519.clone()))
            .push_sealed(item(DIRECTORY_SIGNATURE), Seal::DirectorySha1(rsa.clone()))
            .push_sealed(
                item(DIRECTORY_SIGNATURE),
                Seal::DirectorySha256(rsa.clone()),
            );
        let bytes = builder.encode();
        let document = Document::new(&bytes);
        let start = document.item("a").unwrap().span().start;
        let before = |keyword: &str| &bytes[start..document.item(keyword).unwrap().span().start];
        let mut directory = before(DIRECTORY_SIGNATURE).to_vec();
        directory.extend_from_slice(b"directory-signature ");

        let objects: Vec<_> = document
            .items()
            .filter_map(|item| item.object()?.decode())
            .collect();
        assert_eq!(
            objects,
            [
                rsa.sign(&sha1(b"a\nfirst x\n")).unwrap(),
                rsa.sign(&sha1(&directory)).unwrap(),
                rsa.sign(&sha256(&directory)).unwrap(),
            ]
        );
        let onion = [b"Tor onion service descriptor sig v3", before("second")].concat();
        let router = [
            b"Tor router descriptor signature v1",
            before("third"),
            b"third ",
        ]
        .concat();
        for (keyword, signed) in [("second", onion), ("third", sha256(&router).to_vec())] {
            let word = document.item(keyword).unwrap().text().unwrap();
            assert_eq!(
                crate::base64(word),
                Some(ed25519.sign(&signed)),
                "{keyword}"
            );
        }

        let sealed = builder.clone().sealed();
        assert_eq!(sealed.encode(), bytes);
        // What is sealed is not signed again; what is set is not signed at all.
        let text = sealed.set("a", "b").encode();
        assert_eq!(text[start + 4..], bytes[start + 2..]);
        let set = builder.set("second", "c").encode();
        assert!(set.windows(9).any(|line| line == b"second c\n"));
    }
}
