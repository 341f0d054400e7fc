//! What `lib.rs` may hold, as any `mod.rs`: docs, modules, re-exports.

use super::text;

/// How the items begin that belong there.
const ITEMS: [&str; 4] = [
    "mod ",
    "use ",
    "extern crate ",
    // How rustdoc is brought to test a README's examples.
    "struct Readme;",
];

/// The first line that does not belong there, counted from 1.
pub(crate) fn code(path: &str, content: &str) -> Option<usize> {
    let file = path.rsplit('/').next().unwrap_or(path);
    // What several tests share has to be in a `mod.rs`, or cargo takes it for a test.
    if !["lib.rs", "mod.rs"].contains(&file) || text::is_test(path) {
        return None;
    }
    // What ends an item or an attribute that goes on over several lines.
    let mut open = None;
    for (index, line) in content.lines().map(str::trim).enumerate() {
        if let Some(end) = open {
            if line.ends_with(end) {
                open = None;
            }
            continue;
        }
        let end = if line.is_empty() || line.starts_with("//") || line == "}" {
            continue;
        } else if line.starts_with("#[") || line.starts_with("#![") {
            ']'
        } else if is_module(line) {
            continue;
        } else if ITEMS.iter().any(|item| public(line).starts_with(item)) {
            ';'
        } else {
            return Some(index + 1);
        };
        if !line.ends_with(end) {
            open = Some(end);
        }
    }
    None
}

/// Whether a line opens a module, as a prelude, whose lines are judged alike.
fn is_module(line: &str) -> bool {
    public(line).starts_with("mod ") && line.ends_with('{')
}

/// A line without `pub` and for whom.
fn public(line: &str) -> &str {
    match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest
            .split_once(')')
            .map_or(line, |(_, item)| item.trim_start()),
        Some(rest) => rest.trim_start(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_have_no_code() {
        const GOOD: &str = "//! Docs.
#![no_std]
#![expect(
    missing_docs,
    reason = \"x\"
)]

extern crate alloc;

mod a;
#[cfg(test)]
mod tests;

/// More docs.
pub mod prelude {
    pub use crate::a::{
        B,
        C,
    };
}
pub(crate) use a::D;
pub use a::{
    B, C,
};
#[doc = include_str!(\"README.md\")]
#[cfg(doctest)]
struct Readme;
";
        for (path, more, expected) in [
            ("src/lib.rs", "", None),
            ("src/a/mod.rs", "", None),
            ("src/lib.rs", "fn a() {}\n", Some(1)),
            ("mod.rs", "pub const A: u8 = 1;\n", Some(1)),
            ("mod.rs", "use a::B;\npub(super) fn a() {}\n", Some(2)),
            ("mod.rs", "mod a {\n    struct B;\n}\n", Some(2)),
            ("src/main.rs", "fn main() {}\n", None),
            ("tests/common/mod.rs", "fn a() {}\n", None),
            ("src/model.rs", "fn a() {}\n", None),
        ] {
            let expected = expected.map(|line| GOOD.lines().count() + line);
            assert_eq!(
                code(path, &format!("{GOOD}{more}")),
                expected,
                "{path} {more}"
            );
        }
    }
}
