//! The command line.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args as ClapArgs, Parser, Subcommand};
use tor_harness::control::auth::AuthConfig;
use tor_harness::types::Endpoint;

use crate::exit;

/// Everything one needs to test software that talks to tor.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "\
Try:
  tor-harness mock -- sh -c 'echo the control port is $TOR_CONTROL_PORT'
  tor-harness tor --auth cookie -- python3 my_test.py {control_port}"
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
    /// Records what a client says to a real tor, for a mock to replay.
    Record(RecordArgs),
}

/// Runs a control port that behaves like tor. Nothing is installed, and no
/// network is used.
#[derive(Debug, ClapArgs)]
#[command(after_help = exit::HELP)]
pub(crate) struct MockArgs {
    /// What to answer, emit and expect: a script in TOML.
    #[arg(long, value_name = "FILE")]
    pub(crate) script: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// Runs a real tor with a folder of its own, `DisableNetwork 1`, and nothing of
/// the system's configuration. It is gone with its folder when this command ends,
/// however that ends.
#[derive(Debug, ClapArgs)]
#[command(after_help = exit::HELP)]
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

/// Runs a real throwaway tor behind a proxy that records what passes, with
/// stand-ins for what varies from run to run: recording the same client twice
/// gives the same file.
#[derive(Debug, ClapArgs)]
#[command(after_help = exit::HELP)]
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

#[derive(Debug, ClapArgs)]
pub(crate) struct CommonArgs {
    /// Where to listen: a loopback address with a port (0 for a free one), or
    /// unix:PATH.
    #[arg(
        long,
        value_name = "ADDR:PORT|unix:PATH",
        default_value = "127.0.0.1:0"
    )]
    pub(crate) listen: Endpoint,
    /// A way to authenticate: null, cookie, safecookie or password=PW. May be
    /// given several times; as with tor, cookie brings safecookie with it.
    #[arg(long, value_name = "METHOD", value_parser = Auth::parse)]
    auth: Vec<Auth>,
    /// Write where it listens into this file, as tor's ControlPortWriteToFile
    /// does. The file is removed at the end.
    #[arg(long, value_name = "FILE")]
    pub(crate) port_file: Option<PathBuf>,
    /// End when the parent process does.
    #[arg(long)]
    pub(crate) with_parent: bool,
    /// Run this inside the fixture and pass on its exit status. Without it the
    /// fixture stays until SIGINT or SIGTERM, and the first line on standard
    /// output is a JSON object that says where it listens.
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Auth {
    Null,
    Cookie,
    SafeCookie,
    Password(String),
}

impl Auth {
    fn parse(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "null" => Ok(Self::Null),
            None if text == "cookie" => Ok(Self::Cookie),
            None if text == "safecookie" => Ok(Self::SafeCookie),
            Some(("password", password)) => Ok(Self::Password(password.into())),
            _ => Err("expected null, cookie, safecookie or password=PW".into()),
        }
    }
}

impl CommonArgs {
    /// The ways to authenticate, all together.
    pub(crate) fn auth(&self) -> Result<AuthConfig> {
        if self.auth.contains(&Auth::SafeCookie) && !self.auth.contains(&Auth::Cookie) {
            bail!("--auth safecookie: tor offers it only together with cookie; add --auth cookie");
        }
        if self.auth.contains(&Auth::Null) && self.auth.iter().any(|auth| *auth != Auth::Null) {
            bail!(
                "--auth null: tor lets anyone in only where there is no other way; leave the others out"
            );
        }
        Ok(self
            .auth
            .iter()
            .fold(AuthConfig::null(), |config, auth| match auth {
                Auth::Null | Auth::SafeCookie => config,
                Auth::Cookie => config.and_cookie(),
                Auth::Password(password) => config.and_password(password),
            }))
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

    #[test]
    fn ways_to_authenticate() {
        let auth = |words: &[&str]| {
            let words = words.iter().flat_map(|word| ["--auth", word]);
            let args = Args::try_parse_from(["tor-harness", "mock"].into_iter().chain(words));
            let Command::Mock(args) = args.map_err(|error| error.to_string())?.command else {
                unreachable!()
            };
            args.common.auth().map_err(|error| error.to_string())
        };
        assert_eq!(auth(&[]), Ok(AuthConfig::null()));
        assert_eq!(auth(&["null"]), Ok(AuthConfig::null()));
        assert_eq!(
            auth(&["cookie", "safecookie"]),
            Ok(AuthConfig::null().and_cookie())
        );
        assert_eq!(
            auth(&["cookie", "password=a=b", "password="]),
            Ok(AuthConfig::null()
                .and_cookie()
                .and_password("a=b")
                .and_password(""))
        );
        for (words, expected) in [
            (&["safecookie"][..], "together with cookie"),
            (&["null", "cookie"], "leave the others out"),
            (
                &["nonsense"],
                "expected null, cookie, safecookie or password=PW",
            ),
            (&["password"], "expected null"),
        ] {
            let error = auth(words).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
