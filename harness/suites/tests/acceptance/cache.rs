//! A consensus that tor finds in its cache, with the certificates of its authorities.

use std::time::SystemTime;

use tor_harness::netdoc::{
    Authorities, Builder, Consensus, Document, KeyCertificate, Kind, OwnedItem, RsaSecretKey, Seal,
};
use tor_harness::process::Tor;
use tor_harness::runner::{Failed, TestResult};
use tor_harness::types::{Span, UtcSeconds};

/// Test primes, of nobody: each two are the key of an authority.
const PRIMES: [&str; 3] = [
    "c54ace0776dd808686a060ccc52ef1d417e3390bff9a48dfa9916d7f53769fca7311f61788a9aaf2a84d5a9967741d88d865105068da8e2a73ea7ad803082ee7",
    "f335e4f5ee03442c81234ef027d1dfb72267e55ce4a2ff51ecfeda719fe22f2c1c1907c6c922049883e36a471a93c15dcc7e9f0a15aa5de3c4d703336f6874c3",
    "c1ce07c131e8587abc6d56ea9923b641b352163a87c4345fc23e14b7b99bf681e0f6e69f2d3bae57da60e0eb08d51f541d44fc4385fd5e3249e417768b41645b",
];

/// What tor finds in its cache.
struct Cache {
    certificates: Vec<Vec<u8>>,
    consensus: Vec<u8>,
}

/// A bit of a byte in the middle of each line is flipped: of the consensus, and of one of the two
/// certificates without which it is not signed by enough.
pub(crate) fn check() -> TestResult {
    let keys = keys();
    let cache = Cache::new(&keys);
    let mut different = Vec::new();
    if [cache.is_taken(&keys), cache.makes_a_consensus(&keys)?] != [true; 2] {
        different.push(format!(
            "as it is: we take it: {}, tor: {}",
            cache.is_taken(&keys),
            cache.makes_a_consensus(&keys)?
        ));
    }
    let mut flip =
        |what: &str, bytes: &[u8], cache: &dyn Fn(Vec<u8>) -> Cache| -> Result<(), Failed> {
            for at in middles(bytes) {
                let mut flipped = bytes.to_vec();
                flipped[at] ^= 1;
                let cache = cache(flipped);
                let (ours, theirs) = (cache.is_taken(&keys), cache.makes_a_consensus(&keys)?);
                if ours || theirs {
                    let place = Span::from(at..at + 1).place(bytes);
                    different.push(format!(
                        "{what} line {} column {}: we take it: {ours}, tor: {theirs}",
                        place.line, place.column
                    ));
                }
            }
            Ok(())
        };
    flip("consensus", &cache.consensus, &|consensus| Cache {
        certificates: cache.certificates.clone(),
        consensus,
    })?;
    flip("certificate", &cache.certificates[0], &|certificate| {
        Cache {
            certificates: vec![certificate, cache.certificates[1].clone()],
            consensus: cache.consensus.clone(),
        }
    })?;
    match different.is_empty() {
        true => Ok(()),
        false => Err(different.join("\n").into()),
    }
}

impl Cache {
    /// A consensus of three authorities, by two of them.
    fn new(keys: &[RsaSecretKey]) -> Self {
        Self {
            certificates: keys[..2].iter().map(certificate).collect(),
            consensus: consensus(keys),
        }
    }

    fn is_taken(&self, keys: &[RsaSecretKey]) -> bool {
        let mut authorities = Authorities::new(keys.iter().map(RsaSecretKey::fingerprint));
        for bytes in &self.certificates {
            if let Ok(read) = KeyCertificate::read(Document::new(bytes)).verify() {
                authorities.add(&read);
            }
        }
        let read = Consensus::read(Document::new(&self.consensus));
        read.verify(&authorities).is_ok()
    }

