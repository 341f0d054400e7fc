//! What tor-netdoc is given beside a document to verify it.

use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use tor_checkable::{SelfSigned, TimeBound};
use tor_harness_benches::{OnionService, Trust, server_descriptor_of};
use tor_harness_testnet::Authority;
use tor_llcrypto::pk::rsa::RsaIdentity;
use tor_netdoc::doc::authcert::AuthCert;
use tor_strategies::network::{Given, Made};

/// What a document is verified by, of whatever kind it is.
pub(crate) struct Beside {
    /// The certificates of the authorities that are trusted.
    pub(super) certificates: Vec<AuthCert>,
    pub(super) identities: Vec<RsaIdentity>,
    /// The server descriptor to an extra-info document.
    pub(super) descriptor_of: Box<dyn Fn(&str) -> Result<String> + Send>,
    /// The service with a blinded key.
    pub(super) service_with: Box<dyn Fn(&[u8; 32]) -> Option<OnionService> + Send>,
    /// The document whose digest a consensus names.
    pub(super) named: Option<Vec<u8>>,
    pub(super) clock: Clock,
}

/// What time it is; nobody asks where there is none.
#[derive(Clone, Copy)]
pub(super) struct Clock(Option<SystemTime>);

impl Beside {
    /// What is recorded, whatever the time is.
    pub(super) fn recorded(trust: &Trust) -> Self {
        let authorities = trust.authorities();
        let identities = authorities.identities().iter();
        Self {
            certificates: certificates(trust.certificates()),
            identities: identities.map(|one| identity(one.as_bytes())).collect(),
            descriptor_of: Box::new(|extra_info| {
                let own = server_descriptor_of(extra_info.as_bytes());
                Ok(str::from_utf8(own.context("no descriptor names it")?)?.to_owned())
            }),
            service_with: Box::new(OnionService::with_key),
            named: None,
            clock: Clock(None),
        }
    }

    /// What is given, at the time that it is there.
    pub(crate) fn given(given: &Given, made: &Made) -> Self {
        let descriptor = given
            .relay()
            .server_descriptor_naming(made.named())
            .encode();
        let service = OnionService {
            address: given.service().address(),
            period: given.publication().period,
            client: None,
        };
        let identities = given.network().authorities.iter().map(Authority::identity);
        let seconds = u64::try_from(given.now().as_unix()).unwrap_or_default();
        Self {
            certificates: certificates(given.certificates()),
            identities: identities.map(|one| identity(one.as_bytes())).collect(),
            descriptor_of: Box::new(move |_| Ok(String::from_utf8(descriptor.clone())?)),
            service_with: Box::new(move |_| Some(service)),
            named: Some(made.named().to_vec()),
            clock: Clock(Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))),
        }
    }
}

impl Clock {
    /// What is there if it holds now.
    pub(super) fn pass<T: TimeBound>(self, bound: T) -> Result<T::Inner> {
        if let Some(now) = self.0 {
            bound.check_valid_at(&now)?;
        }
        Ok(bound.dangerously_assume_timely())
    }
}

fn certificates(all: &[Vec<u8>]) -> Vec<AuthCert> {
    let read = all.iter().map(|bytes| {
        let read = AuthCert::parse(str::from_utf8(bytes)?)?;
        Ok(read.check_signature()?.dangerously_assume_timely())
    });
    // One that it cannot read it does not trust.
    read.filter_map(|one: Result<_>| one.ok()).collect()
}

fn identity(bytes: &[u8; 20]) -> RsaIdentity {
    RsaIdentity::from(*bytes)
}
