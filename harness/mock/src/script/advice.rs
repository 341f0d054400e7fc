//! Names that were perhaps meant.

/// `; did you mean ...?`, where a name is near one that is known.
pub(super) fn advice<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    // A long name is no reason to look long.
    if name.len() > 64 {
        return String::new();
    }
    let lower = name.to_ascii_lowercase();
    let near = known
        .map(|known| match known.strip_prefix(name) {
            Some(rest) if name.len() > 1 && !rest.is_empty() => (1, known),
            _ => (distance(&lower, &known.to_ascii_lowercase()), known),
        })
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, known)| *distance <= (known.len() / 3).max(1) && *known != name);
    near.map_or_else(String::new, |(_, known)| {
        format!("; did you mean `{known}`?")
    })
}

/// How many letters have to be put in, left out, changed or swapped with the
/// next one.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (index, same) in other.iter().enumerate() {
            let change = last[index] + usize::from(letter != same);
            let mut least = change.min(last[index + 1] + 1).min(row[index] + 1);
            let swapped =
                at > 0 && index > 0 && one[at - 1] == *same && other[index - 1] == *letter;
            if swapped {
                least = least.min(before[index - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        let known = ["command", "reply", "times", "close", "on"];
        for (name, expected) in [
            ("comand", "command"),
            ("Reply", "reply"),
            ("repyl", "reply"),
            ("co", "command"),
            ("replies", ""),
            ("reply", ""),
            ("time", "times"),
            ("nothing", ""),
            ("", ""),
        ] {
            let expected = match expected {
                "" => String::new(),
                expected => format!("; did you mean `{expected}`?"),
            };
            assert_eq!(advice(name, known.into_iter()), expected, "{name}");
        }
    }
}
