//! The rules, in the order in which tor applies them.

use super::super::refusal::Refusal;
use super::super::store::Config;
use super::correct::correct;
use super::rule::Rule;
use super::{accounting, address, logging, policy, proxy, servers, service, transport, words};

/// What cannot change while tor runs.
const FIXED: &[&str] = &[
    "__DisableSignalHandlers",
    "__OwningControllerFD",
    "AccelDir",
    "AccelName",
    "CacheDirectory",
    "DataDirectory",
    "DisableAllSwap",
    "DisableDebuggerAttachment",
    "HardwareAccel",
    "HiddenServiceSingleHopMode",
    "KeepBindCapabilities",
    "KeyDirectory",
    "NoExec",
    "PidFile",
    "RunAsDaemon",
    "Sandbox",
    "SyslogIdentityTag",
    "TokenBucketRefillInterval",
    "User",
];

/// What must not differ from its default but in a testing network, in tor's order.
const TESTING: &[&str] = &[
    "TestingV3AuthInitialVotingInterval",
    "TestingV3AuthInitialVoteDelay",
    "TestingV3AuthInitialDistDelay",
    "TestingV3AuthVotingStartOffset",
    "TestingAuthDirTimeToLearnReachability",
    "TestingServerDownloadInitialDelay",
    "TestingClientDownloadInitialDelay",
    "TestingServerConsensusDownloadInitialDelay",
    "TestingClientConsensusDownloadInitialDelay",
    "TestingBridgeDownloadInitialDelay",
    "TestingBridgeBootstrapDownloadInitialDelay",
    "TestingClientMaxIntervalWithoutRequest",
    "TestingDirConnectionMaxStall",
    "TestingAuthKeyLifetime",
    "TestingLinkCertLifetime",
    "TestingSigningKeySlop",
    "TestingAuthKeySlop",
    "TestingLinkKeySlop",
    "TestingMinTimeToReportBandwidth",
    "TestingEnableConnBwEvent",
    "TestingEnableCellStatsEvent",
];

