//! The values that everyone who talks to tor names.
#![no_std]

extern crate alloc;

mod endpoint;
mod text;

pub use endpoint::{Endpoint, EndpointError};
pub use text::{Located, Place, Span};
