//! The digests that other documents know a document by.

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use tor_harness_netdoc::{
    BridgeExtraInfo, BridgeServerDescriptor, Consensus, Document, ExtraInfo, Kind, Microdescriptor,
    ServerDescriptor, SignedPart, Vote,
};

/// The digests that other documents know a document by; those of its kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Digests {
    /// Of what is signed in a server descriptor, an extra-info, a consensus or a
    /// vote; what `router-digest` says of a bridge.
    pub sha1: Option<[u8; 20]>,
    /// Of an extra-info or a microdescriptor, all of it; of what is signed in a
    /// server descriptor, a consensus or a vote; what `router-digest-sha256` says.
    pub sha256: Option<[u8; 32]>,
    /// Of what is signed in a consensus, by which a consensus diff names it.
    pub sha3_256: Option<[u8; 32]>,
}

impl Digests {
    /// The SHA-1 in hexadecimal.
    #[must_use]
    pub fn sha1_text(&self) -> Option<String> {
        self.sha1.map(|digest| HEXUPPER.encode(&digest))
    }

    /// The SHA-256 in base64 without `=`.
    #[must_use]
    pub fn sha256_text(&self) -> Option<String> {
        self.sha256.map(|digest| BASE64_NOPAD.encode(&digest))
    }

    /// The SHA3-256 in hexadecimal.
    #[must_use]
    pub fn sha3_256_text(&self) -> Option<String> {
        self.sha3_256.map(|digest| HEXUPPER.encode(&digest))
    }
}

/// The digests of a document of this kind; none of a kind that nothing names so.
#[must_use]
pub fn digests(kind: Kind, document: Document<'_>) -> Digests {
    let none = Digests::default();
    match kind {
        Kind::ServerDescriptor => {
            let read = ServerDescriptor::read(document);
            Digests {
                sha1: read.digest(),
                sha256: read.digest_sha256(),
                ..none
            }
        }
        Kind::ExtraInfo => {
            let read = ExtraInfo::read(document);
            Digests {
                sha1: read.digest(),
                sha256: read.digest_sha256(),
                ..none
            }
        }
        Kind::BridgeServerDescriptor => {
            let read = BridgeServerDescriptor::read(document);
            Digests {
                sha1: read.digest().ok(),
                sha256: read.digest_sha256().ok().flatten(),
                ..none
            }
        }
        Kind::BridgeExtraInfo => {
            let read = BridgeExtraInfo::read(document);
            Digests {
                sha1: read.digest().ok(),
                sha256: read.digest_sha256().ok().flatten(),
                ..none
            }
        }
        Kind::Microdescriptor => Digests {
            sha256: Some(Microdescriptor::read(document).digest()),
            ..none
        },
        Kind::Consensus | Kind::ConsensusMicrodesc => {
            let signed = Consensus::read(document).signed_part();
            Digests {
                sha3_256: signed.map(|signed| signed.sha3_256()),
                ..of_signed(signed)
            }
        }
        Kind::Vote => of_signed(Vote::read(document).signed_part()),
        _ => none,
    }
}

fn of_signed(part: Option<SignedPart<'_>>) -> Digests {
    Digests {
        sha1: part.map(|signed| signed.sha1()),
        sha256: part.map(|signed| signed.sha256()),
        sha3_256: None,
    }
}
