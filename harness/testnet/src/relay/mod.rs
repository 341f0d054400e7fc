//! A relay: its keys, what it is like, what is said of it.

mod extra_info;
mod files;
mod keys;
mod microdescriptor;
mod policy;
mod server_descriptor;
mod settings;
mod status;

pub use keys::RelayKeys;
pub use policy::ExitPolicy;
pub(crate) use server_descriptor::spaced;
pub use settings::Relay;
pub(crate) use settings::{NUMBERS, VERSION};
