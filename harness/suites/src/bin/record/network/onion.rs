//! Onion services' descriptors, with what opens them.

use anyhow::{Context as _, Result};
use tor_harness::fixtures::Kind;

use super::nodes::{CLIENT, OPEN, RESTRICTED};
use super::session::Session;

/// The services, with the names of their documents.
pub(super) const SERVICES: &[(&str, &str)] = &[("open", OPEN), ("restricted", RESTRICTED)];

/// Records the descriptors as they are published, and the files with which their layers open.
pub(super) fn record(session: &mut Session<'_>) -> Result<()> {
    for (name, nickname) in SERVICES {
        let address = address(session, nickname)?;
        let key = format!("hs/service/desc/id/{address}");
        let path = format!("netdoc/onion-descriptor/{name}");
        session.info(nickname, &path, Kind::OnionDescriptor, &key)?;
        for file in ["hostname", "hs_ed25519_public_key", "hs_ed25519_secret_key"] {
            let path = format!("data-directory/{name}-service/{file}");
            session.file(nickname, &path, Kind::File, &format!("service/{file}"))?;
        }
    }
    let file = "authorized_clients/reader.auth";
    let path = format!("data-directory/restricted-service/{file}");
    session.file(RESTRICTED, &path, Kind::File, &format!("service/{file}"))?;
    // Written by ONION_CLIENT_AUTH_ADD with the private half of the test key.
    let restricted = address(session, RESTRICTED)?;
    let file = format!("onion-auth/{restricted}.auth_private");
    let path = "data-directory/client/onion-auth/restricted.auth_private";
    session.file(CLIENT, path, Kind::File, &file)
}

/// A service's address without `.onion`.
pub(super) fn address(session: &Session<'_>, nickname: &str) -> Result<String> {
    Ok(session
        .node(nickname)?
        .onion_address()
        .context("no onion service")?
        .to_string())
}
