//! What is on its way to a controller, each piece in its time.

mod delivery;
mod output;
mod piece;
mod shape;

pub(crate) use delivery::Delivery;
pub(crate) use output::{Gate, Happening, Output};
pub(crate) use piece::Piece;
pub(crate) use shape::Shaper;
