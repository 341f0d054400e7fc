//! A connection to a tor whose bandwidth can be set.

use std::future::{Ready, ready};
use std::net::SocketAddr;

use tokio::net::TcpStream;
use torut::control::{AsyncEvent, AuthenticatedConn, ConnError, TorAuthData, UnauthenticatedConn};

type Listener = fn(AsyncEvent<'static>) -> Ready<Result<(), ConnError>>;

/// A tor whose bandwidth can be set.
pub struct Throttle {
    tor: AuthenticatedConn<TcpStream, Listener>,
}

impl Throttle {
    /// Connects, with a password.
    pub async fn connect(address: SocketAddr, password: &str) -> Result<Self, ConnError> {
        let stream = TcpStream::connect(address)
            .await
            .map_err(ConnError::IOError)?;
        let mut connection = UnauthenticatedConn::new(stream);
        connection.load_protocol_info().await?;
        let password = TorAuthData::HashedPassword(password.into());
        connection.authenticate(&password).await?;
        let mut tor: AuthenticatedConn<_, Listener> = connection.into_authenticated().await;
        tor.set_async_event_handler(Some(|_| ready(Ok(()))));
        Ok(Self { tor })
    }

    /// Sets how many bytes a second may pass; tor says what it made of that.
    pub async fn set(&mut self, bytes: u64) -> Result<u64, ConnError> {
        let value = bytes.to_string();
        self.tor.set_conf("BandwidthRate", Some(&value)).await?;
        let rate = self.tor.get_conf("BandwidthRate").await?;
        let rate = rate
            .into_iter()
            .flatten()
            .next()
            .ok_or(ConnError::InvalidFormat)?;
        rate.parse().map_err(|_| ConnError::InvalidFormat)
    }
}
