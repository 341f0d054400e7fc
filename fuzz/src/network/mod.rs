//! Whole networks: good ones out of any settings, such with one thing wrong that has a name, and
//! what is said of that.
//!
//! [`Way::all`] has the names. What becomes of each, here, in a real tor, in tor-netdoc, is in
//! [`WAYS.md`](https://docs.rs/crate/tor-strategies/latest/source/WAYS.md).

mod change;
mod drawn;
mod given;
mod made;
mod onion;
mod said;
mod settings;
mod table;
mod way;
mod ways;

pub use change::{Changed, changed};
pub use drawn::{Wrong, wrong};
pub use given::Given;
pub use made::Made;
pub use said::{Said, Step, said};
pub use settings::{given, network};
#[doc(hidden)] // For this repository alone: it holds a file of it.
pub use table::{Column, Table};
pub use way::Way;
