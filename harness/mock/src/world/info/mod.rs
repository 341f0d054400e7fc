//! GETINFO.

mod get_info;
mod live;
mod prefix;

pub(crate) use get_info::{Answer, get_info};
