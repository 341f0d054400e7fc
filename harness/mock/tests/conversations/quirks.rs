//! Quirks, each by itself.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ControlPort, Persona, Quirk, Random, Script};

/// What comes to these lines where these quirks are on.
fn said(quirk: Option<Quirk>, lines: &str) -> String {
    let script = quirk.into_iter().fold(Script::new(), Script::quirk);
    let auth = AuthConfig::null().and_cookie().and_password("secret");
    let mut port = ControlPort::new(Persona::default(), &auth, Random::Seed(1), &script).unwrap();
    let id = port.open();
    port.receive(id, lines.as_bytes(), Duration::ZERO);
    String::from_utf8(port.take_output(id)).unwrap()
}

/// What a quirk makes of what comes to these lines.
#[test]
fn each_does_what_it_says() {
    let info = "PROTOCOLINFO 1\r\n";
    let challenge = "AUTHCHALLENGE SAFECOOKIE 00\r\n";
    let nicely = "AUTHENTICATE \"secret\"\r\n";
    let get = format!("{nicely}GETINFO uptime\r\n");
    let event = format!("{nicely}SETEVENTS CONF_CHANGED\r\nSETCONF Nickname=x\r\n");
    let tor = format!("Tor=\"{}\"", version());
    let plain = said(None, challenge);
    let field = |name: &str| {
        let rest = plain.split_once(name).unwrap().1;
        rest.split([' ', '\r']).next().unwrap().to_owned()
    };
    let (hash, nonce) = (field("SERVERHASH="), field("SERVERNONCE="));
    let mut told = Vec::new();
    for (quirk, lines, before, after) in [
        (Quirk::LfOnly, info, "\r\n", "\n"),
        (
            Quirk::EventInReply,
            &get,
            "250-uptime=0\r\n",
            "250-uptime=0\r\n650 MOCK_EVENT nobody asked for this\r\n",
        ),
        (
            Quirk::UnknownEvent,
            info,
            "250 OK\r\n",
            "250 OK\r\n650 MOCK_EVENT nobody asked for this\r\n",
        ),
        (
            Quirk::ProtocolVersion2,
            info,
            "PROTOCOLINFO 1",
            "PROTOCOLINFO 2",
        ),
        (
            Quirk::UnknownInfoLine,
            info,
            "250-AUTH",
            "250-MOCK FIELD=\"value\"\r\n250-AUTH",
        ),
        (
            Quirk::VersionFirst,
            info,
            &info_lines(&format!("{}\r\n250-VERSION {tor}", auth_line())),
            &info_lines(&format!("250-VERSION {tor}\r\n{}", auth_line())),
        ),
        (
            Quirk::NoVersionLine,
            info,
            &format!("250-VERSION {tor}\r\n"),
            "",
        ),
        (Quirk::OddVersion, info, &tor, "Tor=\"next.year\""),
        (Quirk::UnquotedVersion, info, &tor, &tor.replace('"', "")),
        (
            Quirk::UnknownAuthMethod,
            info,
            "METHODS=",
            "METHODS=MOCKERY,",
        ),
        (
            Quirk::EmptyMethods,
            info,
            "METHODS=COOKIE,SAFECOOKIE,HASHEDPASSWORD",
            "METHODS=",
        ),
        (
            Quirk::ExtraAuthField,
            info,
            " COOKIEFILE",
            " MOCKFIELD=\"a value\" COOKIEFILE",
        ),
        (
            Quirk::UnquotedCookieFile,
            info,
            "\"/mock/data/control_auth_cookie\"",
            "/mock/data/control_auth_cookie",
        ),
        (
            Quirk::RelativeCookieFile,
            info,
            "\"/mock/data/control_auth_cookie\"",
            "\"data/control_auth_cookie\"",
        ),
        (
            Quirk::ForeignCookieFile,
            info,
            "\"/mock/data/control_auth_cookie\"",
            "\"/mock/torrc\"",
        ),
        (
            Quirk::LowerCaseHash,
            challenge,
            &format!("SERVERHASH={hash} SERVERNONCE={nonce}"),
            &format!(
                "SERVERHASH={} SERVERNONCE={}",
                hash.to_ascii_lowercase(),
                nonce.to_ascii_lowercase()
            ),
        ),
        (Quirk::WrongServerHash, challenge, &hash, &"0".repeat(64)),
        (
            Quirk::ShortServerNonce,
            challenge,
            &nonce,
            nonce.split_at(32).0,
        ),
        (
            Quirk::OneLineGetinfo,
            &get,
            "250-uptime=0\r\n250 OK\r\n",
            "250 uptime=0\r\n",
        ),
        (
            Quirk::NoFinalEventOk,
            &event,
            "650-Nickname=x\r\n650 OK\r\n",
            "650-Nickname=x\r\n",
        ),
    ] {
        let plain = said(None, lines);
        assert!(plain.contains(before), "{quirk}: {plain}");
        assert_eq!(
            said(Some(quirk), lines),
            plain.replace(before, after),
            "{quirk}"
        );
        told.push(quirk);
    }
    assert_eq!(told, Quirk::ALL);
}

/// A quirk of PROTOCOLINFO leaves everything else alone.
#[test]
fn others_stay() {
    for quirk in Quirk::ALL {
        let script = Script::parse(&format!("quirks = [\"{quirk}\"]"), "a");
        assert!(script.is_ok(), "{script:?}");
        let usual = "AUTHENTICATE \"secret\"\r\n";
        let touches_all = [Quirk::LfOnly, Quirk::UnknownEvent].contains(quirk);
        assert_eq!(
            said(Some(*quirk), usual) == "250 OK\r\n",
            !touches_all,
            "{quirk}"
        );
    }
}

fn version() -> &'static str {
    tor_fixtures::find("control/getinfo/version")
        .unwrap()
        .tor_version
}

fn auth_line() -> &'static str {
    "250-AUTH METHODS=COOKIE,SAFECOOKIE,HASHEDPASSWORD COOKIEFILE=\"/mock/data/control_auth_cookie\""
}

fn info_lines(lines: &str) -> String {
    format!("{lines}\r\n")
}
