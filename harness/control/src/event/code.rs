//! The names of events.

use crate::words::words;

words! {
    /// The name of an event (section 4.1).
    EventCode {
        /// A circuit's status has changed.
        Circ = "CIRC",
        /// A circuit has changed otherwise.
        CircMinor = "CIRC_MINOR",
        /// A stream's status has changed.
        Stream = "STREAM",
        /// A connection to a relay has changed.
        OrConn = "ORCONN",
        /// Bytes in the last second.
        Bw = "BW",
        /// A log message for tor's developers.
        Debug = "DEBUG",
        /// A log message.
        Info = "INFO",
        /// A log message that users should see.
        Notice = "NOTICE",
        /// A log message about something wrong.
        Warn = "WARN",
        /// A log message about something that ends tor.
        Err = "ERR",
        /// New descriptors have come.
        NewDesc = "NEWDESC",
        /// An address is mapped to another.
        AddrMap = "ADDRMAP",
        /// The own descriptor has changed.
        DescChanged = "DESCCHANGED",
        /// A relay's status has changed.
        Ns = "NS",
        /// Something about this tor in general.
        StatusGeneral = "STATUS_GENERAL",
        /// Something about this tor as a client.
        StatusClient = "STATUS_CLIENT",
        /// Something about this tor as a relay.
        StatusServer = "STATUS_SERVER",
        /// The set of guards has changed.
        Guard = "GUARD",
        /// Bytes that a stream has carried.
        StreamBw = "STREAM_BW",
        /// Where a bridge's clients come from.
        ClientsSeen = "CLIENTS_SEEN",
        /// A consensus has come.
        NewConsensus = "NEWCONSENSUS",
        /// How long circuits may take has been learned.
        BuildTimeoutSet = "BUILDTIMEOUT_SET",
        /// A signal was taken.
        Signal = "SIGNAL",
        /// Options have changed.
        ConfChanged = "CONF_CHANGED",
        /// Bytes that a connection has carried.
        ConnBw = "CONN_BW",
        /// Cells of a circuit in the last second.
        CellStats = "CELL_STATS",
        /// Bytes that a circuit has carried.
        CircBw = "CIRC_BW",
        /// A pluggable transport has started.
        TransportLaunched = "TRANSPORT_LAUNCHED",
        /// An onion descriptor's fate.
        HsDesc = "HS_DESC",
        /// An onion descriptor.
        HsDescContent = "HS_DESC_CONTENT",
        /// The network is live, or no longer.
        NetworkLiveness = "NETWORK_LIVENESS",
        /// A pluggable transport has logged something; nobody can subscribe to it.
        PtLog = "PT_LOG",
        /// A pluggable transport has told something about itself; nobody can
        /// subscribe to it.
        PtStatus = "PT_STATUS",
        /// A token bucket was empty; tor had it once.
        TbEmpty = "TB_EMPTY",
        /// A descriptor was uploaded to this authority; until 0.3.2.1.
        AuthdirNewDescs = "AUTHDIR_NEWDESCS",
        /// STATUS_SERVER, misspelt; before 0.2.0.22.
        StatusSever = "STATUS_SEVER",
    }
}

impl EventCode<'_> {
    /// The events that SETEVENTS of tor 0.4.9 takes, in the order of its
    /// `GETINFO events/names`.
    pub const SUBSCRIBABLE: &'static [EventCode<'static>] = Self::KNOWN.split_at(31).0;

    /// Whether it is a log message.
    #[must_use]
    pub fn is_log(&self) -> bool {
        matches!(
            self,
            Self::Debug | Self::Info | Self::Notice | Self::Warn | Self::Err
        )
    }
}
