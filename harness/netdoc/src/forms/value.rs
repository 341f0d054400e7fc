//! An argument, read.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};

use tor_harness_types::{Fingerprint, Nickname, UtcSeconds};

use super::address::ExitPattern;
use super::link_specifier::LinkSpecifier;
use super::range::Range;

/// An argument, read in its [`Form`](super::Form).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value<'a> {
    /// Text of which nothing more is known; any bytes.
    Text(&'a [u8]),
    /// A number.
    Number(u64),
    /// A number below zero.
    Negative(i64),
    /// 0 or 1.
    Flag(bool),
    /// A relay's nickname.
    Nickname(Nickname),
    /// A relay's fingerprint.
    Fingerprint(Fingerprint),
    /// A moment.
    Time(UtcSeconds),
    /// An address.
    Address(IpAddr),
    /// An address with a port.
    Socket(SocketAddr),
    /// What digits say.
    Bytes(Vec<u8>),
    /// A number, or all from one to another.
    Range(Range),
    /// The addresses and ports of an exit policy's line.
    ExitPattern(ExitPattern),
    /// `KEY=VALUE`.
    Pair(&'a [u8], Box<Self>),
    /// Values with commas between them.
    List(Vec<Self>),
    /// A type, and the values that it has.
    Typed(&'a [u8], Vec<Self>),
    /// The ways to a relay.
    LinkSpecifiers(Vec<LinkSpecifier>),
}
