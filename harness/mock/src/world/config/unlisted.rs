//! Names of options that tor takes but does not list in `GETINFO config/names`.
//!
//! Found by asking a tor 0.4.9.11 with GETCONF. It knows more.

/// Another name for an option: what is asked for, and the option's own name.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("AllowUnverifiedNodes", "AllowInvalidNodes"),
    ("AutomapHostOnResolve", "AutomapHostsOnResolve"),
    ("AutomapHostSuffixes", "AutomapHostsSuffixes"),
    ("BandwidthBurstBytes", "BandwidthBurst"),
    ("BandwidthRateBytes", "BandwidthRate"),
    ("BridgeAuthoritativeDirectory", "BridgeAuthoritativeDir"),
    ("DirBindAddress", "DirListenAddress"),
    ("DirServer", "DirAuthority"),
    ("MaxConn", "ConnLimit"),
    ("MaxMemInCellQueues", "MaxMemInQueues"),
    ("NumEntryNodes", "NumEntryGuards"),
    ("NumHelperNodes", "NumEntryGuards"),
    ("ORBindAddress", "ORListenAddress"),
    ("PreferTunnelledDirConns", "PreferTunneledDirConns"),
    ("RecommendedPackage", "RecommendedPackages"),
    ("ResolvConf", "ServerDNSResolvConfFile"),
    ("SearchDomains", "ServerDNSSearchDomains"),
    (
        "ServerDNSAllowBrokenResolvConf",
        "ServerDNSAllowBrokenConfig",
    ),
    ("SocksBindAddress", "SocksListenAddress"),
    ("SocksSocketsGroupWritable", "UnixSocksGroupWritable"),
    ("UseHelperNodes", "UseEntryGuards"),
    ("_HSLayer2Nodes", "HSLayer2Nodes"),
    ("_HSLayer3Nodes", "HSLayer3Nodes"),
];

/// Options of former tors, which are never set.
pub(super) const OBSOLETE: &[&str] = &[
    "AllowDotExit",
    "AllowInvalidNodes",
    "AuthDirBadDirCCs",
    "CloseHSClientCircuitsImmediatelyOnTimeout",
    "ControlListenAddress",
    "DirListenAddress",
    "DynamicDHGroups",
    "FastFirstHopPK",
    "Group",
    "HidServDirectoryV2",
    "NamingAuthoritativeDirectory",
    "ORListenAddress",
    "PortForwarding",
    "PreferTunneledDirConns",
    "RecommendedPackages",
    "RunTesting",
    "SocksListenAddress",
    "StrictExitNodes",
    "Tor2webMode",
    "TunnelDirConns",
    "V1AuthoritativeDirectory",
    "WarnUnsafeSocks",
];
