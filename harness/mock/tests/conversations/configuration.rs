//! GETCONF, SETCONF, RESETCONF.

use crate::talk::{Talk, check};

/// Checks what comes after authentication.
#[track_caller]
fn check_in(rest: &str) {
    check(&format!("> AUTHENTICATE\n< 250 OK\n{rest}"));
}

#[test]
fn getconf_names_options_as_tor_does() {
    check_in(
        "> GETCONF
         < 250 OK
         > GETCONF socksport s exitnodes ContactInfo
         < 250-SocksPort=0
         < 250-SafeLogging=1
         < 250-ExitNodes=
         < 250 ContactInfo
         > GETCONF SocksPort nonsense foo
         < 552-Unrecognized configuration key \"nonsense\"
         < 552 Unrecognized configuration key \"foo\"
         > GETCONF SocksPort=1
         < 552 Unrecognized configuration key \"SocksPort=1\"
         > GETCONF BandwidthRate MaxCircuitDirtiness DirAuthorityFallbackRate UseMicrodescriptors
         < 250-BandwidthRate=1073741824
         < 250-MaxCircuitDirtiness=600
         < 250-DirAuthorityFallbackRate=0.100000
         < 250 UseMicrodescriptors=auto
         > GETCONF MaxConn TunnelDirConns
         < 250-ConnLimit
         < 250 TunnelDirConns",
    );
}

#[test]
fn values_are_kept_as_getconf_says_them() {
    for (setting, value) in [
        ("Nickname=me", "Nickname=me"),
        ("nickname=me", "Nickname=me"),
        ("BandwidthRat=2MB", "BandwidthRate=2097152"),
        ("BandwidthRate=\"20 kbits\"", "BandwidthRate=2560"),
        (
            "MaxCircuitDirtiness=\"1.5 hours\"",
            "MaxCircuitDirtiness=5400",
        ),
        ("MaxCircuitDirtiness=5", "MaxCircuitDirtiness=10"),
        (
            "MaxCircuitDirtiness=\"2 months\"",
            "MaxCircuitDirtiness=2592000",
        ),
        (
            "LogTimeGranularity=\"2 seconds\"",
            "LogTimeGranularity=2000",
        ),
        ("UseMicrodescriptors=AUTO", "UseMicrodescriptors=auto"),
        ("NumEntryGuards=05", "NumEntryGuards=5"),
        (
            "DirAuthorityFallbackRate=1e3",
            "DirAuthorityFallbackRate=1000.000000",
        ),
        ("LongLivedPorts=\"1, 2 ,,3\"", "LongLivedPorts=1,2,3"),
        ("LongLivedPorts=", "LongLivedPorts="),
        ("ExitNodes=\"{DE}, nick\"", "ExitNodes={DE},nick"),
        ("ExcludeNodes={de}", "ExcludeNodes={de},{??}"),
        (
            "ContactInfo=\"a \\\"q\\\" \\n x\"",
            "ContactInfo=\"a \\\"q\\\" \\n x\"",
        ),
        ("ContactInfo=\"  x  \"", "ContactInfo=  x  "),
        ("ContactInfo=\"a # b\"", "ContactInfo=\"a # b\""),
        // Assigned nothing, a number is zero, and a string is not set.
        ("AvoidDiskWrites", "AvoidDiskWrites=0"),
        ("MaxCircuitDirtiness", "MaxCircuitDirtiness=10"),
        ("BandwidthRate=", "BandwidthRate=0"),
        ("SafeLogging", "SafeLogging"),
        ("Log", "Log"),
        // The last counts, but not that it is empty.
        ("Nickname=a Nickname=b", "Nickname=b"),
        ("Nickname=c nickname", "Nickname=c"),
        ("RelayBandwidthRate=5", "RelayBandwidthRate=5"),
    ] {
        let (key, _) = value.split_once('=').unwrap_or((value, ""));
        // The helper knows C's escapes, and this is behind a backslash.
        let setting = setting.replace("\\n", "\\x5cn");
        check_in(&format!(
            "> SETCONF {setting}\n< 250 OK\n> GETCONF {key}\n< 250 {value}"
        ));
    }
}

