//! `tor-harness make network`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};
use tor_harness::netdoc::Flavor;
use tor_harness::testnet::{File, Network};

use super::entry::EntryChanges;
use super::folder::Folder;
use super::status::Status;
use crate::help;
use crate::progress::Progress;

/// All files of a network, as tor keeps them, or CollecTor.
///
/// Nothing is started: nobody listens at the addresses in them.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_NETWORK)]
pub(super) struct NetworkArgs {
    /// The folder to make: a new one, or one that is empty.
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// How the files lie: as tor keeps them, or as CollecTor does.
    #[arg(long, value_enum, default_value = "tor")]
    layout: Layout,
    /// As tor keeps them: the keys of all relays, authorities and bridges, too.
    #[arg(long)]
    keys: bool,
    /// As tor keeps them: all descriptors, too, as relays and authorities cache them.
    #[arg(long)]
    descriptors: bool,
    /// How many bridges there are: bridge0, bridge1, ...
    #[arg(long, value_name = "N", default_value_t = 0)]
    bridges: u64,
    #[command(flatten)]
    status: Status,
    #[command(flatten)]
    changes: EntryChanges,
    /// Replace files of the same name, where DIR has something in it; others stay.
    #[arg(long, help_heading = "Where to")]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Layout {
    Tor,
    Collector,
}

/// Where nobody listens, tor has nothing to do.
const TORRC: &str = "# A made-up network: nobody listens at its addresses.\nDisableNetwork 1\n";

impl NetworkArgs {
    pub(super) fn run(&self) -> Result<()> {
        anyhow::ensure!(
            self.layout == Layout::Tor || !(self.keys || self.descriptors),
            "--layout collector: expected neither --keys nor --descriptors: CollecTor has no keys, and all descriptors"
        );
        let most = self.status.most_bridges();
        anyhow::ensure!(
            self.bridges <= most,
            "--bridges {}: expected at most {most} beside so many relays, because more would have the same keys",
            self.bridges
        );
        Folder::check(&self.dir, self.force)?;
        let progress = Progress::doing(format!("making {} relays", self.status.count()));
        let mut network = self.status.network_with(self.bridges);
        network.status.with_votes = self.layout == Layout::Collector;
        let files = match self.layout {
            Layout::Tor => self.tor_files(&network)?,
            Layout::Collector => self.collector_files(&network)?,
        };
        drop(progress);

        let mut folder = Folder::create(&self.dir, self.force)?;
        for file in files {
            folder.write(file)?;
        }
        if self.keys {
            self.write_keys(&network, &mut folder)?;
        }
        folder.finish()
    }

    fn collector_files(&self, network: &Network) -> Result<Vec<File>> {
        let mut all = network.documents();
        if !self.changes.are_none() {
            all.consensus = self.consensus(network, Flavor::Ns)?;
            all.microdesc_consensus = self.consensus(network, Flavor::Microdesc)?;
        }
        Ok(network.archive_files(&all))
    }

    /// All but the keys.
    fn tor_files(&self, network: &Network) -> Result<Vec<File>> {
        let mut files = vec![text("torrc", TORRC.to_owned() + &network.torrc())];
        if self.bridges > 0 {
            let bridges = network.bridges.iter();
            let lines: String = bridges.map(|one| one.bridge_line() + "\n").collect();
            files.push(text("torrc-bridges", "UseBridges 1\n".to_owned() + &lines));
        }
        let client = network.client_files().into_iter();
        files.extend(client.map(|file| file.under("client")));
        if self.descriptors {
            let all = network.relay_files(&network.documents()).into_iter();
            files.extend(all.map(|file| file.under("cache")));
        }
        if !self.changes.are_none() {
            for File { path, bytes } in &mut files {
                let flavor = match path.rsplit('/').next() {
                    Some("cached-consensus") => Flavor::Ns,
                    Some("cached-microdesc-consensus") => Flavor::Microdesc,
                    _ => continue,
                };
                *bytes = self.consensus(network, flavor)?;
            }
        }
        Ok(files)
    }

    /// A consensus with the changes.
    fn consensus(&self, network: &Network, flavor: Flavor) -> Result<Vec<u8>> {
        Ok(self.changes.apply(network.consensus(flavor))?.encode())
    }

    /// Writes a data directory of each relay, authority and bridge.
    fn write_keys(&self, network: &Network, folder: &mut Folder) -> Result<()> {
        let relays = network.relays.iter();
        let relays = relays.map(|one| (format!("relays/{}", one.nickname), one.files()));
        let authorities = network.authorities.iter();
        let authorities =
            authorities.map(|one| (format!("authorities/{}", one.relay.nickname), one.files()));
        let bridges = network.bridges.iter();
        let bridges = bridges.map(|one| (format!("bridges/{}", one.relay.nickname), one.files()));
        let progress = Progress::writing(self.status.count() + self.bridges);
        for (own, files) in relays.chain(authorities).chain(bridges) {
            for file in files {
                folder.write(file.under(&own))?;
            }
            progress.step();
        }
        Ok(())
    }
}

fn text(path: &str, text: String) -> File {
    File {
        path: path.into(),
        bytes: text.into_bytes(),
    }
}
