//! Whether bytes arrive whole.

mod error;
mod pattern;
mod report;
mod run;

pub use error::TrafficError;
pub use report::{StreamReport, TrafficReport};
pub use run::TrafficCheck;
