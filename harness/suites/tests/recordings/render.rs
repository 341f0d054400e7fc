//! What was read, as text that a person can check against the bytes.

use std::fmt::{Display, Write as _};

use tor_harness::control::command::AuthToken;
use tor_harness::control::event::GenericEvent;
use tor_harness::control::reply::{AuthChallengeReply, GetConfReply, GetInfoReply, ProtocolInfo};
use tor_harness::control::{Argument, Command, Event, Keywords, Message, OwnedMessage};
use tor_harness::netdoc::{Document, ServerDescriptor};
use tor_harness::runner::Failed;

/// How many lines of a long value are shown at its start.
const HEAD: usize = 12;
/// How many are shown at its end.
const TAIL: usize = 4;

/// The lines that were sent.
pub(crate) fn asked(command: &str) -> String {
    command
        .split('\n')
        .map(|line| format!("> {}\n", shortened(line.as_bytes())))
        .collect()
}

/// A reply: typed where its command has a type.
pub(crate) fn reply(path: &str, owned: &OwnedMessage) -> Result<String, Failed> {
    let message = owned.as_message();
    let is_about = |command: &str| {
        path.starts_with(&format!("control/{command}"))
            || path.starts_with(&format!("control/reply/{command}-"))
    };
    let typed = if !message.last().status.is_positive() {
        String::new()
    } else if is_about("getinfo") {
        get_info(&GetInfoReply::parse(&message)?)
    } else if is_about("getconf") {
        get_conf(&GetConfReply::parse(&message)?)
    } else if is_about("protocolinfo") {
        protocol_info(&ProtocolInfo::parse(&message)?)
    } else if path == "control/authchallenge/answer" {
        auth_challenge(&AuthChallengeReply::parse(&message)?)
    } else {
        String::new()
    };
    Ok(if typed.is_empty() {
        lines(&message)
    } else {
        typed
    })
}

/// An event.
pub(crate) fn event(owned: &OwnedMessage) -> Result<String, Failed> {
    let message = owned.as_message();
    let event = Event::parse(&message)?;
    let mut out = String::new();
    let mut line = |name: &str, value: &dyn Display| {
        let _ = writeln!(out, "{name}: {value}");
    };
    line("event", &event.code().as_str());
    let keywords = match &event {
        Event::Bw(bw) => {
            line("read", &bw.read);
            line("written", &bw.written);
            bw.keywords
        }
        Event::Circ(circ) => {
            line("circuit", &circ.id);
            line("status", &circ.status.as_str());
            for hop in circ.hops() {
                let (fingerprint, nickname) = (hop.fingerprint(), hop.nickname());
                line(
                    "hop",
                    &format!("{} {}", fingerprint.unwrap_or("-"), nickname.unwrap_or("-")),
                );
            }
            circ.keywords
        }
        Event::Stream(stream) => {
            line("stream", &stream.id);
            line("status", &stream.status.as_str());
            line("circuit", &stream.circuit);
            line("target", &stream.target);
            stream.keywords
        }
        Event::Status(status) => {
            line("severity", &status.severity.as_str());
            line("action", &status.action);
            status.keywords
        }
        Event::Log(log) => {
            line(
                if log.is_block() { "block" } else { "text" },
                &shortened(&log.text()),
            );
            Keywords::default()
        }
        _ => return Ok(out + &generic_event(&GenericEvent::parse(&message)?)),
    };
    Ok(out + &self::keywords(keywords))
}

/// A command of the authentication.
pub(crate) fn command(command: &Command<'_>) -> Result<String, Failed> {
    let token = |token: &AuthToken<'_>| match token {
        AuthToken::None => "none".into(),
        AuthToken::Hex(bytes) => format!("{} in hexadecimal", hex(bytes)),
        AuthToken::Quoted(bytes) => format!("{:?} as a string", String::from_utf8_lossy(bytes)),
    };
    match command {
        Command::Authenticate(proof) => Ok(format!("AUTHENTICATE\nproof: {}\n", token(proof))),
        Command::AuthChallenge { method, nonce } => Ok(format!(
            "AUTHCHALLENGE\nmethod: {method}\nnonce: {}\n",
            token(nonce)
        )),
        other => Err(format!("a command that is not shown, add it to render.rs: {other:?}").into()),
    }
}

/// A server descriptor: the fields, then all items.
pub(crate) fn server_descriptor(document: Document<'_>) -> Result<String, Failed> {
    let read = ServerDescriptor::parse(document)?;
    let mut out = format!(
        "router: {}\nbandwidth: {}\npublished: {}\nfingerprint: {:?}\nuptime: {:?}\nplatform: {}\n\
         contact: {}\nproto: {}\nhibernating: {}\nor-addresses: {:?}\n",
        read.router,
        read.bandwidth,
        read.published,
        read.fingerprint,
        read.uptime,
        or_dash(read.platform),
        or_dash(read.contact),
        or_dash(read.proto),
        read.hibernating,
        read.or_addresses,
    );
    for line in &read.exit_policy {
        let _ = writeln!(
            out,
            "exit policy: {} {}",
            line.keyword(),
            or_dash(line.text())
        );
    }
    Ok(out + "\n" + &items(document))
}

