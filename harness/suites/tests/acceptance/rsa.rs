//! Signatures by RSA with padding that other libraries do not agree about.

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{CheckedAdd as _, Odd, U1024};
use tor_harness::runner::TestResult;
use tor_harness_netdoc::Ed25519SecretKey;

use super::case::{Case, check as check_all};
use super::draft::Draft;

/// A test key, of nobody.
pub(crate) struct Rsa {
    exponent: &'static [u8],
    secret: U1024,
}

const MODULUS: U1024 = U1024::from_be_hex(
    "d2559d58993b8ca0b1c5cfa01da5585da2df6f7c3fe1455c55a579be7a747c414aa49761e3ed945ef26ec36548f3b6974ae2e620ac844bc9f6d82a7b25e109581003cb57b4f75465d4a3e00e701cff18556de47e58069dbed5def9690d63fd18c31c250bcd02eeea94f520dcd2f11176703f731bec85247bcedc67d66bb14f59",
);
/// What undoes the exponent 65537.
const OF_65537: &str = "2ef690c85c867052dcfea6ea40544fd3b06f252c5ff30392a748e85300728bdfe433b5dd54901285d4a9a8952fe1c2ce2b19587ac92a4ce5ce68dbab5d7ccea1e43b483195f8be6a9f811d0fb0c181f95052f5105e1e6e0ab212a0fc0765e5679c5173be1a0c11dbaeb6ceb17b729538153ed977dcdf9d473a9e740bacae9081";
/// What undoes the exponent 3.
const OF_3: &str = "8c3913906627b315cbd935156918e593c1ea4a52d540d8e83918fbd451a2fd80dc6dba41429e62e9f6f4824385f7cf0f8741eec07302dd314f3ac6fcc3eb5b8ed4bcd4c4e02b5840de9382a1735e439eeb6675976e325ffd33c24a8007dc2e22346a3489877ca015d70e731562d111c9c8937424dc07d6e2b7ef841d9c09bdab";

impl Rsa {
    pub(crate) fn ordinary() -> Self {
        Self::new(&[1, 0, 1], U1024::from_be_hex(OF_65537))
    }

    fn new(exponent: &'static [u8], secret: U1024) -> Self {
        Self { exponent, secret }
    }

    /// The public key.
    pub(crate) fn der(&self) -> Vec<u8> {
        let modulus = MODULUS.to_be_bytes();
        let numbers = [
            integer(&[&[0], modulus.as_ref()].concat()),
            integer(self.exponent),
        ];
        value(0x30, &numbers.concat())
    }

    /// Signs a digest as tor does.
    pub(crate) fn sign(&self, digest: &[u8]) -> Vec<u8> {
        self.raise(&block(&[0, 1], 0xff, &[&[0], digest].concat()))
    }

    /// The number of a block to the power of the secret.
    fn raise(&self, block: &[u8]) -> Vec<u8> {
        let modulus = Odd::new(MODULUS).expect("a modulus is odd");
        let params = FixedMontyParams::new_vartime(modulus);
        let number = FixedMontyForm::new(&U1024::from_be_slice(block), &params);
        number
            .pow(&self.secret)
            .retrieve()
            .to_be_bytes()
            .as_ref()
            .to_vec()
    }

    /// A descriptor whose signature is made so of the digest.
    pub(crate) fn document(&self, sign: impl Fn(&Self, &[u8]) -> Option<Vec<u8>>) -> Vec<u8> {
        let ed25519 = Ed25519SecretKey::from_seed([3; 32]);
        let draft = Draft {
            signing_key: ed25519.public(),
            rsa_key: self.der(),
        };
        draft.signed(
            |digest| Some(ed25519.sign(digest)),
            |digest| sign(self, digest),
        )
    }
}

/// A block of the length of the key.
fn block(start: &[u8], filler: u8, end: &[u8]) -> Vec<u8> {
    let filler = [filler].repeat(128 - start.len() - end.len());
    [start, &filler, end].concat()
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    value(2, bytes)
}

fn value(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let length = match u8::try_from(bytes.len()) {
        Ok(length @ ..0x80) => vec![length],
        Ok(length) => vec![0x81, length],
        Err(_) => [&[0x82][..], &(bytes.len() as u16).to_be_bytes()].concat(),
    };
    [&[tag], &length[..], bytes].concat()
}

