//! A tor with a network: loopback in an empty namespace, which the recorder has made sure of.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tor_harness::client::{Client, Credentials};
use tor_harness::control::Reply;
use tor_harness::fixtures::Kind;
use tor_harness::process::Tor;
use tor_harness::types::Endpoint;

use crate::book::{Book, Recording};
use crate::lines::ask_all;
use crate::wait;

const DEADLINE: Duration = Duration::from_secs(30);

/// What all nodes are told. Nobody listens where the one authority should be,
/// and no other is known.
const TORRC: &str = "\
ControlPort unix:{dir}/control
DataDirectory {dir}/data
SocksPort 0
TestingTorNetwork 1
DirAuthority nobody orport=9 no-v2 v3ident=0000000000000000000000000000000000000000 127.0.0.1:9 0000000000000000000000000000000000000000
ShutdownWaitLength 0
GeoIPFile /dev/null
GeoIPv6File /dev/null
";

/// A running node, which ends when dropped, or when its owner is gone.
pub(crate) struct Node {
    setup: &'static str,
    folder: PathBuf,
    process: Child,
    /// The connection that owns the node: when it closes, tor exits.
    client: Client,
}

/// An event that a node sends: the file, the event's name, what tells it from others.
pub(crate) type Awaited = (&'static str, &'static str, &'static str);

impl Node {
    /// Starts a node in the folder of `host`, which goes whatever happens.
    pub(crate) fn start(
        book: &mut Book,
        host: &Tor,
        setup: &'static str,
        torrc: &str,
    ) -> Result<Self> {
        let folder = host.folder().join(setup);
        // tor wants a folder that nobody else can enter.
        DirBuilder::new().mode(0o700).create(&folder)?;
        let torrc = format!("{TORRC}{torrc}").replace("{dir}", &folder.to_string_lossy());
        fs::write(folder.join("torrc"), torrc)?;
        File::create(folder.join("defaults"))?;
        let log = folder.join("stdout");
        let mut process = Command::new(book.executable())
            .arg("--defaults-torrc")
            .arg(folder.join("defaults"))
            .arg("-f")
            .arg(folder.join("torrc"))
            .stdin(Stdio::null())
            .stdout(File::create(&log)?)
            .stderr(Stdio::null())
            .current_dir(&folder)
            .spawn()?;
        let client = own(&mut process, &folder).with_context(|| {
            let log = fs::read_to_string(&log).unwrap_or_default();
            format!("set-up {setup:?}, whose log is:\n{log}")
        });
        let client = match client {
            Ok(client) => client,
            Err(error) => {
                end(&mut process);
                return Err(error);
            }
        };
        let mut node = Self {
            setup,
            folder,
            process,
            client,
        };
        book.note_setup(setup, &mut node.client, &node.folder)?;
        Ok(node)
    }

    /// Sends a line, then records events that come of it.
    pub(crate) fn events(&mut self, book: &mut Book, line: &str, events: &[Awaited]) -> Result<()> {
        let mut names: Vec<_> = events.iter().map(|(_, name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        let subscribe = format!("SETEVENTS {}", names.join(" "));
        let (command, _) = ask_all(&mut self.client, &[&subscribe, line])?;
        for (file, name, has) in events {
            let expected = format!("{name} with {has:?}");
            let event = self.client.wait_for_event(&expected, |event| {
                event.code.as_str() == *name
                    && String::from_utf8_lossy(event.message().as_bytes()).contains(has)
            })?;
            let path = format!("control/event/{file}");
            book.add_message(
                path,
                Kind::Event,
                self.setup,
                &self.folder,
                &command,
                &event,
            )?;
        }
        Ok(())
    }

    /// Records what the node knows.
    pub(crate) fn keys(&mut self, book: &mut Book, keys: &[&str]) -> Result<()> {
        for key in keys {
            let line = format!("GETINFO {key}");
            let reply = self.client.ask_line(&line)?;
            let path = format!("control/getinfo-{}/{}", self.setup, key.replace('/', "-"));
            book.add_message(path, Kind::Reply, self.setup, &self.folder, &line, &reply)?;
        }
        Ok(())
    }

    /// Records what came in answer to a request.
    pub(crate) fn document(
        &self,
        book: &mut Book,
        path: &str,
        kind: Kind,
        command: String,
        bytes: Vec<u8>,
    ) -> Result<()> {
        let recording = Recording {
            kind,
            command,
            setup: self.setup,
            bytes,
        };
        book.add(path, &self.folder, recording)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

fn end(process: &mut Child) {
    // Both fail only if it has ended already.
    let _ = process.kill();
    let _ = process.wait();
}

/// Waits for the control port, then makes the node's life depend on the connection.
fn own(process: &mut Child, folder: &Path) -> Result<Client> {
    let endpoint = Endpoint::Unix(folder.join("control").to_string_lossy().into_owned());
    let connect = || {
        let mut client = Client::connect(&endpoint, DEADLINE)?;
        client.authenticate(&Credentials::Null)?;
        Ok::<_, tor_harness::client::Error>(client)
    };
    let mut client = wait::within(DEADLINE, "a control port", || {
        if let Some(status) = process.try_wait()? {
            bail!("tor ended: {status}");
        }
        Ok(connect().map_err(|error| error.to_string()))
    })?;
    let reply = client.ask_line("TAKEOWNERSHIP")?;
    if Reply::from(reply.as_message()) != Reply::ok() {
        bail!("tor does not take an owner: {reply:?}");
    }
    Ok(client)
}
