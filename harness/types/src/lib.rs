//! The values that everyone who talks to tor names.
#![no_std]

extern crate alloc;

mod endpoint;

pub use endpoint::{Endpoint, EndpointError};
