//! What a circuit is for.

use crate::words::words;

words! {
    /// What a circuit is for (section 4.1.1, `Purpose`).
    CircPurpose {
        /// Streams of applications, or directory requests.
        General = "GENERAL",
        /// A client's way to an introduction point.
        HsClientIntro = "HS_CLIENT_INTRO",
        /// A client's way to a rendezvous point.
        HsClientRend = "HS_CLIENT_REND",
        /// A client's way to a directory of onion services.
        HsClientHsdir = "HS_CLIENT_HSDIR",
        /// An onion service's way to an introduction point.
        HsServiceIntro = "HS_SERVICE_INTRO",
        /// An onion service's way to a rendezvous point.
        HsServiceRend = "HS_SERVICE_REND",
        /// An onion service's way to a directory of onion services.
        HsServiceHsdir = "HS_SERVICE_HSDIR",
        /// A test of reachability.
        Testing = "TESTING",
        /// A controller built it.
        Controller = "CONTROLLER",
        /// Kept to see how long it takes.
        MeasureTimeout = "MEASURE_TIMEOUT",
        /// Kept ready for onion services with vanguards.
        HsVanguards = "HS_VANGUARDS",
        /// A test of whether circuits are closed on purpose.
        PathBiasTesting = "PATH_BIAS_TESTING",
        /// Held open to hide when it was closed.
        CircuitPadding = "CIRCUIT_PADDING",
        /// A leg of a conflux set that is in use.
        ConfluxLinked = "CONFLUX_LINKED",
        /// A leg of a conflux set that is not linked yet.
        ConfluxUnlinked = "CONFLUX_UNLINKED",
        /// What a relay carries for others.
        Server = "SERVER",
    }
}
