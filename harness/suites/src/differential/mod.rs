//! The same bytes sent to a real tor and to the mock, the answers compared.

mod compare;
mod difference;
mod explained;
mod mock;
mod normalisation;
mod peer;
mod play;
mod random;
mod real;
mod recorded;
mod script;
mod side;
mod stand_ins;
mod stock;

pub use difference::Difference;
pub use explained::{EXPLAINED, Explained, table};
pub use normalisation::Normalisation;
pub use play::{Differential, Outcome};
pub use random::{Random, Tally};
pub use recorded::recorded;
pub use script::{Script, Step};
pub use stock::Stock;
