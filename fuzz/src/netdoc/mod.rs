//! Network documents: good ones, drawn from the rule tables of their kinds, files of them, and
//! changes that break a document or are harmless.

mod age;
mod bare;
mod change;
mod demands;
mod diff;
mod document;
mod file;
mod form;
mod grammar;
mod harmless;
mod item;
mod mutated;
mod object;
mod pairs;
mod row;
mod scene;
mod status;
mod tally;

pub use change::Change;
pub use document::{Drawn, any_document, document, items, section};
pub use file::{Part, file};
pub use form::form;
pub use item::{item, unknown_item};
pub use mutated::mutated;
pub use object::object;
pub use scene::Scene;
pub use tally::Tally;
