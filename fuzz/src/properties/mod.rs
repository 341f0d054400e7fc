//! The laws that hold for all messages.

mod control;
mod defects;
mod mock;
mod netdoc;
mod network;
mod odd;
mod read;
mod robustness;
mod socks;
