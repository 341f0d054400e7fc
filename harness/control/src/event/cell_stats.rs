//! The CELL_STATS event.

use crate::event::accessors::accessors;
use crate::event::keywords_alone::keywords_alone;
use crate::event::more::MoreLines;
use crate::keywords::Keywords;

/// CELL_STATS: the cells of a circuit in the last second (section 4.1.23);
/// only with TestingTorNetwork.
///
/// Inbound is towards the circuit's origin. Cells are counted by their kind:
/// `relay`, `create_fast` ...
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CellStats<'a> {
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

keywords_alone! { CellStats = "CELL_STATS" }

accessors! { impl CellStats {
    /// The circuit, where it begins here.
    text id = "ID";
    /// The inbound queue.
    text inbound_queue = "InboundQueue";
    /// The inbound connection.
    text inbound_conn = "InboundConn";
    /// The cells that came into the inbound queue.
    counts inbound_added = "InboundAdded";
    /// The cells that left the inbound queue.
    counts inbound_removed = "InboundRemoved";
    /// How long those waited in sum, in milliseconds.
    counts inbound_time = "InboundTime";
    /// The outbound queue.
    text outbound_queue = "OutboundQueue";
    /// The outbound connection.
    text outbound_conn = "OutboundConn";
    /// The cells that came into the outbound queue.
    counts outbound_added = "OutboundAdded";
    /// The cells that left the outbound queue.
    counts outbound_removed = "OutboundRemoved";
    /// How long those waited in sum, in milliseconds.
    counts outbound_time = "OutboundTime";
}}
