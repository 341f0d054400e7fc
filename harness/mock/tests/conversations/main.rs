//! What a control port says to what, over any transport in any pieces.

mod authentication;
mod client_rules;
mod configuration;
mod events;
mod faults;
mod format;
mod framing;
mod information;
mod made_up;
mod quirks;
mod recordings;
mod replay;
mod said;
mod script;
mod signals;
mod talk;
mod world;
