//! tor-interface's `LegacyTorClient::update`, on a socket.
//!
//! Its control stream is private. `update` reads all messages into a list until
//! there are no more, and only then looks at what they say; here the connection
//! is closed after the last one, so it stops between the two, with an error.

use anyhow::{Result, ensure};
use tor_harness_benches::Load;
use tor_interface::legacy_tor_client::{LegacyTorClient, LegacyTorClientConfig, TorAuth};
use tor_interface::tor_provider::TorProvider as _;

use crate::control::port::{ControlPort, Then};
use crate::stopwatch::{Measured, time};

pub(crate) fn socket(load: &Load) -> Measured {
    can_read(load)?;
    let (port, mut client) = connect()?;
    port.say(&load.bytes, Then::HangUp)?;
    let measured = time(load, || {
        let error = update(&mut client);
        ensure!(
            error.ends_with("control stream read reply failed"),
            "{error}"
        );
        Ok(load.messages)
    });
    drop(client);
    port.close()?;
    measured
}

/// The error of a closed connection and that of a message it cannot read are
/// one, so this leaves the connection open, and adds a reply to nothing, which
/// is found only after all has been read.
fn can_read(load: &Load) -> Result<()> {
    let (port, mut client) = connect()?;
    let bytes = [&load.bytes[..], b"250 OK\r\n"].concat();
    port.say(&bytes, Then::Stay)?;
    let error = update(&mut client);
    drop(client);
    port.close()?;
    ensure!(error.starts_with("unexpected synchronous reply"), "{error}");
    Ok(())
}

fn connect() -> Result<(ControlPort, LegacyTorClient)> {
    let port = ControlPort::open()?;
    let client = LegacyTorClient::new(LegacyTorClientConfig::SystemTor {
        tor_socks_addr: port.address(), // never connected to
        tor_control_addr: port.address(),
        tor_control_auth: TorAuth::Null,
    })?;
    Ok((port, client))
}

/// The end of the error's text, which says where it comes from.
fn update(client: &mut LegacyTorClient) -> String {
    let error = client.update().err();
    let text = error.map_or_else(|| "no error".to_owned(), |error| error.to_string());
    let end = text.rsplit(": ").next();
    end.unwrap_or(&text).to_owned()
}
