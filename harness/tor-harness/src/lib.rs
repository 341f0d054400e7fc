//! For testing software that talks to tor.
//!
//! A [`Fixture`] is a running control port: a real throwaway tor or a mock,
//! whichever the environment names, so that the same test runs on both.
//!
//! ```
//! use tor_harness::prelude::*;
//!
//! let fixture = Fixture::own()?; // a mock, unless TOR_HARNESS_TARGET says otherwise
//! let mut client = fixture.client()?; // connected and authenticated
//! assert!(client.get_info("version")?.starts_with("0.4."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The rooms behind it, each a crate of its own:
//!
//! | module | what it is | feature |
//! |---|---|---|
//! | [`control`] | the control protocol's messages, without I/O | |
//! | [`client`] | a small blocking controller | |
//! | [`fixtures`] | recorded messages and documents | |
//! | [`mock`] | a control port that behaves like tor | `mock` |
//! | [`process`] | a real throwaway tor, a private network of them | `process` |
//! | [`netdoc`] | network documents, without I/O; also proved, or made | `netdoc`; `verify`, `sign` |
//! | [`archive`] | network documents in bulk | `archive` |
//! | [`testnet`] | a network out of a seed, keys and documents, without I/O | `testnet` |
//! | [`runner`] | a test runner that times every test | `runner` |
//! | [`traffic`] | servers, a SOCKS5 client, a check of traffic, a proxy that can be cut | `process` |
//! | [`types`] | values that everyone names | |

#[cfg(all(feature = "mock", feature = "process"))]
mod fixture;

pub use tor_fixtures as fixtures;
#[cfg(feature = "archive")]
pub use tor_harness_archive as archive;
pub use tor_harness_client as client;
pub use tor_harness_control as control;
#[cfg(feature = "mock")]
pub use tor_harness_mock as mock;
#[cfg(feature = "netdoc")]
pub use tor_harness_netdoc as netdoc;
#[cfg(feature = "process")]
pub use tor_harness_process as process;
#[cfg(feature = "runner")]
pub use tor_harness_runner as runner;
#[cfg(feature = "testnet")]
pub use tor_harness_testnet as testnet;
#[cfg(feature = "process")]
pub use tor_harness_traffic as traffic;
pub use tor_harness_types as types;

#[cfg(all(feature = "mock", feature = "process"))]
pub use fixture::{
    AnnouncedNode, Announcement, Fixture, FixtureBuilder, FixtureError, Kind, Method, Target,
    require,
};

/// What most tests want in scope.
pub mod prelude {
    pub use tor_harness_client::{Client, Credentials};
    pub use tor_harness_control::auth::AuthConfig;
    pub use tor_harness_control::{Command, Event, Reply};
    #[cfg(feature = "mock")]
    pub use tor_harness_mock::Mock;
    #[cfg(feature = "process")]
    pub use tor_harness_process::{NodeSpec, TestNetwork, Tor};
    #[cfg(feature = "runner")]
    pub use tor_harness_runner::{Context, Failed, Suite, TestResult};

    #[cfg(all(feature = "mock", feature = "process"))]
    pub use crate::{Fixture, Method, Target};
}

/// The README's examples, which need all this.
#[cfg(all(doctest, feature = "mock", feature = "process", feature = "testnet"))]
#[doc = include_str!("../../../README.md")]
struct Readme;
