//! What an event loop serves.

use std::net::SocketAddr;
use std::time::Duration;

use crate::connection::ConnectionId;

/// Something that takes bytes from connections and has bytes for them, in a
/// time that it asks for itself.
pub(crate) trait Service: Send + 'static {
    /// Somebody connects, over TCP from an address.
    fn open(&mut self, peer: Option<SocketAddr>) -> ConnectionId;

    /// Bytes come.
    fn receive(&mut self, id: ConnectionId, bytes: &[u8]);

    /// What is to be sent; each byte is given once.
    fn take_output(&mut self, id: ConnectionId) -> Vec<u8>;

    /// How many bytes wait here, to be sent or to be answered: where those are
    /// many, no more are read.
    fn waiting(&self, id: ConnectionId) -> usize;

    /// Whether there is more to be done for it without anything coming: others come first.
    fn is_busy(&self, _: ConnectionId) -> bool {
        false
    }

    /// Whether this connection ends once its output is sent.
    fn is_closed(&self, id: ConnectionId) -> bool;

    /// The connection is gone.
    fn close(&mut self, id: ConnectionId);

    /// Whether this connection ends at once.
    fn is_dropped(&self, _: ConnectionId) -> bool {
        false
    }

    /// Whether a connection that ends is to be reset.
    fn is_reset(&self, _: ConnectionId) -> bool {
        false
    }

    /// The next connection that has something to send, or ends, without having
    /// sent anything itself.
    fn next_ready(&mut self) -> Option<ConnectionId> {
        None
    }

    /// Does what is due by now.
    fn catch_up(&mut self) {}

    /// How long it takes until something is due, if ever.
    fn due_in(&self) -> Option<Duration> {
        None
    }

    /// Whether nobody may connect any more.
    fn has_ended(&self) -> bool {
        false
    }
}
