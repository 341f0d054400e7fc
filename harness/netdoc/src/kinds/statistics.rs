//! What relays count.

use alloc::vec::Vec;

use tor_harness_types::UtcSeconds;

use crate::forms::{Form, List};
use crate::rules::{Argument, ParseError, Values};

/// What a history line takes.
pub(super) const HISTORY: &[Argument] = &[TIME, INTERVAL, Argument::optional("bytes", NUMBERS)];
/// What a line takes that ends a time of counting.
pub(super) const PERIOD: &[Argument] = &[TIME, INTERVAL];
/// What a line of counts takes: `us=8,de=16`, or nothing.
pub(super) const COUNTS: &[Argument] = &[Argument::optional(
    "counts",
    Form::List(&Form::Pair(&Form::Number)),
)];
/// What a line of four counts takes.
pub(super) const DIRECTIONS: &[Argument] = &[
    TIME,
    INTERVAL,
    Argument::one("BELOW,READ,WRITE,BOTH", Form::Array(4, &Form::Number)),
];
/// What a line takes that hides a count among noise.
pub(super) const NOISY: &[Argument] = &[
    Argument::one("NUM", Form::Signed),
    Argument::any("key=val", Form::Pair(&Form::Word)),
];
/// What a line takes that counts cells of padding.
pub(super) const PADDING: &[Argument] = &[
    TIME,
    INTERVAL,
    Argument::any("key=NUM", Form::Pair(&Form::Number)),
];

const TIME: Argument = Argument::one("time", Form::Time);
const INTERVAL: Argument = Argument::one("interval", Form::Interval);
const NUMBERS: Form = Form::List(&Form::Number);

/// The time over which something was counted: `2026-11-21 23:56:39 (86400 s)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// When it was over.
    pub ends: UtcSeconds,
    /// How long it was.
    pub seconds: u64,
}

/// Bytes that went one way: `read-history` and the like (section 2.1.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct History {
    /// The last interval; all are as long.
    pub last: Period,
    /// The bytes of each interval, the oldest first.
    pub bytes: Vec<u64>,
}

/// Counts with what was counted, such as a country: `us=8,de=16`.
pub type Counts<'a> = List<(&'a [u8], u64)>;

/// In how many ten seconds connections were used which way: `conn-bi-direct`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Directions {
    /// When this was counted.
    pub period: Period,
    /// Less than 20 KiB in all.
    pub below: u64,
    /// Ten times more read than written.
    pub read: u64,
    /// Ten times more written than read.
    pub write: u64,
    /// About the same.
    pub both: u64,
}

/// A count that is hidden among noise, and so may be below zero: `hidserv-dir-onions-seen`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NoisyCount<'a> {
    /// The count, rounded, with noise.
    pub count: i64,
    /// How the noise was made, as `bin_size` and `8`.
    pub parameters: Vec<(&'a [u8], &'a [u8])>,
}

impl Period {
    pub(super) fn read(values: &mut Values<'_>) -> Result<Self, ParseError> {
        Ok(Self {
            ends: values.one()?,
            seconds: values.one()?,
        })
    }
}

impl History {
    pub(super) fn read(values: &mut Values<'_>) -> Result<Self, ParseError> {
        Ok(Self {
            last: Period::read(values)?,
            bytes: values.optional::<List<_>>()?.unwrap_or_default().0,
        })
    }
}

impl Directions {
    pub(super) fn read(values: &mut Values<'_>) -> Result<Self, ParseError> {
        let period = Period::read(values)?;
        let [below, read, write, both]: [u64; 4] = values.one()?;
        Ok(Self {
            period,
            below,
            read,
            write,
            both,
        })
    }
}

impl<'a> NoisyCount<'a> {
    pub(super) fn read(values: &mut Values<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            count: values.one()?,
            parameters: values.all()?,
        })
    }
}
