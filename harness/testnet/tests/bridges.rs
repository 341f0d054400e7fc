//! A bridge's documents agree with each other, and say nothing by which to find the bridge.

mod check;

use tor_harness_netdoc::{
    BridgeExtraInfo, BridgeNetworkStatus, BridgeServerDescriptor, Document, ExtraInfo, Kind,
    ServerDescriptor, sha1, sha256, stretches,
};
use tor_harness_testnet::{Bridge, Network, Seed};

use check::check;

fn network() -> Network {
    let now = "2026-11-22 12:00:00".parse().unwrap();
    let mut network = Network::new(Seed::new(7), 1, 0, now);
    network.bridges = (0..3)
        .map(|number| Bridge::new(Seed::new(7), number, now))
        .collect();
    let relay = &mut network.bridges[1].relay;
    relay.ipv6 = Some("[2001:db8::1]:9001".parse().unwrap());
    relay.family = vec![network.authorities[0].relay.fingerprint()];
    relay.family_keys = vec![network.authorities[0].relay.keys().signing().clone()];
    network.bridges[2].transports.clear();
    network
}

#[test]
fn what_bridges_sign_holds() {
    for bridge in network().bridges {
        let descriptor = bridge.server_descriptor().encode();
        check(Kind::ServerDescriptor, &descriptor);
        let read = ServerDescriptor::read(Document::new(&descriptor));
        let verified = read.verify().expect("the descriptor is signed");
        let method = verified.fields().item("bridge-distribution-request");
        assert_eq!(method.unwrap().text(), Some(&b"any"[..]));
        let extra_info = bridge.extra_info().encode();
        check(Kind::ExtraInfo, &extra_info);
        let read = ExtraInfo::read(Document::new(&extra_info));
        let read = read.verify(&verified).expect("the descriptor names it");
        assert_eq!(read.transports().count(), bridge.transports.len());
        for (transport, (line, own)) in read
            .transports()
            .zip(bridge.transport_lines().iter().zip(&bridge.transports))
        {
            let transport = transport.unwrap();
            assert_eq!(transport.name, own.name.as_bytes());
            let said = String::from_utf8_lossy(transport.arguments).replace(',', " ");
            let fingerprint = bridge.relay.fingerprint();
            let expected = format!(
                "Bridge {} {} {fingerprint} {said}",
                own.name, transport.address
            );
            assert_eq!(*line, expected);
        }
    }
}

#[test]
fn what_is_published_agrees() {
    let network = network();
    let all = network.documents();
    let mut bridges: Vec<_> = network.bridges.iter().collect();
    bridges.sort_by_key(|bridge| bridge.hashed_fingerprint());

    check(Kind::BridgeNetworkStatus, &all.bridge_network_status);
    let status = BridgeNetworkStatus::read(Document::new(&all.bridge_network_status));
    let authority = network.authorities[0].relay.fingerprint();
    assert_eq!(status.fingerprint(), Ok(Some(authority)));
    assert_eq!(status.routers().count(), 3);
    for (((bridge, router), descriptor), extra_info) in bridges
        .into_iter()
        .zip(status.routers())
        .zip(&all.bridge_server_descriptors)
        .zip(&all.bridge_extra_infos)
    {
        let router = router.unwrap();
        check(Kind::BridgeServerDescriptor, descriptor);
        check(Kind::BridgeExtraInfo, extra_info);
        let descriptor = BridgeServerDescriptor::read(Document::new(descriptor));
        let extra_info = BridgeExtraInfo::read(Document::new(extra_info));
        assert_eq!(descriptor.scrubbing_problems(), []);
        assert_eq!(extra_info.scrubbing_problems(), []);

        let hashed = bridge.hashed_fingerprint();
        assert_eq!(router.identity, hashed);
        assert_eq!(descriptor.descriptor().fingerprint(), Ok(Some(hashed)));
        assert_eq!(extra_info.extra_info().relay().unwrap().1, hashed);
        assert_eq!(router.digest, descriptor.digest().ok());
        let place = descriptor.descriptor().router().unwrap();
        assert_eq!(
            (router.address, router.or_port),
            (place.address, place.or_port)
        );
        let named = descriptor.descriptor().document().item("extra-info-digest");
        let [first, second] = ["router-digest", "router-digest-sha256"].map(|keyword| {
            let item = extra_info.extra_info().document().item(keyword);
            item.unwrap().text().unwrap()
        });
        assert_eq!(
            named.unwrap().text(),
            Some(&[first, b" ", second].concat()[..])
        );

        // They are the hashes of what the bridge wrote.
        let original = bridge.server_descriptor().encode();
        let read = ServerDescriptor::read(Document::new(&original));
        assert_eq!(descriptor.digest(), Ok(sha1(&read.digest().unwrap())));
        let whole = sha256(&sha256(&original));
        assert_eq!(descriptor.digest_sha256(), Ok(Some(whole)));
        let names: Vec<_> = bridge
            .transports
            .iter()
            .map(|one| one.name.as_bytes())
            .collect();
        assert_eq!(extra_info.transports().collect::<Vec<_>>(), names);
    }
}

/// Nothing of what a bridge is known by is in any of the files.
#[test]
fn archives_do_not_find_bridges() {
    let network = network();
    let files = network.archive_files(&network.documents());
    let bridges = files
        .iter()
        .filter(|file| file.path.starts_with("recent/bridge-descriptors/"));
    let mut kinds = Vec::new();
    for file in bridges {
        let text = String::from_utf8_lossy(&file.bytes);
        for bridge in &network.bridges {
            for secret in [
                bridge.relay.fingerprint().to_string(),
                bridge.relay.address.to_string(),
                bridge.relay.or_port.to_string(),
            ] {
                let found = text.split([' ', ':', '\n']).any(|word| word == secret);
                assert!(!found, "{secret} in {}", file.path);
            }
        }
        assert!(!text.contains("cert="), "{}", file.path);
        kinds.extend(stretches(&file.bytes).map(|stretch| stretch.kind.unwrap()));
    }
    let expected = [
        vec![Kind::BridgeNetworkStatus],
        vec![Kind::BridgeServerDescriptor; 3],
        vec![Kind::BridgeExtraInfo; 3],
    ];
    assert_eq!(kinds, expected.concat());
}
