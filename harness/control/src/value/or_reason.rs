//! Why a connection to a relay ended.

use crate::words::words;

words! {
    /// Why a connection to a relay failed or was closed (section 4.1.3,
    /// `Reason`).
    OrReason {
        /// None of the others.
        Misc = "MISC",
        /// It was shut down in good order.
        Done = "DONE",
        /// The relay refused.
        ConnectRefused = "CONNECTREFUSED",
        /// The relay was not who it should be.
        Identity = "IDENTITY",
        /// The connection was reset.
        ConnectReset = "CONNECTRESET",
        /// It took too long, or was idle for too long.
        Timeout = "TIMEOUT",
        /// There is no way there.
        NoRoute = "NOROUTE",
        /// Another error of input or output.
        IoError = "IOERROR",
        /// Out of sockets or memory.
        ResourceLimit = "RESOURCELIMIT",
        /// There is no pluggable transport for it.
        PtMissing = "PT_MISSING",
        /// The TLS handshake failed.
        TlsError = "TLS_ERROR",
    }
}
