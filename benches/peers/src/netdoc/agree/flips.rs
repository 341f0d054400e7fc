//! Whether both take the same documents for proved, with bits flipped, too.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use tor_harness_benches::{Trust, Verifier};
use tor_harness_netdoc::{Document, Kind};

use super::explained::{Difference, compare};
use super::sample::Sample;
use crate::netdoc::tor_netdoc::Generation;

/// The bits that are flipped, each alone: the least, and the one for upper and lower case.
const FLIPS: [u8; 2] = [0x01, 0x20];

/// Has every good document verified, as it is and with a bit of every `step`th byte flipped,
/// and prints where the answers differ. What tor-netdoc cannot read at all is left out.
///
/// # Errors
/// If a difference is not explained, or an explanation is not needed.
pub(super) fn agree(step: usize) -> Result<()> {
    let mut found = Found::default();
    for sample in Sample::all().filter(|sample| sample.is_good) {
        found.try_sample(&sample, step);
    }
    let differences: Vec<_> = found.differences.into_iter().map(difference).collect();
    let judged = format!(
        "{} good documents and {} flipped ones verified, {} times by us and by tor-netdoc the same",
        found.good, found.flipped, found.same
    );
    compare(
        &judged,
        &differences,
        "verdicts.txt",
        include_str!("verdicts.txt"),
    )
}

#[derive(Default)]
struct Found {
    good: usize,
    flipped: usize,
    same: usize,
    /// By document, generation, who takes it, and keyword: how often, and what came first.
    differences: BTreeMap<String, (usize, String)>,
}

impl Found {
    fn try_sample(&mut self, sample: &Sample, step: usize) {
        let trust = Trust::of(sample.bytes);
        let kind: Option<Kind> = sample.kind.parse().ok();
        let Some(ours) = kind.and_then(|kind| Verifier::new(kind, &trust)) else {
            return;
        };
        for generation in Generation::ALL {
            let read = generation.reader(sample.kind);
            let verify = generation.verifier(sample.kind, &trust);
            let (Some(read), Some(verify)) = (read, verify) else {
                continue;
            };
            let text = str::from_utf8(sample.document());
            if !text.is_ok_and(|text| read(text).is_ok()) {
                continue;
            }
            let mut judge = |bytes: &[u8], at: Option<usize>| {
                let ours = ours.verify(bytes);
                let text = str::from_utf8(bytes).context("it is no text");
                let theirs = text.and_then(&verify);
                if ours.is_ok() == theirs.is_ok() {
                    self.same += 1;
                    return;
                }
                let taken = match ours {
                    Ok(()) => "ours",
                    Err(_) => generation.name(),
                };
                let place = at.map_or("as it is", |at| keyword(sample.document(), at));
                let what = format!("{} {} {place} only-{taken}", sample.path, generation.name());
                let said = || {
                    format!(
                        "byte {at:?}: {:?} {:?}",
                        ours,
                        theirs.map_err(|it| format!("{it:#}"))
                    )
                };
                self.differences
                    .entry(what)
                    .or_insert_with(|| (0, said()))
                    .0 += 1;
            };
            judge(sample.document(), None);
            self.good += 1;
            let mut bytes = sample.document().to_vec();
            for at in (0..bytes.len()).step_by(step) {
                for bit in FLIPS {
                    bytes[at] ^= bit;
                    judge(&bytes, Some(at));
                    bytes[at] ^= bit;
                    self.flipped += 1;
                }
            }
        }
    }
}

/// The keyword of the item that a byte is in.
fn keyword(document: &[u8], at: usize) -> &str {
    let mut items = Document::new(document).items();
    let item = items.find(|item| (item.span().start..item.span().end).contains(&at));
    let keyword = item.map(|item| item.keyword_bytes());
    str::from_utf8(keyword.unwrap_or_default()).unwrap_or_default()
}

fn difference((what, (times, said)): (String, (usize, String))) -> Difference {
    Difference {
        what,
        said: format!("{times} times, first {said}"),
    }
}
