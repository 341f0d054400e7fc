//! The signatures of a network's consensuses without these (dir-spec section 3.10).

use data_encoding::HEXUPPER;
use tor_harness_netdoc::{Builder, Consensus, Document, Flavor, Item, Kind, OwnedItem};

use super::settings::Network;
use crate::item::item;

impl Network {
    /// What authorities send each other when all have signed both consensuses.
    #[must_use]
    pub fn detached_signatures(&self) -> Builder {
        let [ns, microdesc] =
            [Flavor::Ns, Flavor::Microdesc].map(|flavor| self.consensus(flavor).encode());
        self.detached_signatures_of(&ns, &microdesc)
    }

    /// The same of consensuses that are made already: their digests and signatures.
    #[must_use]
    pub fn detached_signatures_of(&self, ns: &[u8], microdesc: &[u8]) -> Builder {
        let kind = Kind::DetachedSignatures;
        let [ns, microdesc] = [ns, microdesc].map(|bytes| Consensus::read(Document::new(bytes)));
        let sha1 = ns.signed_part().map(|part| part.sha1());
        let sha256 = microdesc.signed_part().map(|part| part.sha256());
        let [sha1, sha256] = [
            HEXUPPER.encode(&sha1.unwrap_or_default()),
            HEXUPPER.encode(&sha256.unwrap_or_default()),
        ];
        let all = Builder::new(kind)
            .push(item("consensus-digest", sha1))
            .append(self.agreed_status().times(kind).without("voting-delay"))
            .push(item(
                "additional-digest",
                format!("microdesc sha256 {sha256}"),
            ));
        let additional = signatures(&microdesc).map(|item| {
            let text = [b"microdesc ", item.text().unwrap_or_default()].concat();
            let mut additional = OwnedItem::from(item).text(text);
            additional.keyword = "additional-signature".into();
            additional
        });
        let all = additional.fold(all, Builder::push);
        signatures(&ns)
            .map(OwnedItem::from)
            .fold(all, Builder::push)
    }
}

fn signatures<'a>(consensus: &Consensus<'a>) -> impl Iterator<Item = Item<'a>> + use<'a> {
    let items = consensus.footer().document().items();
    items.filter(|item| item.keyword() == "directory-signature")
}
