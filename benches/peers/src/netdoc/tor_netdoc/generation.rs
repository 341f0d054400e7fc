//! How tor-netdoc reads documents.

use std::hint::black_box;

use anyhow::Result;
use sha2::{Digest as _, Sha256};
use tor_netdoc::doc::authcert::{AuthCert, AuthCertUnverified};
use tor_netdoc::doc::extra_info::ExtraInfoUnverified;
use tor_netdoc::doc::hsdesc::StoredHsDescMeta;
use tor_netdoc::doc::microdesc::{Microdesc, MicrodescAndHash};
use tor_netdoc::doc::netstatus::{md, plain, vote};
use tor_netdoc::doc::routerdesc::{RouterDesc, RouterDescUnverified};
use tor_netdoc::parse2::{NetdocParseable, ParseInput, parse_netdoc};

/// The generations of readers, by the names of their modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generation {
    /// `parse2`, which is to replace the other.
    Parse2,
    /// `parse`, which its client uses.
    Parse,
}

/// Reads one document to its end, all but its signatures.
pub(crate) type Read = fn(&str) -> Result<()>;

impl Generation {
    pub(crate) const ALL: [Self; 2] = [Self::Parse2, Self::Parse];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Parse2 => "parse2",
            Self::Parse => "parse",
        }
    }

    /// What reads documents of a kind, as `server-descriptor`, where something does.
    pub(crate) fn reader(self, kind: &str) -> Option<Read> {
        let [parse2, parse]: [Option<Read>; 2] = match kind {
            "consensus" => [
                Some(parse2::<plain::NetworkStatusUnverified>),
                Some(|text| parsed(plain::Consensus::parse(text))),
            ],
            "consensus-microdesc" => [
                Some(parse2::<md::NetworkStatusUnverified>),
                Some(|text| parsed(md::Consensus::parse(text))),
            ],
            "vote" => [Some(parse2::<vote::NetworkStatusUnverified>), None],
            "server-descriptor" => [
                Some(parse2::<RouterDescUnverified>),
                Some(|text| parsed(RouterDesc::parse(text))),
            ],
            "microdescriptor" => [
                Some(|text| {
                    // Its old reader takes the digest, too.
                    black_box(Sha256::digest(text));
                    parse2::<Microdesc>(text)
                }),
                Some(|text| parsed(MicrodescAndHash::parse(text))),
            ],
            "extra-info" => [Some(parse2::<ExtraInfoUnverified>), None],
            "key-certificate" => [
                Some(parse2::<AuthCertUnverified>),
                Some(|text| parsed(AuthCert::parse(text))),
            ],
            "onion-descriptor" => [None, Some(|text| parsed(StoredHsDescMeta::parse(text)))],
            _ => [None, None],
        };
        match self {
            Self::Parse2 => parse2,
            Self::Parse => parse,
        }
    }
}

fn parse2<T: NetdocParseable>(text: &str) -> Result<()> {
    match parse_netdoc::<T>(&ParseInput::new(black_box(text), "")) {
        Ok(read) => {
            black_box(read);
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}

fn parsed<T>(read: tor_netdoc::Result<T>) -> Result<()> {
    black_box(read?);
    Ok(())
}
