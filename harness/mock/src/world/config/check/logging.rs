//! What tor logs, where to.

use super::super::store::Config;

/// What messages are about.
const DOMAINS: &[&str] = &[
    "ACCT",
    "APP",
    "BTRACK",
    "BUG",
    "CHANNEL",
    "CIRC",
    "CONFIG",
    "CONSDIFF",
    "CONTROL",
    "CRYPTO",
    "DIR",
    "DIRSERV",
    "DOS",
    "EDGE",
    "FS",
    "GENERAL",
    "GUARD",
    "HANDSHAKE",
    "HEARTBEAT",
    "HIST",
    "HTTP",
    "MESG",
    "MM",
    "NET",
    "OR",
    "PROCESS",
    "PROTOCOL",
    "PT",
    "REND",
    "SCHED",
];

pub(super) fn all(config: &mut Config) -> Result<(), String> {
    let lines = config.all_values("Log").into_iter().all(is_log);
    match lines && config.number("LogTimeGranularity") > 0 {
        true => Ok(()),
        false => Err("Failed to validate Log options. See logs for details.".into()),
    }
}

/// `SEVERITIES... [stdout|stderr|syslog|file PATH]`: one may be without domains.
fn is_log(line: &str) -> bool {
    let Some(mut rest) = severities(line) else {
        return false;
    };
    while rest.starts_with('[') {
        match severities(rest) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    let mut words = rest.split_ascii_whitespace();
    let to = words.next().map(str::to_ascii_lowercase);
    match to.as_deref() {
        None => true,
        Some("stdout" | "stderr" | "syslog") => words.next().is_none(),
        Some("file") => words.next().is_some(),
        Some(_) => false,
    }
}

/// `[DOMAIN,...]SEVERITY[-SEVERITY]`; gives what is behind.
fn severities(text: &str) -> Option<&str> {
    let known =
        |word: &str, names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    let is_domain = |word: &str| {
        let word = word.trim_ascii();
        word == "*" || known(word.strip_prefix('~').unwrap_or(word), DOMAINS)
    };
    let rest = match text.strip_prefix('[') {
        Some(text) => {
            let (domains, rest) = text.split_once(']')?;
            domains.split(',').all(is_domain).then_some(rest)?
        }
        None => text,
    };
    let rest = rest.trim_ascii_start();
    let (range, behind) = rest
        .split_once(|c: char| c.is_ascii_whitespace())
        .unwrap_or((rest, ""));
    let names = ["debug", "info", "notice", "warn", "err"];
    let is_range = range.splitn(2, '-').all(|word| known(word, &names));
    is_range.then_some(behind.trim_ascii_start())
}
