//! Commands as the bytes that a controller sends.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::{AuthToken, Command};
use crate::data;
use crate::hex::bytes_to_hex;
use crate::quoted::quote;
use crate::reply::Setting;

impl Command<'_> {
    /// The command's keyword, in upper case unless it is one of `Other`.
    #[must_use]
    pub fn keyword(&self) -> &str {
        match self {
            Self::ProtocolInfo(_) => "PROTOCOLINFO",
            Self::Authenticate(_) => "AUTHENTICATE",
            Self::AuthChallenge { .. } => "AUTHCHALLENGE",
            Self::GetInfo(_) => "GETINFO",
            Self::GetConf(_) => "GETCONF",
            Self::SetConf(_) => "SETCONF",
            Self::ResetConf(_) => "RESETCONF",
            Self::SetEvents(_) => "SETEVENTS",
            Self::Signal(_) => "SIGNAL",
            Self::Quit => "QUIT",
            Self::Other { keyword, .. } => keyword,
        }
    }

    /// The bytes to send, the CRLF and the data block included.
    ///
    /// What could not stand in a line by itself is quoted; a name with a line
    /// end in it would become two commands, and is the caller's to avoid.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if matches!(self, Self::Other { body: Some(_), .. }) {
            out.push(b'+');
        }
        out.extend_from_slice(self.keyword().as_bytes());
        match self {
            Self::ProtocolInfo(words)
            | Self::GetInfo(words)
            | Self::GetConf(words)
            | Self::SetEvents(words) => {
                list(words, &mut out);
            }
            Self::Authenticate(token) => self::token(token, &mut out),
            Self::AuthChallenge { method, nonce } => {
                word(method.as_bytes(), &mut out);
                token(nonce, &mut out);
            }
            Self::SetConf(settings) | Self::ResetConf(settings) => {
                for setting in settings {
                    word(&encode_setting(setting), &mut out);
                }
            }
            Self::Signal(signal) => word(signal.as_str().as_bytes(), &mut out),
            Self::Quit => {}
            Self::Other { arguments, .. } if arguments.is_empty() => {}
            Self::Other { arguments, .. } => word(arguments, &mut out),
        }
        out.extend_from_slice(b"\r\n");
        if let Self::Other {
            body: Some(body), ..
        } = self
        {
            data::encode(body, &mut out);
        }
        out
    }
}

fn word(word: &[u8], out: &mut Vec<u8>) {
    out.push(b' ');
    out.extend_from_slice(word);
}

fn list(words: &[Cow<'_, str>], out: &mut Vec<u8>) {
    for each in words {
        word(each.as_bytes(), out);
    }
}

fn token(token: &AuthToken<'_>, out: &mut Vec<u8>) {
    match token {
        AuthToken::None => {}
        AuthToken::Hex(bytes) => {
            out.push(b' ');
            bytes_to_hex(bytes, out);
        }
        AuthToken::Quoted(bytes) => {
            out.extend_from_slice(b" \"");
            for byte in bytes.iter() {
                if matches!(byte, b'"' | b'\\') {
                    out.push(b'\\');
                }
                out.push(*byte);
            }
            out.push(b'"');
        }
    }
}

/// In a command a value is a word, so that more has to be quoted than in a reply.
fn encode_setting(setting: &Setting<'_>) -> Vec<u8> {
    let mut out = setting.key.as_bytes().to_vec();
    if let Some(value) = &setting.value {
        out.push(b'=');
        let plain = |byte: &u8| matches!(byte, b'!'..=b'~') && *byte != b'"' && *byte != b'\\';
        if value.iter().all(plain) {
            out.extend_from_slice(value);
        } else {
            quote(value, &mut out);
        }
    }
    out
}
