//! An onion service: its keys, its descriptor.

mod descriptor;
mod introduction_point;
mod service;

pub use service::{OnionService, Publication};
