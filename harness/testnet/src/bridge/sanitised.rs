//! A bridge's documents without what would find the bridge.

use data_encoding::{BASE64_NOPAD, HEXUPPER};
use tor_harness_netdoc::{
    Builder, Document, ExtraInfo, Flavor, Kind, OwnedItem, ServerDescriptor, Sha1, sha1, sha256,
};
use tor_harness_types::Fingerprint;

use super::settings::Bridge;
use crate::item::item;
use crate::relay::{Relay, spaced};

/// What CollecTor hands out of a bridge: addresses and identities are hashed, keys and signatures
/// left out ("Tor bridge descriptors").
#[derive(Clone, Debug)]
pub struct SanitisedBridge {
    /// Its server descriptor, of [`Kind::BridgeServerDescriptor`].
    pub server_descriptor: Builder,
    /// Its extra-info document, of [`Kind::BridgeExtraInfo`].
    pub extra_info: Builder,
    /// Its entry in the status of the bridge authority, [`Kind::BridgeNetworkStatus`].
    pub status_entry: Builder,
}

/// What CollecTor leaves out; the hash of the master key stands where the certificate did.
const REMOVED: [&str; 10] = [
    "master-key-ed25519",
    "onion-key",
    "signing-key",
    "onion-key-crosscert",
    "ntor-onion-key-crosscert",
    "family-cert",
    "router-sig-ed25519",
    "router-signature",
    // Of a status entry.
    "v",
    "pr",
];

impl Bridge {
    /// Its documents as CollecTor has them, which agree with each other.
    #[must_use]
    pub fn sanitised(&self) -> SanitisedBridge {
        let extra_info = self.extra_info();
        let extra_info_bytes = extra_info.encode();
        let named = ExtraInfo::read(Document::new(&extra_info_bytes)).digest();
        let descriptor = self.server_descriptor_naming(&extra_info_bytes);
        let bytes = descriptor.encode();
        let digest = ServerDescriptor::read(Document::new(&bytes)).digest();
        let [named, digest] = [named, digest].map(|digest| sha1(&digest.unwrap_or_default()));
        let status = self.relay.status_entry_naming(Flavor::Ns, &digest);
        SanitisedBridge {
            server_descriptor: self
                .scrub(Kind::BridgeServerDescriptor, &descriptor)
                .append(digests(digest, &bytes)),
            extra_info: self
                .scrub(Kind::BridgeExtraInfo, &extra_info)
                .append(digests(named, &extra_info_bytes)),
            status_entry: self.scrub(Kind::BridgeNetworkStatus, &status),
        }
    }

    /// The items of a document that stay, some with other texts.
    fn scrub(&self, kind: Kind, original: &Builder) -> Builder {
        let items = original.items();
        let items = items.filter(|one| !REMOVED.contains(&one.keyword.as_str()));
        items.fold(Builder::new(kind), |all, item| {
            all.push(self.scrub_item(item))
        })
    }

    fn scrub_item(&self, original: &OwnedItem) -> OwnedItem {
        let Relay { nickname, .. } = &self.relay;
        let hashed = self.hashed_fingerprint();
        let text = original.text.as_deref().unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        let keyword = original.keyword.as_str();
        let scrubbed = match keyword {
            "router" => format!("{nickname} {}", self.place(" 0 ")),
            "r" => {
                let mut words: Vec<_> = text.split(' ').take(5).map(str::to_owned).collect();
                words[1] = BASE64_NOPAD.encode(hashed.as_bytes());
                format!("{} {}", words.join(" "), self.place(" "))
            }
            "or-address" | "a" => {
                let socket = text.parse().map(|socket| self.scrubbed_socket(socket));
                socket.map(|one| one.to_string()).unwrap_or_default()
            }
            "identity-ed25519" => {
                let hash = sha256(&self.relay.keys().master().public());
                return item("master-key-ed25519", BASE64_NOPAD.encode(&hash));
            }
            "fingerprint" => spaced(hashed),
            "extra-info" => format!("{nickname} {hashed}"),
            "extra-info-digest" => hashed_digests(&text),
            "family" => hashed_family(&text),
            "contact" => "somebody".into(),
            "transport" => text.split(' ').take(1).collect(),
            _ => return original.clone(),
        };
        item(keyword, scrubbed)
    }

    /// Where it is, with what stands between its ports.
    fn place(&self, between: &str) -> String {
        let [or_port, dir_port] =
            [self.relay.or_port, self.relay.dir_port].map(|port| self.scrubbed_port(port));
        format!("{} {or_port}{between}{dir_port}", self.scrubbed_address())
    }
}

/// The lines that stand in for the signatures: hashes of the digests of what the bridge wrote.
fn digests(digest: Sha1, original: &[u8]) -> Builder {
    let whole = sha256(&sha256(original));
    Builder::new(Kind::BridgeServerDescriptor)
        .push(item("router-digest-sha256", BASE64_NOPAD.encode(&whole)))
        .push(item("router-digest", HEXUPPER.encode(&digest)))
}

fn hashed_digests(text: &str) -> String {
    let (first, second) = text.split_once(' ').unwrap_or((text, ""));
    let first = HEXUPPER.decode(first.as_bytes()).unwrap_or_default();
    let second = BASE64_NOPAD.decode(second.as_bytes()).unwrap_or_default();
    let [first, second] = [
        HEXUPPER.encode(&sha1(&first)),
        BASE64_NOPAD.encode(&sha256(&second)),
    ];
    format!("{first} {second}")
}

fn hashed_family(text: &str) -> String {
    let hashed = |word: &str| match word.trim_start_matches('$').parse::<Fingerprint>() {
        Ok(fingerprint) => format!("${}", Fingerprint::new(sha1(fingerprint.as_bytes()))),
        Err(_) => word.into(),
    };
    text.split(' ').map(hashed).collect::<Vec<_>>().join(" ")
}
