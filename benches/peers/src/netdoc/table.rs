//! The tables that are printed.

use super::reader::Reader;
use super::row::Row;
use super::target::TARGETS;

/// Prints times, memory and targets as tables in Markdown.
pub(crate) fn print(rows: &[Row]) {
    println!("Microseconds a document\n");
    times(rows);
    if rows.iter().any(|row| !row.memory.is_empty()) {
        println!("\nMegabytes above the text\n");
        memory(rows);
    }
    println!("\nTargets\n");
    targets(rows);
}

fn times(rows: &[Row]) {
    let readers: Vec<_> = Reader::all().collect();
    let names = readers.iter().map(|reader| reader.name());
    let stem = ["stem lazy", "stem fields"].map(str::to_owned);
    head(&["document", "bytes"], names.chain(stem));
    for row in rows {
        let ours = readers.iter().map(|reader| row.time(*reader));
        let all = ours.chain(row.stem().map(Some));
        let cells = all.map(|time| match time {
            Some(Ok(time)) if time < 100.0 => format!("{time:.2}"),
            Some(Ok(time)) => format!("{time:.0}"),
            Some(Err(error)) => format!("fails: {error}"),
            None => "-".to_owned(),
        });
        line(
            [row.kind.to_owned(), row.bytes.to_string()]
                .into_iter()
                .chain(cells),
        );
    }
}

fn memory(rows: &[Row]) {
    let rows = || rows.iter().filter(|row| !row.memory.is_empty());
    let Some(first) = rows().next() else { return };
    head(
        &["document"],
        first.memory.iter().map(|(who, _)| who.clone()),
    );
    for row in rows() {
        let cells = row.memory.iter().map(|(_, peak)| match peak {
            Ok(peak) => format!("{:.2}", *peak as f64 / 1e6),
            Err(error) => format!("fails: {error:#}"),
        });
        line([row.kind.to_owned()].into_iter().chain(cells));
    }
}

fn targets(rows: &[Row]) {
    head(
        &["document", "what"],
        ["measured", "target", ""].map(str::to_owned).into_iter(),
    );
    for row in rows {
        for target in TARGETS {
            if let Some(cells) = target.of(row) {
                let names = [row.kind, target.what].map(str::to_owned);
                line(names.into_iter().chain(cells));
            }
        }
    }
}

/// Words on the left, numbers on the right.
fn head(words: &[&str], numbers: impl Iterator<Item = String>) {
    let numbers: Vec<_> = numbers.collect();
    line(
        words
            .iter()
            .map(|&word| word.to_owned())
            .chain(numbers.clone()),
    );
    println!(
        "|{}{}",
        "---|".repeat(words.len()),
        "--:|".repeat(numbers.len())
    );
}

fn line(cells: impl Iterator<Item = String>) {
    println!("| {} |", cells.collect::<Vec<_>>().join(" | "));
}
