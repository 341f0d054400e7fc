//! What tor answered to GETINFO, read with the types of `info`.

use std::collections::BTreeSet;

use tor_fixtures::Kind as FixtureKind;
use tor_harness_control::info::{GuardStatus, KEYS, Kind, TorVersion, Value, kind_of};
use tor_harness_control::reply::GetInfoReply;

mod recorded;

#[test]
fn reads_and_encodes_every_recorded_value() {
    let mut kinds = BTreeSet::new();
    for fixture in tor_fixtures::all() {
        if fixture.kind != FixtureKind::Reply || !fixture.command.contains("GETINFO ") {
            continue;
        }
        let message = recorded::reply::message(fixture);
        let message = message.as_message();
        if !message.last().status.is_positive() {
            continue;
        }
        for entry in GetInfoReply::parse(&message).unwrap().entries() {
            let key = str::from_utf8(entry.key).unwrap();
            let kind = kind_of(key).unwrap_or_else(|| panic!("{key} is not known"));
            let value = Value::parse(key, &entry.value)
                .unwrap_or_else(|error| panic!("{key}: {}", error.render(&entry.value)));
            assert_eq!(value.kind(), kind);
            let mut encoded = Vec::new();
            value.encode(&mut encoded);
            assert_eq!(
                String::from_utf8_lossy(&encoded),
                String::from_utf8_lossy(&entry.value),
                "{key} in {}",
                fixture.path
            );
            kinds.insert(kind.name());
        }
    }
    let unseen = Kind::ALL.iter().map(|kind| kind.name());
    let unseen: Vec<_> = unseen.filter(|name| !kinds.contains(name)).collect();
    // It is that of `status/reachability-succeeded`, which was not asked for.
    assert_eq!(unseen, ["Keywords"]);
}

/// Whether a value is what it should be.
type Holds = fn(Value<'_>) -> bool;

#[test]
fn reads_what_tor_said() {
    let cases: &[(&str, &str, Holds)] = &[
        (
            "getinfo/version",
            "version",
            |value| matches!(value, Value::Version(version) if version.numbers() == Some([0, 4, 9, 11])),
        ),
        (
            "getinfo/status-bootstrap-phase",
            "status/bootstrap-phase",
            |value| {
                matches!(value, Value::Status(status)
                if status.keywords.value("TAG").as_deref() == Some("starting"))
            },
        ),
        (
            "getinfo/net-listeners-control",
            "net/listeners/control",
            |value| {
                matches!(value, Value::Listeners(list)
                if list.iter().any(|l| l.unix_path() == Some(b"/tor/control")))
            },
        ),
        (
            "getinfo-relay/net-listeners-or",
            "net/listeners/or",
            |value| {
                matches!(value, Value::Listeners(list)
                if list.iter().any(|l| l.tcp().is_some_and(|tcp| tcp.port() == 9001)))
            },
        ),
        ("getinfo/config-defaults", "config/defaults", |value| {
            matches!(value, Value::ConfigDefaults(list)
                if list.iter().any(|default| default.name == "__OwningControllerFD"
                    && default.value.as_ref() == u64::MAX.to_string().as_bytes()))
        }),
        ("getinfo-bridged/entry-guards", "entry-guards", |value| {
            matches!(value, Value::EntryGuards(list)
                if list.iter().all(|guard| guard.status == GuardStatus::Up
                    && guard.relay.nickname() == Some("harness")))
        }),
        (
            "getinfo-bridged/circuit-status",
            "circuit-status",
            |value| matches!(value, Value::Circuits(list) if list.iter().count() == 2),
        ),
        ("reply/getinfo-mappings", "address-mappings/all", |value| {
            matches!(value, Value::AddressMappings(list)
                if list.iter().any(|mapping| mapping.from == "1.2.3.4" && mapping.to == "1.2.3.5"))
        }),
        (
            "getinfo/exit-policy-default",
            "exit-policy/default",
            |value| {
                matches!(value, Value::ExitPolicy(list)
                if list.iter().nth(2).and_then(|rule| rule.port_range()) == Some((135, 139)))
            },
        ),
        (
            "getinfo/downloads-networkstatus-ns",
            "downloads/networkstatus/ns",
            |value| matches!(value, Value::DownloadStatus(status) if status.failures() == Some(0)),
        ),
        (
            "getinfo/consensus-valid-after",
            "consensus/valid-after",
            |value| value == Value::Time(None),
        ),
        (
            "getinfo/status-version-recommended",
            "status/version/recommended",
            |value| {
                matches!(value, Value::Versions(list)
                if list.iter().map(|v: TorVersion<'_>| v.numbers()).eq([None]))
            },
        ),
    ];
    for (path, key, holds) in cases {
        let value = recorded::reply::value(&format!("control/{path}"), key);
        let value = Value::parse(key, &value).unwrap();
        assert!(holds(value.clone()), "{key}: {value:?}");
    }
}

#[test]
fn every_form_is_some_key_s() {
    for kind in Kind::ALL {
        assert!(KEYS.iter().any(|key| key.kind == *kind), "{kind:?}");
    }
}
