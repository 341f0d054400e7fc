//! All problems of a document.

use alloc::vec;
use alloc::vec::Vec;

use crate::document::Document;
use crate::item::Item;
use crate::problem::{ParseError, Problem};
use crate::rules::{Rule, Rules, Times};

impl Document<'_> {
    /// All problems, in the order of their places: what no document may be
    /// like, and what the rules say of this kind. None for a good document.
    #[must_use]
    pub fn check(&self, rules: &Rules) -> Vec<ParseError> {
        let source = self.as_bytes();
        let mut problems = Vec::new();
        let mut times = vec![0_usize; rules.items.len()];
        let mut placed = Vec::new();
        let mut count = 0;
        for item in self.items() {
            let line = item.line();
            if item.is_annotation() {
                if count > 0 {
                    problems.push(Problem::Annotation.of(line, source));
                }
                continue;
            }
            let index = count;
            count += 1;
            if item.keyword().is_empty() {
                problems.push(Problem::Keyword.of(line, source));
            }
            if item.object().is_some_and(|object| !object.is_ended) {
                problems.push(Problem::ObjectEnd.of(item.as_bytes(), source));
            }
            let found = rules
                .items
                .iter()
                .zip(&mut times)
                .find(|(rule, _)| rule.keyword == item.keyword());
            let Some((rule, times)) = found else {
                continue;
            };
            *times += 1;
            if *times > 1 && rule.times != Times::Any {
                problems.push(Problem::Repeated(rule.keyword).of(line, source));
            } else if let Some(place) = rule.place {
                placed.push((rule.keyword, place, index, line));
            }
            problems.extend(rule.value.and_then(|value| value(&item).err()));
            problems.extend(rule.check_object(&item));
        }
        for (keyword, place, index, line) in placed {
            if !place.is_at(index, count) {
                problems.push(Problem::Misplaced(keyword, place).of(line, source));
            }
        }
        for (rule, times) in rules.items.iter().zip(times) {
            if times == 0 && rule.times == Times::Exactly {
                problems.push(Problem::Missing(rule.keyword).of(&source[source.len()..], source));
            }
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems
    }
}

impl Rule {
    fn check_object(&self, item: &Item<'_>) -> Option<ParseError> {
        let problem = match (self.object, item.object()) {
            (None, Some(_)) => Problem::ObjectUnexpected,
            (Some(label), Some(object)) if object.label == label => return None,
            (Some(label), _) => Problem::ObjectExpected(label),
            (None, None) => return None,
        };
        let behind_line = &item.as_bytes()[item.line().len()..];
        let place = match item.object() {
            Some(_) => behind_line.trim_ascii_start(),
            None => item.line(),
        };
        Some(problem.of(place, item.source()))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::{String, ToString};

    use super::*;
    use crate::rules::Place;

    const RULES: Rules = Rules::new(&[
        Rule::exactly_once("first")
            .at(Place::First)
            .with_arguments(),
        Rule::exactly_once("second").at(Place::Second),
        Rule::at_most_once("key").without_arguments().object("KEY"),
        Rule::any_number("many"),
        Rule::exactly_once("before").at(Place::NextToLast),
        Rule::exactly_once("last").at(Place::Last),
    ]);

    /// Expects exactly these problems, each as `LINE:COLUMN problem`.
    fn check(text: &str, expected: &[&str]) {
        let problems: Vec<String> = Document::new(text.as_bytes())
            .check(&RULES)
            .iter()
            .map(|wrong| {
                let place = wrong.span.place(text.as_bytes());
                alloc::format!("{}:{} {}", place.line, place.column, wrong.problem)
            })
            .collect();
        assert_eq!(problems, expected, "{text}");
    }

    #[test]
    fn finds_nothing_wrong() {
        check("first a\nsecond\nbefore\nlast\n", &[]);
        check(
            "@type a\n\nfirst a b\nsecond x\nmany\nnew x\nmany\nkey\n-----BEGIN KEY-----\n\
             -----END KEY-----\nbefore\nlast\n\n",
            &[],
        );
    }

    #[test]
    fn finds_everything() {
        check(
            "second\nfirst\nfirst x\nkey a\n@type b\n_\nlast\n",
            &[
                "1:1 expected the item \"second\" right behind the first item",
                "2:1 expected the item \"first\" at the start",
                "2:6 expected an argument",
                "3:1 expected one item \"first\", and here is more",
                "4:1 expected an object, -----BEGIN KEY-----",
                "4:5 expected the end of the line",
                "5:1 expected annotations only in front of the document's first item",
                "6:1 expected a keyword: letters, digits and hyphens",
                "8:1 expected an item \"before\", and there is none",
            ],
        );
    }

    #[test]
    fn finds_wrong_objects() {
        check(
            "first a\nsecond\n-----BEGIN KEY-----\n-----END KEY-----\nkey\n-----BEGIN A-----\n\
             -----END A-----\nmany\nbefore\nlast\n",
            &[
                "3:1 an object where none belongs",
                "6:1 expected an object, -----BEGIN KEY-----",
            ],
        );
        let unended = Problem::ObjectEnd.to_string();
        check(
            "first a\nsecond\nkey\n-----BEGIN KEY-----\nbefore x\nlast\n",
            &[&alloc::format!("3:1 {unended}")],
        );
    }
}
