//! The lines in which two texts differ.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// How many pairs of lines are compared at once, at most: with more of them in one part of a
/// consensus, all lines of it count as changed. So no line is compared with more than 256 others
/// on average.
const MOST_PAIRS: usize = 1 << 16;

/// Finds what has to be changed in one text for it to become another, from the start to the end.
pub(super) struct Changes<'a> {
    old: &'a [&'a [u8]],
    new: &'a [&'a [u8]],
    found: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(old: &'a [&'a [u8]], new: &'a [&'a [u8]]) -> Self {
        let found = Vec::new();
        Self { old, new, found }
    }

    /// All that was found: lines of the old text, and what comes into their place.
    pub(super) fn finish(self) -> Vec<(Range<usize>, Range<usize>)> {
        self.found
    }

    /// Has these lines become those. Both follow what was told before.
    pub(super) fn replace(&mut self, old: Range<usize>, new: Range<usize>) {
        match self.found.last_mut() {
            _ if old.is_empty() && new.is_empty() => {}
            Some(last) if last.0.end == old.start && last.1.end == new.start => {
                last.0.end = old.end;
                last.1.end = new.end;
            }
            _ => self.found.push((old, new)),
        }
    }

    /// Has these lines become those, of which as many stay as they are as can.
    pub(super) fn compare(&mut self, old: Range<usize>, new: Range<usize>) {
        let lines = [&self.old[old.clone()], &self.new[new.clone()]];
        let [start, end] = common_ends(lines[0], lines[1]);
        let [old, new] = [old, new].map(|lines| lines.start + start..lines.end - end);
        let lines = [&self.old[old.clone()], &self.new[new.clone()]];
        if old.len().saturating_mul(new.len()) > MOST_PAIRS {
            return self.replace(old, new);
        }
        let (mut done, mut done_new) = (old.start, new.start);
        for (same, same_new) in common(lines[0], lines[1]) {
            let (same, same_new) = (old.start + same, new.start + same_new);
            self.replace(done..same, done_new..same_new);
            (done, done_new) = (same + 1, same_new + 1);
        }
        self.replace(done..old.end, done_new..new.end);
    }
}

/// How many lines are the same at the start, and then at the end.
fn common_ends(old: &[&[u8]], new: &[&[u8]]) -> [usize; 2] {
    let is_same = |(old, new): &(&&[u8], &&[u8])| old == new;
    let start = old.iter().zip(new).take_while(is_same).count();
    let [old, new] = [&old[start..], &new[start..]];
    let end = old.iter().rev().zip(new.iter().rev());
    [start, end.take_while(is_same).count()]
}

/// The longest row of lines that both have in the same order: where each is.
fn common(old: &[&[u8]], new: &[&[u8]]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() {
        return Vec::new();
    }
    // How long the row is from these two lines on, in a table of as many columns as `new` has
    // lines, with one more.
    let width = new.len() + 1;
    let mut lengths = vec![0u32; width * (old.len() + 1)];
    for (at, line) in old.iter().enumerate().rev() {
        for (at_new, line_new) in new.iter().enumerate().rev() {
            let here = at * width + at_new;
            lengths[here] = match line == line_new {
                true => lengths[here + width + 1] + 1,
                false => lengths[here + width].max(lengths[here + 1]),
            };
        }
    }
    let mut row = Vec::new();
    let (mut at, mut at_new) = (0, 0);
    while at < old.len() && at_new < new.len() {
        let here = at * width + at_new;
        if old[at] == new[at_new] {
            row.push((at, at_new));
            (at, at_new) = (at + 1, at_new + 1);
        } else if lengths[here + width] >= lengths[here + 1] {
            at += 1;
        } else {
            at_new += 1;
        }
    }
    row
}
