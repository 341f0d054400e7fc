//! The words that arguments of STATUS events are.

use crate::words::words;

words! {
    /// What the authorities hold against a version: `REASON` of
    /// DANGEROUS_VERSION.
    VersionReason {
        /// It is newer than all they recommend.
        New = "NEW",
        /// It is too old.
        Obsolete = "OBSOLETE",
        /// They do not recommend it.
        Unrecommended = "UNRECOMMENDED",
        /// It is too old, as tors before 0.2.0.13 say it.
        Old = "OLD",
    }
}

words! {
    /// How the own address was found: `METHOD` of EXTERNAL_ADDRESS.
    AddressMethod {
        /// `Address` has it.
        Configured = "CONFIGURED",
        /// `ORPort` has it.
        ConfiguredOrPort = "CONFIGURED_ORPORT",
        /// A directory says so.
        DirServ = "DIRSERV",
        /// `Address` has a name, which was resolved.
        Resolved = "RESOLVED",
        /// A network interface has it.
        Interface = "INTERFACE",
        /// This machine's name was resolved.
        GetHostName = "GETHOSTNAME",
        /// It was not found.
        None = "NONE",
    }
}

words! {
    /// What was done about a dangerous port: `RESULT` of DANGEROUS_PORT.
    PortResult {
        /// The stream was refused.
        Reject = "REJECT",
        /// The stream went on.
        Warn = "WARN",
    }
}

words! {
    /// How bad a version of libevent is: `BADNESS` of BAD_LIBEVENT.
    Badness {
        /// It does not work.
        Broken = "BROKEN",
        /// It has bugs.
        Buggy = "BUGGY",
        /// It is slow.
        Slow = "SLOW",
    }
}

words! {
    /// How a server, or something that it needs, is: `STATUS` of
    /// NAMESERVER_STATUS, HIBERNATION_STATUS or SERVER_DESCRIPTOR_STATUS.
    ServerState {
        /// The name server answers.
        Up = "UP",
        /// The name server does not answer.
        Down = "DOWN",
        /// tor does not hibernate.
        Awake = "AWAKE",
        /// tor takes no new connections.
        Soft = "SOFT",
        /// tor has no connections.
        Hard = "HARD",
        /// tor shuts down.
        Exiting = "EXITING",
        /// The relay is in the consensus.
        Listed = "LISTED",
        /// The relay is not in the consensus.
        Unlisted = "UNLISTED",
    }
}
