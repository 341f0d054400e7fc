//! A certificate as JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tor_harness::netdoc::{Document, Ed25519Certificate, Extension};

use super::value::{base64, hex};

/// Adds `fields`: its parts, where it has them, and all of it in `base64`.
pub(super) fn add_to<M: SerializeMap>(map: &mut M, document: Document<'_>) -> Result<(), M::Error> {
    map.serialize_entry("fields", &Parts(document))
}

struct Parts<'a>(Document<'a>);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let Some(bytes) = Ed25519Certificate::bytes_of(self.0) else {
            map.serialize_entry("hex", &hex(self.0.as_bytes()))?;
            return map.end();
        };
        if let Ok(read) = Ed25519Certificate::parse(&bytes) {
            map.serialize_entry("cert-type", &read.cert_type)?;
            map.serialize_entry("certifies", &read.type_name())?;
            map.serialize_entry("expires", &read.expires.to_string())?;
            map.serialize_entry("key-type", &read.key_type)?;
            map.serialize_entry("key-is", &read.key_type_name())?;
            map.serialize_entry("key", &base64(&read.key))?;
            let extensions: Vec<_> = read.extensions().map(Part).collect();
            map.serialize_entry("extensions", &extensions)?;
            map.serialize_entry("signature", &base64(&read.signature))?;
        }
        map.serialize_entry("base64", &base64(&bytes))?;
        map.end()
    }
}

struct Part<'a>(Extension<'a>);

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("type", &self.0.extension_type)?;
        map.serialize_entry("flags", &self.0.flags)?;
        map.serialize_entry("data", &base64(self.0.data))?;
        map.end()
    }
}
