//! Nine made-up authorities, as many as the public network has.

use std::sync::LazyLock;

use tor_harness_netdoc::{Builder, Document, Kind, OwnedItem, RsaSecretKey, Seal};

/// Test primes, of nobody: two of them make a key of 2048 bits.
const PRIMES: [&str; 5] = [
    "caafa04e9c6d63f1edba3647adb0d5eb68712890130cb34e44e295d1dc92d675f5f25d295524631af2e57de1c45070f3380ae3103c4130e09aa44d9e78024cdc3d61ca8aa53490f05d9933e50fa18d6f7ec3f44bd084bcf9665405734d0272eeae2b3509772a2ef06a0ed3bcb2596e561f5207081345e7f72a30ee1ead950e7d",
    "d572dba6ae0d4b26ec74672116ff4c730a896fde811bc57246b4cc2192315e9db4ab241c10527158c3b3140edc28634d34e2e1c01901b9a66ff90bef9c0600277ee189ac2f8e7a2b3d12b1ba965c94ed7e7fe7479a6cf76a99410b2a777761fe849d0d71a0631e26b3b0d0e109fd7c06c9b8ea64b082307ebcf95025ad8368d5",
    "e45aacd76286ef17ddbb316277d749578bd5f40a13b3ba02bef534546f9b286da6e7809517e089fe2f7cef94605b84e875f999d0eed09de0ba7cb6c9d80b1b01c0c86a7876c8e998d14b04e70624a5aca6f341a6891444cffe57ceb36f778c41616f18dae12d6928f826a9d58369b62d3966f07d5d45dbc6814f27aa940e30b9",
    "f4d9ca42df8511bebacaefcb3897648035522f0f708586c37a4ac5d1f21aa40cea16ace30108656ebb0acf77acc6276a1f79e1e9baf9f10c16c0ba49f9f45e031a80b2de8258e374ccc99865063b80c48b14bf3275662acc4cf735c53dd25134d155d5e6489ab2ae876014da99e477da2f8dd8740163899596f9593c171c5ce3",
    "d925fa9dca6bf84f7dc03a4d02d6d0103803e019e56ffde091a06bcc36140a0b38c983c15c69606610cbb90b8c900e68d7076cf00591fdb8f706c16f39923adef4f402446e494f907f46a5badea5449d8883af944db6e92bfd6a040e364284d0a06587893ff07100f3f9be8dec489bd4087e1b8c6a7141b9cb73e590b3901e79",
];
const NUMBER: usize = 9;

/// Their keys. Each has one for both purposes: how long a consensus takes to verify does not
/// depend on it.
static KEYS: LazyLock<Vec<RsaSecretKey>> = LazyLock::new(|| {
    let primes = PRIMES.map(|digits| {
        let bytes = data_encoding::HEXLOWER.decode(digits.as_bytes());
        bytes.expect("digits")
    });
    let pairs = (0..PRIMES.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    let keys = pairs.map(|(one, other)| RsaSecretKey::from_primes(&primes[one], &primes[other]));
    let keys = keys.map(|key| key.expect("primes that make a key"));
    keys.take(NUMBER).collect()
});

/// Their certificates, each a document.
pub(crate) fn certificates() -> Vec<Vec<u8>> {
    KEYS.iter().map(certificate).collect()
}

fn certificate(key: &RsaSecretKey) -> Vec<u8> {
    let fingerprint = key.fingerprint();
    let public = |keyword| OwnedItem::new(keyword).object_of("RSA PUBLIC KEY", key.public_der());
    let crosscert = key.sign(fingerprint.as_bytes());
    let crosscert = crosscert.expect("a fingerprint is short");
    Builder::new(Kind::KeyCertificate)
        .push(OwnedItem::new("dir-key-certificate-version").text("3"))
        .push(OwnedItem::new("fingerprint").text(fingerprint.to_string()))
        .push(OwnedItem::new("dir-key-published").text("2026-01-01 00:00:00"))
        .push(OwnedItem::new("dir-key-expires").text("2036-01-01 00:00:00"))
        .push(public("dir-identity-key"))
        .push(public("dir-signing-key"))
        .push(OwnedItem::new("dir-key-crosscert").object_of("ID SIGNATURE", &crosscert))
        .push_sealed(
            OwnedItem::new("dir-key-certification"),
            Seal::Rsa(key.clone().into()),
        )
        .encode()
}

/// The consensus with signatures of all of them in place of those that it has.
pub(crate) fn sign(consensus: &str) -> Vec<u8> {
    const SIGNATURE: &str = "directory-signature";
    let is_ns = !consensus.starts_with("network-status-version 3 microdesc");
    let end = consensus.find(SIGNATURE).expect("a consensus is signed");
    let document = Document::new(&consensus.as_bytes()[..end]);
    let items = document.items().map(OwnedItem::from);
    let unsigned = items.fold(Builder::new(Kind::Consensus), Builder::push);
    let signed = KEYS.iter().fold(unsigned, |document, key| {
        let fingerprint = key.fingerprint();
        let names = format!("{fingerprint} {fingerprint}");
        let key = key.clone().into();
        let (names, seal) = match is_ns {
            true => (names, Seal::DirectorySha1(key)),
            false => (format!("sha256 {names}"), Seal::DirectorySha256(key)),
        };
        document.push_sealed(OwnedItem::new(SIGNATURE).text(names), seal)
    });
    signed.encode()
}
