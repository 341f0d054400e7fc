//! How tor-netdoc verifies documents.

use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow};
use tor_checkable::{ExternallySigned as _, SelfSigned, TimeBound};
use tor_harness_benches::{OnionService, Trust, server_descriptor_of};
use tor_harness_netdoc::{Document, OnionDescriptor};
use tor_hscrypto::pk::{
    HsBlindId, HsClientDescEncKey, HsClientDescEncKeypair, HsClientDescEncSecretKey, HsId, HsIdKey,
};
use tor_hscrypto::time::TimePeriod;
use tor_llcrypto::pk::curve25519::{PublicKey, StaticSecret};
use tor_llcrypto::pk::rsa::RsaIdentity;
use tor_netdoc::doc::authcert::{AuthCert, AuthCertUnverified};
use tor_netdoc::doc::extra_info::ExtraInfoUnverified;
use tor_netdoc::doc::hsdesc::HsDesc;
use tor_netdoc::doc::netstatus::{md, plain, vote};
use tor_netdoc::doc::routerdesc::{RouterDesc, RouterDescUnverified};
use tor_netdoc::parse2::{
    NetdocParseable, NetdocParseableUnverified as _, ParseInput, parse_netdoc,
};

use super::Generation;

/// Verifies one document, whatever the time is.
pub(crate) type Verify = Box<dyn Fn(&str) -> Result<()>>;

impl Generation {
    /// What verifies documents of a kind, as `server-descriptor`, where something does.
    pub(crate) fn verifier(self, kind: &str, trust: &Trust) -> Option<Verify> {
        match self {
            Self::Parse2 => by_parse2(kind, trust),
            Self::Parse => by_parse(kind, trust),
        }
    }
}

fn by_parse2(kind: &str, trust: &Trust) -> Option<Verify> {
    let (certificates, identities) = (certificates(trust), identities(trust));
    Some(match kind {
        "consensus" => Box::new(move |text| {
            let read: plain::NetworkStatusUnverified = read(text)?;
            timely(read.verify(&identities, &certificates)?)
        }),
        "consensus-microdesc" => Box::new(move |text| {
            let read: md::NetworkStatusUnverified = read(text)?;
            timely(read.verify(&identities, &certificates)?)
        }),
        "vote" => Box::new(move |text| {
            let read: vote::NetworkStatusUnverified = read(text)?;
            timely(read.verify(&identities)?)
        }),
        "server-descriptor" => Box::new(|text| timely(server_descriptor(text)?)),
        "extra-info" => Box::new(|text| {
            let own = server_descriptor_of(text.as_bytes()).context("no descriptor names it")?;
            let own = server_descriptor(str::from_utf8(own)?)?.dangerously_assume_timely();
            let read: ExtraInfoUnverified = read(text)?;
            black_box(read.verify(&own)?);
            Ok(())
        }),
        "key-certificate" => Box::new(|text| {
            let read: AuthCertUnverified = read(text)?;
            // Whoever it is of.
            let own = read.inspect_unverified().0.fingerprint.0;
            timely(read.verify(&[own])?)
        }),
        _ => return None,
    })
}

fn by_parse(kind: &str, trust: &Trust) -> Option<Verify> {
    let certificates = certificates(trust);
    let authorities = identities(trust).len();
    Some(match kind {
        "consensus" => Box::new(move |text| {
            let (_, _, read) = plain::Consensus::parse(text)?;
            let read = read.dangerously_assume_timely();
            let read = read.set_n_authorities(authorities);
            black_box(read.check_signature(&certificates)?);
            Ok(())
        }),
        "consensus-microdesc" => Box::new(move |text| {
            let (_, _, read) = md::Consensus::parse(text)?;
            let read = read.dangerously_assume_timely();
            let read = read.set_n_authorities(authorities);
            black_box(read.check_signature(&certificates)?);
            Ok(())
        }),
        "server-descriptor" => Box::new(|text| timely(RouterDesc::parse(text)?.check_signature()?)),
        "key-certificate" => Box::new(|text| timely(AuthCert::parse(text)?.check_signature()?)),
        "onion-descriptor" => Box::new(onion_descriptor),
        _ => return None,
    })
}

/// With the key that the service's address has in its time period.
fn onion_descriptor(text: &str) -> Result<()> {
    let claim = OnionDescriptor::read(Document::new(text.as_bytes()));
    let key = claim.blinded_key().map_err(|_| anyhow!("no blinded key"))?;
    let service = OnionService::with_key(&key).context("its service is not known")?;
    let identity = HsId::from(*service.address.public_key());
    let identity = HsIdKey::try_from(identity)?;
    let period = TimePeriod::from_parts(service.period.minutes, service.period.number, 0);
    let (key, subcredential) = identity.compute_blinded_key(period)?;
    let client = service.client.map(|secret| {
        let secret = StaticSecret::from(secret);
        let public = HsClientDescEncKey::from(PublicKey::from(&secret));
        HsClientDescEncKeypair::new(public, HsClientDescEncSecretKey::from(secret))
    });
    let read = HsDesc::parse_decrypt_validate(
        text,
        &HsBlindId::from(key),
        &subcredential,
        client.as_ref(),
    );
    timely(read?)
}

fn server_descriptor(text: &str) -> Result<tor_checkable::TimeRangeBound<RouterDesc>> {
    let read: RouterDescUnverified = read(text)?;
    Ok(read.verify()?)
}

fn certificates(trust: &Trust) -> Vec<AuthCert> {
    let texts = trust.certificates().iter();
    let read = texts.map(|bytes| {
        let read = AuthCert::parse(str::from_utf8(bytes)?)?;
        Ok(read.check_signature()?.dangerously_assume_timely())
    });
    // One that it cannot read it does not trust.
    read.filter_map(|one: Result<_>| one.ok()).collect()
}

fn identities(trust: &Trust) -> Vec<RsaIdentity> {
    let authorities = trust.authorities();
    let identities = authorities.identities().iter();
    let identities = identities.map(|one| RsaIdentity::from_bytes(one.as_bytes()));
    identities.flatten().collect()
}

fn read<T: NetdocParseable>(text: &str) -> Result<T> {
    Ok(parse_netdoc(&ParseInput::new(black_box(text), ""))?)
}

fn timely(bound: impl TimeBound) -> Result<()> {
    black_box(bound.dangerously_assume_timely());
    Ok(())
}
