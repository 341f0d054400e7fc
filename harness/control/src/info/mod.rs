//! What GETINFO's values mean (section 3.9).
//!
//! [`GetInfoReply`](crate::reply::GetInfoReply) gives a value as bytes: one
//! line without its end, or lines that each end in LF. Each form that values
//! have is a type here, read with [`InfoValue::parse`] and written with
//! [`InfoValue::encode`]; lists are cut when they are iterated.
//!
//! [`KEYS`] says which form each key has, and [`Value::parse`] reads any value
//! by its key. Documents (descriptors, consensuses) stay the bytes they are.
//!
//! ```
//! use tor_harness_control::info::{EntryGuard, GuardStatus, InfoValue, List, Value};
//!
//! let value = b"$2171A44D9B34A730EE66771D831E29B1382C014C~harness up\n";
//! let guards = List::<EntryGuard<'_>>::parse(value)?;
//! assert!(guards.iter().all(|guard| guard.status == GuardStatus::Up));
//!
//! assert_eq!(Value::parse("traffic/read", b"1670")?, Value::Unsigned(1670));
//! # Ok::<(), tor_harness_control::ParseError>(())
//! ```

mod accounting;
mod address_mapping;
mod bw_event_cache;
mod config_default;
mod config_name;
mod country;
mod download;
mod entry_guard;
mod event_line;
mod exit_policy;
mod info_name;
mod info_value;
mod key;
mod kind;
mod list;
mod listener;
mod onion;
mod scalar;
mod version;
mod word;

pub use accounting::{AccountingBytes, Hibernation};
pub use address_mapping::{AddressMapping, Expiry};
pub use bw_event_cache::BwSample;
pub use config_default::ConfigDefault;
pub use config_name::{ConfigName, ConfigType};
pub use country::Country;
pub use download::{
    Digest, DownloadBackoff, DownloadField, DownloadFrom, DownloadIncrement, DownloadSchedule,
    DownloadStatus,
};
pub use entry_guard::{EntryGuard, GuardStatus};
pub use exit_policy::{PolicyAction, PolicyRule};
pub use info_name::InfoName;
pub use info_value::InfoValue;
pub use key::{KEYS, Key, kind_of};
pub use kind::{Kind, Value};
pub use list::{List, ListItem};
pub use listener::Listener;
pub use onion::OnionService;
pub use version::{TorVersion, VersionStatus};
pub use word::{Liveness, Name};
