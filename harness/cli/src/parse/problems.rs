//! What is wrong with a document.

use std::io::{self, Write};

use tor_harness::archive::Found;
use tor_harness::netdoc::{Kind, ParseError};
use tor_harness::types::{Located, Span};

use super::judgement::Judgement;
use super::places::draw;

/// All that is wrong with a document.
pub(super) struct Wrongs<'j> {
    /// By the rules of its kind.
    problems: Vec<ParseError>,
    /// It is of no known type.
    unknown: Option<Located<String>>,
    /// What verifying said, if that was asked for.
    pub(super) judgement: Option<&'j Judgement>,
    /// Where its first item is.
    pub(super) first_item: Span,
}

impl<'j> Wrongs<'j> {
    /// All that is wrong with a document.
    pub(super) fn of(found: &Found<'_>, judgement: Option<&'j Judgement>) -> Self {
        let document = found.document;
        let mut items = document.items();
        let first = items.find(|item| !item.is_annotation());
        let first_item = first.map_or(Span { start: 0, end: 0 }, |item| {
            Span::of(item.line(), document.as_bytes())
        });
        let unknown = || Located {
            problem: unknown(),
            span: first_item,
        };
        Self {
            problems: found
                .kind
                .map_or_else(Vec::new, |kind| kind.check(&document)),
            unknown: found.kind.is_none().then(unknown),
            judgement,
            first_item,
        }
    }

    /// Whether nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        let is_good = self.judgement.is_none_or(Judgement::is_good);
        is_good && self.problems.is_empty() && self.unknown.is_none()
    }

    /// What is wrong with the text, in the order of the places.
    pub(super) fn problems(&self) -> impl Iterator<Item = Located<String>> {
        let problems = self.problems.iter().map(|wrong| Located {
            problem: wrong.problem.to_string(),
            span: wrong.span,
        });
        problems.chain(self.unknown.clone())
    }

    /// What is not proved, in the order of the places.
    pub(super) fn unproved(&self) -> impl Iterator<Item = Located<String>> {
        let judgement = self.judgement.into_iter();
        judgement.flat_map(|judgement| judgement.each(self.first_item))
    }
}

/// Writes all that is wrong with a document, each with its line drawn, then all that is not
/// proved; whether there is anything.
pub(super) fn list(
    found: &Found<'_>,
    judgement: Option<&Judgement>,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let wrongs = Wrongs::of(found, judgement);
    draw(found, wrongs.problems(), out)?;
    draw(found, wrongs.unproved(), out)?;
    Ok(!wrongs.is_empty())
}

fn unknown() -> String {
    let names: Vec<_> = Kind::all().map(Kind::name).collect();
    format!("expected a document of a known type: {}", names.join(", "))
}
