//! `tor-harness make certificate`.

use anyhow::Result;
use clap::Args;
use tor_harness::testnet::Authority;

use super::changes::Changes;
use super::origin::Origin;
use super::output::{Output, Readers};
use super::status::Authorities;
use crate::help;

/// The key certificates of the authorities, as tor has them in cached-certs.
///
/// They stand one behind the other, each with the changes.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE_CERTIFICATE)]
pub(super) struct CertificateArgs {
    #[command(flatten)]
    authorities: Authorities,
    #[command(flatten)]
    origin: Origin,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

impl CertificateArgs {
    pub(super) fn run(&self) -> Result<()> {
        self.output.check()?;
        let all = (0..self.authorities.count).map(|number| {
            let authority = Authority::new(self.origin.seed(), number, self.origin.at);
            Ok(self.changes.apply(authority.key_certificate())?.encode())
        });
        self.output.write(Readers::All, all)
    }
}
