//! When the period starts in which bandwidth is counted.

use super::super::store::Config;

/// `day TIME`, `week DAY TIME` or `month DAY TIME`.
pub(super) fn start(config: &mut Config) -> Result<(), String> {
    let line = config.value("AccountingStart").unwrap_or_default();
    let words: Vec<_> = line.split_ascii_whitespace().collect();
    let unit = words.first().map(|unit| unit.to_ascii_lowercase());
    let day = |text: &str, most: u32| {
        text.parse::<u32>()
            .is_ok_and(|day| (1..=most).contains(&day))
    };
    let is_good = match (unit.as_deref(), &words[words.len().min(1)..]) {
        (None, _) => true,
        (Some("day"), [time]) => is_time(time),
        (Some("week"), [number, time]) => day(number, 7) && is_time(time),
        (Some("month"), [number, time]) => day(number, 28) && is_time(time),
        _ => false,
    };
    match is_good {
        true => Ok(()),
        false => Err("Failed to parse accounting options. See logs for details.".into()),
    }
}

/// `HH:MM`.
fn is_time(text: &str) -> bool {
    let number = |text: &str, most: u32| text.parse().is_ok_and(|number: u32| number <= most);
    text.split_once(':')
        .is_some_and(|(hours, minutes)| number(hours, 23) && number(minutes, 59))
}
