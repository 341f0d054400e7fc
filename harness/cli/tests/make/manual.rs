//! The examples of MAKE.md.

use crate::tools::Place;

const MANUAL: &str = include_str!("../../MAKE.md");

/// Runs each command of the `console` blocks, one behind the other in one folder, and compares
/// what it says, on either stream, with what stands below it; `...` stands for the rest of a line.
#[test]
fn examples_say_what_stands_below_them() {
    let place = Place::new();
    let blocks = MANUAL.split("```console\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let examples: Vec<_> = blocks.flat_map(examples).collect();
    assert!(examples.len() > 20, "{}", examples.len());
    for (command, expected) in examples {
        let output = place.run(&format!("{{ {command}\n}} 2>&1"));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(
            is_so(&said, expected),
            "{command}\nexpected:\n{expected}\nsaid:\n{said}"
        );
    }
}

/// Each command of a block, with the lines below it.
fn examples(block: &str) -> impl Iterator<Item = (&str, &str)> {
    let block = block.strip_prefix("$ ").unwrap();
    let examples = block.split("\n$ ");
    examples.map(|example| example.split_once('\n').unwrap_or((example, "")))
}

fn is_so(said: &str, expected: &str) -> bool {
    let [said, expected] = [said, expected].map(|text| text.trim_end_matches('\n'));
    let is_line = |(said, expected): (&str, &str)| match expected.strip_suffix("...") {
        Some(start) => said.starts_with(start),
        None => said == expected,
    };
    said.lines().count() == expected.lines().count()
        && said.lines().zip(expected.lines()).all(is_line)
}
