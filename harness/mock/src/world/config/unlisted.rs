//! Other names for options.
//!
//! Kept by hand, because tor does not tell of them: found by asking a tor 0.4.9.11 with GETCONF, one by
//! one. The options that it takes but does not list are recorded (`control/getconf/hidden`).

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

/// Those of them that tor warns of when they are set.
pub(super) const DEPRECATED: &[&str] = &[
    "MaxConn",
    "ResolvConf",
    "SearchDomains",
    "SocksSocketsGroupWritable",
    "_HSLayer2Nodes",
    "_HSLayer3Nodes",
];

/// Names without their last letter, which tor warns less of than of other abbreviations.
pub(super) const SINGULARS: &[&str] = &[
    "AuthDirBadDirCC",
    "AuthDirBadExitCC",
    "AuthDirInvalidCC",
    "AuthDirMiddleOnlyCC",
    "AuthDirRejectCC",
    "EntryNode",
    "ExcludeNode",
    "FirewallPort",
    "LongLivedPort",
    "NumCPU",
    "RecommendedPackage",
    "StrictEntryNode",
    "StrictExitNode",
    "StrictNode",
];
