//! The command line.

use std::num::NonZeroU16;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use nix::unistd::{Pid, getppid};
use tor_harness::archive::Relay;
use tor_harness::control::auth::AuthConfig;
use tor_harness::mock::recording::ReplayMode;
use tor_harness::mock::steer::auth_of;
use tor_harness::netdoc::Kind;
use tor_harness::process::TestNetwork;
use tor_harness::types::{Endpoint, UtcSeconds};

use crate::help;
use crate::make::MakeArgs;
use crate::time::time;

/// For testing software that talks to tor.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
Try:
  tor-harness mock -- sh -c 'echo the control port is $TOR_CONTROL_PORT'
  tor-harness tor --auth cookie -- python3 my_test.py {control_port}
  tor-harness network -- curl --proxy socks5h://{socks_host}:{socks_port} http://{http}/
  tor-harness parse --problems cached-descriptors
  tor-harness make consensus --relays 8000 --seed 1 | head"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// A control port that behaves like tor, without tor.
    Mock(MockArgs),
    /// A real throwaway tor, without network.
    Tor(TorArgs),
    /// A private network of real tors on loopback, bootstrapped.
    Network(NetworkArgs),
    /// Records what a client says to a real tor, for a mock to replay.
    Record(RecordArgs),
    /// Network documents as JSON, with all that is wrong with them.
    Parse(ParseArgs),
    /// Network documents of one's own, right or wrong on purpose; whole networks.
    Make(MakeArgs),
}

/// Runs a control port that behaves like tor. Nothing is installed, and no
/// network is used.
#[derive(Debug, ClapArgs)]
#[command(after_help = help::EXIT, after_long_help = format!("{}\n\n{}", help::EXIT, help::STEERING))]
pub(crate) struct MockArgs {
    /// What to answer, emit and expect: a script in TOML.
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
    /// Fail (exit status 3) if an unexpected command comes: one that neither
    /// the script answers nor the mock knows. It is reported in any case.
    #[arg(long)]
    pub(crate) strict: bool,
    /// Fail (exit status 3) if a client breaks a rule of the protocol, though
    /// tor would bear it: bare LF, quotes or dots that are not escaped, a
    /// password in the clear where SAFECOOKIE is offered. It is reported in any case.
    #[arg(long)]
    pub(crate) strict_client: bool,
    /// Print the JSON schema of scripts, for editors, and nothing else. The
    /// format is told in harness/mock/SCRIPT.md.
    #[arg(long, exclusive = true)]
    pub(crate) schema: bool,
    /// Answer as was recorded: a file that `tor-harness record` wrote.
    #[arg(long, value_name = "FILE")]
    pub(crate) replay: Option<PathBuf>,
    /// How closely the client has to keep to the recording: strict (the same
    /// commands in the same order), connections (the same on each connection), or
    /// rules (any order; what was not recorded is answered as tor would).
    #[arg(long, value_name = "MODE", default_value_t, requires = "replay")]
    pub(crate) replay_mode: ReplayMode,
    /// Where programs connect to steer, in JSON lines: see below.
    #[arg(long, value_name = "ADDR:PORT|unix:PATH")]
    pub(crate) steer: Option<Endpoint>,
    /// How time passes: by itself, or only where a steering program advances it.
    #[arg(
        long,
        value_enum,
        default_value = "real",
        requires_if("virtual", "steer")
    )]
    pub(crate) time: Time,
    /// How many worlds there may be at once, the first one included.
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "steer")]
    pub(crate) max_worlds: usize,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// How the time of a mock passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Time {
    /// By itself.
    Real,
    /// Where it is told to.
    Virtual,
}

/// Runs a real tor with a folder of its own, `DisableNetwork 1`, and nothing of
/// the system's configuration. It is gone with its folder when this command ends,
/// however that ends.
#[derive(Debug, ClapArgs)]
#[command(after_help = help::EXIT)]
pub(crate) struct TorArgs {
    /// The tor to run; without this the one in TOR_HARNESS_TOR or on PATH.
    #[arg(long, value_name = "PATH")]
    pub(crate) tor: Option<PathBuf>,
    /// More lines for the torrc; {dir} in them is tor's folder. Lines that
    /// would enable the network or leave the folder are refused.
    #[arg(long, value_name = "FILE")]
    pub(crate) torrc: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// Runs a private network of real tors on loopback: relays, exits, a client that has bootstrapped,
/// servers behind the exits. Its directory authority is this command, so it is there in half a
/// second. Nothing leaves this machine. All of it is gone when this command ends, however that ends.
#[derive(Debug, ClapArgs)]
#[command(after_help = format!("{}\n\n{}", help::EXIT, help::NETWORK))]
pub(crate) struct NetworkArgs {
    /// A network that chutney has under this name, instead of counts of nodes.
    #[arg(
        long,
        value_name = "NAME",
        value_parser = PossibleValuesParser::new(TestNetwork::presets()),
        conflicts_with_all = ["relays", "exits", "bridges", "onion", "voting"]
    )]
    pub(crate) preset: Option<String>,
    /// How many relays let nothing out: relay0, relay1...
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) relays: usize,
    /// How many relays let streams out, to loopback alone: exit0, exit1...
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) exits: usize,
    /// How many relays the client's consensus lists besides, which nobody runs and nobody takes
    /// into a circuit: so a monitor sees a network of full size.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) imaginary: u64,
    /// An onion service, whose port 80 leads to this port of 127.0.0.1, or without PORT to the
    /// server of pages. It can be reached once the network is ready.
    #[arg(long, value_name = "PORT")]
    pub(crate) onion: Option<Option<NonZeroU16>>,
    /// How many bridges there are, bridge0, bridge1..., by which the client begins its circuits
    /// then.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) bridges: usize,
    /// What all keys are made of: the same number, the same fingerprints.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// How long each thing may take that is waited for: the start of all nodes, a consensus,
    /// circuits; without this 60 seconds.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) deadline: Option<u64>,
    /// Has three authorities vote instead of making the consensus, which takes some twenty seconds.
    #[arg(long, conflicts_with = "imaginary")]
    pub(crate) voting: bool,
    /// The tor to run; without this the one in TOR_HARNESS_TOR or on PATH.
    #[arg(long, value_name = "PATH")]
    pub(crate) tor: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// Runs a real throwaway tor behind a proxy that records what passes, with
