//! An onion service: its keys, its descriptor.

mod descriptor;
mod introduction_point;
mod service;
mod version_2;

pub use service::{OnionService, Publication};
pub(crate) use version_2::{descriptor_2, point_2};
