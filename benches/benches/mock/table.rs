//! The table that is printed.

use std::time::Duration;

/// One figure of the mock's, with tor's beside it where that has one.
#[derive(Clone)]
pub(crate) struct Row {
    what: &'static str,
    mock: String,
    tor: Option<String>,
    /// How many times better the mock is.
    ratio: Option<f64>,
}

impl Row {
    /// A figure of the mock's alone.
    pub(crate) fn alone(what: &'static str, mock: impl Into<String>) -> Self {
        Self {
            what,
            mock: mock.into(),
            tor: None,
            ratio: None,
        }
    }

    /// Times, of which the medians are compared.
    pub(crate) fn times(what: &'static str, mock: &mut [Duration], tor: &mut [Duration]) -> Self {
        let ratio =
            (!tor.is_empty()).then(|| median(tor).as_secs_f64() / median(mock).as_secs_f64());
        Self {
            what,
            mock: summary(mock),
            tor: (!tor.is_empty()).then(|| summary(tor)),
            ratio,
        }
    }

    /// How often something is done in a second.
    pub(crate) fn rates(
        what: &'static str,
        times: u32,
        mock: &mut [Duration],
        tor: &mut [Duration],
    ) -> Self {
        let rate = |time: Duration| f64::from(times) / time.as_secs_f64();
        let text = |times: &mut [Duration]| format!("{:.0}/s", rate(median(times)));
        let ratio = (!tor.is_empty()).then(|| rate(median(mock)) / rate(median(tor)));
        Self {
            what,
            mock: text(mock),
            tor: (!tor.is_empty()).then(|| text(tor)),
            ratio,
        }
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Median and least, in milliseconds.
fn summary(times: &mut [Duration]) -> String {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    format!(
        "{:.2} ms (least {:.2})",
        milliseconds(median(times)),
        milliseconds(times[0])
    )
}

/// Prints the rows as a table in Markdown.
#[expect(clippy::print_stdout, reason = "a benchmark tells its result")]
pub(crate) fn print(rows: &[Row]) {
    println!("| what | mock | tor | times better |");
    println!("|---|--:|--:|--:|");
    for row in rows {
        let tor = row.tor.as_deref().unwrap_or("-");
        let ratio = row
            .ratio
            .map_or_else(|| "-".into(), |ratio| format!("{ratio:.1}"));
        println!("| {} | {} | {tor} | {ratio} |", row.what, row.mock);
    }
}
