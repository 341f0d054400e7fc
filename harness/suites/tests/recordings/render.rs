//! What was read, as text that a person can check against the bytes.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use tor_harness::control::command::AuthToken;
use tor_harness::control::info::Value;
use tor_harness::control::reply::{
    AuthChallengeReply, GetConfReply, GetInfoReply, MapAddressReply, MapAnswer, ProtocolInfo,
    Setting, TypedReply,
};
use tor_harness::control::{Argument, Command, Event, Keywords, Message, OwnedMessage};
use tor_harness::runner::Failed;

use crate::fields::Fields;

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

/// A reply to the command of a keyword.
pub(crate) fn reply(keyword: &str, owned: &OwnedMessage) -> Result<String, Failed> {
    let message = owned.as_message();
    let typed = match TypedReply::parse(keyword, &message)? {
        TypedReply::AddClientAuth(reply) => {
            format!("{:?}: {}\n", reply.change, shortened(reply.text))
        }
        TypedReply::AddOnion(reply) => format!("{reply:#?}\n"),
        TypedReply::AuthChallenge(reply) => auth_challenge(&reply),
        TypedReply::ExtendCircuit(reply) => format!("{reply:#?}\n"),
        TypedReply::GetConf(reply) => get_conf(&reply),
        TypedReply::GetInfo(reply) => get_info(&reply)?,
        TypedReply::MapAddress(reply) => map_address(&reply),
        TypedReply::ProtocolInfo(reply) => protocol_info(&reply),
        TypedReply::ViewClientAuth(reply) => format!("{reply:#?}\n"),
        TypedReply::Status(message) => lines(&message),
        other => {
            return Err(
                format!("a reply that is not shown, add it to render.rs: {other:?}").into(),
            );
        }
    };
    // GETINFO and GETCONF may be asked for nothing.
    Ok(match typed.is_empty() {
        true => lines(&message),
        false => typed,
    })
}

/// An event: its fields, then the arguments it may lack, then what is in its other lines.
pub(crate) fn event(owned: &OwnedMessage) -> Result<String, Failed> {
    let event = Event::parse(&owned.as_message())?;
    let fields = Fields::of(&event).ok_or("an event without a type")?;
    let mut out = format!("event: {}\n", event.code());
    for (name, value) in &fields.own {
        let _ = writeln!(out, "{name}: {value}");
    }
    let hops: Vec<_> = match &event {
        Event::Circ(circ) => circ.hops().collect(),
        Event::CircMinor(circ) => circ.hops().collect(),
        _ => Vec::new(),
    };
    for hop in hops {
        let _ = writeln!(out, "hop: {:?} {:?}", hop.fingerprint(), hop.nickname());
    }
    out.push_str(&keywords(fields.keywords));
    if let Some(data) = fields.more.data() {
        out.push_str(&block(&data.text()));
    }
    if let Event::ConfChanged(changed) = &event {
        for setting in changed.settings() {
            out.push_str(&self::setting(&setting?));
        }
    }
    Ok(out)
}

/// A command of the authentication.
pub(crate) fn command(command: &Command<'_>) -> Result<String, Failed> {
    let token = |token: &AuthToken<'_>| match token {
        AuthToken::None => "none".into(),
        AuthToken::Hex(bytes) => format!("{} in hexadecimal", HEXLOWER.encode(bytes)),
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

/// Bytes of no protocol: text, or hexadecimal.
pub(crate) fn bytes(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => block(text.as_bytes()),
        _ => format!("{}\n", HEXLOWER.encode(bytes)),
    }
}

fn get_info(info: &GetInfoReply<'_>) -> Result<String, Failed> {
    let mut out = String::new();
    for entry in info.entries() {
        let key = str::from_utf8(entry.key)?;
        if entry.value.contains(&b'\n') {
            let count = entry.value.split(|b| *b == b'\n').count() - 1;
            let _ = writeln!(out, "{key}: {count} lines");
            out.push_str(&block(&entry.value));
        } else {
            let line = format!("{key}: {}", shortened(&entry.value));
            let _ = writeln!(out, "{}", line.trim_end());
        }
        let _ = writeln!(out, "= {}", info_value(&Value::parse(key, &entry.value)?));
    }
    Ok(out)
}

/// A value as it is written in Rust; of bytes, which would be numbers then, only the name of their form.
fn info_value(value: &Value<'_>) -> String {
    match value {
        Value::Text(_) | Value::Document(_) | Value::Listeners(_) | Value::ConfigDefaults(_) => {
            value.kind().name().to_owned()
        }
        _ => shortened(format!("{value:?}").as_bytes()),
    }
}

fn get_conf(conf: &GetConfReply<'_>) -> String {
    let lines: String = conf.settings.iter().map(setting).collect();
    block(lines.as_bytes())
}

/// An option with its value.
fn setting(setting: &Setting<'_>) -> String {
    match &setting.value {
        Some(value) => format!("{}: {:?}\n", setting.key, String::from_utf8_lossy(value)),
        None => format!("{}: (not set)\n", setting.key),
    }
}

fn map_address(reply: &MapAddressReply<'_>) -> String {
    let answers = reply.answers.iter().map(|answer| match answer {
        MapAnswer::Mapped { from, to } => {
            format!("from {} to {}\n", shortened(from), shortened(to))
        }
        MapAnswer::Refused { status, text } => format!("{status}: {}\n", shortened(text)),
    });
    answers.collect()
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
        HEXLOWER.encode(&reply.server_hash),
        HEXLOWER.encode(&reply.server_nonce)
    )
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
