//! An item with its text.

use tor_harness_netdoc::OwnedItem;

pub(crate) fn item(keyword: &str, text: impl Into<Vec<u8>>) -> OwnedItem {
    OwnedItem::new(keyword).text(text)
}
