//! Events of every known name.

mod drawn;
mod fields;
mod shape;
mod values;

pub use drawn::{DrawnEvent, event, event_of};
