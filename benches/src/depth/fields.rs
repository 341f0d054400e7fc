//! Every field of a typed kind.

use std::hint::black_box;

use tor_harness_netdoc::{
    BandwidthFile, Consensus, Document, ExtraInfo, Footer, KeyCertificate, Kind, Microdescriptor,
    OnionDescriptor, Preamble, Routers, ServerDescriptor, Vote,
};

/// What decodes every field of documents of a kind; `None` where nothing does.
pub(super) fn of(kind: Kind) -> Option<fn(Document<'_>)> {
    Some(match kind {
        Kind::Consensus | Kind::ConsensusMicrodesc => consensus,
        Kind::Vote => vote,
        Kind::ServerDescriptor => server_descriptor,
        Kind::ExtraInfo => extra_info,
        Kind::Microdescriptor => microdescriptor,
        Kind::KeyCertificate => key_certificate,
        Kind::OnionDescriptor => onion_descriptor,
        Kind::BandwidthFile => bandwidth_file,
        _ => return None,
    })
}

/// Takes fields that can be read.
macro_rules! take {
    ($($field:expr),* $(,)?) => {{
        $(black_box(&$field.expect("a field can be read"));)*
    }};
}

fn consensus(document: Document<'_>) {
    let read = Consensus::read(document);
    take!(read.preamble().consensus_method());
    preamble(read.preamble());
    for authority in read.authorities() {
        take!(authority.source(), authority.vote_digest());
        black_box(authority.contact());
    }
    routers(read.routers());
    footer(read.footer());
    read.signatures().for_each(|signature| take!(signature));
}

fn vote(document: Document<'_>) {
    let read = Vote::read(document);
    take!(
        read.preamble().consensus_methods(),
        read.preamble().published()
    );
    preamble(read.preamble());
    let authority = read.authority().expect("a vote has an authority");
    take!(
        authority.source(),
        authority.legacy_dir_key(),
        authority.shared_random_previous(),
        authority.shared_random_current(),
    );
    black_box((authority.contact(), authority.participates()));
    authority.commits().for_each(|commit| take!(commit));
    let certificate = read.key_certificate();
    key_certificate(certificate.expect("a vote has a certificate").document());
    routers(read.routers());
    footer(read.footer());
    read.signatures().for_each(|signature| take!(signature));
}

fn preamble(preamble: Preamble<'_>) {
    take!(
        preamble.valid_after(),
        preamble.fresh_until(),
        preamble.valid_until(),
        preamble.voting_delay(),
        preamble.client_versions(),
        preamble.server_versions(),
        preamble.known_flags(),
        preamble.params(),
        preamble.shared_random_previous(),
        preamble.shared_random_current(),
    );
}

fn routers(routers: Routers<'_>) {
    routers.for_each(|router| take!(router));
}

fn footer(footer: Footer<'_>) {
    take!(footer.bandwidth_weights());
}

fn server_descriptor(document: Document<'_>) {
    let read = ServerDescriptor::read(document);
    take!(
        read.router(),
        read.bandwidth(),
        read.published(),
        read.fingerprint(),
        read.uptime(),
        read.hibernating(),
        read.extra_info_digest(),
        read.ipv6_policy(),
        read.ntor_onion_key(),
        read.master_key_ed25519(),
        read.history("read-history"),
        read.history("write-history"),
    );
    black_box((read.platform(), read.contact(), read.proto()));
    black_box(read.family().count());
    read.or_addresses().for_each(|address| take!(address));
    read.exit_policy().for_each(|line| {
        black_box(line);
    });
}

fn extra_info(document: Document<'_>) {
    let read = ExtraInfo::read(document);
    take!(
        read.relay(),
        read.published(),
        read.padding_counts(),
        read.rate_limits(),
    );
    read.transports().for_each(|transport| take!(transport));
    for keyword in [
        "read-history",
        "write-history",
        "ipv6-read-history",
        "ipv6-write-history",
        "dirreq-read-history",
        "dirreq-write-history",
    ] {
        take!(read.history(keyword));
    }
    for keyword in [
        "dirreq-stats-end",
        "entry-stats-end",
        "cell-stats-end",
        "exit-stats-end",
        "bridge-stats-end",
        "hidserv-stats-end",
        "hidserv-v3-stats-end",
    ] {
        take!(read.period(keyword));
    }
    for keyword in [
        "dirreq-v3-ips",
        "dirreq-v3-reqs",
        "dirreq-v3-resp",
        "dirreq-v3-direct-dl",
        "dirreq-v3-tunneled-dl",
        "entry-ips",
        "exit-kibibytes-written",
        "exit-kibibytes-read",
        "exit-streams-opened",
        "bridge-ips",
        "bridge-ip-versions",
        "bridge-ip-transports",
    ] {
        take!(read.counts(keyword));
    }
    for keyword in ["conn-bi-direct", "ipv6-conn-bi-direct"] {
        take!(read.directions(keyword));
    }
    for keyword in [
        "hidserv-rend-relayed-cells",
        "hidserv-dir-onions-seen",
        "hidserv-rend-v3-relayed-cells",
        "hidserv-dir-v3-onions-seen",
    ] {
        take!(read.noisy_count(keyword));
    }
}

/// Its digest, too: consensuses name it by that.
fn microdescriptor(document: Document<'_>) {
    let read = Microdescriptor::read(document);
    take!(
        read.ntor_onion_key(),
        read.policy(),
        read.ipv6_policy(),
        read.ed25519_identity(),
    );
    black_box((read.onion_key(), read.digest()));
    black_box((read.family().count(), read.family_ids().count()));
    read.addresses().for_each(|address| take!(address));
}

fn key_certificate(document: Document<'_>) {
    let read = KeyCertificate::read(document);
    take!(
        read.dir_address(),
        read.fingerprint(),
        read.published(),
        read.expires(),
    );
    black_box((read.identity_key(), read.signing_key()));
    black_box((read.crosscert(), read.certification()));
}

/// Of the outer layer: the others are encrypted.
fn onion_descriptor(document: Document<'_>) {
    let read = OnionDescriptor::read(document);
    take!(
        read.lifetime(),
        read.revision_counter(),
        read.signing_key_cert(),
        read.blinded_key(),
        read.superencrypted(),
        read.signature(),
    );
}

/// Of a relay what tor reads.
fn bandwidth_file(document: Document<'_>) {
    let read = BandwidthFile::read(document);
    take!(read.timestamp());
    black_box(read.version());
    for relay in read.relays() {
        take!(relay.one::<u64>("bw"));
        black_box((relay.value("node_id"), relay.value("nick")));
    }
}
