//! The steps of tor's start.

use crate::words::words;

words! {
    /// A step of tor's start (section 5.5): `TAG` of BOOTSTRAP.
    BootstrapTag {
        /// Nothing was done yet.
        Starting = "starting",
        /// To the pluggable transport.
        ConnPt = "conn_pt",
        /// The pluggable transport is there.
        ConnDonePt = "conn_done_pt",
        /// To the proxy.
        ConnProxy = "conn_proxy",
        /// The proxy is there.
        ConnDoneProxy = "conn_done_proxy",
        /// To a relay.
        Conn = "conn",
        /// A relay is there.
        ConnDone = "conn_done",
        /// TLS and tor's handshake with a relay.
        Handshake = "handshake",
        /// Both are done.
        HandshakeDone = "handshake_done",
        /// A circuit of one hop to a directory.
        OnehopCreate = "onehop_create",
        /// A consensus is asked for.
        RequestingStatus = "requesting_status",
        /// A consensus comes.
        LoadingStatus = "loading_status",
        /// Certificates of authorities come.
        LoadingKeys = "loading_keys",
        /// Descriptors of relays are asked for.
        RequestingDescriptors = "requesting_descriptors",
        /// Descriptors of relays come.
        LoadingDescriptors = "loading_descriptors",
        /// Enough is known to build circuits.
        EnoughDirinfo = "enough_dirinfo",
        /// To the pluggable transport, for circuits.
        ApConnPt = "ap_conn_pt",
        /// The pluggable transport is there, for circuits.
        ApConnDonePt = "ap_conn_done_pt",
        /// To the proxy, for circuits.
        ApConnProxy = "ap_conn_proxy",
        /// The proxy is there, for circuits.
        ApConnDoneProxy = "ap_conn_done_proxy",
        /// To a relay, for circuits.
        ApConn = "ap_conn",
        /// A relay is there, for circuits.
        ApConnDone = "ap_conn_done",
        /// TLS and tor's handshake with a relay, for circuits.
        ApHandshake = "ap_handshake",
        /// Both are done, for circuits.
        ApHandshakeDone = "ap_handshake_done",
        /// A circuit for applications.
        CircuitCreate = "circuit_create",
        /// tor has started.
        Done = "done",
        /// To a directory; before tor 0.4.0.
        ConnDir = "conn_dir",
        /// The handshake with a directory; before tor 0.4.0.
        HandshakeDir = "handshake_dir",
        /// To the first hop; before tor 0.4.0.
        ConnOr = "conn_or",
        /// The handshake with the first hop; before tor 0.4.0.
        HandshakeOr = "handshake_or",
    }
}
