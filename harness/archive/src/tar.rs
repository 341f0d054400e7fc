//! The members of a tar archive.

use std::cell::Cell;
use std::io::{self, BufReader, Read};
use std::rc::Rc;

use tar::{Entry, EntryType, PaxExtensions};

use crate::bytes::fill;
use crate::layer::explained;

/// The longest name of a member that is read.
const LONGEST_NAME: usize = 64 << 10;
/// How much behind the end of an archive is looked at, so that damage there is seen.
const PADDING: u64 = 64 << 20;
const BLOCK: usize = 512;
const BUFFER: usize = 64 << 10;
const WHAT: &str = "a tar archive that is whole";

/// What is found in a tar archive.
pub(crate) enum Member<'a> {
    /// A file: its name, and what it holds.
    File(String, &'a mut dyn Read),
    /// A file that cannot be read: its name, and why.
    Odd(String, &'static str),
}

/// Visits the files of a tar archive in order; gives what is wrong with the
/// archive itself, unless `visit` has met that already.
pub(crate) fn members<E>(
    reader: &mut dyn Read,
    mut visit: impl FnMut(Member<'_>) -> Result<(), E>,
) -> Result<Option<Damage>, E> {
    let seen = Rc::new(Seen::default());
    let damage = |error| {
        Ok(Some(Damage {
            offset: seen.bytes.get(),
            error: explained(WHAT, error),
        }))
    };
    let mut archive = tar::Archive::new(Watched {
        // Headers are read one by one, and most files are short.
        inner: BufReader::with_capacity(BUFFER, reader),
        seen: Rc::clone(&seen),
    });
    // Raw: otherwise a name may take all memory.
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return damage(error),
    };
    let mut said = Said::default();
    for entry in entries {
        let result = entry.and_then(|mut entry| {
            let is_said = said.read(&mut entry)?;
            Ok((entry, is_said))
        });
        let mut entry = match result {
            Ok((_, true)) => continue,
            Ok((entry, false)) => entry,
            Err(error) => return damage(error),
        };
        let Said { name, is_resized } = std::mem::take(&mut said);
        let name = name.unwrap_or_else(|| entry.path_bytes().into_owned());
        let name = String::from_utf8_lossy(&name).into_owned();
        match entry.header().entry_type() {
            _ if is_resized => visit(Member::Odd(name, "of a size that only pax can say"))?,
            EntryType::Regular | EntryType::Continuous => {
                visit(Member::File(name, &mut entry))?;
            }
            EntryType::GNUSparse => visit(Member::Odd(name, "sparse"))?,
            // Folders, links, devices.
            _ => {}
        }
        if seen.has_failed.get() {
            return Ok(None);
        }
    }
    match read_end(&mut archive.into_inner()) {
        Ok(()) => Ok(None),
        Err(error) => damage(error),
    }
}

/// Reads what is behind the last member: blocks of zeros, of which one has been
/// read, and nobody misses the second.
fn read_end(reader: &mut Watched<'_>) -> io::Result<()> {
    if reader.seen.has_ended.get() {
        let problem = "it ends without the zeros behind its last member";
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, problem));
    }
    let mut block = [0; BLOCK];
    let mut padding = reader.take(PADDING);
    loop {
        let (filled, result) = fill(&mut padding, &mut block);
        if block[..filled].iter().any(|byte| *byte != 0) {
            let problem = "there is more behind its end, which is left out";
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        if result.is_err() || filled < BLOCK {
            return result;
        }
    }
}

/// What members without content of their own say of the next.
#[derive(Default)]
struct Said {
    name: Option<Vec<u8>>,
    is_resized: bool,
}

impl Said {
    /// Whether `entry` is such a member, which is then read.
    fn read(&mut self, entry: &mut Entry<'_, impl Read>) -> io::Result<bool> {
        match entry.header().entry_type() {
            EntryType::GNULongName => {
                let mut name = small(entry)?;
                while name.last() == Some(&0) {
                    name.pop();
                }
                self.name = Some(name);
            }
            EntryType::XHeader => {
                let records = small(entry)?;
                for record in PaxExtensions::new(&records) {
                    let record = record?;
                    match record.key_bytes() {
                        b"path" => self.name = Some(record.value_bytes().to_vec()),
                        b"size" => self.is_resized = true,
                        _ => {}
                    }
                }
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => {}
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// All of a member that has to be small.
fn small(entry: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; LONGEST_NAME + 1];
    let (filled, result) = fill(entry, &mut bytes);
    result?;
    bytes.truncate(filled);
    if filled > LONGEST_NAME {
        let problem = format!("a member's name takes more than {LONGEST_NAME} bytes");
        return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
    }
    Ok(bytes)
}

/// What is wrong with an archive.
pub(crate) struct Damage {
    /// How many of its bytes had been read.
    pub(crate) offset: u64,
    pub(crate) error: io::Error,
}

/// What has been seen of an archive.
#[derive(Default)]
struct Seen {
    bytes: Cell<u64>,
    has_ended: Cell<bool>,
    has_failed: Cell<bool>,
}

/// A reader that remembers what has been seen.
struct Watched<'a> {
    inner: BufReader<&'a mut dyn Read>,
    seen: Rc<Seen>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.inner.read(buffer);
        let Seen {
            bytes,
            has_ended,
            has_failed,
        } = &*self.seen;
        match &result {
            Ok(0) => has_ended.set(true),
            Ok(count) => bytes.set(bytes.get() + *count as u64),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => has_failed.set(true),
        }
        result
    }
}
