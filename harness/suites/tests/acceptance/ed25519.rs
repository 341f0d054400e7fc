//! Signatures by ed25519 that other libraries do not agree about.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::{EdwardsPoint, Scalar};
use sha2::{Digest as _, Sha512};
use tor_harness::runner::TestResult;

use super::case::{Case, check as check_all};
use super::draft::Draft;
use super::rsa::Rsa;

/// A key and an `R`, each with what belongs to a secret and what is added to it, in these bytes.
struct Signer {
    secret: Scalar,
    key: [u8; 32],
    nonce: Scalar,
    r: [u8; 32],
}

impl Signer {
    /// With these of the eight points of small order added.
    fn new(secret: u64, in_key: usize, nonce: u64, in_r: usize) -> Self {
        let [secret, nonce] = [secret, nonce].map(Scalar::from);
        let bytes = |scalar, torsion: usize| {
            let point = EdwardsPoint::mul_base(scalar) + EIGHT_TORSION[torsion];
            point.compress().to_bytes()
        };
        Self {
            key: bytes(&secret, in_key),
            r: bytes(&nonce, in_r),
            secret,
            nonce,
        }
    }

    /// A descriptor whose signature has a `k` that fits, modulo 8.
    fn document(&self, fits: impl Fn(u8) -> bool, times_order: usize) -> Vec<u8> {
        let rsa = Rsa::ordinary();
        let draft = Draft {
            signing_key: self.key,
            rsa_key: rsa.der(),
        };
        let sign = |digest: &[u8; 32]| {
            let hash = Sha512::new()
                .chain_update(self.r)
                .chain_update(self.key)
                .chain_update(digest);
            let k = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
            let mut s = (self.nonce + k * self.secret).to_bytes();
            (0..times_order).for_each(|_| add_order(&mut s));
            let signature = [self.r, s].concat();
            fits(k.as_bytes()[0] % 8).then(|| signature.try_into().expect("two halves"))
        };
        draft.signed(sign, |digest| Some(rsa.sign(digest)))
    }
}

fn add_order(s: &mut [u8; 32]) {
    let order = (Scalar::ZERO - Scalar::ONE).to_bytes();
    let mut carry = 1;
    for (byte, order) in s.iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
}

/// The orders of the eight points.
const ORDERS: [u8; 8] = [1, 8, 4, 8, 2, 8, 4, 8];

/// As tor answers, so do we.
pub(crate) fn check() -> TestResult {
    let mut cases = Vec::new();
    let mut add = |name: String, document: Vec<u8>, is_taken: bool| {
        cases.push(Case {
            name,
            document,
            is_taken,
        });
    };
    let any = |_| true;
    for (times, is_taken) in [(0, true), (1, true), (2, false), (8, false)] {
        let document = Signer::new(3, 0, 9, 0).document(any, times);
        add(format!("S + {times} times the order"), document, is_taken);
    }
    for (torsion, order) in ORDERS.into_iter().enumerate().skip(1) {
        for (kind, secret, nonce) in [("with a part", 3, 9), ("all", 0, 9), ("all, R zero", 0, 0)] {
            let name = |of: &str| format!("{of} {kind} of order {order} (point {torsion})");
            let key = Signer::new(secret, torsion, nonce, 0);
            add(
                name("key, k fits,"),
                key.document(|k| k % order == 0, 0),
                true,
            );
            add(
                name("key, k does not fit,"),
                key.document(|k| k % order != 0, 0),
                false,
            );
            let r = Signer::new(secret, 0, nonce, torsion);
            add(name("R"), r.document(any, 0), false);
            let both = Signer::new(secret, torsion, nonce, torsion);
            let cancels = |k: u8| (k + 1).is_multiple_of(order);
            add(
                name("both, cancelling out,"),
                both.document(cancels, 0),
                true,
            );
            add(name("both,"), both.document(|k| !cancels(k), 0), false);
        }
    }
    for (name, first, middle, last) in [
        ("p + 1 for 1", 0xee, 0xff, 0x7f),
        ("1 with a sign", 1, 0, 0x80),
        ("p for 0", 0xed, 0xff, 0x7f),
        ("p for 0 with a sign", 0xed, 0xff, 0xff),
    ] {
        let mut bytes = [middle; 32];
        (bytes[0], bytes[31]) = (first, last);
        let mut key = Signer::new(0, 0, 9, 0);
        key.key = bytes;
        add(format!("key {name}"), key.document(|k| k % 4 == 0, 0), true);
        let mut r = Signer::new(9, 0, 0, 0);
        r.r = bytes;
        add(format!("R {name}"), r.document(any, 0), false);
    }
    let mut no_point = Signer::new(0, 0, 9, 0);
    no_point.key = [0; 32];
    no_point.key[0] = 2;
    add(
        "key that is no point".to_owned(),
        no_point.document(any, 0),
        false,
    );
    check_all(cases)
}
