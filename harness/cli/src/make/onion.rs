//! `tor-harness make onion`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use data_encoding::BASE32_NOPAD;
use tor_harness::netdoc::{Builder, TimePeriod};
use tor_harness::testnet::{File, OnionService, Publication, Relay};

use super::changes::Changes;
use super::folder::Folder;
use super::origin::Origin;
use super::output::{self, Output, Readers};
use crate::help;

/// The descriptor of an onion service, a layer of it, or its keys.
///
/// Of version 3: blinded, encrypted, signed; made for the time period that --at is in.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_ONION)]
pub(super) struct OnionArgs {
    /// Which service, counted from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    number: u64,
    /// How many clients there are that may reach it; without any everybody may.
    #[arg(long, value_name = "N", default_value_t = 0)]
    clients: u16,
    /// How many introduction points it has: the first relays of the seed.
    #[arg(long, value_name = "N", default_value_t = 3)]
    introduction_points: u8,
    /// Its revision: of two descriptors the higher one counts.
    #[arg(long, value_name = "N", default_value_t = 1)]
    revision: u64,
    /// How long directories have to keep it, in minutes.
    #[arg(long, value_name = "MINUTES", default_value_t = 180)]
    lifetime: u16,
    /// How long a service has the same blinded key: 24 voting intervals of the network.
    #[arg(long, value_name = "MINUTES", default_value_t = 1440, value_parser = clap::value_parser!(u32).range(1..))]
    period: u32,
    /// Which layer to print.
    #[arg(long, value_enum, default_value = "outer")]
    layer: Layer,
    #[command(flatten)]
    origin: Origin,
    /// In which layer the changes are made; those around it hold what they come to.
    #[arg(
        long = "in",
        value_name = "LAYER",
        value_enum,
        default_value = "outer",
        help_heading = "Changes, in their order"
    )]
    changed: Layer,
    #[command(flatten)]
    changes: Changes,
    /// Write the service's HiddenServiceDir, its clients' ClientOnionAuthDir and its descriptor into
    /// this folder, and print nothing: service/, client0/, client1/, ..., descriptor.
    #[arg(
        long,
        value_name = "DIR",
        help_heading = "Where to",
        conflicts_with = "layer",
        conflicts_with_all = output::NAMES
    )]
    dir: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
enum Layer {
    /// What directories see.
    Outer,
    /// What those see who know the address.
    Middle,
    /// What clients see.
    Inner,
}

impl OnionArgs {
    pub(super) fn run(&self) -> Result<()> {
        anyhow::ensure!(
            self.changes.are_none() || self.layer <= self.changed,
            "--layer inner: what is changed is in a layer around it; --in inner changes this one"
        );
        let seed = self.origin.seed();
        let mut service = OnionService::new(seed, self.number);
        service.lifetime = self.lifetime;
        let relays = 0..u64::from(self.introduction_points);
        let relays = relays.map(|number| Relay::new(seed, number, self.origin.at));
        service.introduction_points = relays.collect();
        let clients: Vec<_> = (0..u64::from(self.clients))
            .map(|number| service.add_client(seed.child("client", number)))
            .collect();
        let Some(path) = &self.dir else {
            self.output.check()?;
            let layer = self.layer(&service, self.layer)?;
            return self.output.write(Readers::All, [Ok(layer)]);
        };
        let mut folder = Folder::create(path, self.output.force)?;
        for file in service.files() {
            folder.write(file.under("service"))?;
        }
        for (number, secret) in clients.iter().enumerate() {
            folder.write(File {
                path: format!("client{number}/onion.auth_private"),
                bytes: auth_private(&service, secret),
            })?;
        }
        folder.write(File {
            path: "descriptor".into(),
            bytes: self.layer(&service, Layer::Outer)?,
        })?;
        folder.finish()
    }

    /// A layer, made of those in it.
    fn layer(&self, service: &OnionService, layer: Layer) -> Result<Vec<u8>> {
        let publication = self.publication()?;
        let inner = self.changed(Layer::Inner, service.inner(&publication))?;
        if layer == Layer::Inner {
            return Ok(inner);
        }
        let middle = self.changed(Layer::Middle, service.middle(&publication, &inner))?;
        if layer == Layer::Middle {
            return Ok(middle);
        }
        self.changed(Layer::Outer, service.outer(&publication, &middle))
    }

    /// A layer with the changes, if they are for it.
    fn changed(&self, layer: Layer, document: Builder) -> Result<Vec<u8>> {
        let changed = match layer == self.changed {
            true => self.changes.apply(document)?,
            false => document,
        };
        Ok(changed.encode())
    }

    fn publication(&self) -> Result<Publication> {
        // 24 of them, in seconds.
        let interval = u64::from(self.period) * 60 / 24;
        let interval = interval.try_into().unwrap_or(u32::MAX);
        let period = TimePeriod::at(self.origin.at, self.period, interval);
        Ok(Publication {
            period: period.with_context(|| {
                let minutes = self.period;
                format!("--period {minutes}: expected a shorter period, half of which has passed since 1970")
            })?,
            revision: self.revision,
            time: self.origin.at,
        })
    }
}

/// A file by which tor, as a client, may reach a service.
fn auth_private(service: &OnionService, secret: &[u8; 32]) -> Vec<u8> {
    let key = BASE32_NOPAD.encode(secret);
    format!("{}:descriptor:x25519:{key}\n", service.address()).into_bytes()
}
