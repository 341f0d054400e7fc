//! The recorded onion descriptors, opened.

use data_encoding::BASE32_NOPAD;
use tor_harness::fixtures::find;
use tor_harness::netdoc::{
    Document, Kind, OnionDescriptor, OnionDescriptorKeys, OnionDescriptorMiddle,
};
use tor_harness::runner::Failed;

/// The middle layer of a recorded onion descriptor, which is named by its path, then the inner one.
///
/// # Errors
/// If there is no such descriptor, or it does not open with what its service and its client had.
pub fn layers(path: &str) -> Result<[(Kind, Vec<u8>); 2], Failed> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let descriptor = OnionDescriptor::read(Document::new(file(path)?));
    let hostname = text(&format!("data-directory/{name}-service/hostname"))?;
    let address = hostname
        .strip_suffix(".onion")
        .unwrap_or(hostname)
        .parse()?;
    let client = client(name)?;

    let keys = OnionDescriptorKeys::new(&descriptor, &address)?;
    let middle = keys.open_middle(&descriptor)?;
    let inner = keys.open_inner(
        &OnionDescriptorMiddle::read(Document::new(&middle)),
        client.as_ref(),
    )?;
    Ok([
        (Kind::OnionDescriptorMiddle, middle),
        (Kind::OnionDescriptorInner, inner),
    ])
}

/// The key that the recorded client has for a service, if it needs one.
fn client(name: &str) -> Result<Option<[u8; 32]>, Failed> {
    let path = format!("data-directory/client/onion-auth/{name}.auth_private");
    if find(&path).is_none() {
        return Ok(None);
    }
    let digits = text(&path)?.rsplit(':').next().unwrap_or_default();
    let key = BASE32_NOPAD.decode(digits.to_ascii_uppercase().as_bytes())?;
    let key = key.try_into().map_err(|_| "expected a key of 32 bytes")?;
    Ok(Some(key))
}

fn text(path: &str) -> Result<&'static str, Failed> {
    Ok(str::from_utf8(file(path)?)?.trim_end())
}

fn file(path: &str) -> Result<&'static [u8], Failed> {
    let fixture = find(path).ok_or_else(|| format!("no fixture {path}"))?;
    Ok(fixture.bytes)
}
