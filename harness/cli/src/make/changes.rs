//! What is changed in a document before it is signed, or behind that.

use anyhow::{Result, bail};
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use tor_harness::netdoc::Builder;

/// The changes of the command line, in its order.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    list: Vec<Change>,
    after_signing: bool,
}

#[derive(Clone, Debug)]
enum Change {
    Set(Line),
    Add(Line),
    Without(String),
    Repeat(String),
    Move(String, usize),
}

/// A keyword, and what follows it.
#[derive(Clone, Debug)]
struct Line {
    keyword: String,
    text: String,
}

impl Changes {
    pub(super) fn are_none(&self) -> bool {
        self.list.is_empty()
    }

    /// The document with the changes.
    pub(super) fn apply(&self, document: Builder) -> Result<Builder> {
        let mut all = self.list.iter();
        all.try_fold(self.signed(document), |document, change| {
            change.apply(document)
        })
    }

    /// The document, signed now if the changes come behind that.
    pub(super) fn signed(&self, document: Builder) -> Builder {
        match self.after_signing {
            true => document.sealed(),
            false => document,
        }
    }
}

impl Change {
    fn apply(&self, document: Builder) -> Result<Builder> {
        if let Self::Without(keyword) | Self::Repeat(keyword) | Self::Move(keyword, _) = self {
            self.check(keyword, &document)?;
        }
        Ok(match self {
            Self::Set(Line { keyword, text }) => document.set(keyword, text.as_str()),
            Self::Add(Line { keyword, text }) => document.add(keyword, text.as_str()),
            Self::Without(keyword) => document.without(keyword),
            Self::Repeat(keyword) => document.repeat(keyword),
            Self::Move(keyword, index) => document.move_to(keyword, *index),
        })
    }

    /// A keyword that is mistyped would leave the document as it is.
    fn check(&self, keyword: &str, document: &Builder) -> Result<()> {
        let mut known: Vec<_> = document.items().map(|item| &*item.keyword).collect();
        if known.contains(&keyword) {
            return Ok(());
        }
        known.sort_unstable();
        known.dedup();
        let option = match self {
            Self::Without(_) => "without",
            Self::Repeat(_) => "repeat",
            _ => "move",
        };
        let known = known.join(", ");
        bail!("--{option} {keyword}: expected a keyword that is there: {known}")
    }
}

/// An option for changes: its name, its value, what it is told to do, how its value is read.
type Option = (
    &'static str,
    &'static str,
    &'static str,
    fn(&str) -> Result<Change, String>,
);

const OPTIONS: [Option; 5] = [
    (
        "set",
        "KEYWORD=TEXT",
        "Give the first line with this keyword another text, and leave its object as it is; add it where there is none. KEYWORD= is the keyword alone",
        |text| line(text).map(Change::Set),
    ),
    (
        "add",
        "KEYWORD=TEXT",
        "Add a line, behind those with its keyword, or where it belongs",
        |text| line(text).map(Change::Add),
    ),
    (
        "without",
        "KEYWORD",
        "Leave out all lines with this keyword",
        |text| keyword(text).map(Change::Without),
    ),
    (
        "repeat",
        "KEYWORD",
        "Say the first line with this keyword twice",
        |text| keyword(text).map(Change::Repeat),
    ),
    (
        "move",
        "KEYWORD=N",
        "Move the first line with this keyword to this place, counted from 0",
        |text| {
            let Line { keyword, text } = line(text)?;
            let index = text.parse();
            let index = index
                .map_err(|_| format!("expected KEYWORD=N, a place from 0 on, got {text:?}"))?;
            Ok(Change::Move(keyword, index))
        },
    ),
];

const AFTER_SIGNING: &str = "after-signing";

/// The names of the options, for those that make no sense with them.
pub(super) const NAMES: [&str; 6] = ["set", "add", "without", "repeat", "move", AFTER_SIGNING];

fn line(text: &str) -> Result<Line, String> {
    let expected = || format!("expected KEYWORD=TEXT, got {text:?}");
    let (name, text) = text.split_once('=').ok_or_else(expected)?;
    Ok(Line {
        keyword: keyword(name)?,
        text: text.into(),
    })
}

fn keyword(text: &str) -> Result<String, String> {
    match text.is_empty() || text.contains(char::is_whitespace) {
        true => Err(format!(
            "expected a keyword, which has no spaces, got {text:?}"
        )),
        false => Ok(text.into()),
    }
}

/// By hand, because the order among different options counts.
impl Args for Changes {
    fn augment_args(command: Command) -> Command {
        let heading = "Changes, in their order";
        let option = |(name, value, help, parser): Option| {
            Arg::new(name)
                .long(name)
                .value_name(value)
                .help(help)
                .action(ArgAction::Append)
                .value_parser(ValueParser::new(parser))
                .help_heading(heading)
        };
        let after_signing = Arg::new(AFTER_SIGNING)
            .long(AFTER_SIGNING)
            .help("Change what is signed already, so that the signatures do not cover it")
            .action(ArgAction::SetTrue)
            .help_heading(heading);
        command.args(OPTIONS.map(option)).arg(after_signing)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Changes {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut all: Vec<(usize, &Change)> = Vec::new();
        for (name, ..) in OPTIONS {
            let places = matches.indices_of(name).into_iter().flatten();
            all.extend(places.zip(matches.get_many(name).into_iter().flatten()));
        }
        all.sort_by_key(|(place, _)| *place);
        Ok(Self {
            list: all.into_iter().map(|(_, change)| change.clone()).collect(),
            after_signing: matches.get_flag(AFTER_SIGNING),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
