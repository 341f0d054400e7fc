//! How far a circuit of an onion service is.

use crate::words::words;

words! {
    /// How far a circuit of an onion service is (section 4.1.1, `HSState`).
    HsState {
        /// The client connects to the introduction point.
        HsciConnecting = "HSCI_CONNECTING",
        /// The client has asked to be introduced.
        HsciIntroSent = "HSCI_INTRO_SENT",
        /// The introduction point has answered the client.
        HsciDone = "HSCI_DONE",
        /// The client connects to the rendezvous point.
        HscrConnecting = "HSCR_CONNECTING",
        /// The client has a rendezvous point.
        HscrEstablishedIdle = "HSCR_ESTABLISHED_IDLE",
        /// The client waits for the service there.
        HscrEstablishedWaiting = "HSCR_ESTABLISHED_WAITING",
        /// The client has met the service.
        HscrJoined = "HSCR_JOINED",
        /// The service connects to the introduction point.
        HssiConnecting = "HSSI_CONNECTING",
        /// The service has an introduction point.
        HssiEstablished = "HSSI_ESTABLISHED",
        /// The service connects to the rendezvous point.
        HssrConnecting = "HSSR_CONNECTING",
        /// The service has met the client.
        HssrJoined = "HSSR_JOINED",
        /// A relay's, which is an introduction point.
        OrHssiEstablished = "OR_HSSI_ESTABLISHED",
        /// A relay's, which is a rendezvous point.
        OrHscrEstablished = "OR_HSCR_ESTABLISHED",
        /// A relay's, which has joined client and service.
        OrHsRJoined = "OR_HS_R_JOINED",
    }
}
