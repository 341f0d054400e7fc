//! Which subprotocols the votes ask for together (dir-spec section 3.4.1).

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::counted;
use super::status::StatusSettings;

/// No version of a subprotocol is higher.
const HIGHEST: u32 = 63;

/// The lines with what enough votes have: half for what is recommended, where the specification
/// wants a majority, because tor's authorities take half; two thirds for what is required.
pub(super) fn agreed(all: &[&StatusSettings]) -> BTreeMap<String, String> {
    let keywords: BTreeSet<_> = all.iter().flat_map(|one| one.protocols.keys()).collect();
    let line = |keyword: &String| {
        let lines = all.iter().filter_map(|one| one.protocols.get(keyword));
        let counts = counted(lines.flat_map(|line| versions(line)));
        let is_enough = |count: usize| match keyword.starts_with("required-") {
            true => 3 * count >= 2 * all.len(),
            false => 2 * count >= all.len(),
        };
        let counts = counts.into_iter().filter(|(_, count)| is_enough(*count));
        written(counts.map(|(version, _)| version))
    };
    keywords
        .into_iter()
        .map(|keyword| (keyword.clone(), line(keyword)))
        .collect()
}

/// Each version that `Cons=1-2 Link=5` names; what has another form names none.
fn versions(line: &str) -> BTreeSet<(&str, u32)> {
    let words = line.split(' ').filter_map(|word| word.split_once('='));
    let ranges = words.flat_map(|(name, versions)| versions.split(',').map(move |one| (name, one)));
    let each = ranges.flat_map(|(name, range)| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let range = match (first.parse::<u32>(), last.parse::<u32>()) {
            (Ok(first), Ok(last)) => first..last.min(HIGHEST) + 1,
            _ => 0..0,
        };
        range.map(move |version| (name, version))
    });
    each.collect()
}

/// The line that names these, which are in order.
fn written<'l>(all: impl Iterator<Item = (&'l str, u32)>) -> String {
    let mut names = BTreeMap::<_, Vec<[u32; 2]>>::new();
    for (name, version) in all {
        let ranges = names.entry(name).or_default();
        match ranges.last_mut() {
            Some([_, last]) if *last + 1 == version => *last = version,
            _ => ranges.push([version, version]),
        }
    }
    let range = |[first, last]: &[u32; 2]| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let word = |(name, ranges): (_, Vec<_>)| {
        let ranges: Vec<_> = ranges.iter().map(range).collect();
        format!("{name}={}", ranges.join(","))
    };
    let words: Vec<_> = names.into_iter().map(word).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_written_as_it_was_read() {
        for line in ["", "Cons=1-2 Link=3,5", "A=0,2-4,63"] {
            assert_eq!(written(versions(line).into_iter()), line);
        }
        for (line, expected) in [
            ("B=2 A=1,2", "A=1-2 B=2"),
            ("A=60-4294967295", "A=60-63"),
            ("A B= C=x D=3-2 E=1", "E=1"),
        ] {
            assert_eq!(written(versions(line).into_iter()), expected);
        }
    }
}
