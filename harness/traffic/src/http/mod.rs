//! As much HTTP as a test of a network needs: one GET a connection.

mod client;
mod error;
mod head_due;
mod server;

pub use client::{Response, http_get, http_get_over};
pub use error::HttpError;
pub use server::{HttpServer, Request};
