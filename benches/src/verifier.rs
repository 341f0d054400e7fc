//! How documents of each kind are verified.

use tor_harness_netdoc::{
    Authorities, Consensus, Document, ExtraInfo, KeyCertificate, Kind, OnionDescriptor,
    OnionDescriptorInner, OnionDescriptorKeys, OnionDescriptorMiddle, ServerDescriptor, Unproved,
    Verified, Vote,
};

use crate::onion_service::OnionService;
use crate::trust::Trust;

/// What verifies documents of a kind, with all that it needs beside them.
pub struct Verifier {
    kind: Kind,
    authorities: Authorities,
    /// Those with an extra-info document.
    descriptors: Vec<Verified<ServerDescriptor<'static>>>,
}

impl Verifier {
    /// `None` where the kind is not signed by itself.
    #[must_use]
    pub fn new(kind: Kind, trust: &Trust) -> Option<Self> {
        let is_signed = matches!(
            kind,
            Kind::Consensus
                | Kind::ConsensusMicrodesc
                | Kind::Vote
                | Kind::KeyCertificate
                | Kind::ServerDescriptor
                | Kind::ExtraInfo
                | Kind::OnionDescriptor
        );
        is_signed.then(|| Self {
            kind,
            authorities: trust.authorities(),
            descriptors: match kind {
                Kind::ExtraInfo => server_descriptors().collect(),
                _ => Vec::new(),
            },
        })
    }

    /// Verifies a document; of an onion service's all layers, with the key that its address has
    /// in its time period.
    ///
    /// # Errors
    /// What does not hold, in words.
    pub fn verify(&self, bytes: &[u8]) -> Result<(), String> {
        let document = Document::new(bytes);
        let verdict = match self.kind {
            Kind::ServerDescriptor => said(ServerDescriptor::read(document).verify()),
            Kind::KeyCertificate => said(KeyCertificate::read(document).verify()),
            Kind::Vote => said(Vote::read(document).verify(&self.authorities)),
            Kind::ExtraInfo => {
                let read = ExtraInfo::read(document);
                let own = self.descriptors.iter().find(|one| is_of(&read, one));
                said(read.verify(own.ok_or("no descriptor names it")?))
            }
            Kind::OnionDescriptor => onion(document)?,
            _ => said(Consensus::read(document).verify(&self.authorities)),
        };
        verdict.map_err(|failures| {
            let failures = failures.iter().map(|wrong| wrong.render(bytes));
            failures.collect()
        })
    }
}

type Said = Result<(), Vec<Unproved>>;

fn said<T>(answer: Result<Verified<T>, Vec<Unproved>>) -> Said {
    answer.map(|_| ())
}

/// The server descriptor that a recorded extra-info document belongs to, without the blank
/// line that tor sends behind some.
#[must_use]
pub fn server_descriptor_of(extra_info: &[u8]) -> Option<&'static [u8]> {
    let read = ExtraInfo::read(Document::new(extra_info));
    let own = server_descriptors().find(|one| is_of(&read, one))?;
    let bytes = own.document().as_bytes();
    Some(&bytes[..bytes.trim_ascii_end().len() + 1])
}

fn is_of(extra_info: &ExtraInfo<'_>, descriptor: &ServerDescriptor<'_>) -> bool {
    let fingerprint = descriptor.fingerprint().ok().flatten();
    let own = extra_info.relay().map(|(_, fingerprint)| fingerprint);
    own.ok() == fingerprint
}

/// Each that is recorded or written, and holds.
fn server_descriptors() -> impl Iterator<Item = Verified<ServerDescriptor<'static>>> {
    let recorded = tor_fixtures::all().iter().map(|it| (it.path, it.bytes));
    let written = tor_fixtures::written().iter().map(|it| (it.path, it.bytes));
    let named = recorded.chain(written).filter(|(path, _)| {
        let name = path.strip_prefix("netdoc/server-descriptor/");
        name.is_some_and(|name| !name.contains('/'))
    });
    let read = named.map(|(_, bytes)| ServerDescriptor::read(Document::new(bytes)).verify());
    read.flatten()
}

fn onion(document: Document<'_>) -> Result<Said, &'static str> {
    let read = OnionDescriptor::read(document);
    let outer = match read.verify() {
        Ok(outer) => outer,
        Err(failures) => return Ok(Err(failures)),
    };
    let key = outer.blinded_key().map_err(|_| "it names no blinded key")?;
    let service = OnionService::with_key(&key).ok_or("its service is not known")?;
    if service.period.blinded_key(&service.address) != Some(key) {
        return Err("its key is not the service's");
    }
    let keys = OnionDescriptorKeys::new(&outer, &service.address);
    let keys = keys.map_err(|_| "it names no revision")?;
    let middle = keys.open_middle(&outer);
    let middle = middle.map_err(|_| "the middle layer does not open")?;
    let middle = OnionDescriptorMiddle::read(Document::new(&middle));
    let inner = keys.open_inner(&middle, service.client.as_ref());
    let inner = inner.map_err(|_| "the inner layer does not open")?;
    let inner = OnionDescriptorInner::read(Document::new(&inner));
    // Its failures are of the layer: their places are not in the document.
    match inner.verify(&outer) {
        Ok(_) => Ok(Ok(())),
        Err(_) => Err("the certificates of an introduction point do not hold"),
    }
}
