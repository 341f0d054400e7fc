//! How a circuit was meant to be built.

use crate::words::words;

words! {
    /// How a circuit was meant to be built (section 4.1.1, `BuildFlag`).
    BuildFlag {
        /// It has one hop, for directory requests.
        OnehopTunnel = "ONEHOP_TUNNEL",
        /// No exit streams go through it.
        IsInternal = "IS_INTERNAL",
        /// All relays have to have much bandwidth.
        NeedCapacity = "NEED_CAPACITY",
        /// All relays have to have been up for long.
        NeedUptime = "NEED_UPTIME",
    }
}
