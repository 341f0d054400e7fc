//! What a kind of document has to be like, as a table that reads like the specification.

mod argument;
mod bytes;
mod check;
mod fields;
mod joined;
mod law;
mod place;
mod problem;
mod problems;
mod rule;
mod section;
mod since;
mod values;

pub(crate) use bytes::{find_crlf, find_strange_bytes};
pub(crate) use joined::joined;
pub(crate) use problems::Problems;

pub use argument::{Argument, Count};
pub use fields::Fields;
pub use law::{Law, Report};
pub use place::{Place, Times};
pub use problem::{ParseError, Problem};
pub use rule::{Content, Rule};
pub use section::{MAX_RULES, Rules, Section};
pub use since::Since;
pub use values::Values;
