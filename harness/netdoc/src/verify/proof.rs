//! What is found out while a document is verified.

use alloc::vec::Vec;

use tor_harness_types::{Located, Span, UtcSeconds};

use super::ed25519::Ed25519Check;
use super::failure::{Failure, Unproved};
use super::verified::Verified;
use crate::rules::{Fields, ParseError, Problem};
use crate::structure::Item;

/// What does not hold of a document so far, and what is still to be asked.
///
/// Each `None` that it gives is said in its list.
#[derive(Debug, Default)]
pub(super) struct Proof {
    failures: Vec<Unproved>,
    /// Asked together, each with what it says of the document if it does not hold.
    ed25519: Vec<(Ed25519Check, Unproved)>,
    until: Option<UtcSeconds>,
}

impl Proof {
    /// Says that this does not hold here.
    pub(super) fn fail<T>(&mut self, problem: Failure, span: Span) -> Option<T> {
        self.failures.push(Located { problem, span });
        None
    }

    /// Says so if it does not hold.
    pub(super) fn expect(&mut self, holds: bool, problem: Failure, span: Span) -> Option<()> {
        match holds {
            true => Some(()),
            false => self.fail(problem, span),
        }
    }

    /// What has been read, or that it cannot be.
    pub(super) fn read<T>(&mut self, read: Result<T, ParseError>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(Located { problem, span }) => self.fail(Failure::Unreadable(problem), span),
        }
    }

    /// What is there, or that it is missing, at the end of the document.
    pub(super) fn need<T>(
        &mut self,
        found: Option<T>,
        keyword: &'static str,
        end: usize,
    ) -> Option<T> {
        match found {
            Some(found) => Some(found),
            None => self.fail(Failure::Missing(keyword), (end..end).into()),
        }
    }

    /// The first and the last item of what is signed, beside which nothing stands.
    pub(super) fn ends<'a>(
        &mut self,
        fields: &Fields<'a>,
        keywords: [&'static str; 2],
    ) -> Option<[Item<'a>; 2]> {
        let document = fields.document();
        let mut items = document.items().filter(|item| !item.is_annotation());
        let outermost = [items.next(), items.last()];
        let found = keywords.map(|keyword| {
            let item = fields.item(keyword);
            self.need(item, keyword, document.span().end)
        });
        for ((keyword, item), at) in keywords.iter().zip(found).zip(outermost) {
            let item = item?;
            let is_there = at.is_some_and(|at| at.span() == item.span());
            // Not behind `opt`, which tor does not look for.
            let is_whole = item.line().starts_with(keyword.as_bytes());
            self.expect(
                is_there && is_whole,
                Failure::Unsigned(keyword),
                item.span(),
            );
        }
        Some([found[0]?, found[1]?])
    }

    /// The bytes of the object of an item, which has one of these labels.
    pub(super) fn object(&mut self, item: &Item<'_>, labels: &[&str]) -> Option<Vec<u8>> {
        self.object_at(item, labels, item.span())
    }

    /// The same of an item that is there in the whole.
    pub(super) fn object_at(
        &mut self,
        item: &Item<'_>,
        labels: &[&str],
        span: Span,
    ) -> Option<Vec<u8>> {
        let object = item.object();
        let object = object.filter(|object| object.is_ended && labels.contains(&object.label));
        match object.and_then(|object| object.decode()) {
            Some(bytes) => Some(bytes),
            None => self.fail(Failure::Unreadable(Problem::ObjectEnd), span),
        }
    }

    /// A signature by an ed25519 key: asked with the others.
    pub(super) fn ed25519(&mut self, check: Ed25519Check, signer: &'static str, span: Span) {
        let problem = Failure::Signature(signer);
        self.ed25519.push((check, Located { problem, span }));
    }

    /// What is over at this time.
    pub(super) fn until(&mut self, time: UtcSeconds) {
        self.until = Some(self.until.map_or(time, |until| until.min(time)));
    }

    /// The answer for a document.
    pub(super) fn finish<T>(self, document: T) -> Result<Verified<T>, Vec<Unproved>> {
        let checks: Vec<_> = self.ed25519.iter().map(|(check, _)| *check).collect();
        let hold = Ed25519Check::each_holds(&checks);
        self.finish_with(document, &mut hold.into_iter())
    }

    /// The answers for several documents, whose ed25519 signatures are asked together.
    pub(super) fn finish_all<T>(all: Vec<(T, Self)>) -> Vec<Result<Verified<T>, Vec<Unproved>>> {
        let proofs = all.iter().flat_map(|(_, proof)| &proof.ed25519);
        let checks: Vec<_> = proofs.map(|(check, _)| *check).collect();
        let mut hold = Ed25519Check::each_holds(&checks).into_iter();
        all.into_iter()
            .map(|(document, proof)| proof.finish_with(document, &mut hold))
            .collect()
    }

    fn finish_with<T>(
        mut self,
        document: T,
        hold: &mut impl Iterator<Item = bool>,
    ) -> Result<Verified<T>, Vec<Unproved>> {
        for ((_, wrong), holds) in self.ed25519.into_iter().zip(hold) {
            if !holds {
                self.failures.push(wrong);
            }
        }
        self.failures.sort_by_key(|wrong| wrong.span.start);
        match self.failures.is_empty() {
            true => Ok(Verified::new(document, self.until)),
            false => Err(self.failures),
        }
    }
}
