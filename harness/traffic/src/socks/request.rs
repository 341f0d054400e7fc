//! What a client asks, as bytes.

use std::net::IpAddr;

use super::error::RequestError;
use super::isolation::Isolation;
use super::target::{Address, Target};

pub(super) const VERSION: u8 = 5;
/// RFC 1929.
pub(super) const AUTHENTICATION_VERSION: u8 = 1;
pub(super) const IPV4: u8 = 1;
pub(super) const NAME: u8 = 3;
pub(super) const IPV6: u8 = 4;

/// What a server is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Command {
    /// `CONNECT`: a stream (RFC 1928, section 4).
    Connect,
    /// `RESOLVE`: the address of a name (socks-extensions, section 2).
    Resolve,
    /// `RESOLVE_PTR`: the name of an address (socks-extensions, section 2).
    ResolvePtr,
}

impl Command {
    fn code(self) -> u8 {
        match self {
            Self::Connect => 0x01,
            Self::Resolve => 0xf0,
            Self::ResolvePtr => 0xf1,
        }
    }
}

/// RFC 1929, section 2.
pub(super) fn authentication(isolation: &Isolation) -> Result<Option<Vec<u8>>, RequestError> {
    let Some((username, password)) = isolation.credentials() else {
        return Ok(None);
    };
    let mut bytes = vec![AUTHENTICATION_VERSION];
    push_counted(&mut bytes, &username).map_err(RequestError::Username)?;
    push_counted(&mut bytes, password).map_err(RequestError::Password)?;
    Ok(Some(bytes))
}

/// RFC 1928, section 4.
pub(super) fn request(command: Command, target: &Target) -> Result<Vec<u8>, RequestError> {
    let mut bytes = vec![VERSION, command.code(), 0];
    match &target.host {
        Address::Ip(IpAddr::V4(address)) => {
            bytes.push(IPV4);
            bytes.extend(address.octets());
        }
        Address::Ip(IpAddr::V6(address)) => {
            bytes.push(IPV6);
            bytes.extend(address.octets());
        }
        Address::Name(name) if name.is_empty() => return Err(RequestError::Name(0)),
        Address::Name(name) => {
            bytes.push(NAME);
            push_counted(&mut bytes, name.as_bytes()).map_err(RequestError::Name)?;
        }
    }
    bytes.extend(target.port.to_be_bytes());
    Ok(bytes)
}

/// Adds a field behind its length, or says the length that one byte cannot tell.
fn push_counted(bytes: &mut Vec<u8>, field: &[u8]) -> Result<(), usize> {
    bytes.push(u8::try_from(field.len()).map_err(|_| field.len())?);
    bytes.extend_from_slice(field);
    Ok(())
}
