//! The problems of a document, not more than anyone reads.

use alloc::vec::Vec;

use tor_harness_types::Span;

use super::problem::{ParseError, Problem};

/// How many problems of a document are kept.
const MOST: usize = 1000;

/// Problems in the order in which they were found: the first [`MOST`], and how many more.
///
/// A document may have one in every byte or two.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    kept: Vec<ParseError>,
    more: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: ParseError) {
        match self.kept.len() {
            MOST => self.more += 1,
            _ => self.kept.push(problem),
        }
    }

    /// All that are kept, in the order of their places; behind them, at the `end` of the
    /// document, how many more there are.
    pub(crate) fn sorted(mut self, end: usize) -> Vec<ParseError> {
        self.kept.sort_by_key(|problem| problem.span.start);
        if self.more > 0 {
            self.kept.push(ParseError {
                problem: Problem::More(self.more),
                span: Span { start: end, end },
            });
        }
        self.kept
    }
}

impl Extend<ParseError> for Problems {
    fn extend<I: IntoIterator<Item = ParseError>>(&mut self, problems: I) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::{Rule, Rules, Section, Times};
    use crate::structure::Document;
    use crate::testing::placed;

    static RULES: Rules = Rules::new(&[Section::new(
        "lines",
        Times::Any,
        &[Rule::any_number("line")],
    )]);

    #[test]
    fn are_a_thousand_at_most() {
        for (count, more) in [
            (1000, "expected a keyword: letters, digits and hyphens"),
            (1001, "1 problem more"),
            (3000, "2000 problems more"),
        ] {
            let text = "?\n".repeat(count);
            let problems = RULES.check(&Document::new(text.as_bytes()));
            assert_eq!(problems.len(), count.min(1001));
            let last = placed(&problems[problems.len() - 1..], text.as_bytes());
            let line = if count > 1000 { count + 1 } else { count };
            assert_eq!(last, [alloc::format!("{line}:1 {more}")]);
        }
    }

    #[test]
    fn are_not_used_up_by_comments() {
        let text = "#\n".repeat(2000) + "?\n";
        let problems = RULES.comments().check(&Document::new(text.as_bytes()));
        let expected = "2001:1 expected a keyword: letters, digits and hyphens";
        assert_eq!(placed(&problems, text.as_bytes()), [expected]);
    }
}
