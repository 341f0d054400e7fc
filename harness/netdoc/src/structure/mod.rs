//! A document as what it is made of, nothing decoded (dir-spec section 1.2).

mod arguments;
mod digest;
mod document;
mod item;
mod line;
mod object;
mod owned;

pub(crate) use digest::{part, signed_part};

pub use arguments::Arguments;
pub use digest::{Sha1, Sha256, sha1, sha256};
pub use document::{Document, Items};
pub use item::Item;
pub(crate) use line::{cut_line, keyword, without_opt};
pub use object::Object;
pub use owned::{OwnedItem, OwnedObject, encode};
