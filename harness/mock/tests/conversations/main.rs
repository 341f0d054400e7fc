//! What a control port says to what, over any transport in any pieces.

mod authentication;
mod configuration;
mod events;
mod framing;
mod information;
mod made_up;
mod recordings;
mod said;
mod script;
mod signals;
mod talk;
mod world;
