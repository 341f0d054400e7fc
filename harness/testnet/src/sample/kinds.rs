//! Builders for each kind of document, by name.

use tor_harness_netdoc::{Builder, Flavor, Kind, OwnedItem};

use super::diff::diff;
use super::network::{NETWORK, onion_service};
use crate::onion::{descriptor_2, point_2};

/// A line for each kind: the function with its name, and what it gives.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident: $kind:ident = $builder:expr;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name() -> Builder {
                $builder
            }
        )*

        /// A good document of this kind, to be changed at will. Whatever is signed is signed when it
        /// is written, and all are of one network, [`network`](super::network()).
        ///
        /// ```
        /// use tor_harness_netdoc::{Document, Kind};
        /// use tor_harness_testnet::sample;
        ///
        /// let wrong = sample::server_descriptor().set("uptime", "-5").without("ntor-onion-key").encode();
        /// assert_eq!(Kind::ServerDescriptor.check(&Document::new(&wrong)).len(), 2);
        /// for kind in Kind::all() {
        ///     assert!(kind.check(&Document::new(&sample::of(kind).encode())).is_empty());
        /// }
        /// ```
        #[must_use]
        pub fn of(kind: Kind) -> Builder {
            match kind {
                $(Kind::$kind => $name(),)*
                _ => Builder::new(kind),
            }
        }
    };
}

kinds! {
    /// A relay's server descriptor.
    server_descriptor: ServerDescriptor = NETWORK.relays[0].server_descriptor();
    /// Its extra-info document.
    extra_info: ExtraInfo = NETWORK.relays[0].extra_info();
    /// Its microdescriptor.
    microdescriptor: Microdescriptor = NETWORK.relays[0].microdescriptor();
    /// A bridge's server descriptor, sanitised.
    bridge_server_descriptor: BridgeServerDescriptor = NETWORK.bridges[0].sanitised().server_descriptor;
    /// Its extra-info document, sanitised.
    bridge_extra_info: BridgeExtraInfo = NETWORK.bridges[0].sanitised().extra_info;
    /// The ns consensus.
    consensus: Consensus = NETWORK.consensus(Flavor::Ns);
    /// The microdesc consensus.
    consensus_microdesc: ConsensusMicrodesc = NETWORK.consensus(Flavor::Microdesc);
    /// The vote of the authority.
    vote: Vote = NETWORK.vote(&NETWORK.authorities[0]);
    /// What the ns consensus says of a relay.
    router_status: RouterStatus = Builder::new(Kind::RouterStatus).append(NETWORK.relays[0].status_entry(Flavor::Ns));
    /// The status of all bridges, sanitised.
    bridge_network_status: BridgeNetworkStatus = NETWORK.bridge_network_status();
    /// The network status of version 2.
    network_status_2: NetworkStatus2 = NETWORK.network_status_2(&NETWORK.authorities[0]);
    /// The certificate of the authority.
    key_certificate: KeyCertificate = NETWORK.authorities[0].key_certificate();
    /// The signatures of both consensuses.
    detached_signatures: DetachedSignatures = NETWORK.detached_signatures();
    /// From the ns consensus to one that says something else of a relay.
    consensus_diff: ConsensusDiff = diff();
    /// The descriptor of an onion service.
    onion_descriptor: OnionDescriptor = {
        let (service, publication) = onion_service();
        service.descriptor(&publication)
    };
    /// Its middle layer.
    onion_descriptor_middle: OnionDescriptorMiddle = {
        let (service, publication) = onion_service();
        service.middle(&publication, &service.inner(&publication).encode())
    };
    /// Its inner layer.
    onion_descriptor_inner: OnionDescriptorInner = {
        let (service, publication) = onion_service();
        service.inner(&publication)
    };
    /// The descriptor of an onion service of version 2.
    onion_descriptor_2: OnionDescriptor2 = descriptor_2(&NETWORK.relays[..3], NETWORK.status.valid_after);
    /// Its first introduction point.
    onion_descriptor_2_point: OnionDescriptor2Point = point_2(&NETWORK.relays[0]);
    /// From where the exits reach the world.
    exit_list: ExitList = NETWORK.exit_list();
    /// The certificate of a relay's signing key.
    ed25519_certificate: Ed25519Certificate = {
        let certificate = NETWORK.relays[0].signing_certificate();
        Builder::new(Kind::Ed25519Certificate).push(OwnedItem::default().object_of("ED25519 CERT", &certificate))
    };
    /// What the vote measures by.
    bandwidth_file: BandwidthFile = NETWORK.bandwidth_file();
    /// The directories that a new tor asks first.
    fallback_list: FallbackList = NETWORK.fallback_list();
    /// The authority as tor has it built in.
    authority_list: AuthorityList = NETWORK.authority_list();
    /// The authority's file `sr-state`.
    shared_random_state: SharedRandomState = NETWORK.shared_random_state();
    /// A client's file `state`.
    state: State = NETWORK.client_state();
}
