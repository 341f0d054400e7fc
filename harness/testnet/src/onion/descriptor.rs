//! The descriptor of an onion service in its three layers (rend-spec-v3 section 2.4).

use std::sync::Arc;

use data_encoding::{BASE64, BASE64_NOPAD};
use tor_harness_netdoc::{
    AuthClient, Builder, Ed25519CertificateDraft, Ed25519SecretKey, Kind, OnionDescriptorKeys,
    OwnedItem, Seal, x25519_public,
};

use super::introduction_point::introduction_point;
use super::service::{OnionService, Publication};
use crate::item::item;
use crate::seed::Seed;
use crate::time::moved;

/// How long its certificates hold, in seconds.
const LIFETIME: i64 = 54 * 3600;
/// What the middle layer is filled up to a multiple of.
const PADDING: usize = 10_000;
/// How many clients there seem to be: a multiple of this.
const CLIENTS: usize = 16;

impl OnionService {
    /// Its descriptor. Its layers can be other ones: see [`OnionService::outer`].
    #[must_use]
    pub fn descriptor(&self, publication: &Publication) -> Builder {
        let inner = self.inner(publication).encode();
        let middle = self.middle(publication, &inner).encode();
        self.outer(publication, &middle)
    }

    /// The descriptor around a middle layer, which need not be one.
    #[must_use]
    pub fn outer(&self, publication: &Publication, middle: &[u8]) -> Builder {
        let blinded = self.identity.blinded(publication.period);
        let signing = Arc::new(self.signing_key(publication));
        let expires = moved(publication.time, LIFETIME);
        let draft = Ed25519CertificateDraft::new(8, signing.public(), expires);
        let certificate = draft.naming(&blinded).sign(&blinded);
        let mut padded = middle.to_vec();
        padded.resize(middle.len().next_multiple_of(PADDING), 0);
        let salt = self.of(publication).bytes("middle");
        let sealed = self.keys(publication).seal_middle(&padded, salt);
        Builder::new(Kind::OnionDescriptor)
            .push(item("hs-descriptor", "3"))
            .push(item("descriptor-lifetime", self.lifetime.to_string()))
            .push(
                OwnedItem::new("descriptor-signing-key-cert")
                    .object_of("ED25519 CERT", &certificate),
            )
            .push(item("revision-counter", publication.revision.to_string()))
            .push(OwnedItem::new("superencrypted").object_of("MESSAGE", &sealed))
            .push_sealed(OwnedItem::new("signature"), Seal::Onion(signing))
    }

    /// The middle layer around an inner one, which need not be one.
    #[must_use]
    pub fn middle(&self, publication: &Publication, inner: &[u8]) -> Builder {
        let own = self.of(publication);
        let keys = self.keys(publication);
        let ephemeral: [u8; 32] = own.bytes("ephemeral");
        let cookie: [u8; 16] = own.bytes("cookie");
        let mut clients: Vec<_> = self
            .clients
            .iter()
            .zip(0..)
            .map(|(client, number)| {
                let iv = own.child("client", number).bytes("iv");
                keys.auth_client(client, &ephemeral, cookie, iv)
            })
            .collect();
        // Nobody is to see how many there are, or whether there are any.
        for number in clients.len()..clients.len().max(1).next_multiple_of(CLIENTS) {
            let seed = own.child("nobody", number as u64);
            clients.push(AuthClient {
                client_id: seed.bytes("id"),
                iv: seed.bytes("iv"),
                encrypted_cookie: seed.bytes("cookie"),
            });
        }
        let cookie = (!self.clients.is_empty()).then_some(&cookie);
        let sealed = keys.seal_inner(inner, cookie, own.bytes("inner"));
        let ephemeral = BASE64.encode(&x25519_public(&ephemeral));
        let mut all = Builder::new(Kind::OnionDescriptorMiddle)
            .push(OwnedItem::new("desc-auth-type").text("x25519"))
            .push(OwnedItem::new("desc-auth-ephemeral-key").text(ephemeral));
        for AuthClient {
            client_id,
            iv,
            encrypted_cookie,
        } in clients
        {
            let words =
                [&client_id[..], &iv, &encrypted_cookie].map(|word| BASE64_NOPAD.encode(word));
            all = all.push(OwnedItem::new("auth-client").text(words.join(" ")));
        }
        all.push(OwnedItem::new("encrypted").object_of("MESSAGE", &sealed))
    }

    /// The inner layer.
    #[must_use]
    pub fn inner(&self, publication: &Publication) -> Builder {
        let signing = self.signing_key(publication);
        let expires = moved(publication.time, LIFETIME);
        let points = self.introduction_points.iter().zip(0..);
        let head = Builder::new(Kind::OnionDescriptorInner)
            .push(OwnedItem::new("create2-formats").text("2"));
        points.fold(head, |all, (relay, number)| {
            let seed = self.of(publication).child("introduction", number);
            all.append(introduction_point(relay, seed, &signing, expires))
        })
    }

    fn keys(&self, publication: &Publication) -> OnionDescriptorKeys {
        let blinded = self.identity.blinded(publication.period).public();
        OnionDescriptorKeys::for_service(&self.address(), blinded, publication.revision)
    }

    /// The key that signs a descriptor.
    fn signing_key(&self, publication: &Publication) -> Ed25519SecretKey {
        Ed25519SecretKey::from_seed(self.of(publication).bytes("signing"))
    }

    /// The seed of a descriptor: each has other keys, salts and random bytes.
    fn of(&self, publication: &Publication) -> Seed {
        let period = self.seed.child("period", publication.period.number);
        period.child("revision", publication.revision)
    }
}
