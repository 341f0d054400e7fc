//! Documents that are not made of items but of `KEY=VALUE` pairs.

mod bandwidth_file;
mod bandwidth_keys;
mod directory_list;
mod entry;
mod strings;

pub use bandwidth_file::BandwidthFile;
pub use directory_list::{AuthorityList, FallbackList};
pub use entry::{Entry, Pair};
