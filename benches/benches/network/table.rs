//! The table that is printed.

use std::time::Duration;

/// How long something took, each time.
pub(crate) struct Row {
    what: String,
    times: Vec<Duration>,
    /// What the median should not be above, in seconds.
    pub(crate) limit: Option<f64>,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, times: Vec<Duration>) -> Self {
        Self {
            what: what.into(),
            times,
            limit: None,
        }
    }

    /// The same with a limit for the median, in seconds.
    pub(crate) fn at_most(self, limit: f64) -> Self {
        Self {
            limit: Some(limit),
            ..self
        }
    }

    /// Whether the median is above the limit.
    pub(crate) fn is_missed(&self) -> bool {
        self.limit.is_some_and(|limit| median(&self.times) > limit)
    }

    fn line(&self) -> String {
        let sorted = sorted(&self.times);
        let limit = match self.limit {
            None => "-".to_owned(),
            Some(limit) if self.is_missed() => format!("{limit:.1}, missed"),
            Some(limit) => format!("{limit:.1}"),
        };
        let figures = match sorted.as_slice() {
            [least, .., most] => format!(
                "{least:.3} | {:.3} | {most:.3} | {} | {limit}",
                median(&self.times),
                sorted.len()
            ),
            _ => "- | - | - | 0 | -".to_owned(),
        };
        format!("| {} | {figures} |", self.what)
    }
}

/// In seconds; that of nothing is no number.
pub(crate) fn median(times: &[Duration]) -> f64 {
    let sorted = sorted(times);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        count if count.is_multiple_of(2) => f64::midpoint(sorted[middle - 1], sorted[middle]),
        _ => sorted[middle],
    }
}

fn sorted(times: &[Duration]) -> Vec<f64> {
    let mut seconds: Vec<_> = times.iter().map(Duration::as_secs_f64).collect();
    seconds.sort_by(f64::total_cmp);
    seconds
}

/// Prints the rows as a table in Markdown.
pub(crate) fn print(rows: &[Row]) {
    note("| seconds | min | median | max | n | median at most |");
    note("|---|--:|--:|--:|--:|--:|");
    rows.iter().for_each(|row| note(&row.line()));
}

/// Prints how busy the machine is, which all times depend on.
pub(crate) fn note_load(when: &str) {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = load.split(' ').next().unwrap_or_default();
    note(&format!("load {when}: {load} on {cores} cores"));
}

#[expect(clippy::print_stdout, reason = "a benchmark tells its result")]
pub(crate) fn note(line: &str) {
    println!("{line}");
}
