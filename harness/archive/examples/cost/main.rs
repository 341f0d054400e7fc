//! What reading a compressed archive costs beside decompressing it, and beside
//! stem: `cost [MB [PACKING...]]`, 500 MB of server descriptors in each packing
//! unless told.
//!
//! Cutting into documents runs on another core than decompression, so that the
//! time on the clock is told where two cores are free; what all cores together
//! have done is told, too. stem is measured where `.ci/install` has run.

mod text;

use std::env;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::Command;
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
    let text = text::month(megabytes * 1_000_000)?;
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
        let packed = text.len() as f64 / fs::metadata(&path)?.len() as f64;
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
        let megabytes = text.len() as f64 / 1e6;
        writeln!(
            out,
            "{name:4} {packed:.1}:1, alone {alone}, cut into documents {}, all checked {}; {:.0} MB/s, {problems} problems",
            cut.beside(&alone),
            checked.beside(&alone),
            megabytes / checked.clock.as_secs_f64(),
        )?;
        if let Some(by_stem) = stem(name, &path) {
            let [cut, checked] =
                [cut, checked].map(|time| megabytes / time.clock.as_secs_f64() / by_stem);
            writeln!(
                out,
                "     stem {by_stem:.2} MB/s: cut {cut:.0} times as fast, all checked {checked:.0}"
            )?;
        }
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    writeln!(out, "{} with the text itself", peak.unwrap_or_default())?;
    Ok(())
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

/// How long something took.
struct Cost {
    clock: Duration,
    /// What all cores together have done.
    cores: Duration,
}

impl Cost {
    /// With how many times that is what another one is.
    fn beside(&self, other: &Self) -> String {
        let clock = self.clock.as_secs_f64() / other.clock.as_secs_f64();
        let cores = self.cores.as_secs_f64() / other.cores.as_secs_f64();
        format!("{self} (x {clock:.2}, cores x {cores:.2})")
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [clock, cores] = [self.clock, self.cores].map(|time| time.as_secs_f64());
        write!(f, "{clock:.2} s, cores {cores:.2} s")
    }
}

fn timed<T>(work: impl FnOnce() -> io::Result<T>) -> io::Result<Cost> {
    let (start, before) = (Instant::now(), cores()?);
    work()?;
    Ok(Cost {
        clock: start.elapsed(),
        cores: cores()?.saturating_sub(before),
    })
}

/// What this process has done on all cores, to a hundredth of a second.
fn cores() -> io::Result<Duration> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit(')').next().unwrap_or_default();
    // utime, stime; the command's name is the second field.
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Ok(Duration::from_millis(10 * ticks))
}

/// Others may be busy, too, which makes no work less.
fn best(costs: Vec<Cost>) -> Cost {
    let [clock, cores] = [
        costs.iter().map(|cost| cost.clock).min(),
        costs.iter().map(|cost| cost.cores).min(),
    ]
    .map(Option::unwrap_or_default);
    Cost { clock, cores }
}

/// How many MB of text stem reads in a second; none if it cannot, or is not there.
fn stem(packing: &str, path: &Path) -> Option<f64> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(here.join("../../target/venv/bin/python"))
        .arg(here.join("examples/cost/stem_cost.py"))
        .arg(packing)
        .arg(path)
        .output()
        .ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    let mut numbers = said.split_whitespace().skip(1);
    let bytes: f64 = numbers.next()?.parse().ok()?;
    let seconds: f64 = numbers.next()?.parse().ok()?;
    Some(bytes / 1e6 / seconds)
}
