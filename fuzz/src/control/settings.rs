//! Options with values of their types.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::conversation::words;
use super::vocabulary::{Vocabulary, is_denied};

/// What SETCONF takes.
pub(super) fn settings(
    vocabulary: &Arc<Vocabulary>,
    count: impl Into<prop::collection::SizeRange>,
) -> BoxedStrategy<Vec<u8>> {
    let options: Vec<_> = vocabulary
        .options
        .iter()
        .filter(|(name, kind)| !is_denied(name, kind))
        .cloned()
        .collect();
    let known = select(options).prop_flat_map(|(name, kind)| {
        let value = prop_oneof![
            10 => value(&kind, &name).prop_map(Some),
            4 => odd_value().prop_map(Some),
            1 => Just(None),
        ];
        // Mostly one: two are a list's, or a mistake.
        let values = prop_oneof![9 => vec(value.clone(), 1), 1 => vec(value, 2)];
        (spelling(name), values, quoting())
    });
    let unknown = (
        prop_oneof!["[A-Za-z_]{1,8}", Just(String::new())],
        option::of(odd_value()).prop_map(|value| vec![value]),
        quoting(),
    );
    let setting = prop_oneof![20 => known, 1 => unknown]
        .prop_map(|(key, values, quoting)| {
            let setting = |value: Option<String>| match value {
                Some(value) => format!("{key}={}", quoting.apply(&value)),
                None => key.clone(),
            };
            values
                .into_iter()
                .map(setting)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .boxed();
    words(setting, count)
}

/// A name in some case.
fn spelling(name: String) -> impl Strategy<Value = String> {
    let lower = name.to_ascii_lowercase();
    prop_oneof![6 => Just(name), 1 => Just(lower)]
}

/// How a value is written.
#[derive(Clone, Copy, Debug)]
enum Quoting {
    /// As it is, unless that would be two words.
    WhereNeeded,
    Always,
    Never,
    /// With a quote at the start alone.
    Unterminated,
    /// With more behind the second quote.
    Followed,
}

impl Quoting {
    fn apply(self, value: &str) -> String {
        let quoted = || format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        match self {
            Self::WhereNeeded if value.contains([' ', '"', '\\', '\t']) => quoted(),
            Self::WhereNeeded | Self::Never => value.to_owned(),
            Self::Always => quoted(),
            Self::Unterminated => format!("\"{value}"),
            Self::Followed => quoted() + "x",
        }
    }
}

fn quoting() -> impl Strategy<Value = Quoting> {
    prop_oneof![
        20 => Just(Quoting::WhereNeeded),
        4 => Just(Quoting::Always),
        2 => Just(Quoting::Never),
        1 => Just(Quoting::Unterminated),
        1 => Just(Quoting::Followed),
    ]
}

/// A value as an option of a type has it.
fn value(kind: &str, name: &str) -> BoxedStrategy<String> {
    let number = || {
        prop_oneof![
            6 => "[0-9]{1,4}",
            1 => "-?[0-9]{1,11}",
            1 => "[+ ]?[0-9]{1,3}[ .x]?",
        ]
    };
    let with_unit = |units: &'static [&'static str]| {
        let number = prop_oneof![8 => "[0-9]{1,5}", 1 => "[0-9]{1,3}\\.[0-9]{1,2}", 1 => "-[0-9]{1,3}", 1 => "[0-9]{18,21}"];
        (
            number,
            prop_oneof![3 => Just(" "), 1 => Just("")],
            select(units),
        )
            .prop_map(|(number, blank, unit)| match unit {
                "" => number,
                unit => format!("{number}{blank}{unit}"),
            })
            .boxed()
    };
    let list = |entry: BoxedStrategy<String>| {
        let between = select(vec![",", ", ", " ,", ",,"]);
        vec((entry, between), 0..4)
            .prop_map(|entries| {
                let text: String = entries
                    .into_iter()
                    .map(|(entry, between)| entry + between)
                    .collect();
                text.trim_end_matches([' ', ',']).to_owned()
            })
            .boxed()
    };
    match kind {
        "Boolean" => select(vec!["0", "1", "1", "0", "true", "auto"])
            .prop_map(str::to_owned)
            .boxed(),
        "Boolean+Auto" => select(vec!["0", "1", "auto", "AUTO", "2"])
            .prop_map(str::to_owned)
            .boxed(),
        "Integer" | "SignedInteger" => number().boxed(),
        "Float" => prop_oneof![4 => "[01]?\\.[0-9]{1,4}", 2 => "[0-9]{1,3}", 1 => "-?[0-9]e[0-9]", 1 => "inf|nan|x|1.5x|0x1p3"].boxed(),
        "DataSize" => with_unit(&["", "bytes", "KB", "kbytes", "MB", "GBytes", "kbits", "MBits", "TB", "k"]),
        "TimeInterval" => with_unit(&["", "seconds", "minutes", "hours", "days", "weeks", "months", "sec"]),
        "TimeMsecInterval" => with_unit(&["", "msec", "seconds", "minutes", "millisecond"]),
        "CommaList" => list(prop_oneof!["[0-9]{1,6}", "[a-z.]{1,9}", "[A-Z0-9]{40}"].boxed()),
        "RouterList" => list(router().boxed()),
        _ => text_value(name),
    }
}

/// What entries of lists of routers look like.
fn router() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\{[a-z?]{2}\\}",
        "\\$[0-9A-F]{40}([~=][a-z]{1,5})?",
        "[a-z]{1,9}",
        "[0-9]{1,3}\\.[0-9]\\.[0-9]\\.[0-9](/[0-9]{1,2})?(:[0-9]{1,5})?",
        "\\[::[0-9]?\\](/[0-9]{1,3})?",
        "\\*[46]?",
        "[!-+.-~]{1,5}",
    ]
}

