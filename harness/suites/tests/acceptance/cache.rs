//! A consensus that tor finds in its cache, with the certificates of its authorities.

use tor_harness::netdoc::{Authorities, Consensus, Document, Flavor, KeyCertificate};
use tor_harness::process::Tor;
use tor_harness::runner::{Failed, TestResult};
use tor_harness::types::{Fingerprint, Span};
use tor_harness_testnet::{Authority, Network, Seed};

use super::time::from_now;

/// What tor finds in its cache.
#[derive(Clone)]
struct Cache<'a> {
    network: &'a Network,
    flavor: Flavor,
    certificates: [Vec<u8>; 2],
    consensus: Vec<u8>,
}

/// A bit of a byte in the middle of each line is flipped: of the consensus, and of one of the two
/// certificates without which it is not signed by enough.
pub(crate) fn check(flavor: Flavor) -> TestResult {
    let network = Network::new(Seed::new(1), 3, 3, from_now(-600)?);
    let cache = Cache::new(&network, flavor)?;
    let mut different = Vec::new();
    let mut compare = |what: &str, cache: &Cache<'_>, expected| -> Result<(), Failed> {
        let (ours, theirs) = (cache.is_taken(), cache.makes_a_consensus()?);
        if (ours, theirs) != (expected, expected) {
            different.push(format!("{what}: we take it: {ours}, tor: {theirs}"));
        }
        Ok(())
    };
    compare("as it is", &cache, true)?;
    for (what, signature, expected) in third_signatures(&cache) {
        let mut more = cache.clone();
        more.consensus.extend(signature.into_bytes());
        compare(what, &more, expected)?;
    }
    for at in middles(&cache.consensus) {
        let mut flipped = cache.clone();
        flipped.consensus[at] ^= 1;
        let place = Span::from(at..at + 1).place(&cache.consensus);
        compare(&format!("consensus {place}"), &flipped, false)?;
    }
    for at in middles(&cache.certificates[0]) {
        let mut flipped = cache.clone();
        flipped.certificates[0][at] ^= 1;
        let place = Span::from(at..at + 1).place(&cache.certificates[0]);
        compare(&format!("certificate {place}"), &flipped, false)?;
    }
    match different.is_empty() {
        true => Ok(()),
        false => Err(different.join("\n").into()),
    }
}

impl<'a> Cache<'a> {
    /// A consensus of three authorities, by the two whose signatures come first.
    fn new(network: &'a Network, flavor: Flavor) -> Result<Self, Failed> {
        let mut consensus = network.consensus(flavor).encode();
        let last = Document::new(&consensus).items().last();
        let before = last.ok_or("no signature")?.span().start;
        consensus.truncate(before);
        let read = Consensus::read(Document::new(&consensus));
        let signers: Vec<_> = read
            .signatures()
            .flatten()
            .map(|one| one.identity)
            .collect();
        let is_signer = |one: &&Authority| signers.contains(&one.identity());
        let certificates = network.authorities.iter().filter(is_signer);
        let certificates: Vec<_> = certificates
            .map(|one| one.key_certificate().encode())
            .collect();
        Ok(Self {
            network,
            flavor,
            certificates: certificates.try_into().map_err(|_| "not two have signed")?,
            consensus,
        })
    }

    fn is_taken(&self) -> bool {
        let mut authorities =
            Authorities::new(self.network.authorities.iter().map(Authority::identity));
        for bytes in &self.certificates {
            if let Ok(read) = KeyCertificate::read(Document::new(bytes)).verify() {
                authorities.add(&read);
            }
        }
        let read = Consensus::read(Document::new(&self.consensus));
        read.verify(&authorities).is_ok()
    }

    /// Whether a tor that starts with it has a consensus then.
    fn makes_a_consensus(&self) -> Result<bool, Failed> {
        let (name, wants_microdescriptors) = match self.flavor {
            Flavor::Ns => ("consensus", 0),
            Flavor::Microdesc => ("microdesc-consensus", 1),
        };
        let tor = Tor::builder()
            .file("data/cached-certs", self.certificates.concat())
            .file(format!("data/cached-{name}"), self.consensus.clone())
            .torrc(self.network.torrc(), "its authorities")
            .torrc_line(format!("UseMicrodescriptors {wants_microdescriptors}"))
            .start()?;
        // Without a consensus the answer is empty.
        Ok(!tor.client()?.get_info("consensus/valid-after")?.is_empty())
    }
}

/// Signatures that are not needed, and whether a consensus is taken with them.
fn third_signatures(cache: &Cache<'_>) -> [(&'static str, String, bool); 5] {
    let authority = cache.network.authorities.iter().find(|one| {
        let certificate = one.key_certificate().encode();
        !cache.certificates.contains(&certificate)
    });
    let nobody = Fingerprint::new([0; 20]);
    let identity = authority.map_or(nobody, Authority::identity);
    let signature = |algorithm: &str, identity: Fingerprint, digits: usize| {
        let digits = "A".repeat(digits);
        format!(
            "directory-signature {algorithm} {identity} {nobody}\n-----BEGIN SIGNATURE-----\n{digits}\n-----END SIGNATURE-----\n"
        )
    };
    [
        ("126 bytes", signature("sha256", identity, 168), false),
        ("129 bytes", signature("sha256", identity, 172), true),
        ("516 bytes", signature("sha256", identity, 688), false),
        ("nobody's", signature("sha256", nobody, 172), false),
        ("unknown", signature("sha3", nobody, 4), true),
    ]
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
