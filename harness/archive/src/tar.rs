//! The members of a tar archive.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use tar::{Entry, EntryType, PaxExtensions};

use crate::bytes::fill;
use crate::layer::explained;

/// The longest name of a member that is read.
const LONGEST_NAME: usize = 64 << 10;
/// How much behind the end of an archive is looked at, so that damage there is seen.
const PADDING: u64 = 64 << 20;
const WHAT: &str = "a tar archive that is whole";

/// What is found in a tar archive.
pub(crate) enum Member<'a> {
    /// A file: its name, and what it holds.
    File(String, &'a mut dyn Read),
    /// A file that cannot be read: its name, and why.
    Odd(String, &'static str),
}

/// Visits the files of a tar archive in order; gives the error that ended it,
/// unless `visit` has met that already.
pub(crate) fn members<E>(
    reader: &mut dyn Read,
    mut visit: impl FnMut(Member<'_>) -> Result<(), E>,
) -> Result<Option<io::Error>, E> {
    let has_failed = Rc::new(Cell::new(false));
    let watched = Watched {
        inner: reader,
        has_failed: Rc::clone(&has_failed),
    };
    let mut archive = tar::Archive::new(watched);
    // Raw: otherwise a name may take all memory.
    let entries = match archive.entries() {
        Ok(entries) => entries.raw(true),
        Err(error) => return Ok(Some(explained(WHAT, error))),
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
            Err(error) => {
                return Ok((!has_failed.get()).then(|| explained(WHAT, error)));
            }
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
        if has_failed.get() {
            return Ok(None);
        }
    }
    let padding = io::copy(&mut archive.into_inner().take(PADDING), &mut io::sink());
    Ok(padding.err())
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

/// A reader that remembers whether it has failed.
struct Watched<'a> {
    inner: &'a mut dyn Read,
    has_failed: Rc<Cell<bool>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let result = self.inner.read(buffer);
        if let Err(error) = &result
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.has_failed.set(true);
        }
        result
    }
}
