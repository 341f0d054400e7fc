//! Typed replies, where clients misread them as well.

mod check;
mod fields;
mod refused;
mod written;
