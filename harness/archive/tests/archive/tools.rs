//! How archives are made and listed.

use std::io::{Cursor, Read, Write};

use tor_harness_archive::{Archive, Mapped, OwnedFound};

/// Two server descriptors, the second with an annotation, behind one another.
pub(crate) const TEXT: &str = "router a 127.0.0.1 9001 0 0\npublished 2020-01-01 00:00:00\n@type server-descriptor 1.0\nrouter b 127.0.0.1 9001 0 0\n";
/// How [`list`] says them, behind their path.
pub(crate) const LISTED: [&str; 2] = ["1 0 server-descriptor 58", "3 58 server-descriptor 56"];

/// A way to pack bytes, with its name.
type Packing = (&'static str, fn(&[u8]) -> Vec<u8>);

pub(crate) const PACKINGS: [Packing; 4] = [("gz", gz), ("xz", xz), ("zst", zst), ("bz2", bz2)];

pub(crate) fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zst(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn bz2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tar archive of files with names as they are.
pub(crate) fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// An archive in memory, with the path `a`.
pub(crate) fn archive(bytes: &[u8]) -> Archive {
    Archive::reader("a", Cursor::new(bytes.to_vec()))
}

/// The documents of an archive in memory, each as `PATH LINE OFFSET KIND LENGTH`, and the errors.
pub(crate) fn listed(bytes: &[u8]) -> Vec<String> {
    list(archive(bytes).documents())
}

pub(crate) fn list(documents: Mapped<OwnedFound>) -> Vec<String> {
    documents
        .map(|found| match found {
            Ok(found) => {
                let kind = found.kind.map_or("none", |kind| kind.name());
                let place = &found.place;
                format!(
                    "{} {} {} {kind} {}",
                    place.path,
                    place.line,
                    place.offset,
                    found.bytes.len()
                )
            }
            Err(error) => error.to_string(),
        })
        .collect()
}

/// [`LISTED`] at each of these paths.
pub(crate) fn expected(paths: &[&str]) -> Vec<String> {
    let at = |path| LISTED.map(|line| format!("{path} {line}"));
    paths.iter().flat_map(at).collect()
}

/// A reader that gives `first`, and then the same bytes again and again.
pub(crate) struct Endless {
    pub(crate) first: Cursor<Vec<u8>>,
    pub(crate) again: &'static [u8],
    pub(crate) left: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self.first.read(buffer)? {
            0 if self.left > 0 => {
                self.left -= 1;
                self.first = Cursor::new(self.again.to_vec());
                self.first.read(buffer)
            }
            count => Ok(count),
        }
    }
}
