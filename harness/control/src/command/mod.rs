//! What a controller says: commands, encoded by those who ask, decoded by
//! those who answer.
//!
//! [`Command`] has them all, a variant each; those with more than a word or a
//! list have a type of their own, which is all that is behind the keyword.
//! What a type does not know is in its `others`.
//!
//! tor cuts all commands alike, and so they are cut here: the required
//! arguments are separated by spaces, and white space of other kinds belongs
//! to none but separates none either; behind them `KEY=VALUE` and flags are
//! separated by white space of any kind. Values are quoted nowhere but in
//! SETCONF and RESETCONF ([`Escapes::C`](crate::Escapes::C)), AUTHENTICATE and
//! AUTHCHALLENGE ([`Escapes::Plain`](crate::Escapes::Plain)). Names of commands, keys
//! and flags are read in any case.
//!
//! A command that was read encodes to the bytes that came, with these
//! exceptions: tor reads both alike.
//!
//! | what came | what it becomes |
//! |---|---|
//! | a line that LF alone ends | CRLF ends it |
//! | in a data block, a line with one dot before other bytes | the line without the dot |
//! | what follows a NUL byte, in the keyword or in the arguments | left out |
//! | white space of other kinds, or more than one space | one space, or none at the end |
//! | no space behind a closing quote | one space |
//! | keywords, keys, flags, signals and purposes in other case | as tor's documents write them |
//! | arguments behind the required ones in another order | in the order of the fields, unknown ones last |
//! | the words of a list in several arguments, or empty ones among them | one list without those |
//! | more colons in a key, or more commas in a port, than one between two parts | that one |
//! | `=` without a value behind a known flag, the path of a circuit or an address of RESOLVE | left out |
//! | a known flag of its own, as FORCE or IfUnused, more than once | once |
//! | other quotes and escapes than are needed | those that are needed |
//! | a quoted secret with CR in it | its hexadecimal digits |
//! | hexadecimal digits in lower case | in upper case |
//! | `+` or zeros in front of a number | none |
//! | what follows QUIT, TAKEOWNERSHIP or DROPOWNERSHIP | left out |

mod add_onion;
mod any_case;
mod arguments;
mod auth_token;
mod circuit;
mod client_auth;
mod cursor;
mod decoder;
mod descriptor;
mod hs_descriptor;
mod keyword;
mod map_address;
mod resolve;
mod save_conf;
mod setting;
mod signal;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod typed_key;
mod white_space;

pub use add_onion::{AddOnion, OnionClient, OnionFlag, OnionPort};
pub use auth_token::AuthToken;
pub use circuit::{CircuitPurpose, CloseCircuit, ExtendCircuit, SetCircuitPurpose};
pub use client_auth::{AddClientAuth, ClientAuthFlag, RemoveClientAuth, ViewClientAuth};
pub use decoder::{CommandDecoder, RawCommand};
pub use descriptor::{PostDescriptor, RouterPurpose};
pub use hs_descriptor::{HsFetch, HsPost};
pub use keyword::Keyword;
pub use map_address::Mapping;
pub use resolve::Resolve;
pub use save_conf::SaveConf;
pub use signal::Signal;
pub use stream::{AttachStream, CloseStream, RedirectStream};
pub use table::Command;
pub use typed_key::TypedKey;
