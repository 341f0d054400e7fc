//! All kinds, each with its ways.

use tor_harness_netdoc::{Flavor, Kind};

use super::super::given::Given;
use super::super::made::Made;
use super::super::way::{Make, Way};
use super::{
    detached_signatures, extra_info, key_certificate, microdescriptor, onion_descriptor,
    server_descriptor, status, vote,
};

/// A name, the fields where it is found, how the document is made.
pub(super) type Row = (&'static str, &'static [&'static str], fn(&Given) -> Made);

/// The same of a consensus.
pub(super) type StatusRow = (
    &'static str,
    &'static [&'static str],
    fn(&Given, Flavor) -> Made,
);

const OF_ONE_KIND: [(Kind, &[Row]); 7] = [
    (Kind::ServerDescriptor, server_descriptor::WAYS),
    (Kind::ExtraInfo, extra_info::WAYS),
    (Kind::Microdescriptor, microdescriptor::WAYS),
    (Kind::KeyCertificate, key_certificate::WAYS),
    (Kind::Vote, vote::WAYS),
    (Kind::DetachedSignatures, detached_signatures::WAYS),
    (Kind::OnionDescriptor, onion_descriptor::WAYS),
];

const CONSENSUSES: [Kind; 2] = [Kind::Consensus, Kind::ConsensusMicrodesc];

pub(in crate::network) fn all() -> impl Iterator<Item = Way> {
    let of_one_kind = OF_ONE_KIND.into_iter().flat_map(|(kind, rows)| {
        rows.iter().map(move |&(name, fields, make)| Way {
            kind,
            name,
            fields,
            make: Make::Any(make),
        })
    });
    let statuses = CONSENSUSES.into_iter().flat_map(|kind| {
        status::WAYS.iter().map(move |&(name, fields, make)| Way {
            kind,
            name,
            fields,
            make: Make::Status(make),
        })
    });
    of_one_kind.chain(statuses)
}
