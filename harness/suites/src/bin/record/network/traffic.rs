//! What a client does, so that there is something to tell.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddrV4, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tor_harness::client::Client;
use tor_harness::control::StatusCode;
use tor_harness_suites::PRIVATE_TEST_KEY;

use super::events::Subscriptions;
use super::nodes::{CLIENT, OPEN, RESTRICTED};
use super::onion;
use super::session::{Session, ask};
use crate::wait;

/// How long a stream may take until another is tried: among so few relays a
/// circuit to an onion service may be one that cannot be built.
const PATIENCE: Duration = Duration::from_secs(10);

/// A port of 127.0.0.1 where nobody listens.
const CLOSED: u16 = 9;

/// A v3 onion address with a right checksum, of no service.
pub(super) const NOBODY: &str = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid";

/// The streams of the client, which stay open until they are ended.
pub(super) struct Traffic {
    streams: Vec<TcpStream>,
    client: Client,
}

/// Sends streams to an exit and to the onion services, and fetches descriptors.
pub(super) fn make(session: &Session<'_>, events: &mut Subscriptions) -> Result<Traffic> {
    for node in [CLIENT, OPEN, RESTRICTED] {
        session.node(node)?.wait_until_bootstrapped()?;
    }
    let mut client = session.client(CLIENT)?;
    let target = session.target()?;
    let socks = session
        .node(CLIENT)?
        .socks_address()
        .context("a client without SOCKS")?;
    let mut streams = Vec::new();

    ask(&mut client, "MAPADDRESS mapped.example=127.0.0.1")?;
    for (host, port) in [("127.0.0.1", target), ("mapped.example", target)] {
        streams.push(connect_at_last(socks, host, port)?);
    }
    let refused = connect(socks, "127.0.0.1", CLOSED).ok().flatten();
    ensure!(refused.is_none(), "somebody listens at port {CLOSED}");

    for (_, service) in onion::SERVICES {
        events.wait(service, "HS_DESC", " UPLOADED ")?;
    }
    let restricted = onion::address(session, RESTRICTED)?;
    let add = format!(
        "ONION_CLIENT_AUTH_ADD {restricted} x25519:{PRIVATE_TEST_KEY} ClientName=reader Flags=Permanent"
    );
    ask(&mut client, &add)?;
    for address in [onion::address(session, OPEN)?, restricted] {
        let host = format!("{address}.onion");
        streams.push(connect_at_last(socks, &host, 80)?);
    }
    ask(&mut client, &format!("HSFETCH {NOBODY}"))?;
    ask(&mut client, "DROPTIMEOUTS")?;
    Ok(Traffic { streams, client })
}

impl Traffic {
    /// Closes the streams, and a circuit.
    pub(super) fn end(mut self) -> Result<()> {
        self.streams.clear();
        // One may have closed by itself meanwhile.
        wait::until("a circuit that can be closed", || {
            let circuits = self.client.get_info("circuit-status")?;
            let mut circuits = circuits.lines().map(|line| line.split(' '));
            let built = circuits.find_map(|mut words| {
                Some((words.next()?, words.next()?)).filter(|(_, status)| *status == "BUILT")
            });
            let Some((id, _)) = built else {
                return Ok(Err("no circuit is built".to_owned()));
            };
            let reply = self.client.ask_line(&format!("CLOSECIRCUIT {id}"))?;
            let last = reply.as_message().last();
            Ok(match last.status {
                StatusCode::OK => Ok(()),
                _ => Err(format!("circuit {id}: {last:?}")),
            })
        })?;
        Ok(())
    }
}

/// Opens a stream, by as many circuits as it takes: an exit refuses what comes from relays that it has not heard of yet.
fn connect_at_last(socks: SocketAddrV4, host: &str, port: u16) -> Result<TcpStream> {
    wait::until(&format!("a stream to {host}:{port}"), || {
        Ok(match connect(socks, host, port) {
            Ok(Some(stream)) => Ok(stream),
            Ok(None) => Err("tor says that it failed".to_owned()),
            Err(error) => Err(format!("{error:#}")),
        })
    })
}

/// Opens a stream by SOCKS 5 (RFC 1928); none where tor says that it failed.
fn connect(socks: SocketAddrV4, host: &str, port: u16) -> Result<Option<TcpStream>> {
    let mut stream = TcpStream::connect(socks)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    // Version 5, one way to authenticate, which is none; then connect to a name.
    let mut request = vec![5, 1, 0, 5, 1, 0, 3, u8::try_from(host.len())?];
    request.extend(host.bytes());
    request.extend(port.to_be_bytes());
    stream.write_all(&request)?;
    let mut answer = [0; 12];
    stream
        .read_exact(&mut answer)
        .with_context(|| format!("a stream to {host}:{port}"))?;
    Ok((answer[3] == 0).then_some(stream))
}
