//! The text of files.

use std::ops::RangeInclusive;

/// From here on a Rust file is asked whether it has two subjects; past the end it has.
const LONG: RangeInclusive<usize> = 601..=900;

/// Nobody reads these from the first line to the last.
const GENERATED: [&str; 1] = ["fixtures/src/index.rs"];

/// Folders that exist on one machine only. In pieces, or this file would name them.
const MACHINE_FOLDERS: [&str; 3] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
];

/// What is wrong in a file, each with its place.
pub(crate) fn problems(path: &str, content: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(content) else {
        return Vec::new();
    };
    let rust = path.ends_with(".rs");
    let mut problems = Vec::new();
    if rust && !text.starts_with("//! ") {
        problems.push(format!(
            "{path}:1: the first line should be a `//! ` that says what the file is about"
        ));
    }
    for (index, line) in text.lines().enumerate() {
        let place = format!("{path}:{}", index + 1);
        if rust && line.ends_with(char::is_whitespace) {
            problems.push(format!("{place}: trailing whitespace"));
        }
        if path != "Cargo.lock" {
            problems.extend(
                MACHINE_FOLDERS
                    .iter()
                    .filter(|folder| names_folder(line, folder))
                    .map(|folder| format!("{place}: {folder} exists on one machine only")),
            );
        }
    }
    let lines = text.lines().count();
    if rust && lines > *LONG.end() && !GENERATED.contains(&path) {
        problems.push(format!(
            "{path}:{lines}: longer than {} lines; split it by subject",
            LONG.end()
        ));
    }
    problems
}

/// What is worth a look, but not wrong.
pub(crate) fn remark(path: &str, content: &[u8]) -> Option<String> {
    let lines = content.iter().filter(|byte| **byte == b'\n').count();
    let long = path.ends_with(".rs") && LONG.contains(&lines) && !GENERATED.contains(&path);
    long.then(|| format!("{path} has {lines} lines: does it have two subjects?"))
}

/// Whether a line has the folder as the start of a path, not as a part of one.
fn names_folder(line: &str, folder: &str) -> bool {
    let part_of_a_path = |c: char| c.is_alphanumeric() || "._-})*".contains(c);
    line.match_indices(folder).any(|(at, _)| {
        !line
            .get(..at)
            .is_some_and(|before| before.ends_with(part_of_a_path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_problems_and_without() {
        let long = |lines: usize| format!("//! Long.\n{}", "\n".repeat(lines - 1));
        let [folder, ..] = MACHINE_FOLDERS;
        for (path, content, expected) in [
            ("a.rs", "//! A subject.\nfn a() {}\n".to_owned(), &[][..]),
            (
                "a.rs",
                "fn a() {}\n".to_owned(),
                &["a.rs:1: the first line"],
            ),
            ("a.rs", "//!\n".to_owned(), &["a.rs:1: the first line"]),
            ("a.rs", String::new(), &["a.rs:1: the first line"]),
            (
                "a.rs",
                "//! A.\nfn a() {} \n\t\n".to_owned(),
                &["a.rs:2: trailing", "a.rs:3: trailing"],
            ),
            ("a.md", "no doc, and a space \n".to_owned(), &[]),
            ("a.rs", long(900), &[]),
            ("a.rs", long(901), &["a.rs:901: longer than 900 lines"]),
            ("a.txt", long(901), &[]),
            ("fixtures/src/index.rs", long(901), &[]),
            ("a.md", format!("\nsee {folder}x\n"), &["a.md:2: "]),
            (
                "a.rs",
                format!("//! A.\nlet x = \"{folder}x\";\n"),
                &["a.rs:2: "],
            ),
            ("a.md", format!("file://{folder}x\n"), &["a.md:1: "]),
            (
                "a.md",
                format!("https://host{folder}x ..{folder}x ${{x}}{folder}x\n"),
                &[],
            ),
            (
                "a.md",
                format!("https://host{folder}x but {folder}x\n"),
                &["a.md:1: "],
            ),
            ("Cargo.lock", format!("{folder}x\n"), &[]),
        ] {
            let problems = problems(path, content.as_bytes());
            let matches = problems.len() == expected.len()
                && problems
                    .iter()
                    .zip(expected)
                    .all(|(problem, start)| problem.starts_with(start));
            assert!(matches, "{path}: {problems:?}, expected {expected:?}");
        }
        assert_eq!(problems("a.bin", b"\xff /\n"), [""; 0]);
    }

    #[test]
    fn long_files_are_named() {
        for (path, lines, expected) in [
            ("a.rs", 600, false),
            ("a.rs", 601, true),
            ("a.rs", 901, false),
            ("a.txt", 700, false),
        ] {
            assert_eq!(
                remark(path, "\n".repeat(lines).as_bytes()).is_some(),
                expected,
                "{path} {lines}"
            );
        }
    }
}
