//! What the STATUS events tell of.

use crate::words::words;

words! {
    /// What a STATUS event tells of (section 4.1.10).
    StatusAction {
        /// General: tor had no processor time for long.
        ClockJumped = "CLOCK_JUMPED",
        /// General: this version is not recommended.
        DangerousVersion = "DANGEROUS_VERSION",
        /// General: there are no more sockets.
        TooManyConnections = "TOO_MANY_CONNECTIONS",
        /// General: something that should not happen.
        Bug = "BUG",
        /// General: this clock is wrong.
        ClockSkew = "CLOCK_SKEW",
        /// General: libevent has a bug.
        BadLibevent = "BAD_LIBEVENT",
        /// General: no directory can be reached.
        DirAllUnreachable = "DIR_ALL_UNREACHABLE",
        /// Client: another step of the start.
        Bootstrap = "BOOTSTRAP",
        /// Client: enough is known to build circuits.
        EnoughDirInfo = "ENOUGH_DIR_INFO",
        /// Client: not enough is known any more.
        NotEnoughDirInfo = "NOT_ENOUGH_DIR_INFO",
        /// Client: circuits can be built.
        CircuitEstablished = "CIRCUIT_ESTABLISHED",
        /// Client: it is not known any more whether circuits can be built.
        CircuitNotEstablished = "CIRCUIT_NOT_ESTABLISHED",
        /// Client: a consensus has come.
        ConsensusArrived = "CONSENSUS_ARRIVED",
        /// Client: a stream went to a port of a protocol without encryption.
        DangerousPort = "DANGEROUS_PORT",
        /// Client: an application may have asked DNS beside tor.
        DangerousSocks = "DANGEROUS_SOCKS",
        /// Client: a SOCKS port was asked for something else.
        SocksUnknownProtocol = "SOCKS_UNKNOWN_PROTOCOL",
        /// Client: an application gave a name that is none.
        SocksBadHostname = "SOCKS_BAD_HOSTNAME",
        /// Server: the own address has changed.
        ExternalAddress = "EXTERNAL_ADDRESS",
        /// Server: a test of whether it can be reached has begun.
        CheckingReachability = "CHECKING_REACHABILITY",
        /// Server: it can be reached.
        ReachabilitySucceeded = "REACHABILITY_SUCCEEDED",
        /// Server: an authority has the descriptor.
        GoodServerDescriptor = "GOOD_SERVER_DESCRIPTOR",
        /// Server: it is in the consensus, or no longer.
        ServerDescriptorStatus = "SERVER_DESCRIPTOR_STATUS",
        /// Server: a name server has changed.
        NameserverStatus = "NAMESERVER_STATUS",
        /// Server: no name server answers.
        NameserverAllDown = "NAMESERVER_ALL_DOWN",
        /// Server: DNS gives addresses for names that do not exist.
        DnsHijacked = "DNS_HIJACKED",
        /// Server: DNS gives wrong addresses.
        DnsUseless = "DNS_USELESS",
        /// Server: an authority has refused the descriptor.
        BadServerDescriptor = "BAD_SERVER_DESCRIPTOR",
        /// Server: an authority has accepted the descriptor.
        AcceptedServerDescriptor = "ACCEPTED_SERVER_DESCRIPTOR",
        /// Server: it cannot be reached.
        ReachabilityFailed = "REACHABILITY_FAILED",
        /// Server: it hibernates, or no longer.
        HibernationStatus = "HIBERNATION_STATUS",
    }
}
