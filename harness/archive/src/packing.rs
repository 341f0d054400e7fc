//! How bytes are packed: known by the bytes themselves.

use std::io::{self, BufReader, Read};

use crate::layer::{Layer, explained};

/// How many bytes tell how something is packed: a tar header.
pub(crate) const ENOUGH: usize = 512;

/// The most memory that the decoder of xz may ask for: twice what `xz -9` needs.
const XZ_MEMORY: u64 = 128 << 20;
/// The largest window of zstd, as a power of two: what `zstd -d` takes.
const ZSTD_WINDOW: u32 = 27;
const BUFFER: usize = 64 << 10;

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gz,
    Xz,
    Zst,
    Bz2,
    Tar,
}

impl Packing {
    /// How bytes are packed that begin with these; `None` for text, and all else.
    pub(crate) fn of(first: &[u8]) -> Option<Self> {
        let magic = |magic: &[u8]| first.starts_with(magic);
        // A frame, or one to be skipped.
        let zst = magic(b"\x28\xb5\x2f\xfd")
            || (first.get(1..4) == Some(b"\x2a\x4d\x18") && first[0] & 0xf0 == 0x50);
        let bz2 = magic(b"BZh")
            && (first.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59")
                || first.get(4..10) == Some(b"\x17\x72\x45\x38\x50\x90"));
        if magic(b"\x1f\x8b\x08") {
            Some(Self::Gz)
        } else if magic(b"\xfd7zXZ\0") {
            Some(Self::Xz)
        } else if zst {
            Some(Self::Zst)
        } else if bz2 {
            Some(Self::Bz2)
        } else if is_tar(first) {
            Some(Self::Tar)
        } else {
            None
        }
    }

    /// What `packed` says when it is unpacked; nothing for tar, which holds
    /// several things.
    pub(crate) fn decoder<'a>(self, packed: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
        let packed = BufReader::with_capacity(BUFFER, packed);
        Ok(match self {
            Self::Gz => {
                let decoder = flate2::bufread::MultiGzDecoder::new(packed);
                Box::new(Layer::new("gz data that is whole", decoder))
            }
            Self::Xz => {
                const WHAT: &str = "xz data that is whole";
                let stream = liblzma::stream::Stream::new_stream_decoder(
                    XZ_MEMORY,
                    liblzma::stream::CONCATENATED,
                );
                let stream = stream.map_err(|error| explained(WHAT, error.into()))?;
                let decoder = liblzma::bufread::XzDecoder::new_stream(packed, stream);
                Box::new(Layer::new(WHAT, decoder))
            }
            Self::Zst => {
                const WHAT: &str = "zst data that is whole";
                let decoder = zstd::stream::read::Decoder::with_buffer(packed);
                let mut decoder = decoder.map_err(|error| explained(WHAT, error))?;
                let limited = decoder.window_log_max(ZSTD_WINDOW);
                limited.map_err(|error| explained(WHAT, error))?;
                Box::new(Layer::new(WHAT, decoder))
            }
            Self::Bz2 => {
                let decoder = bzip2::bufread::MultiBzDecoder::new(packed);
                Box::new(Layer::new("bz2 data that is whole", decoder))
            }
            Self::Tar => Box::new(packed),
        })
    }
}

/// Whether these bytes begin with a header of tar: one that says so, even if it
/// is damaged, or an old one whose checksum is right.
///
/// The zeros that end an archive are none: a file of zeros is more likely one
/// that was lost in a crash than a tar without members.
fn is_tar(first: &[u8]) -> bool {
    let Some(header) = first.first_chunk::<ENOUGH>() else {
        return false;
    };
    header[257..].starts_with(b"ustar") || said_sum(header).is_some_and(|said| said == sum(header))
}

/// The checksum that a header says, in octal between blanks.
fn said_sum(header: &[u8; ENOUGH]) -> Option<u64> {
    let digits = header[148..156].trim_ascii_start();
    let end = digits.iter().position(|byte| matches!(byte, b' ' | 0));
    let digits = &digits[..end.unwrap_or(digits.len())];
    u64::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}

/// What it should be: its own place counts as blanks.
fn sum(header: &[u8; ENOUGH]) -> u64 {
    let others = header[..148].iter().chain(&header[156..]);
    others.map(|byte| u64::from(*byte)).sum::<u64>() + 8 * u64::from(b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_packings_by_their_first_bytes() {
        let mut old_tar = [0; ENOUGH];
        old_tar[0] = b'a';
        let sum = format!("{:06o}\0 ", u32::from(b'a') + 8 * 32);
        old_tar[148..156].copy_from_slice(sum.as_bytes());
        for (first, expected) in [
            (&b"\x1f\x8b\x08\x00"[..], Some(Packing::Gz)),
            (b"\xfd7zXZ\0\0", Some(Packing::Xz)),
            (b"\x28\xb5\x2f\xfd\x04", Some(Packing::Zst)),
            (b"\x5a\x2a\x4d\x18", Some(Packing::Zst)),
            (b"BZh9\x31\x41\x59\x26\x53\x59", Some(Packing::Bz2)),
            (&old_tar, Some(Packing::Tar)),
            (b"", None),
            (b"BZh9 is a nickname", None),
            (b"router a 127.0.0.1 1 0 0\n", None),
            (&[0; ENOUGH], None),
            (&[b' '; ENOUGH], None),
        ] {
            assert_eq!(Packing::of(first), expected, "{first:?}");
        }
    }
}