    /// Whether a tor that starts with it has a consensus then.
    fn makes_a_consensus(&self, keys: &[RsaSecretKey]) -> Result<bool, Failed> {
        let tor = Tor::builder()
            .file("data/cached-certs", self.certificates.concat())
            .file("data/cached-microdesc-consensus", self.consensus.clone());
        let tor = keys.iter().enumerate().fold(tor, |tor, (number, key)| {
            let identity = key.fingerprint();
            tor.torrc_line(format!(
                "DirAuthority auth{number} orport=1 v3ident={identity} 127.0.0.1:{} {identity}",
                number + 2
            ))
        });
        let tor = tor.start()?;
        // Without a consensus the answer is empty.
        Ok(!tor.client()?.get_info("consensus/valid-after")?.is_empty())
    }
}

/// A byte in each line.
fn middles(bytes: &[u8]) -> Vec<usize> {
    let mut start = 0;
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let middles = lines.map(|line| {
        start += line.len();
        start - line.len().div_ceil(2) - usize::from(line.len() > 1)
    });
    middles.collect()
}

/// In the order of their fingerprints.
fn keys() -> Vec<RsaSecretKey> {
    let primes = PRIMES.map(|digits| {
        let bytes = data_encoding::HEXLOWER.decode(digits.as_bytes());
        bytes.expect("digits")
    });
    let pairs = [(0, 1), (0, 2), (1, 2)];
    let keys = pairs.map(|(one, other)| RsaSecretKey::from_primes(&primes[one], &primes[other]));
    let mut keys: Vec<_> = keys.into_iter().flatten().collect();
    keys.sort_by_key(RsaSecretKey::fingerprint);
    keys
}

/// So many seconds from now.
fn time(later: i64) -> String {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = now.unwrap_or_default().as_secs() as i64;
    let time = UtcSeconds::from_unix(now + later).expect("a time");
    time.to_string()
}

fn certificate(key: &RsaSecretKey) -> Vec<u8> {
    let fingerprint = key.fingerprint();
    let crosscert = key.sign(fingerprint.as_bytes()).expect("it is short");
    let item = |keyword, text: String| OwnedItem::new(keyword).text(text);
    let public = |keyword| OwnedItem::new(keyword).object_of("RSA PUBLIC KEY", key.public_der());
    Builder::new(Kind::KeyCertificate)
        .push(item("dir-key-certificate-version", "3".to_owned()))
        .push(item("fingerprint", fingerprint.to_string()))
        .push(item("dir-key-published", time(-86_400)))
        .push(item("dir-key-expires", time(86_400)))
        .push(public("dir-identity-key"))
        .push(public("dir-signing-key"))
        .push(OwnedItem::new("dir-key-crosscert").object_of("ID SIGNATURE", &crosscert))
        .push_sealed(
            OwnedItem::new("dir-key-certification"),
            Seal::Rsa(key.clone().into()),
        )
        .encode()
}

/// The recorded one, of now and by these authorities; the first two sign.
fn consensus(keys: &[RsaSecretKey]) -> Vec<u8> {
    const SIGNATURE: &str = "directory-signature";
    let recorded =
        tor_fixtures::find("netdoc/consensus-microdesc/current").expect("it is recorded");
    let mut sources = keys.iter();
    let items = Document::new(recorded.bytes).items().map(OwnedItem::from);
    let unsigned = items
        .filter(|item| item.keyword != SIGNATURE)
        .map(|item| match &*item.keyword {
            "valid-after" => item.text(time(-600)),
            "fresh-until" => item.text(time(3000)),
            "valid-until" => item.text(time(10_000)),
            "dir-source" => {
                let identity = sources.next().expect("as many as keys").fingerprint();
                item.text(format!("auth {identity} 127.0.0.1 127.0.0.1 2 1"))
            }
            _ => item,
        })
        .fold(Builder::new(Kind::ConsensusMicrodesc), Builder::push);
    let signed = keys[..2].iter().fold(unsigned, |document, key| {
        let names = format!("sha256 {0} {0}", key.fingerprint());
        let item = OwnedItem::new(SIGNATURE).text(names);
        document.push_sealed(item, Seal::DirectorySha256(key.clone().into()))
    });
    signed.encode()
}
