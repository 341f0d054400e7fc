//! What opens the layers of an onion service's descriptor.
//!
//! A client's key is a secret: it is only multiplied with, in constant time, and the product
//! hashed. MACs are compared in constant time; what the descriptor calls the client is not.

use alloc::vec::Vec;
use core::fmt;

use aes::Aes256;
use ctr::Ctr128BE;
use ctr::cipher::{KeyIvInit, StreamCipher};
use curve25519_dalek::MontgomeryPoint;
use sha3::{Digest, Sha3_256};
use shake::Shake256;
use shake::digest::{ExtendableOutput, Update, XofReader};
use subtle::ConstantTimeEq;
use tor_harness_types::OnionAddress;

use super::middle::{OnionDescriptorMiddle, unpadded};
use super::outer::OnionDescriptor;
use crate::rules::ParseError;
use crate::structure::Document;

/// What opens the two encrypted layers of one descriptor (rend-spec-v3 section 2.5).
#[derive(Clone, Copy)]
pub struct OnionDescriptorKeys {
    pub(super) blinded_key: [u8; 32],
    pub(super) subcredential: [u8; 32],
    pub(super) revision_counter: u64,
}

/// What the keys of a layer are made with.
pub(super) const MIDDLE: &[u8] = b"hsdir-superencrypted-data";
pub(super) const INNER: &[u8] = b"hsdir-encrypted-data";

pub(super) const SALT: usize = 16;
const MAC: usize = 32;

impl OnionDescriptorKeys {
    /// The keys for a descriptor of the service with this address.
    ///
    /// No time is needed: the descriptor names the key that the service had for
    /// its time period, and with another's the layers would not open.
    ///
    /// # Errors
    /// If the descriptor does not name its key or its revision.
    pub fn new(
        descriptor: &OnionDescriptor<'_>,
        address: &OnionAddress,
    ) -> Result<Self, OpenError> {
        let blinded_key = descriptor.blinded_key()?;
        let credential = hash(&[b"credential", address.public_key()]);
        Ok(Self {
            blinded_key,
            subcredential: hash(&[b"subcredential", &credential, &blinded_key]),
            revision_counter: descriptor.revision_counter()?,
        })
    }

    /// The middle layer of the descriptor, without its padding.
    ///
    /// # Errors
    /// If it is not there, or these are not its keys.
    pub fn open_middle(&self, descriptor: &OnionDescriptor<'_>) -> Result<Vec<u8>, OpenError> {
        self.open(&descriptor.superencrypted()?, MIDDLE, &[])
    }

    /// The inner layer. The client's private x25519 key is needed where the service
    /// is open only to some; it is not used where the service is open to all.
    ///
    /// # Errors
    /// If it is not there, these are not its keys, or the client may not open it.
    pub fn open_inner(
        &self,
        middle: &OnionDescriptorMiddle<'_>,
        client: Option<&[u8; 32]>,
    ) -> Result<Vec<u8>, OpenError> {
        let sealed = middle.encrypted()?;
        match (self.open(&sealed, INNER, &[]), client) {
            (Err(OpenError::Keys), Some(client)) => {
                let cookie = self.cookie(middle, client)?;
                self.open(&sealed, INNER, &cookie)
            }
            (opened, _) => opened,
        }
    }

    /// The cookie that the descriptor has for a client (rend-spec-v3 section 2.5.1.3).
    fn cookie(
        &self,
        middle: &OnionDescriptorMiddle<'_>,
        client: &[u8; 32],
    ) -> Result<[u8; 16], OpenError> {
        let (client_id, key) = self.client_keys(&middle.ephemeral_key()?, client);
        for found in middle.auth_clients() {
            let found = found?;
            if found.client_id == client_id {
                let mut cookie = found.encrypted_cookie;
                Ctr128BE::<Aes256>::new(&key.into(), &found.iv.into()).apply_keystream(&mut cookie);
                return Ok(cookie);
            }
        }
        Err(OpenError::Client)
    }

    /// What a client is called, and the key of its cookie.
    pub(super) fn client_keys(&self, public: &[u8; 32], private: &[u8; 32]) -> ([u8; 8], [u8; 32]) {
        let seed = MontgomeryPoint(*public).mul_clamped(*private);
        let mut keys = expand(&[&self.subcredential, seed.as_bytes()]);
        (read(&mut keys), read(&mut keys))
    }

    /// What is sealed: salt, encrypted bytes, MAC (rend-spec-v3 section 2.5.3).
    fn open(&self, sealed: &[u8], layer: &[u8], cookie: &[u8]) -> Result<Vec<u8>, OpenError> {
        let (salt, rest) = sealed
            .split_first_chunk::<SALT>()
            .ok_or(OpenError::Length)?;
        let (encrypted, mac) = rest.split_last_chunk::<MAC>().ok_or(OpenError::Length)?;
        let mut keys = LayerKeys::new(self, layer, cookie, salt);
        if bool::from(keys.mac(salt, encrypted).ct_ne(mac)) {
            return Err(OpenError::Keys);
        }
        let mut plain = encrypted.to_vec();
        keys.cipher.apply_keystream(&mut plain);
        let length = unpadded(Document::new(&plain)).as_bytes().len();
        plain.truncate(length);
        Ok(plain)
    }
}

