//! How tor-netdoc verifies documents.

use std::hint::black_box;

use anyhow::{Context as _, Result, anyhow, ensure};
use sha2::{Digest as _, Sha256};
use tor_checkable::{ExternallySigned as _, SelfSigned as _, TimeRangeBound};
use tor_harness_benches::Trust;
use tor_harness_netdoc::{Document, OnionDescriptor};
use tor_hscrypto::pk::{
    HsBlindId, HsClientDescEncKey, HsClientDescEncKeypair, HsClientDescEncSecretKey, HsId, HsIdKey,
};
use tor_hscrypto::time::TimePeriod;
use tor_llcrypto::pk::curve25519::{PublicKey, StaticSecret};
use tor_netdoc::doc::authcert::{AuthCert, AuthCertUnverified};
use tor_netdoc::doc::extra_info::ExtraInfoUnverified;
use tor_netdoc::doc::hsdesc::HsDesc;
use tor_netdoc::doc::microdesc::{Microdesc, MicrodescAndHash};
use tor_netdoc::doc::netstatus::{md, plain, vote};
use tor_netdoc::doc::routerdesc::{RouterDesc, RouterDescUnverified};
use tor_netdoc::parse2::{
    NetdocParseable, NetdocParseableUnverified as _, ParseInput, parse_netdoc,
};

use super::Generation;
use super::beside::Beside;

/// Verifies one document.
pub(crate) type Verify = Box<dyn Fn(&str) -> Result<()>>;

impl Generation {
    /// What verifies documents of a kind, as `server-descriptor`, where something does: beside
    /// what is recorded, whatever the time is.
    pub(crate) fn verifier(self, kind: &str, trust: &Trust) -> Option<Verify> {
        // A recorded microdescriptor is named by no digest.
        let is_signed = kind != "microdescriptor";
        is_signed.then(|| self.verifier_beside(kind, Beside::recorded(trust)))?
    }

    /// The same beside anything.
    pub(crate) fn verifier_beside(self, kind: &str, beside: Beside) -> Option<Verify> {
        match self {
            Self::Parse2 => by_parse2(kind, beside),
            Self::Parse => by_parse(kind, beside),
        }
    }
}

fn by_parse2(kind: &str, beside: Beside) -> Option<Verify> {
    let clock = beside.clock;
    Some(match kind {
        "consensus" => Box::new(move |text| {
            let read: plain::NetworkStatusUnverified = read(text)?;
            let read = read.verify(&beside.identities, &beside.certificates)?;
            done(clock.pass(read)?)
        }),
        "consensus-microdesc" => Box::new(move |text| {
            let read: md::NetworkStatusUnverified = read(text)?;
            let read = read.verify(&beside.identities, &beside.certificates)?;
            done(clock.pass(read)?)
        }),
        "vote" => Box::new(move |text| {
            let read: vote::NetworkStatusUnverified = read(text)?;
            done(clock.pass(read.verify(&beside.identities)?)?)
        }),
        "server-descriptor" => Box::new(move |text| done(clock.pass(server_descriptor(text)?)?)),
        "extra-info" => Box::new(move |text| {
            let own = (beside.descriptor_of)(text)?;
            let own = clock.pass(server_descriptor(&own)?)?;
            let read: ExtraInfoUnverified = read(text)?;
            done(read.verify(&own)?)
        }),
        "microdescriptor" => Box::new(move |text| {
            is_named(&beside, &Sha256::digest(text))?;
            done(read::<Microdesc>(text)?)
        }),
        "key-certificate" => Box::new(move |text| {
            let read: AuthCertUnverified = read(text)?;
            // Whoever it is of.
            let own = read.inspect_unverified().0.fingerprint.0;
            done(clock.pass(read.verify(&[own])?)?)
        }),
        _ => return None,
    })
}

fn by_parse(kind: &str, beside: Beside) -> Option<Verify> {
    let clock = beside.clock;
    let authorities = beside.identities.len();
    Some(match kind {
        "consensus" => Box::new(move |text| {
            let (_, _, read) = plain::Consensus::parse(text)?;
            let read = clock.pass(read)?.set_n_authorities(authorities);
            done(read.check_signature(&beside.certificates)?)
        }),
        "consensus-microdesc" => Box::new(move |text| {
            let (_, _, read) = md::Consensus::parse(text)?;
            let read = clock.pass(read)?.set_n_authorities(authorities);
            done(read.check_signature(&beside.certificates)?)
        }),
        "server-descriptor" => {
            Box::new(move |text| done(clock.pass(RouterDesc::parse(text)?.check_signature()?)?))
        }
        "microdescriptor" => Box::new(move |text| {
            let read = MicrodescAndHash::parse(text)?;
            is_named(&beside, read.digest())?;
            done(read)
        }),
        "key-certificate" => {
            Box::new(move |text| done(clock.pass(AuthCert::parse(text)?.check_signature()?)?))
        }
        "onion-descriptor" => Box::new(move |text| onion_descriptor(text, &beside)),
        _ => return None,
    })
}

/// A microdescriptor is taken by whoever has found its digest in a consensus.
fn is_named(beside: &Beside, digest: &[u8]) -> Result<()> {
    let named = beside.named.as_deref().map(Sha256::digest);
    ensure!(
        named.is_some_and(|named| named[..] == *digest),
        "no consensus names its digest"
    );
    Ok(())
}

/// With the key that the service's address has in its time period.
fn onion_descriptor(text: &str, beside: &Beside) -> Result<()> {
    let claim = OnionDescriptor::read(Document::new(text.as_bytes()));
    let key = claim.blinded_key().map_err(|_| anyhow!("no blinded key"))?;
    let service = (beside.service_with)(&key).context("its service is not known")?;
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
    done(beside.clock.pass(read?)?)
}

fn server_descriptor(text: &str) -> Result<TimeRangeBound<RouterDesc>> {
    let read: RouterDescUnverified = read(text)?;
    Ok(read.verify()?)
}

fn read<T: NetdocParseable>(text: &str) -> Result<T> {
    Ok(parse_netdoc(&ParseInput::new(black_box(text), ""))?)
}

fn done<T>(read: T) -> Result<()> {
    black_box(read);
    Ok(())
}
