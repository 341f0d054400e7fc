//! What it takes to read network documents: nothing beside the text but for values and problems.

use allocation_counter::measure;
use tor_harness_netdoc::{Document, Fields, Kind, Pair, ParseError, Value, Values, stretches};

/// Every recorded document, with its path.
fn recordings() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let recordings: Vec<_> = tor_fixtures::all()
        .iter()
        .filter(|fixture| fixture.path.starts_with("netdoc/"))
        .map(|fixture| (fixture.path, fixture.bytes))
        .collect();
    assert!(!recordings.is_empty());
    recordings.into_iter()
}

/// Expects that `read` asks for no memory at all.
#[track_caller]
fn check(path: &str, read: impl FnOnce()) {
    let taken = measure(read);
    assert_eq!(taken.count_total, 0, "{path}: {} bytes", taken.bytes_total);
}

#[test]
fn memory_is_counted() {
    let taken = measure(|| drop(std::hint::black_box(vec![0_u8; 1000])));
    assert_eq!((taken.count_total, taken.bytes_max), (1, 1000));
}

#[test]
fn structure_takes_nothing() {
    for (path, bytes) in recordings() {
        check(path, || {
            for stretch in stretches(bytes) {
                for item in stretch.document.items() {
                    let words = item.arguments().count();
                    let lines = item.object().map(|object| object.lines().count());
                    std::hint::black_box((item.keyword(), words, lines));
                }
            }
        });
    }
}

#[test]
fn finding_the_fields_takes_nothing() {
    for (path, bytes) in recordings() {
        check(path, || {
            for kind in Kind::all() {
                for section in kind.rules().sections {
                    let fields = Fields::read(Document::new(bytes), section);
                    for rule in section.rules {
                        std::hint::black_box(fields.item(rule.keyword));
                    }
                }
            }
        });
    }
}

/// A value for every two bytes of the line at most, as of numbers of one digit, in vectors that
/// grow; what digits say is shorter than they are.
#[test]
fn values_take_no_more_than_their_number_says() {
    let each = size_of::<Value<'_>>() + size_of::<usize>();
    for (path, bytes) in recordings() {
        for stretch in stretches(bytes) {
            let Some(kind) = stretch.kind else { continue };
            for item in stretch.document.items() {
                let sections = kind.rules().sections.iter();
                let mut rules = sections.filter_map(|section| section.rule(item.keyword_bytes()));
                let Some(rule) = rules.next() else { continue };
                let taken = measure(|| {
                    let _ = std::hint::black_box(Values::new(rule, &item).named());
                });
                // A vector has room for four at least, and while it doubles there are two.
                let most = 3 * each * (2 * 4 + item.line().len() / 2);
                let peak = taken.bytes_max as usize;
                assert!(peak <= most, "{path}: {item:?} takes {peak}, not {most}");
            }
        }
    }
}

/// A check keeps a thousand problems, and of one item at a time what its words and its object say.
#[test]
fn a_check_takes_what_a_thousand_problems_take() {
    const LENGTH: usize = 1 << 18;
    /// For one item, and for what has a place.
    const ONE: usize = 10_000;
    let problem = size_of::<ParseError>();
    for line in ["k v\n", "_\n", "uptime 1\n", "bandwidth x\n"] {
        let bytes = format!(
            "router a 127.0.0.1 1 0 0\n{}",
            line.repeat(LENGTH / line.len())
        );
        for kind in Kind::all() {
            let mut found = 0;
            let taken = measure(|| found = kind.check(&Document::new(bytes.as_bytes())).len());
            assert!(found <= 1001, "{kind}: {found} problems");
            // The vector doubles, and while it is moved or sorted there is another.
            // What has no items is read before it is checked: a pair for each line or word.
            let pairs = match kind.has_items() {
                true => 0,
                false => 4 * size_of::<Pair<'_>>() * bytes.split([' ', '\n']).count(),
            };
            let most = ONE + 4 * problem * found + pairs;
            let peak = taken.bytes_max as usize;
            assert!(
                peak <= most,
                "{kind}: {line:?} over and over takes {peak}, not {most}"
            );
        }
    }
}
