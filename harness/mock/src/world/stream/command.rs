//! ATTACHSTREAM, REDIRECTSTREAM, CLOSESTREAM.

use tor_harness_control::command::RawCommand;
use tor_harness_control::{Reply, StatusCode};

use super::table::{Number, WaitsFor};
use crate::world::World;
use crate::world::arguments::Syntax;

const ATTACH: Syntax = Syntax::words(2, 2).and_pairs(&["HOP"]);
const REDIRECT_OR_CLOSE: Syntax = Syntax::at_least(2);

impl World {
    /// ATTACHSTREAM. There are no circuits, so that tor has to choose one.
    pub(crate) fn attach_stream(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = ATTACH.parse(command)?;
        let number = self.stream_named(arguments.words[0])?;
        let circuit = arguments.words[1];
        if circuit != b"0" {
            return Err(unknown("circuit", circuit));
        }
        let stream = self.connections.stream(number);
        if stream.is_some_and(|stream| stream.waits_for != WaitsFor::Controller) {
            let text = "Connection is not managed by controller.";
            return Err(Reply::new(StatusCode::UNMANAGED_ENTITY, text));
        }
        match self.attach(number) {
            true => Ok(Reply::ok()),
            false => Err(Reply::new(
                StatusCode::INTERNAL_ERROR,
                "Unable to attach stream",
            )),
        }
    }

    /// REDIRECTSTREAM.
    pub(crate) fn redirect_stream(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = REDIRECT_OR_CLOSE.parse(command)?;
        let number = self.stream_named(arguments.words[0])?;
        let port = match arguments.words.get(2) {
            None => None,
            Some(text) => Some(
                self::number(text, 65535)
                    .filter(|port| *port > 0)
                    .ok_or_else(|| {
                        let text = [b"Cannot parse port \"", *text, b"\""].concat();
                        Reply::new(StatusCode::BAD_ARGUMENT, text)
                    })?,
            ),
        };
        if let Some(stream) = self.connections.stream(number) {
            stream.address = super::resolve::cut(&String::from_utf8_lossy(arguments.words[1]));
            stream.port = port.unwrap_or(stream.port);
        }
        Ok(Reply::ok())
    }

    /// CLOSESTREAM.
    pub(crate) fn close_stream(&mut self, command: &RawCommand<'_>) -> Result<Reply, Reply> {
        let arguments = REDIRECT_OR_CLOSE.parse(command)?;
        let number = self.stream_named(arguments.words[0])?;
        let text = arguments.words[1];
        let reason = self::number(text, 255).ok_or_else(|| {
            let text = [b"Unrecognized reason \"", text, b"\""].concat();
            Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text)
        })?;
        self.fail(number, reason);
        Ok(Reply::ok())
    }

    fn stream_named(&mut self, text: &[u8]) -> Result<Number, Reply> {
        let number = str::from_utf8(text).ok().and_then(|text| text.parse().ok());
        number
            .filter(|number| self.connections.stream(*number).is_some())
            .ok_or_else(|| unknown("stream", text))
    }
}

fn unknown(what: &str, text: &[u8]) -> Reply {
    let text = [b"Unknown ", what.as_bytes(), b" \"", text, b"\""].concat();
    Reply::new(StatusCode::UNRECOGNIZED_ENTITY, text)
}

fn number(text: &[u8], most: u16) -> Option<u16> {
    let number: u16 = str::from_utf8(text).ok()?.parse().ok()?;
    (number <= most).then_some(number)
}
