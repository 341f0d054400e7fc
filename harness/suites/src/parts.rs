//! The documents inside other documents: sealed, or in base64.

use data_encoding::BASE32_NOPAD;
use tor_harness::fixtures::find;
use tor_harness::netdoc::{
    Document, Kind, OnionDescriptor, OnionDescriptor2, OnionDescriptorKeys, OnionDescriptorMiddle,
};
use tor_harness::runner::Failed;

/// What a document of the fixtures has inside: the layers of an onion descriptor, the introduction points of one of
/// version 2.
///
/// # Errors
/// If it does not open, with what its recorded service and client had.
pub fn parts(
    path: &str,
    kind: Kind,
    document: Document<'_>,
) -> Result<Vec<(Kind, Vec<u8>)>, Failed> {
    match kind {
        Kind::OnionDescriptor => layers(path, &OnionDescriptor::read(document)),
        Kind::OnionDescriptor2 => {
            let points = OnionDescriptor2::read(document).introduction_points()?;
            let points = points.ok_or("introduction points that are encrypted")?;
            let points = OnionDescriptor2::points(&points);
            Ok(points
                .map(|point| (Kind::OnionDescriptor2Point, point.as_bytes().to_vec()))
                .collect())
        }
        _ => Ok(Vec::new()),
    }
}

fn layers(path: &str, descriptor: &OnionDescriptor<'_>) -> Result<Vec<(Kind, Vec<u8>)>, Failed> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let hostname = text(&format!("data-directory/{name}-service/hostname"))?;
    let address = hostname
        .strip_suffix(".onion")
        .unwrap_or(hostname)
        .parse()?;
    let client = client(name)?;

    let keys = OnionDescriptorKeys::new(descriptor, &address)?;
    let middle = keys.open_middle(descriptor)?;
    let inner = keys.open_inner(
        &OnionDescriptorMiddle::read(Document::new(&middle)),
        client.as_ref(),
    )?;
    Ok(vec![
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
    let fixture = find(path).ok_or_else(|| format!("no fixture {path}"))?;
    Ok(str::from_utf8(fixture.bytes)?.trim_end())
}
