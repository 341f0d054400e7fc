//! The configuration: options by name, their values, what changes them.

mod assign;
mod check;
mod option;
mod refusal;
mod router_list;
mod store;
mod units;
mod unlisted;
mod value;

pub(crate) use refusal::Refusal;
pub(crate) use store::{Change, Config, Line, Reset};