#[test]
fn lists_are_replaced_as_a_whole() {
    check_in(
        "> SETCONF ExitPolicy=\"accept *:80\" ExitPolicy=\"reject *:*\"
         < 250 OK
         > GETCONF exitpolicy
         < 250-ExitPolicy=accept *:80
         < 250 ExitPolicy=reject *:*
         > SETCONF ExitPolicy=\"accept *:81\"
         < 250 OK
         > GETCONF exitpolicy
         < 250 ExitPolicy=accept *:81
         > RESETCONF ExitPolicy
         < 250 OK
         > GETCONF ExitPolicy
         < 250 ExitPolicy
         > SETCONF SocksPort=9050 SocksPort=\"9051 IsolateDestAddr\"
         < 250 OK
         > GETCONF SocksPort __SocksPort SocksPortLines
         < 250-SocksPort=9050
         < 250-SocksPort=9051 IsolateDestAddr
         < 250-__SocksPort
         < 250-SocksPort=9050
         < 250 SocksPort=9051 IsolateDestAddr
         > SETCONF __SocksPort=9060
         < 250 OK
         > GETCONF SocksPort __SocksPort SocksPortLines
         < 250-SocksPort
         < 250-__SocksPort=9060
         < 250 __SocksPort=9060",
    );
}

#[test]
fn refusals_are_tors_own() {
    let unacceptable = "513 Unacceptable option value:";
    let number = "Provided value is malformed or out of bounds:";
    for (setting, refusal) in [
        (
            "=x",
            "512 Bad arguments to SETCONF: Cannot parse keyword argument(s)",
        ),
        (
            "Nickname=\"a",
            "512 Bad arguments to SETCONF: Cannot parse keyword argument(s)",
        ),
        (
            "nonsense=1",
            "552 Unrecognized option: Unknown option 'nonsense'.  Failing.",
        ),
        (
            "Nickname=\"bad nick\"",
            &format!(
                "{unacceptable} Nickname 'bad nick', nicknames must be between 1 and 19 characters \
                 inclusive, and must contain only the characters [a-zA-Z0-9]."
            ),
        ),
        (
            "AvoidDiskWrites=2",
            &format!(
                "{unacceptable} Could not parse AvoidDiskWrites: Unrecognized value 2. Allowed values are 0 and 1."
            ),
        ),
        (
            "maxcircuitdirtiness=abc",
            &format!(
                "{unacceptable} Could not parse MaxCircuitDirtiness: {number} Unable to parse abc as a number"
            ),
        ),
        (
            "MaxCircuitDirtiness=1h",
            &format!(
                "{unacceptable} Could not parse MaxCircuitDirtiness: {number} Unknown unit in 1h"
            ),
        ),
        (
            "ExitNodes={de},$AAAA",
            &format!("{unacceptable} Invalid router list."),
        ),
        (
            "SafeLogging=maybe",
            &format!("{unacceptable} Unrecognized value '\"maybe\"' in SafeLogging"),
        ),
        (
            "BandwidthBurst=1",
            &format!("{unacceptable} BandwidthBurst must be at least equal to BandwidthRate."),
        ),
        (
            "BandwidthRate=\"3 GB\"",
            &format!("{unacceptable} BandwidthRate (3221225471) must be at most 2147483647"),
        ),
        (
            "ContactInfo=\"\\xff\"",
            &format!("{unacceptable} ContactInfo config option must be UTF-8."),
        ),
        (
            "Log=\"warn file\"",
            &format!("{unacceptable} Failed to validate Log options. See logs for details."),
        ),
        (
            "SocksPort=0 SocksPort=9050",
            &format!("{unacceptable} Invalid SocksPort configuration"),
        ),
        (
            "SocksPort=70000",
            &format!("{unacceptable} Invalid SocksPort configuration"),
        ),
        (
            "SocksPortLines=1",
            &format!("{unacceptable} Cannot assign directly to virtual option."),
        ),
        (
            "HiddenServicePort=80",
            &format!(
                "{unacceptable} Failed to configure rendezvous options. See logs for details."
            ),
        ),
        (
            "DataDirectory=/tmp/x",
            "553 Transition not allowed: While Tor is running, changing DataDirectory is not allowed",
        ),
        (
            "ConnLimit=1",
            "553 Unable to set option: Problem with ConnLimit value. See logs for details.",
        ),
    ] {
        check_in(&format!("> SETCONF {setting}\n< {refusal}"));
    }
}

