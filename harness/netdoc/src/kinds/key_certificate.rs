//! The key certificate of a directory authority.

use alloc::vec::Vec;
use core::net::SocketAddr;

use tor_harness_types::{Fingerprint, UtcSeconds};

use super::accessors::accessors;
use super::arguments::TIME;
use crate::forms::Form;
use crate::rules::{Argument, Content, Fields, Law, Place, Report, Rule, Rules, Section, Times};
use crate::structure::{Document, signed_part};

/// By which key an authority signs, certified by its identity key (section 3.1).
#[derive(Clone, Copy, Debug)]
pub struct KeyCertificate<'a> {
    fields: Fields<'a>,
}

const KEY: Content = Content::RsaPublicKey {
    least: 1024,
    most: 16_384,
};

#[rustfmt::skip] // One line a rule: the table is to be read beside the specification.
pub(super) const KEY_CERTIFICATE_ITEMS: &[Rule] = &[
    Rule::exactly_once("dir-key-certificate-version").at(Place::First).takes(&[Argument::one("version", Form::OneOf(&["3"]))]),
    Rule::at_most_once("dir-address").takes(&[Argument::one("IPPort", Form::Socket)]),
    Rule::exactly_once("fingerprint").takes(&[Argument::one("fingerprint", Form::Fingerprint)]),
    Rule::exactly_once("dir-identity-key").no_extra().object("RSA PUBLIC KEY", KEY),
    Rule::exactly_once("dir-key-published").takes(TIME),
    Rule::exactly_once("dir-key-expires").takes(TIME),
    Rule::exactly_once("dir-signing-key").no_extra().object("RSA PUBLIC KEY", KEY),
    // Not from the first on: a law says since when.
    Rule::at_most_once("dir-key-crosscert").no_extra().object("ID SIGNATURE", Content::Bytes).or_label("SIGNATURE"),
    Rule::exactly_once("dir-key-certification").at(Place::Last).no_extra().object("SIGNATURE", Content::Bytes),
];

static RULES: Rules = Rules::new(&[Section::new(
    "key certificate",
    Times::Exactly,
    KEY_CERTIFICATE_ITEMS,
)])
.laws(LAWS);

/// What the table cannot say.
static LAWS: &[Law] = &[
    Law::new(
        "dir-spec 3.1",
        "dir-key-published before dir-key-expires",
        lifetime,
    ),
    Law::new(
        "dir-spec 3.1",
        "dir-key-crosscert, which the certificates of 2008 have not",
        crosscert,
    ),
];

impl<'a> KeyCertificate<'a> {
    /// What a key certificate has to be like.
    pub const RULES: &'static Rules = &RULES;

    /// Finds the items. [`Kind::check`](crate::Kind::check) says all that is wrong.
    #[must_use]
    pub fn read(document: Document<'a>) -> Self {
        Self {
            fields: Fields::read(document, &RULES.sections[0]),
        }
    }

    /// `dir-identity-key`: the long-term key, as DER; `None` if it cannot be read.
    #[must_use]
    pub fn identity_key(&self) -> Option<Vec<u8>> {
        self.object("dir-identity-key")
    }

    /// `dir-signing-key`: the key that it certifies, as DER; `None` if it cannot be read.
    #[must_use]
    pub fn signing_key(&self) -> Option<Vec<u8>> {
        self.object("dir-signing-key")
    }

    /// `dir-key-crosscert`: the signature of the identity key's hash by the
    /// signing key; `None` if there is none.
    #[must_use]
    pub fn crosscert(&self) -> Option<Vec<u8>> {
        self.object("dir-key-crosscert")
    }

    /// `dir-key-certification`: the signature by the identity key.
    #[must_use]
    pub fn certification(&self) -> Option<Vec<u8>> {
        self.object("dir-key-certification")
    }

    /// What the identity key signs: from the first item to the end of the line
    /// of the last; `None` if one of them is not there.
    #[must_use]
    pub fn signed_part(&self) -> Option<&'a [u8]> {
        let first = self.fields.item(RULES.first())?;
        let last = self.fields.item("dir-key-certification")?;
        signed_part(first, last)
    }

    fn object(&self, keyword: &str) -> Option<Vec<u8>> {
        self.fields.item(keyword)?.object()?.decode()
    }
}

accessors! { impl KeyCertificate {
    /// `dir-address`: where it answers directory requests.
    maybe dir_address: SocketAddr = "dir-address";
    /// `fingerprint` of the identity key.
    one fingerprint: Fingerprint = "fingerprint";
    /// `dir-key-published`: when it was made.
    one published: UtcSeconds = "dir-key-published";
    /// `dir-key-expires`: when it is over.
    one expires: UtcSeconds = "dir-key-expires";
}}

fn lifetime(document: &Document<'_>, report: Report<'_>) {
    let read = KeyCertificate::read(*document);
    if let (Ok(published), Ok(expires)) = (read.published(), read.expires())
        && published >= expires
    {
        let item = read.fields.item("dir-key-expires");
        item.iter().for_each(|item| report(item.line()));
    }
}

fn crosscert(document: &Document<'_>, report: Report<'_>) {
    let read = KeyCertificate::read(*document);
    let year = read.published().map(|time| time.as_unix() / (31_556_952));
    if year.is_ok_and(|year| year >= 2011 - 1970) && read.fields.item("dir-key-crosscert").is_none()
    {
        let item = read.fields.item("dir-key-published");
        item.iter().for_each(|item| report(item.line()));
    }
}