/// How a block looks that a digest is signed in.
type Padded = fn(&[u8]) -> Vec<u8>;

const EIGHT: [u8; 10] = [0, 1, 255, 255, 255, 255, 255, 255, 255, 255];

/// What is signed, and whether it is taken.
const BLOCKS: [(&str, Padded, bool); 14] = [
    (
        "as tor signs",
        |digest| block(&[0, 1], 0xff, &[&[0], digest].concat()),
        true,
    ),
    (
        "bytes behind the digest",
        |digest| block(&[0, 1], 0xff, &[&[0], digest, &[7; 20]].concat()),
        true,
    ),
    (
        "eight ff, the rest behind the digest",
        |digest| block(&[&EIGHT[..], &[0], digest].concat(), 7, &[]),
        true,
    ),
    (
        "seven ff",
        |digest| block(&[&EIGHT[..9], &[0], digest].concat(), 7, &[]),
        false,
    ),
    (
        "no ff",
        |digest| block(&[&[0, 1, 0], digest].concat(), 7, &[]),
        false,
    ),
    (
        "no 00 behind the ff",
        |digest| block(&[0, 1], 0xff, digest),
        false,
    ),
    (
        "fe among the ff",
        |digest| block(&[0, 1, 255, 254], 0xff, &[&[0], digest].concat()),
        false,
    ),
    (
        "01 before the digest in place of 00",
        |digest| block(&[0, 1], 0xff, &[&[1], digest].concat()),
        false,
    ),
    (
        "type 2",
        |digest| block(&[0, 2], 0xff, &[&[0], digest].concat()),
        false,
    ),
    (
        "type 0",
        |digest| block(&[0, 0], 0, &[&[0], digest].concat()),
        false,
    ),
    (
        "first byte 01",
        |digest| block(&[1, 1], 0xff, &[&[0], digest].concat()),
        false,
    ),
    (
        "a short digest",
        |digest| block(&[0, 1], 0xff, &[&[0], &digest[..19]].concat()),
        false,
    ),
    ("nothing", |_| block(&[0, 1], 0xff, &[0]), false),
    (
        "the name of the hash before the digest",
        |digest| {
            let name = b"\x30\x21\x30\x09\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14";
            block(&[0, 1], 0xff, &[&[0], &name[..], digest].concat())
        },
        false,
    ),
];

/// As tor answers, so do we.
pub(crate) fn check() -> TestResult {
    let ordinary = Rsa::ordinary();
    let blocks = BLOCKS.map(|(name, padded, is_taken)| Case {
        name: name.to_owned(),
        document: ordinary.document(|key, digest| Some(key.raise(&padded(digest)))),
        is_taken,
    });
    // What stands around the number.
    type Changed = fn(Vec<u8>) -> Option<Vec<u8>>;
    let changes: [(&str, Changed, bool); 6] = [
        (
            "a zero before it",
            |number| Some([&[0], &number[..]].concat()),
            false,
        ),
        (
            "a zero behind it",
            |number| Some([&number[..], &[0]].concat()),
            false,
        ),
        (
            "its first zero left out",
            |number| Some(number.strip_prefix(&[0])?.to_vec()),
            true,
        ),
        (
            "its first zero there",
            |number| number.starts_with(&[0]).then_some(number),
            true,
        ),
        (
            "its last byte left out",
            |number| Some(number[..127].to_vec()),
            false,
        ),
        (
            "the modulus added",
            |number| {
                let sum = U1024::from_be_slice(&number)
                    .checked_add(&MODULUS)
                    .into_option()?;
                Some(sum.to_be_bytes().as_ref().to_vec())
            },
            false,
        ),
    ];
    let changes = changes.map(|(name, change, is_taken)| Case {
        name: name.to_owned(),
        document: ordinary.document(|key, digest| change(key.sign(digest))),
        is_taken,
    });
    let exponents = [
        ("exponent 3", Rsa::new(&[3], U1024::from_be_hex(OF_3))),
        ("exponent 1", Rsa::new(&[1], U1024::ONE)),
    ];
    let exponents = exponents.map(|(name, key)| Case {
        name: name.to_owned(),
        document: key.document(|key, digest| Some(key.sign(digest))),
        is_taken: true,
    });
    check_all(blocks.into_iter().chain(changes).chain(exponents).collect())
}
