//! What there is to be made.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::bandwidth_file::BandwidthFileArgs;
use super::bridge::BridgeArgs;
use super::certificate::CertificateArgs;
use super::consensus::ConsensusArgs;
use super::consensus_diff::ConsensusDiffArgs;
use super::detached_signatures::DetachedSignaturesArgs;
use super::network::NetworkArgs;
use super::onion::OnionArgs;
use super::relay::RelayArgs;
use super::sample::SampleArgs;
use super::unfinished;
use super::vote::VoteArgs;
use crate::help;

/// Makes network documents out of a seed, with keys and signatures, which agree with each other,
/// or are wrong as they are told to be. The same arguments give the same bytes on every machine.
/// All keys are test keys: who knows the seed knows them.
#[derive(Debug, Args)]
#[command(after_help = help::MAKE)]
pub(crate) struct MakeArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Consensus(ConsensusArgs),
    ConsensusDiff(ConsensusDiffArgs),
    Vote(VoteArgs),
    Certificate(CertificateArgs),
    DetachedSignatures(DetachedSignaturesArgs),
    BandwidthFile(BandwidthFileArgs),
    Relay(Box<RelayArgs>),
    Bridge(Box<BridgeArgs>),
    Onion(OnionArgs),
    Network(NetworkArgs),
    Sample(SampleArgs),
}

/// Makes what is asked for.
pub(crate) fn run(args: MakeArgs) -> Result<ExitCode> {
    unfinished::listen()?;
    match args.what {
        What::Consensus(args) => args.run(),
        What::ConsensusDiff(args) => args.run(),
        What::Vote(args) => args.run(),
        What::Certificate(args) => args.run(),
        What::DetachedSignatures(args) => args.run(),
        What::BandwidthFile(args) => args.run(),
        What::Relay(args) => args.run(),
        What::Bridge(args) => args.run(),
        What::Onion(args) => args.run(),
        What::Network(args) => args.run(),
        What::Sample(args) => args.run(),
    }?;
    Ok(ExitCode::SUCCESS)
}
