//! Writes what a client of a network needs to know into a folder: `folder DIR [AUTHORITIES] [RELAYS]`.
//!
//! `DIR/data` is a client's data directory, `DIR/relay` that of the first relay, `DIR/authority`
//! that of the first authority, `DIR/archive` all documents, and `DIR/torrc` what all are told
//! of authorities. The consensus counts from ten minutes ago.
#![expect(clippy::print_stdout, reason = "this is what it is for")]

use std::error::Error;
use std::path::PathBuf;
use std::time::SystemTime;
use std::{env, fs};

use tor_harness_testnet::{File, Network, Seed};
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

    let own = |files: Vec<File>, name| files.into_iter().map(move |file| file.under(name));
    let mut files: Vec<File> = own(network.client_files(), "data").collect();
    files.extend(
        network
            .relays
            .first()
            .into_iter()
            .flat_map(|one| own(one.files(), "relay")),
    );
    files.extend(
        network
            .authorities
            .iter()
            .take(1)
            .flat_map(|one| own(one.files(), "authority")),
    );
    let all = network.documents();
    files.extend(own(network.archive_files(&all), "archive"));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("torrc"), network.torrc())?;
    for File { path, bytes } in files {
        let path = folder.join(path);
        println!("{} {}", bytes.len(), path.display());
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, bytes)?;
    }
    Ok(())
}
