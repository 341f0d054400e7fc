//! The program under test: a tor that uses less bandwidth.

mod throttle;

pub use throttle::Throttle;
