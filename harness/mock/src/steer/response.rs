//! Responses.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::Value;

use super::error::SteerError;
use crate::received::Received;
use crate::script::Report;

/// What is said of a request that was done.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Done {
    Nothing {},
    World {
        world: String,
        control: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        password: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cookie_file: Option<PathBuf>,
    },
    Released {
        released: usize,
    },
    Disconnected {
        disconnected: usize,
    },
    Received {
        commands: Vec<Command>,
    },
    Transcript {
        transcript: String,
    },
    Verdict {
        met: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        report: Option<String>,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct Command {
    connection: u64,
    at: f64,
    command: String,
}

impl From<Received> for Command {
    fn from(received: Received) -> Self {
        Self {
            connection: received.connection.0,
            at: received.at.as_secs_f64(),
            command: received.command,
        }
    }
}

impl From<Report> for Done {
    fn from(report: Report) -> Self {
        Self::Verdict {
            met: report.is_met(),
            report: (!report.is_clean()).then(|| report.to_string()),
        }
    }
}

/// The line that answers a request.
pub(super) fn line(id: Option<Value>, result: Result<Done, SteerError>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Response<'d> {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Value>,
        ok: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
        #[serde(flatten)]
        done: Option<&'d Done>,
    }

    let response = Response {
        id,
        ok: result.is_ok(),
        error: result.as_ref().err().map(ToString::to_string),
        done: result.as_ref().ok(),
    };
    // Strings and numbers are always written.
    let mut line = serde_json::to_vec(&response).unwrap_or_default();
    line.push(b'\n');
    line
}