/// The keys of one layer.
pub(super) struct LayerKeys {
    pub(super) cipher: Ctr128BE<Aes256>,
    mac_key: [u8; 32],
}

impl LayerKeys {
    pub(super) fn new(
        keys: &OnionDescriptorKeys,
        layer: &[u8],
        cookie: &[u8],
        salt: &[u8; SALT],
    ) -> Self {
        let revision = keys.revision_counter.to_be_bytes();
        let mut stream = expand(&[
            &keys.blinded_key,
            cookie,
            &keys.subcredential,
            &revision,
            salt,
            layer,
        ]);
        let key: [u8; 32] = read(&mut stream);
        let iv: [u8; 16] = read(&mut stream);
        Self {
            cipher: Ctr128BE::new(&key.into(), &iv.into()),
            mac_key: read(&mut stream),
        }
    }

    pub(super) fn mac(&self, salt: &[u8; SALT], encrypted: &[u8]) -> [u8; MAC] {
        let length = |bytes: &[u8]| (bytes.len() as u64).to_be_bytes();
        let [key_length, salt_length] = [length(&self.mac_key), length(salt)];
        hash(&[&key_length, &self.mac_key, &salt_length, salt, encrypted])
    }
}

pub(super) fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha3_256::new();
    parts
        .iter()
        .for_each(|part| Digest::update(&mut hash, part));
    hash.finalize().into()
}

/// The stream of bytes that these are a secret for.
fn expand(parts: &[&[u8]]) -> impl XofReader + use<> {
    let mut shake = Shake256::default();
    parts.iter().for_each(|part| shake.update(part));
    shake.finalize_xof()
}

/// The next bytes of a stream.
fn read<const N: usize>(stream: &mut impl XofReader) -> [u8; N] {
    let mut bytes = [0; N];
    stream.read(&mut bytes);
    bytes
}

/// Nothing of the keys.
impl fmt::Debug for OnionDescriptorKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnionDescriptorKeys")
            .finish_non_exhaustive()
    }
}

/// Why a layer does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// The layer around it lacks what is needed.
    Parse(ParseError),
    /// There are fewer bytes than salt and MAC have.
    Length,
    /// The MAC does not fit: another's address, another's bytes, or a layer that
    /// only some clients may open.
    Keys,
    /// The layer names other clients than this.
    Client,
}

impl From<ParseError> for OpenError {
    fn from(error: ParseError) -> Self {
        Self::Parse(error)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parse(error) => write!(f, "{}", error.problem),
            Self::Length => write!(f, "expected {} encrypted bytes at least", SALT + MAC),
            Self::Keys => f.write_str(
                "expected bytes that this service's key encrypted: another service's, \
                 or a client's key is needed",
            ),
            Self::Client => f.write_str("expected a client that the service knows"),
        }
    }
}

