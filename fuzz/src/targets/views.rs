//! Every typed reader of every kind, on whatever came.

use std::hint::black_box;

use tor_harness_netdoc::{
    AuthorityList, BandwidthFile, BridgeExtraInfo, BridgeNetworkStatus, BridgeServerDescriptor,
    Consensus, ConsensusDiff, DetachedSignatures, Document, Ed25519Certificate, ExitList,
    ExtraInfo, FallbackList, KeyCertificate, Kind, Microdescriptor, NetworkStatus2,
    OnionDescriptor, OnionDescriptor2, OnionDescriptorInner, OnionDescriptorMiddle, RouterStatus,
    ServerDescriptor, SharedRandomState, State, Vote,
};

/// Asks a reader for each of these; for all of those that give several.
macro_rules! ask {
    ($read:expr, $($one:ident),* ; $($each:ident),*) => {{
        let read = &$read;
        $(let _ = black_box(read.$one());)*
        $(for one in read.$each() { let _ = black_box(one); })*
    }};
}

/// Reads all fields of a document as of this kind.
pub(super) fn views(kind: Kind, document: Document<'_>) {
    match kind {
        Kind::ServerDescriptor => server_descriptor(&ServerDescriptor::read(document)),
        Kind::BridgeServerDescriptor => {
            let read = BridgeServerDescriptor::read(document);
            server_descriptor(read.descriptor());
            ask!(read, digest, digest_sha256, scrubbing_problems;);
        }
        Kind::ExtraInfo => extra_info(&ExtraInfo::read(document)),
        Kind::BridgeExtraInfo => {
            let read = BridgeExtraInfo::read(document);
            extra_info(read.extra_info());
            ask!(read, digest, digest_sha256, scrubbing_problems;);
        }
        Kind::Microdescriptor => {
            let read = Microdescriptor::read(document);
            ask!(read, digest, onion_key, ntor_onion_key, policy, ipv6_policy, ed25519_identity;
                addresses, family, family_ids);
        }
        Kind::Consensus | Kind::ConsensusMicrodesc => consensus(document),
        Kind::Vote => {
            let read = Vote::read(document);
            ask!(read, preamble, authority, footer, signed_part; routers, signatures);
            if let Some(certificate) = read.key_certificate() {
                key_certificate(&certificate);
            }
            consensus(document);
        }
        Kind::RouterStatus => {
            let _ = black_box(RouterStatus::read(document));
        }
        Kind::BridgeNetworkStatus => {
            ask!(BridgeNetworkStatus::read(document), published, fingerprint; routers)
        }
        Kind::NetworkStatus2 => {
            ask!(NetworkStatus2::read(document), source, fingerprint, published; routers);
        }
        Kind::KeyCertificate => key_certificate(&KeyCertificate::read(document)),
        Kind::DetachedSignatures => {
            ask!(DetachedSignatures::read(document), consensus_digest, valid_after, fresh_until,
                valid_until; additional_digests, additional_signatures, signatures);
        }
        Kind::ConsensusDiff => {
            let read = ConsensusDiff::read(document);
            ask!(read, from_digest, to_digest; commands);
            let _ = black_box(read.apply(document.as_bytes()));
        }
        Kind::OnionDescriptor => {
            ask!(OnionDescriptor::read(document), lifetime, revision_counter, signing_key_cert,
                blinded_key, superencrypted, signature;);
        }
        Kind::OnionDescriptorMiddle => {
            ask!(OnionDescriptorMiddle::read(document), ephemeral_key, encrypted; auth_clients);
        }
        Kind::OnionDescriptorInner => {
            let read = OnionDescriptorInner::read(document);
            ask!(read, create2_formats, is_single_onion_service, flow_control;);
            for point in read.introduction_points() {
                ask!(point, link_specifiers, onion_key, enc_key, auth_key, enc_key_cert;);
            }
        }
        Kind::OnionDescriptor2 => {
            let read = OnionDescriptor2::read(document);
            ask!(read, descriptor_id, publication_time, protocol_versions;);
            if let Ok(Some(points)) = read.introduction_points() {
                let _ = black_box(OnionDescriptor2::points(&points).count());
            }
        }
        Kind::ExitList => {
            let read = ExitList::read(document);
            ask!(read, downloaded;);
            for node in read.nodes() {
                ask!(node, fingerprint, published, last_status; addresses);
            }
        }
        Kind::Ed25519Certificate => {
            if let Some(bytes) = Ed25519Certificate::bytes_of(document)
                && let Ok(read) = Ed25519Certificate::parse(&bytes)
            {
                ask!(read, type_name, key_type_name, signing_key; extensions);
            }
        }
        Kind::BandwidthFile => {
            let read = BandwidthFile::read(document);
            ask!(read, timestamp, version, encode; relays);
        }
        Kind::FallbackList => ask!(FallbackList::read(document), header, entries;),
        Kind::AuthorityList => ask!(AuthorityList::read(document), entries;),
        Kind::SharedRandomState => ask!(SharedRandomState::read(document), valid_until;),
        Kind::State => ask!(State::read(document), last_written;),
        // A point by itself has no reader.
        _ => {}
    }
}

fn server_descriptor(read: &ServerDescriptor<'_>) {
    ask!(read, digest, digest_sha256, router, bandwidth, published, fingerprint, uptime, platform,
        contact, proto, hibernating, ipv6_policy, ntor_onion_key, master_key_ed25519,
        extra_info_digest; or_addresses, exit_policy, family);
    let _ = black_box(read.history("read-history"));
}

fn extra_info(read: &ExtraInfo<'_>) {
    ask!(read, digest, digest_sha256, relay, published, padding_counts, rate_limits; transports);
    let rules = ExtraInfo::RULES
        .sections
        .iter()
        .flat_map(|section| section.rules);
    for keyword in rules.map(|rule| rule.keyword) {
        let _ = black_box((read.history(keyword), read.period(keyword)));
        let _ = black_box((read.counts(keyword), read.directions(keyword)));
        let _ = black_box(read.noisy_count(keyword));
    }
}

fn key_certificate(read: &KeyCertificate<'_>) {
    ask!(read, dir_address, fingerprint, published, expires, crosscert, certification, signed_part;);
}

fn consensus(document: Document<'_>) {
    let read = Consensus::read(document);
    ask!(read, flavor, footer, signed_part; routers, signatures);
    ask!(read.preamble(), consensus_method, consensus_methods, published, valid_after, fresh_until,
        valid_until, voting_delay, client_versions, server_versions, known_flags, params,
        shared_random_previous, shared_random_current;);
    let _ = black_box(read.footer().bandwidth_weights());
    for authority in read.authorities() {
        ask!(authority, source, contact, vote_digest, legacy_dir_key, participates,
            shared_random_previous, shared_random_current; commits);
    }
}
