//! Options of each type, as they are unset or set.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use crate::book::{Book, Setup};

/// A tor with options of each type set.
const OPTIONS: Setup = Setup {
    name: "options",
    torrc: r#"
Nickname harness
ContactInfo "a \"quoted\" back\\slash # and a \303\251"
ExitNodes {de},$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
ExitPolicy accept *:80,accept *:443
ExitPolicy reject *:*
LongLivedPorts 21,22
MaxCircuitDirtiness 30 minutes
KISTSchedRunInterval 10 msec
BandwidthRate 1 MB
CircuitPriorityHalflife 12.5
ConnectionPadding 1
AvoidDiskWrites 1
NumCPUs 2
PathBiasCircThreshold 7
SafeLogging relay
MapAddress www.example.com www.example.org
HiddenServiceDir {dir}/onion
HiddenServicePort 80 127.0.0.1:8080
HiddenServicePort 443
HiddenServiceVersion 3
"#,
    ..Setup::NULL
};

/// One option, or more, of each type that `config/names` tells of, with the
/// types; all are asked of both tors.
const ASKED: &[(&str, &str)] = &[
    ("AvoidDiskWrites", "Boolean"),
    ("BandwidthRate", "DataSize"),
    ("CircuitPriorityHalflife", "Float"),
    ("ConnectionPadding", "Boolean+Auto"),
    ("ContactInfo", "String"),
    ("ControlPort", "LineList"),
    ("DataDirectory", "Filename"),
    ("ExitNodes", "RouterList"),
    ("ExitPolicy", "LineList"),
    ("HiddenServiceDir", "Dependent"),
    ("HiddenServiceOptions", "Virtual"),
    ("HiddenServicePort", "Dependent"),
    ("KISTSchedRunInterval", "TimeMsecInterval"),
    ("Log", "LineList"),
    ("LongLivedPorts", "CommaList"),
    ("MapAddress", "LineList"),
    ("MaxCircuitDirtiness", "TimeInterval"),
    ("Nickname", "String"),
    ("NumCPUs", "Integer"),
    ("PathBiasCircThreshold", "SignedInteger"),
    ("SafeLogging", "String"),
    ("SocksPort", "LineList"),
    ("__OwningControllerFD", "Integer"),
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    let tor = book.start(&Setup::NULL)?;
    let mut client = tor.client()?;
    let names = client.get_info("config/names")?;
    let options: Vec<_> = names
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    covers_each_type(&options)?;

    for setup in [Setup::NULL, OPTIONS] {
        let tor = book.start(&setup)?;
        let mut client = tor.client()?;
        let folder = if setup.name == OPTIONS.name {
            "getconf-set"
        } else {
            "getconf"
        };
        for (option, _) in ASKED {
            let path = format!("control/{folder}/{option}");
            book.ask(
                path,
                &setup,
                &tor,
                &mut client,
                &format!("GETCONF {option}"),
            )?;
        }
    }
    let all: Vec<_> = options.iter().map(|(option, _)| *option).collect();
    let line = format!("GETCONF {}", all.join(" "));
    book.ask(
        "control/getconf/all",
        &Setup::NULL,
        &tor,
        &mut client,
        &line,
    )
}

fn covers_each_type(options: &[(&str, &str)]) -> Result<()> {
    let known: BTreeSet<_> = options.iter().map(|(_, kind)| *kind).collect();
    let asked: BTreeSet<_> = ASKED.iter().map(|(_, kind)| *kind).collect();
    if let Some(kind) = known.difference(&asked).next() {
        bail!(
            "config/names has options of the type {kind}, none of which is asked: add one to ASKED"
        );
    }
    Ok(())
}