/// What options of lines and strings have, some of them in one of their own.
fn text_value(name: &str) -> BoxedStrategy<String> {
    let own: &[&str] = match name {
        "AccountingRule" => &["sum", "max", "in", "out", "Sum", "both"],
        "AccountingStart" => &[
            "day 00:00",
            "week 1 12:30",
            "month 3 15:00",
            "day 25:00",
            "year",
            "month 32 0:0",
        ],
        "BridgeDistribution" => &["any", "none", "https", "moat", "a b"],
        "ConfluxClientUX" => &[
            "latency",
            "throughput",
            "latency_lowmem",
            "throughput_lowmem",
            "fast",
        ],
        "ContactInfo" => &["somebody at example.com", "\"quoted\" \\ back", "a", "#"],
        "Nickname" => &[
            "alice",
            "Unnamed",
            "bad nick",
            "toolongnicknamewhichisbad",
            "9",
        ],
        "SafeLogging" => &["0", "1", "relay", "RELAY", "2"],
        "TransProxyType" => &["default", "pf-divert", "tproxy", "ipfw", "x"],
        "VirtualAddrNetworkIPv4" => &[
            "127.192.0.0/10",
            "10.0.0.0/8",
            "10.0.0.0/30",
            "x",
            "[fe80::]/16",
        ],
        "VirtualAddrNetworkIPv6" => &["[FE80::]/10", "[fc00::]/7", "[::]/120", "10.0.0.0/8", "x"],
        "ExitPolicy"
        | "SocksPolicy"
        | "DirPolicy"
        | "MetricsPortPolicy"
        | "ReachableAddresses"
        | "ReachableDirAddresses"
        | "ReachableORAddresses"
        | "AuthDirReject"
        | "AuthDirInvalid"
        | "AuthDirBadExit"
        | "AuthDirMiddleOnly" => &[
            "accept *:80",
            "reject *:*",
            "accept 1.2.3.4/8:80-90",
            "accept6 *6:443",
            "reject private:*",
            "accept *:80, reject *:*",
            "*:80",
            "1.2.3.4",
            "accept",
            "accept 1.2.3.4:99999",
            "drop *:*",
            "accept [::1]:80",
        ],
        "MapAddress" => &[
            "a.example b.example",
            "1.2.3.4 5.6.7.8",
            "*.example *.example.org",
            "a",
            ". b",
        ],
        "HashedControlPassword" | "__HashedControlSessionPassword" => &[
            "16:872860B76453A77D60CA2BB8C1A7042072093276A3D701AD684053EC4C",
            "16:00",
            "x",
        ],
        "MyFamily" | "NodeFamily" => {
            &["a,b", "$0000000000000000000000000000000000000000", "!", "a"]
        }
        _ => &["0", "1", "auto", "127.0.0.1", "a=b", "a b", "80"],
    };
    let own = select(own).prop_map(str::to_owned);
    let any = prop_oneof!["[a-z0-9]{1,6}( [a-z0-9=.:]{1,6}){0,2}"];
    prop_oneof![5 => own, 1 => any].boxed()
}

/// What no option expects.
fn odd_value() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(vec!["", "x", "0", "-1"]).prop_map(str::to_owned),
        1 => Just(" ".to_owned()),
        1 => "[ -~]{1,12}",
        1 => "\\PC{1,3}",
        1 => "[0-9]{1,30}",
    ]
}
