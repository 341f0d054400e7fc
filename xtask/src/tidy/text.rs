//! The text of files.

use super::face;

/// Past so many lines a Rust file has two subjects.
const TOO_LONG: usize = 900;

/// Past so many lines of code, tests apart, it is asked whether it has two.
const LONG: usize = 500;

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
    if let Some(line) = face::code(path, text) {
        problems.push(format!(
            "{path}:{line}: only docs, modules and re-exports belong here; give the code a file of its own"
        ));
    }
    let lines = text.lines().count();
    if rust && lines > TOO_LONG && !GENERATED.contains(&path) {
        problems.push(format!(
            "{path}:{lines}: longer than {TOO_LONG} lines; split it by subject"
        ));
    }
    problems
}

/// What is worth a look, but not wrong.
pub(crate) fn remarks(path: &str, content: &[u8]) -> Vec<String> {
    let Some(text) = std::str::from_utf8(content)
        .ok()
        .filter(|_| path.ends_with(".rs") && !GENERATED.contains(&path))
    else {
        return Vec::new();
    };
    let mut remarks = Vec::new();
    let subject = text.lines().next().unwrap_or_default();
    if subject.split(' ').any(|word| word == "and") {
        remarks.push(format!(
            "{path}:1: `and`: are there two subjects? {subject}"
        ));
    }
    let code = lines_of_code(text);
    if code > LONG && !is_test(path) {
        remarks.push(format!(
            "{path} has {code} lines of code: does it have two subjects?"
        ));
    }
    remarks
}

/// Whether a file is a test from its first line to the last.
pub(super) fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| matches!(part, "tests" | "tests.rs"))
}

/// How many lines are neither blank, nor comments, nor in the tests at the end.
fn lines_of_code(text: &str) -> usize {
    let code = text.split("\n#[cfg(test)]\nmod tests {").next();
    code.unwrap_or_default()
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
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
            (
                "lib.rs",
                "//! A.\nfn a() {}\n".to_owned(),
                &["lib.rs:2: only docs"],
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
    fn files_worth_a_look() {
        let long = |lines| format!("//! Long.\n\n{}", "code;\n// no code\n\n".repeat(lines));
        let tests = format!("\n#[cfg(test)]\nmod tests {{\n{}}}\n", "x;\n".repeat(600));
        for (path, content, expected) in [
            ("a.rs", long(500) + &tests, &[][..]),
            ("a.rs", long(501) + &tests, &["a.rs has 501 lines of code"]),
            ("a/tests/b.rs", long(501), &[]),
            ("a/tests.rs", long(501), &[]),
            ("a.txt", long(501), &[]),
            ("fixtures/src/index.rs", long(501), &[]),
            ("a.rs", "//! One, and another.\n".into(), &["a.rs:1: `and`"]),
            ("a.rs", "//! Andorra's sand.\n//! and\n".into(), &[]),
        ] {
            let remarks = remarks(path, content.as_bytes());
            let matches = remarks.len() == expected.len()
                && remarks
                    .iter()
                    .zip(expected)
                    .all(|(remark, start)| remark.starts_with(start));
            assert!(matches, "{path}: {remarks:?}, expected {expected:?}");
        }
    }
}
