//! A bridge: what it is like, what the world may know of it.

mod sanitised;
mod scrub;
mod settings;
mod transport;

pub use sanitised::SanitisedBridge;
pub use settings::Bridge;
pub use transport::BridgeTransport;
