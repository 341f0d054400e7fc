//! A network document, as text that a person can check against the bytes.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use tor_harness::netdoc::{
    Action, AuthorityList, BandwidthFile, Command, ConsensusDiff, Document, Ed25519Certificate,
    Entry, FallbackList, Item, Kind, Object, Rule, Values, stretches,
};
use tor_harness::runner::Failed;

use crate::value::value;

/// A good document: for each item, row of pairs or command what it says, by the names in the rules.
pub(crate) fn document(kind: Kind, document: Document<'_>) -> Result<String, Failed> {
    let head = format!("kind: {kind}\n");
    let rest = match kind {
        Kind::BandwidthFile => {
            let file = BandwidthFile::read(document);
            let header = entry(file.header())?;
            let relays: Vec<_> = file
                .relays()
                .map(|relay| entry(&relay))
                .collect::<Result<_, _>>()?;
            header + &relays.concat()
        }
        Kind::FallbackList => {
            let list = FallbackList::read(document);
            let header = list
                .header()
                .map_or_else(|| Ok(String::new()), |header| entry(&header))?;
            header + &entries(list.entries())?
        }
        Kind::AuthorityList => entries(AuthorityList::read(document).entries())?,
        Kind::ConsensusDiff => {
            let diff = ConsensusDiff::read(document);
            let head = items(kind, diff.fields().document())?;
            let commands: Vec<_> = diff
                .commands()
                .map(|command| Ok(self::command(&command?)))
                .collect::<Result<_, Failed>>()?;
            head + &commands.concat()
        }
        _ => items(kind, document)?,
    };
    Ok(head + &rest)
}

/// Of a document among many: its kind, its annotations, its first line.
pub(crate) fn head(kind: Kind, document: &Document<'_>) -> String {
    let mut out = format!("kind: {kind}\n");
    for item in document.items() {
        let _ = writeln!(out, "  {}", String::from_utf8_lossy(item.line()));
        if !item.is_annotation() {
            break;
        }
    }
    out
}

/// A bad document: as what it is found in a file, and what is wrong, each problem with its line.
pub(crate) fn problems(kind: Kind, document: Document<'_>) -> String {
    let found = stretches(document.as_bytes()).map(|stretch| stretch.kind);
    let found = found.map(|kind| kind.map_or("unknown", Kind::name));
    let mut out = format!("kind: {}\n", found.collect::<Vec<_>>().join(", "));
    for problem in kind.check(&document) {
        out.push_str(&problem.render(document.source()));
    }
    out
}

fn items(kind: Kind, document: Document<'_>) -> Result<String, Failed> {
    let mut out = String::new();
    for item in document.items() {
        let mut sections = kind.rules().sections.iter();
        let rule = sections.find_map(|section| section.rule(item.keyword_bytes()));
        let _ = write!(out, "{}:", item.keyword());
        match rule {
            Some(rule) => out.push_str(&arguments(rule, &item)?),
            None => words(&mut out, item.arguments()),
        }
        if let Some(object) = item.object() {
            out.push_str(&self::object(&object)?);
        }
        out.push('\n');
    }
    Ok(out)
}

fn arguments(rule: &'static Rule, item: &Item<'_>) -> Result<String, Failed> {
    let mut out = String::new();
    let mut values = Values::new(rule, item);
    for (argument, found) in values.named()? {
        let _ = write!(out, " {}={}", argument.name, value(&found));
    }
    words(
        &mut out,
        values
            .extra()
            .split(|byte| *byte == b' ')
            .filter(|word| !word.is_empty()),
    );
    Ok(out)
}

/// An object; of a certificate, what it says.
fn object(object: &Object<'_>) -> Result<String, Failed> {
    let bytes = object.decode().ok_or("an object that is no base64")?;
    let mut out = format!(" + {} of {} bytes", object.label, bytes.len());
    if matches!(object.label, "ED25519 CERT" | "FAMILY CERT") {
        let certificate = Ed25519Certificate::parse(&bytes)?;
        let _ = write!(
            out,
            ": {}; expires {}; {} {}",
            certificate.type_name().unwrap_or("?"),
            certificate.expires,
            certificate.key_type_name().unwrap_or("?"),
            HEXLOWER.encode(&certificate.key)
        );
        for extension in certificate.extensions() {
            let data = HEXLOWER.encode(extension.data);
            let _ = write!(out, "; extension {} {data}", extension.extension_type);
        }
    }
    Ok(out)
}

fn entries(entries: &[Entry<'_>]) -> Result<String, Failed> {
    let entries: Vec<_> = entries.iter().map(entry).collect::<Result<_, _>>()?;
    Ok(entries.concat())
}

/// A row of pairs, by its section.
fn entry(entry: &Entry<'_>) -> Result<String, Failed> {
    let mut out = format!("{}:", entry.section().name);
    for pair in entry.pairs() {
        let rule = entry.section().rule(pair.key);
        let Some(argument) = rule.and_then(|rule| rule.arguments.first()) else {
            let (key, value) = (pair.key.escape_ascii(), pair.value.escape_ascii());
            let _ = write!(out, " [{key}={value}]");
            continue;
        };
        let found = argument.form.read(pair.value);
        let found = found.ok_or_else(|| format!("cannot read {pair:?}"))?;
        let _ = write!(out, " {}={}", pair.key.escape_ascii(), value(&found));
    }
    out.push('\n');
    Ok(out)
}

/// A command of a diff with the lines that it puts in, all of whose words are of a consensus.
fn command(command: &Command<'_>) -> String {
    let action = match command.action {
        Action::Append => "append behind",
        Action::Change => "change",
        Action::Delete => "delete",
    };
    let last = match command.last {
        Some(last) if last == command.first => String::new(),
        Some(last) => format!(" to {last}"),
        None => " to the end".to_owned(),
    };
    let lines = command.lines.split_inclusive(|byte| *byte == b'\n');
    let lines: String = lines
        .map(|line| format!("  {}\n", line.trim_ascii_end().escape_ascii()))
        .collect();
    format!("{action} {}{last}\n{lines}", command.first)
}

/// Words of which nothing is known.
fn words<'a>(out: &mut String, words: impl Iterator<Item = &'a [u8]>) {
    for word in words {
        let _ = write!(out, " [{}]", word.escape_ascii());
    }
}
