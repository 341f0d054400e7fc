//! The examples of the script format, played.

use tor_harness_mock::{ClientRule, Quirk, Script};

use crate::talk::Talk;

const TEXT: &str = include_str!("../../SCRIPT.md");

/// A script, a conversation, and the report behind it where one stands there.
struct Example {
    heading: String,
    script: String,
    conversation: String,
    report: Option<String>,
}

/// The examples of the text, in its order.
fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut heading = "";
    let mut lines = TEXT.lines();
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix("## ") {
            heading = text;
        }
        let Some(kind) = line.strip_prefix("```") else {
            continue;
        };
        let block = lines.by_ref().take_while(|line| *line != "```");
        let block: String = block.flat_map(|line| [line, "\n"]).collect();
        match kind {
            "toml" => examples.push(Example {
                heading: heading.to_owned(),
                script: block,
                conversation: String::new(),
                report: None,
            }),
            "conversation" => examples.last_mut().unwrap().conversation = block,
            "report" => examples.last_mut().unwrap().report = Some(block),
            _ => panic!("{heading}: no block is {kind:?}"),
        }
    }
    examples
}

#[test]
fn examples_play() {
    let examples = examples();
    assert!(examples.len() > 10);
    for example in examples {
        let Example {
            heading,
            script,
            conversation,
            report,
        } = example;
        let script =
            Script::parse(&script, "script.toml").unwrap_or_else(|e| panic!("{heading}: {e}"));
        let talk = Talk {
            script,
            ..Talk::default()
        };
        talk.check(&conversation);
        if let Some(report) = report {
            assert_eq!(talk.report(&conversation), report, "{heading}");
        }
    }
}

/// What the text has to have, and has in this form.
#[test]
fn all_names_are_told() {
    let quirks = Quirk::ALL
        .iter()
        .map(|quirk| format!("| `{quirk}` | {} |\n", quirk.describe()));
    let rules = ClientRule::ALL
        .iter()
        .map(|rule| format!("| `{rule}` | {} |\n", rule.describe()));
    for table in [quirks.collect::<String>(), rules.collect()] {
        assert!(TEXT.contains(&table), "expected in SCRIPT.md:\n{table}");
    }
}
