//! The descriptor of a version 3 onion service, in its three layers.
//!
//! The outer layer is what directories hold. In its object the middle one is
//! encrypted, and in that one's object the inner one. The feature `verify` opens them.

mod inner;
mod introduction_point;
mod middle;
#[cfg(feature = "verify")]
mod open;
mod outer;
#[cfg(feature = "sign")]
mod seal;
#[cfg(test)]
mod tests;
#[cfg(feature = "verify")]
mod time_period;

pub use inner::OnionDescriptorInner;
pub use introduction_point::IntroductionPoint;
pub(super) use middle::unpadded;
pub use middle::{AuthClient, OnionDescriptorMiddle};
#[cfg(feature = "verify")]
pub use open::{OnionDescriptorKeys, OpenError};
pub use outer::OnionDescriptor;
#[cfg(feature = "sign")]
pub use seal::x25519_public;
#[cfg(feature = "verify")]
pub use time_period::TimePeriod;