impl core::error::Error for OpenError {}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use data_encoding::{BASE64, BASE64_NOPAD};

    use super::super::tests::{inner, middle, outer};
    use super::super::{OnionDescriptorInner, TimePeriod};
    use super::*;
    use crate::forms::LinkSpecifier;
    use crate::testing::{problems, recorded};

    /// Test keys, of nobody.
    const SERVICE: OnionAddress = OnionAddress::new([1; 32]);
    const CLIENT: [u8; 32] = [2; 32];
    const EPHEMERAL: [u8; 32] = [3; 32];
    const COOKIE: [u8; 16] = [4; 16];

    /// A document whose object holds this layer, sealed.
    fn sealed(
        document: String,
        keys: &OnionDescriptorKeys,
        layer: &[u8],
        cookie: &[u8],
        plain: &str,
    ) -> String {
        let salt = [5; SALT];
        let mut layer = LayerKeys::new(keys, layer, cookie, &salt);
        let mut bytes = plain.as_bytes().to_vec();
        layer.cipher.apply_keystream(&mut bytes);
        let mac = layer.mac(&salt, &bytes);
        let digits = BASE64.encode(&[&salt[..], &bytes, &mac].concat());
        document.replace("AAEC\n", &(digits + "\n"))
    }

    /// The outer layer of a descriptor that only the client may read if `is_restricted`.
    fn descriptor(is_restricted: bool) -> String {
        let outer = outer();
        let keys = keys(&outer);
        let mut middle = middle();
        let mut cookie = &[][..];
        if is_restricted {
            let ephemeral = MontgomeryPoint::mul_base_clamped(EPHEMERAL).0;
            let client = MontgomeryPoint::mul_base_clamped(CLIENT).0;
            let (client_id, key) = keys.client_keys(&client, &EPHEMERAL);
            let mut encrypted = COOKIE;
            let iv = [6; 16];
            Ctr128BE::<Aes256>::new(&key.into(), &iv.into()).apply_keystream(&mut encrypted);
            let [client_id, iv, encrypted] =
                [&client_id[..], &iv, &encrypted].map(|part| BASE64_NOPAD.encode(part));
            middle = middle
                .replace(
                    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                    &BASE64.encode(&ephemeral),
                )
                .replace(
                    "encrypted\n",
                    &alloc::format!("auth-client {client_id} {iv} {encrypted}\nencrypted\n"),
                );
            cookie = &COOKIE;
        }
        let middle = sealed(middle, &keys, INNER, cookie, &inner());
        sealed(outer, &keys, MIDDLE, &[], &(middle + "\0\0\0"))
    }

    fn keys(outer: &str) -> OnionDescriptorKeys {
        let outer = OnionDescriptor::read(Document::new(outer.as_bytes()));
        OnionDescriptorKeys::new(&outer, &SERVICE).unwrap()
    }

    /// Opens both layers.
    fn open(
        outer: &str,
        address: OnionAddress,
        client: Option<&[u8; 32]>,
    ) -> Result<String, OpenError> {
        let outer = OnionDescriptor::read(Document::new(outer.as_bytes()));
        let keys = OnionDescriptorKeys::new(&outer, &address)?;
        let middle = keys.open_middle(&outer)?;
        let middle = OnionDescriptorMiddle::read(Document::new(&middle));
        let inner = keys.open_inner(&middle, client)?;
        Ok(String::from_utf8(inner).unwrap())
    }

    #[test]
    fn opens_for_whom_it_is_sealed() {
        let other = OnionAddress::new([9; 32]);
        let [open_to_all, restricted] = [false, true].map(descriptor);
        for (descriptor, address, client, expected) in [
            (&open_to_all, SERVICE, None, Ok(inner())),
            (&open_to_all, SERVICE, Some(&CLIENT), Ok(inner())),
            (&open_to_all, other, None, Err(OpenError::Keys)),
            (&restricted, SERVICE, Some(&CLIENT), Ok(inner())),
            (&restricted, SERVICE, None, Err(OpenError::Keys)),
            (&restricted, SERVICE, Some(&[7; 32]), Err(OpenError::Client)),
            (&restricted, other, Some(&CLIENT), Err(OpenError::Keys)),
        ] {
            assert_eq!(open(descriptor, address, client), expected);
        }
        assert_eq!(open(&outer(), SERVICE, None), Err(OpenError::Length));
        assert!(matches!(open("", SERVICE, None), Err(OpenError::Parse(_))));
    }

    /// A file of the recorded network, without the line's end.
    fn text(path: &str) -> &'static str {
        core::str::from_utf8(recorded(path)).unwrap().trim_end()
    }

    /// The private half of the key that the restricted service is open to.
    const READER: &[u8; 32] = b"this is tor-harness's test key !";

    #[test]
    fn opens_what_tor_sealed() {
        for (name, client) in [("open", None), ("restricted", Some(READER))] {
            let hostname = text(&alloc::format!("data-directory/{name}-service/hostname"));
            let address = hostname.trim_end_matches(".onion").parse().unwrap();
            let outer = text(&alloc::format!("netdoc/onion-descriptor/{name}"));
            assert!(problems(OnionDescriptor::RULES, outer.as_bytes()).is_empty());
            let inner = open(outer, address, client).unwrap();
            let points = inner.matches("\nintroduction-point ").count();
            assert!(points > 0);
            let no_problems: [&str; 0] = [];
            assert_eq!(
                problems(OnionDescriptorInner::RULES, inner.as_bytes()),
                no_problems
            );
            let read = OnionDescriptorInner::read(Document::new(inner.as_bytes()));
            assert_eq!(read.introduction_points().count(), points);
            for point in read.introduction_points() {
                let ways = point.link_specifiers().unwrap();
                assert!(ways.iter().any(
                    |way| matches!(way, LinkSpecifier::Socket(socket) if socket.ip().is_loopback())
                ));
                assert!(point.onion_key().unwrap().is_some() && point.enc_key().unwrap().is_some());
            }
            if client.is_some() {
                assert_eq!(open(outer, address, None), Err(OpenError::Keys));
                assert_eq!(open(outer, address, Some(&CLIENT)), Err(OpenError::Client));
            }
        }
    }

    #[test]
    fn blinds_keys_as_tor_does() {
        let consensus = text("netdoc/consensus/current");
        let line = consensus
            .lines()
            .find_map(|line| line.strip_prefix("valid-after "));
        let now = line.unwrap().parse().unwrap();
        let address = text("data-directory/open-service/hostname");
        let address = address.trim_end_matches(".onion").parse().unwrap();
        let outer = text("netdoc/onion-descriptor/open");
        let outer = OnionDescriptor::read(Document::new(outer.as_bytes()));
        // The recorded network votes every ten seconds, so that a period has four minutes.
        let period = TimePeriod::at(now, 4, 10).unwrap();
        let keys = [0, 1, 2].map(|number| {
            let number = period.number - 1 + number;
            TimePeriod { number, ..period }.blinded_key(&address)
        });
        // A service has descriptors for two periods that follow each other.
        let own = outer.blinded_key().unwrap();
        assert!(keys.contains(&Some(own)), "{period:?}");
    }
}
