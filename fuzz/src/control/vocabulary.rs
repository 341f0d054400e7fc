//! The words that a tor knows, with those that a test must not say to it.

/// The words that a tor knows: what its `GETINFO` keys of these names list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Options and their types, in tor's order.
    pub(super) options: Vec<(String, String)>,
    /// Keys of GETINFO; those that take an argument end in `*`.
    pub(super) keys: Vec<String>,
    pub(super) events: Vec<String>,
    pub(super) signals: Vec<String>,
}

/// Options that a real tor under test is never told to set, with what starts
/// like them: they open files, plugins, ports, or the network; make tor ask
/// a resolver and wait for it; are how the test reaches tor, or
/// change its process for good; crash tor 0.4.9 (`HeartbeatPeriod=4000 days`,
/// `MetricsPortPolicy=x`, `MinimalAcceptedServerVersion=`, two values of
/// `OutboundBindAddress`).
const DENIED: &[&str] = &[
    "__ControlPort",
    "__DirPort",
    "__DNSPort",
    "__ExtORPort",
    "__HTTPTunnelPort",
    "__MetricsPort",
    "__NATDPort",
    "__ORPort",
    "__OwningController",
    "__SocksPort",
    "__TransPort",
    "AccelDir",
    "AccelName",
    "Address",
    "ClientTransportPlugin",
    "ControlListenAddress",
    "ControlPort",
    "ControlSocket",
    "CookieAuth",
    "DirPort",
    "DisableAllSwap",
    "DisableDebuggerAttachment",
    "DisableNetwork",
    "DNSPort",
    "ExtORPort",
    "HardwareAccel",
    "HeartbeatPeriod",
    "HiddenServiceDir",
    "HidServAuth",
    "HTTPProxy",
    "HTTPSProxy",
    "HTTPTunnelPort",
    "KeepBindCapabilities",
    "Log",
    "MaxMemInQueues",
    "MaxMemInCellQueues",
    "MetricsPort",
    "MinimalAcceptedServerVersion",
    "NATDPort",
    "NoExec",
    "ORPort",
    "OutboundBindAddress",
    "ResolvConf",
    "RunAsDaemon",
    "Sandbox",
    "ServerTransport",
    "Socks4Proxy",
    "Socks5Proxy",
    "SocksPort",
    "TCPProxy",
    "TransPort",
    "User",
];

impl Vocabulary {
    /// From what `config/names`, `info/names`, `events/names` and
    /// `signal/names` say.
    #[must_use]
    pub fn new(
        config_names: &str,
        info_names: &str,
        events_names: &str,
        signal_names: &str,
    ) -> Self {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        Self {
            options: config_names
                .lines()
                .filter_map(|line| line.split_once(' '))
                .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
                .collect(),
            keys: info_names
                .lines()
                .filter_map(|line| line.split_once(" -- "))
                .map(|(key, _)| key.to_owned())
                .collect(),
            events: words(events_names),
            signals: words(signal_names),
        }
    }

    /// Whether a real tor under test may be told this line.
    ///
    /// Errs on the side of caution: no word of a command that changes options
    /// may be, or abbreviate, a denied one, wherever it stands.
    #[must_use]
    pub fn allows(&self, command: &[u8]) -> bool {
        let text = String::from_utf8_lossy(command).to_ascii_lowercase();
        // tor does not look behind a NUL.
        let text = text.split('\0').next().unwrap_or_default();
        let first = text.split_ascii_whitespace().next().unwrap_or_default();
        match first {
            // Without arguments tor 0.4.9 crashes.
            "setcircuitpurpose" => text.split_ascii_whitespace().nth(2).is_some(),
            // tor 0.4.9 crashes as it forgets the virtual address for another.
            "mapaddress" => [".virtual", "=127.", "=10.", "=[f", "=fc", "=fd", "=fe"]
                .iter()
                .all(|part| !text.contains(part)),
            // tor would use the network without the options that it has had from the start.
            "+loadconf" if text.lines().nth(1) != Some("{torrc}") || text.contains('%') => false,
            "setconf" | "resetconf" | "+loadconf" => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let mut words = text.split(|c| !is_name(c)).filter(|word| !word.is_empty());
                words.all(|word| !self.denies(word))
            }
            _ => true,
        }
    }

    /// Whether an option that has this name, or starts so, is denied.
    fn denies(&self, word: &str) -> bool {
        let starts = |name: &str| name.to_ascii_lowercase().starts_with(word);
        let exact = |(name, _): &&(String, String)| name.eq_ignore_ascii_case(word);
        if let Some((name, kind)) = self.options.iter().find(exact) {
            return is_denied(name, kind);
        }
        // Which option an abbreviation means depends on the tor: none of them
        // may be denied, or the word has to be too short to be likely a key.
        let mut longer = self.options.iter().filter(|(name, _)| starts(name));
        longer.any(|(name, kind)| is_denied(name, kind))
            || DENIED
                .iter()
                .any(|denied| starts(denied) || word.starts_with(&denied.to_ascii_lowercase()))
    }
}

pub(super) fn is_denied(name: &str, kind: &str) -> bool {
    let name = name.to_ascii_lowercase();
    kind == "Filename"
        || DENIED
            .iter()
            .any(|denied| name.starts_with(&denied.to_ascii_lowercase()))
            // Harmless ones that start like another that is not.
            && !["addressdisableipv6", "logtimegranularity", "logmessagedomains"].contains(&name.as_str())
}
