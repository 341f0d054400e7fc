//! Bytes in pieces.

use tor_harness::control::{CommandDecoder, Decoder, OwnedMessage};
use tor_harness::runner::Failed;

/// The one message that the bytes are, however they are cut: it is there with the last piece, and not before.
pub(crate) fn message(bytes: &[u8]) -> Result<OwnedMessage, Failed> {
    for pieces in cuts(bytes) {
        let mut decoder = Decoder::new();
        let mut pushed = 0;
        for piece in &pieces {
            decoder.push(piece);
            pushed += piece.len();
            let read = decoder.next()?.map(|message| message.as_bytes());
            let expected = (pushed == bytes.len()).then_some(bytes);
            if read != expected {
                let read = read.map(|read| read.escape_ascii().to_string());
                return Err(format!("{}: read {read:?}", place(&pieces)).into());
            }
        }
        if !decoder.unread().is_empty() {
            let left = decoder.unread().len();
            return Err(format!("{}: {left} bytes are left", place(&pieces)).into());
        }
    }
    let mut decoder = Decoder::new();
    decoder.push(bytes);
    let message = decoder.next()?.ok_or("no message")?;
    Ok(message.into_owned())
}

/// The commands that the bytes are, the same however they are cut; each with its line end and its data block.
pub(crate) fn commands(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Failed> {
    let whole = decode_commands(&[bytes])?;
    for pieces in cuts(bytes) {
        let read = decode_commands(&pieces)?;
        if read != whole {
            let place = place(&pieces);
            return Err(format!("{place}: read {read:?}, and whole {whole:?}").into());
        }
    }
    match whole.concat() == bytes {
        true => Ok(whole),
        false => Err(format!("not all of it is commands: {whole:?}").into()),
    }
}

fn decode_commands(pieces: &[&[u8]]) -> Result<Vec<Vec<u8>>, Failed> {
    let mut decoder = CommandDecoder::new();
    let mut commands = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        while let Some(command) = decoder.next_bytes()? {
            commands.push(command.to_vec());
        }
    }
    Ok(commands)
}

/// Whole, byte for byte, then in two at every place.
///
/// Of a file of more than 8 KiB, for which that takes a debug build seconds, it is every place next to the end of a
/// line, and every 13th of the others: the decoder looks at long blocks 128 bytes at a time, so that they fall
/// everywhere in those.
fn cuts(bytes: &[u8]) -> impl Iterator<Item = Vec<&[u8]>> {
    const LONG: usize = 8 << 10;
    let is_cut = move |at: &usize| {
        bytes.len() <= LONG
            || at.is_multiple_of(13)
            || bytes[at - 1..].iter().take(4).any(|b| *b == b'\n')
    };
    let in_two = (1..bytes.len()).filter(is_cut).map(|at| {
        let (start, end) = bytes.split_at(at);
        vec![start, end]
    });
    [vec![bytes], bytes.chunks(1).collect()]
        .into_iter()
        .chain(in_two)
}

/// Which of the [`cuts`] it is.
fn place(pieces: &[&[u8]]) -> String {
    match pieces {
        [start, _] => format!("cut at {}", start.len()),
        _ => format!("in {} pieces", pieces.len()),
    }
}