#[test]
fn all_or_nothing() {
    check_in(
        "> SETCONF Nickname=z nonsense=1
         < 552 Unrecognized option: Unknown option 'nonsense'.  Failing.
         > RESETCONF SocksPort=9050 DataDirectory
         < 553 Transition not allowed: While Tor is running, changing DataDirectory is not allowed
         > GETCONF Nickname SocksPort
         < 250-Nickname
         < 250 SocksPort=0",
    );
}

#[test]
fn changes_are_told() {
    check_in(
        "> SETEVENTS CONF_CHANGED
         < 250 OK
         > SETCONF Nickname=bar ContactInfo=\"me # you\" SafeLogging=1
         < 250 OK
         < 650-CONF_CHANGED
         < 650-ContactInfo=\"me # you\"
         < 650-Nickname=bar
         < 650 OK
         > SETCONF nickname=bar
         < 250 OK
         > RESETCONF Nickname ContactInfo
         < 250 OK
         < 650-CONF_CHANGED
         < 650-ContactInfo
         < 650-Nickname
         < 650 OK
         > SETCONF ExitNodes={de}
         < 250 OK
         < 650-CONF_CHANGED
         < 650-ExitNodes={de}
         < 650 OK
         > RESETCONF SocksPort ExitNodes
         < 250 OK
         < 650-CONF_CHANGED
         < 650-ExitNodes=
         < 650-SocksPortLines
         < 650 OK",
    );
}

#[test]
fn the_log_tells_too() {
    let network = "650 NOTICE DisableNetwork is set. Tor will not make or accept non-control network connections. \
                   Shutting down all existing connections.";
    check_in(&format!(
        "> SETEVENTS NOTICE WARN CONF_CHANGED
         < 250 OK
         > SETCONF
         < 250 OK
         < {network}
         > SETCONF HeartbeatPeriod=1
         < 250 OK
         < 650 WARN HeartbeatPeriod option is too short; raising to 1800 seconds.
         < {network}
         < 650-CONF_CHANGED
         < 650-HeartbeatPeriod=1800
         < 650 OK
         > SETCONF nonsense
         < 552 Unrecognized option: Unknown option 'nonsense'.  Failing.
         < 650 WARN Controller gave us config lines that didn't validate: Unknown option 'nonsense'.  Failing."
    ));
}

#[test]
fn config_text_has_what_is_not_the_default() {
    Talk::default().check_whole(
        "> AUTHENTICATE
         > RESETCONF ControlPort DisableNetwork Log GeoIPFile GeoIPv6File SocksPort=9050 ContactInfo=\"a # b\"
         > GETINFO config-text
         < 250 OK
         < 250 OK
         < 250+config-text=
         < ContactInfo \"a # b\"
         < DataDirectory /mock/data
         < SocksPort 9050
         < .
         < 250 OK",
    );
}

/// As a tor 0.4.9.11 says it.
#[test]
fn lists_without_entries_are_saved() {
    let text = |lists: [&str; 2]| {
        let [first, second] = lists;
        format!(
            "> GETINFO config-text
             < 250+config-text=
             {first}< ControlPort unix:/mock/control
             < DataDirectory /mock/data
             < DisableNetwork 1
             < GeoIPFile /dev/null
             < GeoIPv6File /dev/null
             < Log notice stdout
             {second}< SocksPort 0
             < .
             < 250 OK"
        )
    };
    let empty = text(["< AutomapHostsSuffixes\n", "< LongLivedPorts\n"]);
    Talk::default().check_whole(&format!(
        "> AUTHENTICATE
         < 250 OK
         > SETCONF AutomapHostsSuffixes=\",\" LongLivedPorts FirewallPorts=\" \"
         < 250 OK
         {empty}
         > RESETCONF AutomapHostsSuffixes LongLivedPorts
         < 250 OK
         {}",
        text(["", ""])
    ));
}
