//! What reading a compressed archive costs beside decompressing it: 500 MB of
//! server descriptors, or as many as the argument says, in each packing.

use std::env;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use tor_harness_archive::Archive;

/// How often each is measured, by turns; the best counts.
const ROUNDS: usize = 5;

type Packing = (
    &'static str,
    fn(&Path, &[u8]) -> io::Result<()>,
    fn(File) -> io::Result<u64>,
);

const PACKINGS: [Packing; 4] = [
    (
        "gz",
        |path, text| {
            let level = flate2::Compression::new(6);
            let mut encoder = flate2::write::GzEncoder::new(File::create(path)?, level);
            encoder.write_all(text)?;
            encoder.finish().map(drop)
        },
        |file| drain(flate2::bufread::MultiGzDecoder::new(BufReader::new(file))),
    ),
    (
        "xz",
        |path, text| {
            let mut encoder = liblzma::write::XzEncoder::new(File::create(path)?, 1);
            encoder.write_all(text)?;
            encoder.finish().map(drop)
        },
        |file| {
            drain(liblzma::bufread::XzDecoder::new_multi_decoder(
                BufReader::new(file),
            ))
        },
    ),
    (
        "zst",
        |path, text| zstd::stream::copy_encode(text, File::create(path)?, 3),
        |file| drain(zstd::Decoder::new(file)?),
    ),
    (
        "bz2",
        |path, text| {
            let level = bzip2::Compression::fast();
            let mut encoder = bzip2::write::BzEncoder::new(File::create(path)?, level);
            encoder.write_all(text)?;
            encoder.finish().map(drop)
        },
        |file| drain(bzip2::bufread::MultiBzDecoder::new(BufReader::new(file))),
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let megabytes: usize = env::args().nth(1).map_or(Ok(500), |words| words.parse())?;
    let text = text(megabytes * 1_000_000)?;
    let folder = tempfile::tempdir()?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} MB of text; seconds; times as long as decompression alone",
        text.len() / 1_000_000
    )?;
    let wanted: Vec<String> = env::args().skip(2).collect();
    for (name, pack, unpack) in PACKINGS {
        if !wanted.is_empty() && wanted.iter().all(|wanted| wanted != name) {
            continue;
        }
        let path = folder.path().join(name);
        pack(&path, &text)?;
        let mut times = [(); 3].map(|()| Vec::new());
        let mut problems = 0;
        for _ in 0..ROUNDS {
            let [alone, cut, checked] = &mut times;
            alone.push(timed(|| unpack(File::open(&path)?))?);
            cut.push(timed(|| Ok(Archive::path(&path).map(|_| ()).count()))?);
            checked.push(timed(|| {
                let archive = Archive::path(&path);
                let found = archive.map(|found| {
                    found
                        .kind
                        .map_or(1, |kind| kind.check(&found.document).len())
                });
                problems = found.flatten().sum();
                Ok(())
            })?);
        }
        let [alone, cut, checked] = times.map(best);
        let ratio = |time: Duration| time.as_secs_f64() / alone.as_secs_f64();
        writeln!(
            out,
            "{name:4} alone {:.2}, cut into documents {:.2} ({:.2}), all checked {:.2} ({:.2}); {} MB/s, {problems} problems",
            alone.as_secs_f64(),
            cut.as_secs_f64(),
            ratio(cut),
            checked.as_secs_f64(),
            ratio(checked),
            text.len() as u128 / checked.as_micros(),
        )?;
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    writeln!(out, "{} with the text itself", peak.unwrap_or_default())?;
    Ok(())
}

/// Descriptors like a recorded one, whose keys and signatures differ.
fn text(bytes: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let recorded = tor_fixtures::find("netdoc/server-descriptor/lone-relay").ok_or("no fixture")?;
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::with_capacity(bytes + recorded.bytes.len());
    let mut state = 88_172_645_463_325_252_u64;
    while text.len() < bytes {
        let mut is_key = false;
        for line in recorded.bytes.split_inclusive(|byte| *byte == b'\n') {
            let is_border = line.starts_with(b"-----");
            if is_key && !is_border && line.len() > 60 {
                // The ends stay, so that what holds a key is still one in DER.
                text.extend_from_slice(&line[..16]);
                text.extend(line[16..line.len() - 16].iter().map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    digits[(state >> 20) as usize % digits.len()]
                }));
                text.extend_from_slice(&line[line.len() - 16..]);
            } else {
                text.extend_from_slice(line);
            }
            is_key = if is_border {
                line.starts_with(b"-----BEGIN")
            } else {
                is_key
            };
        }
    }
    Ok(text)
}

fn drain(mut reader: impl Read) -> io::Result<u64> {
    let mut buffer = vec![0; 256 << 10];
    let mut total = 0;
    loop {
        match reader.read(&mut buffer)? {
            0 => return Ok(total),
            count => total += count as u64,
        }
    }
}

fn timed<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

/// Others may be busy, too, which makes no work less.
fn best(times: Vec<Duration>) -> Duration {
    times.into_iter().min().unwrap_or_default()
}
