//! Documents in bulk, verified.

mod bulk;
mod error;
mod evidence;
mod verdict;

pub use error::EvidenceError;
pub use evidence::Evidence;
pub use verdict::{Lacking, Proved, Verdict};
