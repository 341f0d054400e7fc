//! Where the items of a document are.

use alloc::vec::Vec;

use super::problem::{ParseError, Problem};
use super::rule::Content;
use super::section::{MAX_RULES, Section};
use super::values::Values;
use crate::forms::{FromValue, Value};
use crate::structure::{Document, Item, Items};

/// Where the first item of each keyword is: the typed kinds read their fields
/// through it, when they are asked for.
///
/// Made in one pass, which decodes nothing and cannot fail.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    document: Document<'a>,
    section: &'static Section,
    /// One more than the offset of each rule's first item; 0 for none.
    firsts: [u32; MAX_RULES],
}

impl<'a> Fields<'a> {
    /// Visits the items of `document`, all of which are in one section.
    #[must_use]
    pub fn read(document: Document<'a>, section: &'static Section) -> Self {
        let mut firsts = [0; MAX_RULES];
        let mut items = document.items();
        while let Some(item) = items.next() {
            if let Some(rule) = section.lookup(item.keyword_bytes()) {
                let first = &mut firsts[rule];
                if *first == 0 {
                    let start = items.offset() - item.as_bytes().len();
                    *first = u32::try_from(start + 1).unwrap_or(0);
                }
            }
        }
        Self {
            document,
            section,
            firsts,
        }
    }

    /// The items.
    #[must_use]
    pub fn document(&self) -> Document<'a> {
        self.document
    }

    /// The first item with this keyword.
    #[must_use]
    pub fn item(&self, keyword: &str) -> Option<Item<'a>> {
        let mut items = self.items_from(keyword);
        items.find(|item| item.keyword_bytes() == keyword.as_bytes())
    }

    /// All items with this keyword, in order.
    pub fn all(&self, keyword: &'static str) -> impl Iterator<Item = Item<'a>> + use<'a> {
        self.items_from(keyword)
            .filter(move |item| item.keyword_bytes() == keyword.as_bytes())
    }

    /// The items from the first with this keyword on.
    fn items_from(&self, keyword: &str) -> Items<'a> {
        let first = match self.section.lookup(keyword.as_bytes()) {
            // Offsets do not go further.
            _ if u32::try_from(self.document.source().len()).is_err() => None,
            rule => rule.map(|rule| self.firsts[rule]),
        };
        match first {
            Some(0) => Items::none(self.document),
            Some(first) => self.document.items_from(first as usize - 1),
            // The table does not name it.
            None => self.document.items(),
        }
    }

    /// What `read` makes of the arguments of the first item with this keyword.
    ///
    /// # Errors
    /// If there is no such item, or `read` gives an error.
    pub fn required<T>(
        &self,
        keyword: &'static str,
        read: impl FnOnce(&mut Values<'a>) -> Result<T, ParseError>,
    ) -> Result<T, ParseError> {
        self.optional(keyword, read)?
            .ok_or_else(|| self.missing(keyword))
    }

    /// What `read` makes of the arguments of the first item with this keyword,
    /// where there is one.
    ///
    /// # Errors
    /// If `read` gives an error.
    pub fn optional<T>(
        &self,
        keyword: &'static str,
        read: impl FnOnce(&mut Values<'a>) -> Result<T, ParseError>,
    ) -> Result<Option<T>, ParseError> {
        let values = self.item(keyword).and_then(|item| self.values(&item));
        values.map(|mut values| read(&mut values)).transpose()
    }

    /// What `read` makes of the arguments of each item with this keyword.
    pub fn each<T>(
        &self,
        keyword: &'static str,
        read: impl Fn(&mut Values<'a>) -> Result<T, ParseError>,
    ) -> impl Iterator<Item = Result<T, ParseError>> {
        self.all(keyword)
            .filter_map(move |item| Some(read(&mut self.values(&item)?)))
    }

    /// The only argument of the first item with this keyword.
    ///
    /// # Errors
    /// If there is no such item, or its argument is not in its form.
    pub fn one<T: FromValue<'a>>(&self, keyword: &'static str) -> Result<T, ParseError> {
        self.required(keyword, Values::one)
    }

    /// The same where the item need not be there.
    ///
    /// # Errors
    /// If its argument is not in its form.
    pub fn maybe<T: FromValue<'a>>(&self, keyword: &'static str) -> Result<Option<T>, ParseError> {
        self.optional(keyword, Values::one)
    }

    /// The first value of this type among the items with this keyword, whose only argument is of
    /// any type ([`Form::Typed`](crate::Form::Typed)).
    ///
    /// # Errors
    /// If an item before it is not in its form.
    pub fn typed<T: FromValue<'a>>(
        &self,
        keyword: &'static str,
        name: &str,
    ) -> Result<Option<T>, ParseError> {
        for value in self.each(keyword, Values::one) {
            if let Value::Typed(kind, values) = value?
                && kind == name.as_bytes()
            {
                return Ok(values.into_iter().next().and_then(T::from_value));
            }
        }
        Ok(None)
    }

    /// The text behind the first item with this keyword; empty where there is none.
    #[must_use]
    pub fn text(&self, keyword: &str) -> Option<&'a [u8]> {
        Some(self.item(keyword)?.text().unwrap_or_default())
    }

    /// What the object of the first item with this keyword holds.
    ///
    /// # Errors
    /// If there is no such item, it has no object, or that is no base64.
    pub fn object(&self, keyword: &'static str) -> Result<Vec<u8>, ParseError> {
        let Some(item) = self.item(keyword) else {
            return Err(self.missing(keyword));
        };
        let rule = self.section.rule(item.keyword_bytes());
        let content = rule.map_or(Content::Bytes, |rule| rule.content);
        let Some(object) = item.object() else {
            return Err(Problem::ObjectContent(content).of(item.line(), item.source()));
        };
        let decoded = object.decode();
        decoded.ok_or_else(|| Problem::ObjectContent(content).of(object.damage(), item.source()))
    }

    /// The problem that no item has this keyword.
    fn missing(&self, keyword: &'static str) -> ParseError {
        let bytes = self.document.as_bytes();
        Problem::Missing(keyword).of(&bytes[bytes.len()..], self.document.source())
    }

    /// The arguments of an item, to be read by its rule.
    fn values(&self, item: &Item<'a>) -> Option<Values<'a>> {
        Some(Values::new(self.section.rule(item.keyword_bytes())?, item))
    }
}
