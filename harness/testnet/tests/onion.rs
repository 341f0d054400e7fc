//! Descriptors of onion services hold, and open to those whom they are for.

mod check;

use tor_harness_netdoc::{
    Document, Kind, OnionDescriptor, OnionDescriptorInner, OnionDescriptorKeys,
    OnionDescriptorMiddle, OpenError, TimePeriod, sha256,
};
use tor_harness_testnet::{OnionService, Publication, Relay, Seed};

use check::check;

fn service() -> (OnionService, Publication) {
    let time = "2026-11-22 12:00:00".parse().unwrap();
    let seed = Seed::new(3);
    let mut service = OnionService::new(seed, 0);
    service.introduction_points = (0..3)
        .map(|number| Relay::new(seed, number, time))
        .collect();
    let period = TimePeriod::at(time, 1440, 3600).unwrap();
    let publication = Publication {
        period,
        revision: 42,
        time,
    };
    (service, publication)
}

/// Checks, verifies and opens all layers for a client.
#[track_caller]
fn open(
    service: &OnionService,
    publication: &Publication,
    client: Option<&[u8; 32]>,
) -> Result<usize, OpenError> {
    let outer = service.descriptor(publication).encode();
    check(Kind::OnionDescriptor, &outer);
    let outer = OnionDescriptor::read(Document::new(&outer))
        .verify()
        .expect("it is signed");
    assert_eq!(
        outer.blinded_key().ok(),
        publication.period.blinded_key(&service.address())
    );
    let keys = OnionDescriptorKeys::new(&outer, &service.address())?;
    let middle = keys.open_middle(&outer)?;
    check(Kind::OnionDescriptorMiddle, &middle);
    let middle = OnionDescriptorMiddle::read(Document::new(&middle));
    let inner = keys.open_inner(&middle, client)?;
    check(Kind::OnionDescriptorInner, &inner);
    let inner = OnionDescriptorInner::read(Document::new(&inner));
    let inner = inner.verify(&outer).expect("its keys are certified");
    Ok(inner.introduction_points().count())
}

#[test]
fn descriptors_open() {
    let (service, publication) = service();
    assert_eq!(open(&service, &publication, None), Ok(3));
}

/// As `tests/sums.rs` does of all other documents.
#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (mut service, publication) = service();
    service.add_client(Seed::new(1));
    let sum = sha256(&service.descriptor(&publication).encode());
    let digits: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        digits,
        "d276722249f55150731daf5302858cbd171aca48c7d7049939b216c755afdc1b"
    );
}

#[test]
fn restricted_descriptors_open_to_their_clients() {
    let (mut service, publication) = service();
    let clients: Vec<_> = (0..17)
        .map(|number| service.add_client(Seed::new(number)))
        .collect();
    for client in &clients {
        assert_eq!(open(&service, &publication, Some(client)), Ok(3));
    }
    assert_eq!(open(&service, &publication, None), Err(OpenError::Keys));
    assert_eq!(
        open(&service, &publication, Some(&[7; 32])),
        Err(OpenError::Client)
    );
}
