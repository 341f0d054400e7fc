//! Addresses that tor takes for others.

mod command;
mod map;
mod option;
mod virtual_address;

pub(super) use map::{AddressMap, Source};
pub(super) use virtual_address::{Network, VirtualKind};
