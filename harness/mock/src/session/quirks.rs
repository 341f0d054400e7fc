//! What quirks make of a message.

use std::collections::BTreeSet;

use crate::script::Quirk;

const NOBODYS_EVENT: &str = "650 MOCK_EVENT nobody asked for this";

/// Changes the reply to a command of this keyword.
pub(super) fn change_reply(quirks: &BTreeSet<Quirk>, keyword: &[u8], reply: &mut Vec<u8>) {
    if quirks.is_empty() || reply.is_empty() {
        return;
    }
    for quirk in quirks {
        let is = |name: &str| keyword.eq_ignore_ascii_case(name.as_bytes());
        match quirk {
            Quirk::EventInReply => between_lines(reply),
            Quirk::UnknownEvent => reply.extend_from_slice(line(NOBODYS_EVENT).as_bytes()),
            Quirk::OneLineGetinfo if is("GETINFO") => one_line(reply),
            quirk if is("PROTOCOLINFO") => edit(reply, |lines| protocol_info(*quirk, lines)),
            quirk if is("AUTHCHALLENGE") => edit(reply, |lines| challenge(*quirk, lines)),
            _ => {}
        }
    }
    change_line_ends(quirks, reply);
}

/// Changes an event.
pub(super) fn change_event(quirks: &BTreeSet<Quirk>, event: &mut Vec<u8>) {
    const OK: &[u8] = b"650 OK\r\n";
    if quirks.contains(&Quirk::NoFinalEventOk) && event.len() > OK.len() && event.ends_with(OK) {
        event.truncate(event.len() - OK.len());
    }
    change_line_ends(quirks, event);
}

fn change_line_ends(quirks: &BTreeSet<Quirk>, text: &mut Vec<u8>) {
    if quirks.contains(&Quirk::LfOnly) {
        let mut changed = Vec::with_capacity(text.len());
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            changed.extend_from_slice(line.strip_suffix(b"\r\n").unwrap_or(line));
            if line.ends_with(b"\r\n") {
                changed.push(b'\n');
            }
        }
        *text = changed;
    }
}

fn line(text: &str) -> String {
    format!("{text}\r\n")
}

/// Puts an event before the last of several lines.
fn between_lines(reply: &mut Vec<u8>) {
    let lines = reply.strip_suffix(b"\r\n").unwrap_or(reply);
    if let Some(end) = lines.iter().rposition(|byte| *byte == b'\n') {
        reply.splice(end + 1..=end, line(NOBODYS_EVENT).into_bytes());
    }
}

/// `250-key=value`, `250 OK` becomes `250 key=value`.
fn one_line(reply: &mut Vec<u8>) {
    edit(reply, |lines| {
        if let [first, last] = lines.as_mut_slice()
            && last == "250 OK"
            && let Some(value) = first.strip_prefix("250-")
        {
            *first = format!("250 {value}");
            lines.pop();
        }
    });
}

/// Changes the lines of a reply that is text.
fn edit(reply: &mut Vec<u8>, change: impl FnOnce(&mut Vec<String>)) {
    let Some(text) = str::from_utf8(reply)
        .ok()
        .and_then(|text| text.strip_suffix("\r\n"))
    else {
        return;
    };
    let mut lines: Vec<_> = text.split("\r\n").map(str::to_owned).collect();
    change(&mut lines);
    *reply = lines
        .iter()
        .flat_map(|text| line(text).into_bytes())
        .collect();
}

fn protocol_info(quirk: Quirk, lines: &mut Vec<String>) {
    let find =
        |lines: &[String], start: &str| lines.iter().position(|line| line.starts_with(start));
    let Some(auth) = find(lines, "250-AUTH ") else {
        return;
    };
    let version = find(lines, "250-VERSION ");
    match quirk {
        Quirk::ProtocolVersion2 => lines[0] = "250-PROTOCOLINFO 2".into(),
        Quirk::UnknownInfoLine => lines.insert(auth, "250-MOCK FIELD=\"value\"".into()),
        Quirk::VersionFirst => {
            if let Some(version) = version {
                lines.swap(auth, version);
            }
        }
        Quirk::NoVersionLine => lines.retain(|line| !line.starts_with("250-VERSION ")),
        Quirk::OddVersion => change_value(lines, version, "Tor=", |_| "\"next.year\"".into()),
        Quirk::UnquotedVersion => change_value(lines, version, "Tor=", unquoted),
        Quirk::UnknownAuthMethod => {
            change_value(lines, Some(auth), "METHODS=", |all| {
                format!("MOCKERY,{all}")
            });
        }
        Quirk::EmptyMethods => change_value(lines, Some(auth), "METHODS=", |_| String::new()),
        Quirk::ExtraAuthField => {
            change_value(lines, Some(auth), "METHODS=", |all| {
                format!("{all} MOCKFIELD=\"a value\"")
            });
        }
        Quirk::UnquotedCookieFile => change_value(lines, Some(auth), "COOKIEFILE=", unquoted),
        Quirk::RelativeCookieFile => {
            change_value(lines, Some(auth), "COOKIEFILE=", |path| {
                let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
                format!("\"data/{name}")
            });
        }
        Quirk::ForeignCookieFile => {
            change_value(lines, Some(auth), "COOKIEFILE=", |path| {
                path.replace("/data/control_auth_cookie\"", "/torrc\"")
            });
        }
        _ => {}
    }
}

fn challenge(quirk: Quirk, lines: &mut [String]) {
    match quirk {
        Quirk::LowerCaseHash => {
            for field in ["SERVERHASH=", "SERVERNONCE="] {
                change_value(lines, Some(0), field, str::to_ascii_lowercase);
            }
        }
        Quirk::WrongServerHash => {
            change_value(lines, Some(0), "SERVERHASH=", |hash| "0".repeat(hash.len()));
        }
        Quirk::ShortServerNonce => {
            change_value(lines, Some(0), "SERVERNONCE=", |nonce| {
                nonce.chars().take(nonce.len() / 2).collect()
            });
        }
        _ => {}
    }
}

/// Changes the value behind a field's name, up to the next space that is not quoted.
fn change_value(
    lines: &mut [String],
    at: Option<usize>,
    field: &str,
    change: impl FnOnce(&str) -> String,
) {
    let Some(line) = at.and_then(|at| lines.get_mut(at)) else {
        return;
    };
    let Some((before, value)) = line.split_once(field) else {
        return;
    };
    let mut quoted = false;
    let end = value.find(|c| {
        quoted ^= c == '"';
        c == ' ' && !quoted
    });
    let (value, after) = value.split_at(end.unwrap_or(value.len()));
    *line = format!("{before}{field}{}{after}", change(value));
}

fn unquoted(value: &str) -> String {
    value.trim_matches('"').to_owned()
}
