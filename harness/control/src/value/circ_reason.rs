//! Why a circuit ended.

use crate::words::words;

words! {
    /// Why a circuit failed or was closed (section 4.1.1, `Reason`; tor-spec,
    /// on DESTROY).
    CircReason {
        /// This tor closed it.
        Origin = "ORIGIN",
        /// No reason was given.
        None = "NONE",
        /// The protocol was violated.
        TorProtocol = "TORPROTOCOL",
        /// Something went wrong inside tor.
        Internal = "INTERNAL",
        /// A client asked for it.
        Requested = "REQUESTED",
        /// The relay hibernates.
        Hibernating = "HIBERNATING",
        /// Out of memory, sockets or circuits.
        ResourceLimit = "RESOURCELIMIT",
        /// The next relay could not be reached.
        ConnectFailed = "CONNECTFAILED",
        /// The next relay was not who it should be.
        OrIdentity = "OR_IDENTITY",
        /// The connection that carried it was lost.
        OrConnClosed = "OR_CONN_CLOSED",
        /// The connection that carried it was lost, as tor 0.4.9 writes it.
        ChannelClosed = "CHANNEL_CLOSED",
        /// It took too long.
        Timeout = "TIMEOUT",
        /// It was used long enough.
        Finished = "FINISHED",
        /// It was destroyed without another reason.
        Destroyed = "DESTROYED",
        /// There are not enough relays.
        NoPath = "NOPATH",
        /// There is no such onion service.
        NoSuchService = "NOSUCHSERVICE",
        /// It took too long, and was kept to measure that.
        MeasurementExpired = "MEASUREMENT_EXPIRED",
        /// Another introduction circuit was faster.
        IpNowRedundant = "IP_NOW_REDUNDANT",
    }
}