/// A document as items: the keyword, the arguments, the object.
pub(crate) fn items(document: Document<'_>) -> String {
    let mut out = String::new();
    for item in document.items() {
        let _ = write!(out, "{}:", item.keyword());
        for argument in item.arguments() {
            let _ = write!(out, " [{}]", argument.escape_ascii());
        }
        if let Some(object) = item.object() {
            let _ = write!(
                out,
                " + {} of {} lines",
                object.label,
                object.lines().count()
            );
        }
        out.push('\n');
    }
    out
}

/// Bytes of no protocol: text, or hexadecimal.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => block(text.as_bytes()),
        _ => format!("{}\n", hex(bytes)),
    }
}

fn get_info(info: &GetInfoReply<'_>) -> String {
    let mut out = String::new();
    for entry in info.entries() {
        let key = entry.key.escape_ascii();
        if entry.value.contains(&b'\n') {
            let _ = write!(
                out,
                "{key}: {} lines\n{}",
                entry.value.split(|b| *b == b'\n').count() - 1,
                block(&entry.value)
            );
        } else {
            let _ = writeln!(out, "{key}: {}", shortened(&entry.value));
        }
    }
    out
}

fn get_conf(conf: &GetConfReply<'_>) -> String {
    let lines: String = conf
        .settings
        .iter()
        .map(|setting| match &setting.value {
            Some(value) => format!("{}: {:?}\n", setting.key, String::from_utf8_lossy(value)),
            None => format!("{}: (not set)\n", setting.key),
        })
        .collect();
    block(lines.as_bytes())
}

fn protocol_info(info: &ProtocolInfo<'_>) -> String {
    let methods: Vec<_> = info.methods.iter().map(|method| method.as_str()).collect();
    format!(
        "protocol: {}\nmethods: {}\ncookie file: {}\ntor: {}\nothers: {:?}\n",
        info.version,
        methods.join(" "),
        or_dash(info.cookie_file.as_deref()),
        or_dash(info.tor_version.as_deref()),
        info.others,
    )
}

fn auth_challenge(reply: &AuthChallengeReply) -> String {
    format!(
        "server hash: {}\nserver nonce: {}\n",
        hex(&reply.server_hash),
        hex(&reply.server_nonce)
    )
}

/// An event whose lines say as much as its fields.
fn generic_event(event: &GenericEvent<'_>) -> String {
    let mut out = String::new();
    if !event.arguments().is_empty() {
        let _ = writeln!(out, "arguments: {}", shortened(event.arguments()));
    }
    for line in event.more_lines() {
        let _ = writeln!(out, "line: {}", shortened(line.text));
        if let Some(data) = line.data {
            out.push_str(&block(&data.text()));
        }
    }
    out
}

fn keywords(keywords: Keywords<'_>) -> String {
    keywords
        .iter()
        .map(|argument| match argument {
            Argument::Word(word) => format!("  {word}\n"),
            Argument::Keyword(key, value) => format!("  {key} = {value:?}\n"),
        })
        .collect()
}

/// The lines of a message: the status, what follows it, the data block.
fn lines(message: &Message<'_>) -> String {
    let mut out = String::new();
    for line in message.lines() {
        let _ = writeln!(out, "{}: {}", line.status, shortened(line.text));
        if let Some(data) = line.data {
            out.push_str(&block(&data.text()));
        }
    }
    out
}

/// Lines, those in the middle of many left out.
fn block(text: &[u8]) -> String {
    let mut lines: Vec<_> = text
        .split_inclusive(|byte| *byte == b'\n')
        .map(|line| {
            format!(
                "  {}\n",
                shortened(line.strip_suffix(b"\n").unwrap_or(line))
            )
        })
        .collect();
    if let Some(many @ 2..) = lines.len().checked_sub(HEAD + TAIL) {
        lines.splice(HEAD..HEAD + many, [format!("  ({many} lines)\n")]);
    }
    lines.concat()
}

/// A line, the end of a long one left out.
fn shortened(line: &[u8]) -> String {
    const LONGEST: usize = 250;
    // Quotes and backslashes are common, and say more as they are.
    let text = line
        .escape_ascii()
        .to_string()
        .replace("\\\"", "\"")
        .replace("\\'", "'")
        .replace("\\\\", "\\");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!(
            "{}... ({} bytes)",
            text.get(..end).unwrap_or_default(),
            line.len()
        ),
        None => text,
    }
}

fn or_dash(value: Option<&[u8]>) -> String {
    value.map_or_else(|| "-".into(), shortened)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
