//! What several ways put into documents.

use std::sync::Arc;

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Builder, OwnedItem, RsaSecretKey, Seal};

/// The signature is made anew, by another key.
pub(super) fn sealed_by(builder: Builder, keyword: &str, seal: Seal) -> Builder {
    let at = builder.items().position(|item| item.keyword == keyword);
    let item = OwnedItem::new(keyword);
    let builder = builder.without(keyword).push_sealed(item, seal);
    builder.move_to(keyword, at.unwrap_or(usize::MAX))
}

/// The same by RSA, as relays and authorities sign what is theirs alone.
pub(super) fn rsa_by(builder: Builder, keyword: &str, key: &Arc<RsaSecretKey>) -> Builder {
    sealed_by(builder, keyword, Seal::Rsa(key.clone()))
}

/// The first item with the keyword has an RSA key.
pub(super) fn rsa_key(builder: Builder, keyword: &str, key: &RsaSecretKey) -> Builder {
    builder.set_object(keyword, "RSA PUBLIC KEY", key.public_der())
}

/// The object of the first item with the keyword holds what is no base64.
pub(super) fn no_base64(builder: Builder, keyword: &str, label: &str) -> Builder {
    let item = builder.items().find(|item| item.keyword == keyword);
    let item = item.cloned().unwrap_or_else(|| OwnedItem::new(keyword));
    builder.set_item(item.object(label, "*not base64*\n"))
}

/// A key in base64 as descriptors have it.
pub(super) fn word(key: &[u8]) -> String {
    BASE64_NOPAD.encode(key)
}

/// The text of the first item with the keyword.
pub(super) fn text(builder: &Builder, keyword: &str) -> String {
    let item = builder.items().find(|item| item.keyword == keyword);
    let text = item.and_then(|item| item.text.as_deref());
    String::from_utf8_lossy(text.unwrap_or_default()).into_owned()
}

/// A word of the first item with the keyword is another, counted from 0.
pub(super) fn word_is(builder: Builder, keyword: &str, index: usize, word: &str) -> Builder {
    let text = text(&builder, keyword);
    let words = text.split(' ').enumerate();
    let words: Vec<_> = words
        .map(|(at, one)| if at == index { word } else { one })
        .collect();
    builder.set(keyword, words.join(" "))
}