/// All rules: the first that does not hold is what tor tells of. The order is known from a
/// tor 0.4.9.11 that was given two wrong options at a time.
const RULES: &[Rule] = &[
    Rule::Custom(words::listeners),
    Rule::Rate("AuthDirFastGuarantee"),
    Rule::Rate("AuthDirGuardBWGuarantee"),
    Rule::Custom(servers::versioning),
    Rule::Custom(servers::guard_fraction),
    Rule::Custom(address::metrics),
    Rule::Custom(servers::ports),
    Rule::Custom(address::outbound),
    Rule::Custom(words::nickname),
    Rule::Custom(words::contact),
    Rule::Custom(logging::all),
    Rule::Custom(words::proxy_type),
    Rule::Between(
        "TokenBucketRefillInterval",
        1,
        1000,
        "must be between 1 and 1000 inclusive.",
    ),
    Rule::Custom(servers::authority),
    Rule::Needs(
        "FetchDirInfoExtraEarly",
        "FetchDirInfoEarly",
        "FetchDirInfoExtraEarly requires that you also set FetchDirInfoEarly",
    ),
    Rule::AtLeast("ConnLimit", 1, "must be greater than 0, but was set to "),
    Rule::Between(
        "MaxClientCircuitsPending",
        1,
        1024,
        "must be between 1 and 1024, but was set to ",
    ),
    Rule::Ports("FirewallPorts"),
    Rule::Ports("LongLivedPorts"),
    Rule::Ports("RejectPlaintextPorts"),
    Rule::Ports("WarnPlaintextPorts"),
    Rule::Custom(words::safe_logging),
    Rule::OneOf(
        "ConfluxClientUX",
        &[
            "latency",
            "throughput",
            "latency_lowmem",
            "throughput_lowmem",
        ],
        "ConfluxClientUX must be 'latency', 'throughput, 'latency_lowmem', or 'throughput_lowmem'",
    ),
    Rule::Custom(servers::publishing),
    Rule::Custom(servers::distribution),
    Rule::Needs(
        "HiddenServiceNonAnonymousMode",
        "HiddenServiceSingleHopMode",
        "HiddenServiceNonAnonymousMode does not provide any server anonymity. It must be used with HiddenServiceSingleHopMode set to 1.",
    ),
    Rule::Needs(
        "HiddenServiceSingleHopMode",
        "HiddenServiceNonAnonymousMode",
        "HiddenServiceSingleHopMode does not provide any server anonymity. It must be used with HiddenServiceNonAnonymousMode set to 1.",
    ),
    Rule::AtMost(
        "CircuitsAvailableTimeout",
        86_400,
        "is too large. Max is 24 hours.",
    ),
    Rule::Custom(servers::guards),
    Rule::Custom(servers::only_guard),
    Rule::AtLeast(
        "DormantClientTimeout",
        600,
        "is too low. It must be at least 10 minutes.",
    ),
    Rule::Fraction("PathBiasNoticeRate"),
    Rule::Fraction("PathBiasWarnRate"),
    Rule::Fraction("PathBiasExtremeRate"),
    Rule::Fraction("PathBiasNoticeUseRate"),
    Rule::Fraction("PathBiasExtremeUseRate"),
    Rule::AtLeast("KeepalivePeriod", 1, "option must be positive."),
    Rule::Rate("BandwidthRate"),
    Rule::Rate("BandwidthBurst"),
    Rule::Rate("MaxAdvertisedBandwidth"),
    Rule::Rate("RelayBandwidthRate"),
    Rule::Rate("RelayBandwidthBurst"),
    Rule::Rate("PerConnBWRate"),
    Rule::Rate("PerConnBWBurst"),
    Rule::Custom(servers::bandwidth),
    Rule::Custom(accounting::start),
    Rule::OneOf(
        "AccountingRule",
        &["sum", "max", "in", "out"],
        "AccountingRule must be 'sum', 'max', 'in', or 'out'",
    ),
    Rule::Custom(servers::bridge_relay),
    Rule::Custom(words::family),
    Rule::Custom(words::family_id),
    Rule::Custom(proxy::all),
    Rule::Passwords("HashedControlPassword"),
    Rule::Passwords("__HashedControlSessionPassword"),
    Rule::Custom(words::owner),
    Rule::Custom(words::node_family),
    Rule::Custom(policy::all),
    Rule::Custom(servers::directories),
    Rule::Custom(servers::bridges),
    Rule::Custom(transport::all),
    Rule::Custom(servers::constrained_sockets),
    Rule::Custom(service::all),
    Rule::Custom(policy::virtual_networks),
    Rule::Custom(servers::testing_network),
    Rule::Defaults(TESTING),
    Rule::Custom(servers::internal_addresses),
    Rule::AtLeast("SigningKeyLifetime", 172_800, "is too short."),
    Rule::AtLeast(
        "ClientBootstrapConsensusMaxInProgressTries",
        1,
        "must be greater than 0.",
    ),
    Rule::Custom(words::schedulers),
    Rule::Custom(words::buffer_factor),
    Rule::AtMost(
        "KISTSchedRunInterval",
        100,
        "must not be more than 100 (ms)",
    ),
];

/// Checks a configuration, and corrects what tor corrects: then it says so.
pub(in super::super) fn check(old: &Config, new: &mut Config) -> Result<Vec<String>, Refusal> {
    for rule in RULES {
        rule.apply(new).map_err(Refusal::Unacceptable)?;
    }
    let warnings = correct(new);
    if let Some(name) = FIXED.iter().find(|name| old.value(name) != new.value(name)) {
        return Err(Refusal::Transition(format!(
            "While Tor is running, changing {name} is not allowed"
        )));
    }
    if new.number("ConnLimit") < 32 {
        return Err(Refusal::Unable(
            "Problem with ConnLimit value. See logs for details.".into(),
        ));
    }
    Ok(warnings)
}