/// stand-ins for what varies from run to run: recording the same client twice
/// gives the same file.
#[derive(Debug, ClapArgs)]
#[command(after_help = help::EXIT)]
pub(crate) struct RecordArgs {
    /// The file to write when the command ends; only another recording is
    /// replaced.
    #[arg(long, value_name = "FILE")]
    pub(crate) to: PathBuf,
    /// The tor to run; without this the one in TOR_HARNESS_TOR or on PATH.
    #[arg(long, value_name = "PATH")]
    pub(crate) tor: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// Reads network documents, and prints each as a line of JSON, with all that is
/// wrong with it. What FILE holds is known by its content: documents behind one
/// another, tar, gz, xz, zst, bz2, and these inside one another. What is of no known type
/// is said, and reading goes on behind it.
#[derive(Debug, ClapArgs)]
#[command(after_help = help::PARSE)]
pub(crate) struct ParseArgs {
    /// What to read: files, folders with all that is in them, or - for
    /// standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Only documents of this type, by its name here or CollecTor's: vote,
    /// network-status-vote-3. What is not recognised, and has no @type, is read as one.
    #[arg(long = "type", value_name = "T", value_parser = kind)]
    pub(crate) kind: Option<Kind>,
    /// Only documents that name this relay, by its nickname or fingerprint; may
    /// be given several times.
    #[arg(long, value_name = "RELAY")]
    pub(crate) relay: Vec<Relay>,
    /// Only documents made at this time or later: "YYYY-MM-DD HH:MM:SS".
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<UtcSeconds>,
    /// Only documents made at this time or earlier.
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<UtcSeconds>,
    /// Print no JSON, but what is wrong, as FILE:LINE:COLUMN: and the problem,
    /// with the line drawn.
    #[arg(long)]
    pub(crate) problems: bool,
    /// Say of each document whether what it is signed by, or named by, proves it, too.
    #[arg(long)]
    pub(crate) verify: bool,
    /// The authorities that are trusted: key certificates, as in tor's cached-certs, and tor's
    /// list of authorities; may be given several times. Where there is a list, those in it are
    /// trusted alone. Consensuses, votes and detached signatures are verified by them.
    #[arg(long, value_name = "FILE", requires = "verify")]
    pub(crate) authorities: Vec<PathBuf>,
    /// Microdesc consensuses and server descriptors, which have to hold: microdescriptors
    /// and extra-infos that they name are verified by them; may be given several times.
    #[arg(long, value_name = "FILE", requires = "verify")]
    pub(crate) against: Vec<PathBuf>,
    /// The time at which documents have to hold: "YYYY-MM-DD HH:MM:SS", or now. Without
    /// it nobody asks whether they are over.
    #[arg(long, value_name = "TIME", requires = "verify", value_parser = time)]
    pub(crate) at: Option<UtcSeconds>,
    /// Print the JSON schema of what is printed, and nothing else. It is told
    /// in harness/cli/PARSE.md.
    #[arg(long, exclusive = true)]
    pub(crate) schema: bool,
}

/// The kind of this name.
pub(crate) fn kind(name: &str) -> Result<Kind, String> {
    name.parse().map_err(|_| {
        let names: Vec<_> = Kind::all().map(Kind::name).collect();
        let rows: Vec<_> = names.chunks(4).map(|row| row.join(", ")).collect();
        let names = rows.join(",\n  ");
        format!("expected a kind of document, or CollecTor's name of one:\n  {names}")
    })
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CommonArgs {
    /// Where to listen: a loopback address with a port (0 for a free one), or
    /// unix:PATH; a real tor wants that path in a folder of mode 0700.
    #[arg(
        long,
        value_name = "ADDR:PORT|unix:PATH",
        default_value = "127.0.0.1:0"
    )]
    pub(crate) listen: Endpoint,
    /// A way to authenticate: null, cookie, safecookie or password=PW. May be
    /// given several times; as with tor, cookie brings safecookie with it.
    #[arg(long, value_name = "METHOD")]
    auth: Vec<String>,
    /// Write where it listens into this file, as tor's ControlPortWriteToFile
    /// does. The file is removed at the end.
    #[arg(long, value_name = "FILE")]
    pub(crate) port_file: Option<PathBuf>,
    /// End when the parent process does.
    #[arg(long)]
    with_parent: bool,
    /// Run this inside the fixture and pass on its exit status. Without it the
    /// fixture stays until SIGINT or SIGTERM, and the first line on standard
    /// output is a JSON object that says where it listens.
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}

impl CommonArgs {
    /// The parent process, where its end is to be this command's. To be asked
    /// before anything is started.
    pub(crate) fn parent(&self) -> Option<Pid> {
        self.with_parent.then(getppid)
    }

    /// The ways to authenticate, all together.
    pub(crate) fn auth(&self) -> Result<AuthConfig> {
        auth_of(self.auth.iter().map(String::as_str)).context("--auth")
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
