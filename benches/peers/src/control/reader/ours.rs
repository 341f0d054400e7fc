//! Our reader, in each of the ways that the others read.

use std::hint::black_box;
use std::io::Read as _;
use std::net::TcpStream;

use anyhow::Result;
use tor_harness_benches::Load;
use tor_harness_control::{Decoder, Event, Message};

use crate::control::port::{ControlPort, Then};
use crate::stopwatch::{Measured, time};

/// What is read from a socket at once.
const PIECE: usize = 1 << 16;

/// Framing of what is in memory, the copy into the decoder's buffer included.
pub(crate) fn framing() -> impl FnMut(&Load) -> Measured {
    in_memory(|message| {
        black_box(message);
        Ok(())
    })
}

/// Framing and the typed event.
pub(crate) fn typed_events() -> impl FnMut(&Load) -> Measured {
    in_memory(|message| {
        black_box(Event::parse(&message)?);
        Ok(())
    })
}

/// Framing of what is in the decoder's buffer already.
pub(crate) fn framing_alone(load: &Load) -> Measured {
    let mut decoder = Decoder::new();
    decoder.push(&load.bytes);
    time(load, || drain(&mut decoder, |_| Ok(())))
}

/// The floor: counting the ends of lines.
pub(crate) fn newlines(load: &Load) -> Measured {
    time(load, || {
        black_box(memchr::memchr_iter(b'\n', black_box(&load.bytes)).count());
        Ok(load.messages)
    })
}

/// Framing of what comes through a socket.
pub(crate) fn socket(load: &Load) -> Measured {
    let mut decoder = Decoder::new();
    through_a_socket(load, |bytes| {
        decoder.push(bytes);
        drain(&mut decoder, |message| {
            black_box(message);
            Ok(())
        })
    })
}

/// The socket, read as [`socket`] does, but into nothing.
pub(crate) fn socket_alone(load: &Load) -> Measured {
    let mut left = load.messages;
    through_a_socket(load, |bytes| {
        black_box(bytes);
        Ok(std::mem::take(&mut left))
    })
}

fn in_memory(mut read: impl FnMut(Message<'_>) -> Result<()>) -> impl FnMut(&Load) -> Measured {
    let mut decoder = Decoder::new();
    move |load| {
        time(load, || {
            let mut messages = 0;
            for piece in load.bytes.chunks(PIECE) {
                decoder.push(piece);
                messages += drain(&mut decoder, &mut read)?;
            }
            Ok(messages)
        })
    }
}

fn drain(decoder: &mut Decoder, mut read: impl FnMut(Message<'_>) -> Result<()>) -> Result<usize> {
    let mut messages = 0;
    while let Some(message) = decoder.next()? {
        read(message)?;
        messages += 1;
    }
    Ok(messages)
}

fn through_a_socket(load: &Load, mut read: impl FnMut(&[u8]) -> Result<usize>) -> Measured {
    let port = ControlPort::open()?;
    let mut stream = TcpStream::connect(port.address())?;
    port.say(&load.bytes, Then::HangUp)?;
    let mut piece = vec![0; PIECE];
    let measured = time(load, || {
        let mut messages = 0;
        loop {
            match stream.read(&mut piece)? {
                0 => return Ok(messages),
                length => messages += read(&piece[..length])?,
            }
        }
    });
    drop(stream);
    port.close()?;
    measured
}
