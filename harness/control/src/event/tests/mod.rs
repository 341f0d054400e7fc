//! Events as tor sends them, where clients misread them as well.

#[macro_use]
mod check;
mod circuits;
mod descriptors;
mod every;
mod numbers;
mod statuses;
mod streams;
