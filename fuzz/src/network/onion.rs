//! What is said of the layers of an onion service's descriptor.

use tor_harness_netdoc::{
    Document, Kind, OnionDescriptor, OnionDescriptorInner, OnionDescriptorKeys,
    OnionDescriptorMiddle,
};

use super::given::Given;
use super::said::{Findings, Step};

impl Findings {
    /// As a client would who knows the service's address, and the time.
    pub(super) fn onion(&mut self, given: &Given, document: Document<'_>) -> Option<()> {
        let address = given.service.address();
        let outer = self.proof(given, document, OnionDescriptor::read(document).verify())?;
        if outer.blinded_key().ok() != given.publication.period.blinded_key(&address) {
            let message = "expected the service's blinded key of this time period";
            return self.fail("descriptor-signing-key-cert", message);
        }
        let Ok(keys) = OnionDescriptorKeys::new(&outer, &address) else {
            return self.fail("revision-counter", "expected a number");
        };
        let middle = match keys.open_middle(&outer) {
            Ok(middle) => middle,
            Err(error) => return self.fail("superencrypted", &error.to_string()),
        };
        let middle = Document::new(&middle);
        self.check(Kind::OnionDescriptorMiddle, middle);
        let inner = match keys.open_inner(&OnionDescriptorMiddle::read(middle), given.client()) {
            Ok(inner) => inner,
            Err(error) => return self.fail("encrypted", &error.to_string()),
        };
        let inner = Document::new(&inner);
        self.check(Kind::OnionDescriptorInner, inner);
        self.proof(
            given,
            inner,
            OnionDescriptorInner::read(inner).verify(&outer),
        )?;
        Some(())
    }

    fn fail<T>(&mut self, field: &str, message: &str) -> Option<T> {
        self.push(Step::Verify, field.to_owned(), message.to_owned());
        None
    }
}
