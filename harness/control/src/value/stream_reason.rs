//! Why a stream ended.

use crate::words::words;

words! {
    /// Why a stream failed, was closed or detached (section 4.1.2, `Reason`;
    /// tor-spec, on END).
    StreamReason {
        /// None of the others.
        Misc = "MISC",
        /// The name was not found.
        ResolveFailed = "RESOLVEFAILED",
        /// The other end refused.
        ConnectRefused = "CONNECTREFUSED",
        /// The exit does not go there.
        ExitPolicy = "EXITPOLICY",
        /// The circuit was destroyed.
        Destroy = "DESTROY",
        /// It is done.
        Done = "DONE",
        /// It took too long.
        Timeout = "TIMEOUT",
        /// There is no way there.
        NoRoute = "NOROUTE",
        /// The relay hibernates.
        Hibernating = "HIBERNATING",
        /// Something went wrong inside the relay.
        Internal = "INTERNAL",
        /// The relay is out of something.
        ResourceLimit = "RESOURCELIMIT",
        /// The connection was reset.
        ConnReset = "CONNRESET",
        /// The protocol was violated.
        TorProtocol = "TORPROTOCOL",
        /// A directory request went to what is no directory.
        NotDirectory = "NOTDIRECTORY",
        /// The other end ended it.
        End = "END",
        /// It was to go to a private address.
        PrivateAddr = "PRIVATE_ADDR",
        /// It could not be put on a circuit.
        CantAttach = "CANT_ATTACH",
        /// The network is away.
        NetUnreachable = "NET_UNREACHABLE",
        /// The client did not keep to SOCKS.
        SocksProtocol = "SOCKS_PROTOCOL",
        /// The client did not keep to HTTP.
        HttpProtocol = "HTTP_PROTOCOL",
    }
}
