//! What a control port says to what, over any transport in any pieces.

mod authentication;
mod configuration;
mod events;
mod format;
mod framing;
mod information;
mod script;
mod signals;
mod talk;
