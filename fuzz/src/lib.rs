//! proptest strategies for tor's control protocol and its network documents, for the tests of others as
//! for our own, and the functions that the fuzz targets call.
//!
//! | what | function |
//! |---|---|
//! | any reply or event that can be sent | [`control::reply()`] |
//! | any status code | [`control::status`] |
//! | a reply that has a type, with the command it answers | [`control::answer()`] |
//! | an event of each kind, as fields that were drawn one by one | [`control::event()`], [`control::event_of`] |
//! | any command | [`control::command()`] |
//! | something good that tor hardly ever sends, with what is odd about it | [`control::odd`], [`control::unusual()`] |
//! | something bad with its one defect, and where that is | [`control::defective()`], [`control::with_defect`] |
//! | replies with events between them | [`wire::conversation`], [`wire::interleaved`] |
//! | the pieces that bytes come in | [`wire::cuts`], for [`wire::cut`] |
//! | bytes that were good once | [`mutation::mutated`], [`mutation::mutation()`] |
//! | a good document of a kind, of any kind, by a table of one's own | [`netdoc::document()`], [`netdoc::any_document`], [`netdoc::items`] |
//! | a section, an item, an argument, an object of one | [`netdoc::section`], [`netdoc::item()`], [`netdoc::form()`], [`netdoc::object()`] |
//! | a file of documents with annotations, things unknown between them | [`netdoc::file()`] |
//! | a document that was good once | [`netdoc::mutated()`] |
//! | all that can be done to an item, with what the table says is harmless | [`netdoc::Change`], [`netdoc::Scene`], [`netdoc::Tally`] |
//! | a network of any settings | [`network::network()`] |
//! | one with a document that is wrong in a way that has a name | [`network::wrong()`], [`network::Way`] |
//! | one with a document of which one line is another | [`network::changed()`] |
//! | what every reader of any bytes has to keep to | [`targets`] |
//!
//! ```
//! use proptest::prelude::*;
//! use tor_harness_control::Decoder;
//! use tor_strategies::{control, wire};
//!
//! proptest!(|(reply in control::reply(), pieces in wire::cuts())| {
//!     let mut decoder = Decoder::new();
//!     for piece in wire::cut(&reply.encode(), &pieces) {
//!         decoder.push(piece);
//!     }
//!     prop_assert!(decoder.next()?.is_some());
//! });
//! ```

pub mod control;
pub mod mutation;
pub mod netdoc;
pub mod network;
pub mod targets;
pub mod wire;

mod text;

#[cfg(test)]
mod properties;
