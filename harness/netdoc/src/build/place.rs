//! Where in a document an item belongs.

use crate::rules::{Rule, Rules};

/// Where among these keywords a new item belongs, by the order of the rules of its section:
/// behind the last that is before it there, or else before the first that is behind it. `None`
/// if the rules do not know it, or nothing else of its section.
pub(super) fn place<'k>(
    rules: &Rules,
    keywords: impl Iterator<Item = &'k str> + Clone,
    keyword: &str,
) -> Option<usize> {
    let is_such = |rule: &Rule| rule.keyword == keyword;
    let mut sections = rules.sections.iter();
    let (rules, own) = sections.find_map(|section| {
        let own = section.rules.iter().position(is_such)?;
        Some((section.rules, own))
    })?;
    let (before, behind) = rules.split_at(own);
    let is_in = |rules: &[Rule], keyword: &str| rules.iter().any(|rule| rule.keyword == keyword);
    let all = keywords.enumerate();
    let last = all.clone().filter(|(_, one)| is_in(before, one)).last();
    let mut rest = all.filter(|(_, one)| is_in(behind, one));
    last.map(|(index, _)| index + 1)
        .or_else(|| Some(rest.next()?.0))
}
