//! Writes what a client of a network needs to know into a folder: `folder DIR [AUTHORITIES] [RELAYS]`.
//!
//! `DIR/data` is a client's data directory and `DIR/torrc` what it is told of authorities. The
//! consensus counts from ten minutes ago.
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use std::error::Error;
use std::path::PathBuf;
use std::time::SystemTime;
use std::{env, fs};

use tor_harness_testnet::{Network, Seed};
use tor_harness_types::UtcSeconds;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("expected a folder")?);
    let mut number = |default| arguments.next().map_or(Ok(default), |text| text.parse());
    let [authorities, relays] = [number(1)?, number(10)?];

    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    let valid_after =
        UtcSeconds::from_unix(now.as_secs().cast_signed() - 600).ok_or("what a clock")?;
    let network = Network::new(Seed::new(1), authorities, relays, valid_after);

    fs::create_dir_all(folder.join("data"))?;
    fs::write(folder.join("torrc"), network.torrc())?;
    for file in network.client_files() {
        let path = folder.join("data").join(&file.path);
        println!("{} {}", file.bytes.len(), path.display());
        fs::write(path, file.bytes)?;
    }
    Ok(())
}
