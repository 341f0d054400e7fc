//! How the signatures of authorities can be wrong.

use std::sync::Arc;

use tor_harness_netdoc::{Builder, Flavor, OwnedItem, RsaSecretKey, Seal};
use tor_harness_testnet::{Authority, Seed};

use crate::network::Given;

pub(super) const SIGNATURE: &str = "directory-signature";

/// Of all signatures these alone.
pub(super) fn signatures_of(builder: Builder, kept: impl IntoIterator<Item = usize>) -> Builder {
    let builder = builder.sealed();
    let is_signature = |item: &&OwnedItem| item.keyword == SIGNATURE;
    let all: Vec<_> = builder.items().filter(is_signature).cloned().collect();
    let kept = kept.into_iter().filter_map(|index| all.get(index).cloned());
    kept.fold(builder.without(SIGNATURE), Builder::push)
}

/// Authorities of another network.
pub(super) fn strangers(given: &Given) -> Vec<Authority> {
    let seed = Seed::new(2);
    let time = given.network.status.valid_after;
    (0..3)
        .map(|number| Authority::new(seed, number, time))
        .collect()
}

/// Each authority's signature is by a key of a stranger, and names that.
pub(super) fn by_strangers(given: &Given, flavor: Flavor) -> Builder {
    let strangers = strangers(given);
    let pairs = given.network.authorities.iter().zip(&strangers);
    signed(
        given,
        flavor,
        pairs.map(|(own, other)| {
            let key = other.signing_key();
            (own, key.fingerprint().to_string(), key.clone())
        }),
    )
}

/// Each authority's signature is by another's key, and names its own.
pub(super) fn exchanged(given: &Given, flavor: Flavor) -> Builder {
    let all = &given.network.authorities;
    let pairs = all.iter().zip(all.iter().cycle().skip(1));
    signed(
        given,
        flavor,
        pairs.map(|(own, other)| {
            (
                own,
                own.signing_key().fingerprint().to_string(),
                other.signing_key().clone(),
            )
        }),
    )
}

/// Who signs, the digest of the key that is named, the key.
fn signed<'a>(
    given: &Given,
    flavor: Flavor,
    all: impl Iterator<Item = (&'a Authority, String, Arc<RsaSecretKey>)>,
) -> Builder {
    let builder = given.network.consensus(flavor).without(SIGNATURE);
    all.fold(builder, |builder, (own, digest, key)| {
        let (algorithm, seal) = match flavor {
            Flavor::Ns => ("", Seal::DirectorySha1(key)),
            Flavor::Microdesc => ("sha256 ", Seal::DirectorySha256(key)),
        };
        let text = format!("{algorithm}{} {digest}", own.identity());
        builder.push_sealed(OwnedItem::new(SIGNATURE).text(text), seal)
    })
}
