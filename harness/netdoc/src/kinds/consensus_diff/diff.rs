//! The consensus diff: which consensus becomes which, by what commands.

use super::super::accessors::accessors;
use super::commands::Commands;
use crate::forms::Form;
use crate::rules::{Argument, Fields, ParseError, Place, Problems, Rule, Rules, Section, Times};
use crate::structure::{Document, Item};

/// How a consensus becomes a newer one, by commands of `ed` (section 4.5.1).
#[derive(Clone, Copy, Debug)]
pub struct ConsensusDiff<'a> {
    document: Document<'a>,
    fields: Fields<'a>,
}

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
static RULES: Rules = Rules::new(&[Section::new("consensus diff", Times::Exactly, &[
    Rule::exactly_once("network-status-diff-version").at(Place::First).takes(&[Argument::one("version", Form::OneOf(&["1"]))]),
    Rule::exactly_once("hash").at(Place::Second).takes(&[Argument::one("FromDigest", Form::Hex(32)), Argument::one("ToDigest", Form::Hex(32))]),
])]);

impl<'a> ConsensusDiff<'a> {
    /// What the two items before the commands have to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds where the commands begin.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        let is_header = |item: &Item<'_>| item.is_annotation() || RULES.knows(item.keyword_bytes());
        let header = document.items().take_while(is_header).last();
        let span = document.span();
        let end = header.map_or(span.start, |last| last.span().end);
        Self {
            document,
            fields: Fields::read(document.part(span.start, end), &RULES.sections[0]),
        }
    }

    /// Adds all problems, of the two items and of each command.
    pub(in super::super) fn find_problems(&self, problems: &mut Problems) {
        let head = self.fields.document();
        RULES.find_problems(&head, problems);
        problems.extend(self.commands().filter_map(Result::err));
    }

    /// The SHA3-256 of the signed part of the consensus that it is for.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn from_digest(&self) -> Result<[u8; 32], ParseError> {
        self.fields.required("hash", |values| values.one())
    }

    /// The SHA3-256 of all of the consensus that comes out.
    ///
    /// # Errors
    /// If it is not there, or cannot be read.
    pub fn to_digest(&self) -> Result<[u8; 32], ParseError> {
        self.fields.required("hash", |values| {
            let _: [u8; 32] = values.one()?;
            values.one()
        })
    }

    /// The commands, from the end of the consensus to its start.
    #[must_use]
    pub fn commands(&self) -> Commands<'a> {
        let start = self.fields.document().span().end;
        let end = self.document.span().end;
        Commands::new(self.document.part(start, end))
    }
}

accessors! { impl ConsensusDiff in document, "Where the two items before the commands are." {} }
