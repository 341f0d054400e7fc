//! The rules that a client breaks.

use std::time::Duration;

use tor_harness_mock::{AuthConfig, ClientRule as Rule, ControlPort, Persona, Random, Script};

/// The rules that these bytes break, each with its line.
fn broken(auth: &AuthConfig, bytes: &[u8]) -> Vec<(Rule, u64)> {
    let (persona, script) = (Persona::default(), Script::new());
    let port = ControlPort::new(persona, auth, Random::Seed(1), &script);
    let mut port = port.unwrap().strict_client();
    let id = port.open();
    // In pieces, as a stream comes.
    for piece in bytes.chunks(1000) {
        port.receive(id, piece, Duration::ZERO);
    }
    let report = port.report();
    assert_eq!(report.is_met(), report.client_faults().is_empty());
    let faults = report.client_faults().iter();
    faults.map(|fault| (fault.rule, fault.line)).collect()
}

#[test]
fn rules() {
    let open = AuthConfig::null();
    let password = AuthConfig::null().and_password("secret");
    let both = AuthConfig::null().and_cookie().and_password("secret");
    let long = format!("GETINFO {}\r\n", "x".repeat(1 << 20));
    let mut told = Vec::new();
    for (auth, bytes, expected) in [
        (
            &open,
            "AUTHENTICATE\r\nGETINFO version\r\nQUIT\r\n",
            &[][..],
        ),
        (
            &open,
            "AUTHENTICATE\nGETINFO version\r\n\n",
            &[(Rule::LineEnd, 1), (Rule::LineEnd, 3), (Rule::Keyword, 3)],
        ),
        (
            &open,
            "AUTHENTICATE\r\n\r\n GETINFO version\r\n",
            &[(Rule::Keyword, 2), (Rule::Keyword, 3)],
        ),
        (
            &open,
            "AUTHENTICATE\r\nGETINFO version\0x\r\n",
            &[(Rule::Nul, 2)],
        ),
        (&open, &long, &[(Rule::LineLength, 1)]),
        // Quotes: escaped, nested, unfinished, and where they mean nothing.
        (
            &open,
            "AUTHENTICATE\r\nSETCONF ContactInfo=\"a \\\"b\\\" c\" Nickname=\"x\"\r\n",
            &[],
        ),
        (
            &open,
            "AUTHENTICATE\r\nSETCONF ContactInfo=\"a \"b\" c\"\r\n",
            &[(Rule::Quoting, 2)],
        ),
        (
            &open,
            "AUTHENTICATE\r\nSETCONF ContactInfo=\"a\r\n",
            &[(Rule::Quoting, 2)],
        ),
        (&open, "AUTHENTICATE\r\nSETCONF ContactInfo=a\"b\r\n", &[]),
        (&open, "AUTHENTICATE\r\nGETINFO \"version\r\n", &[]),
        (
            &password,
            "AUTHENTICATE \"se\"cret\"\r\n",
            &[(Rule::Quoting, 1)],
        ),
        (
            &open,
            "AUTHENTICATE\r\n+LOADCONF\r\nA\r\n..b\r\n..\r\n.\r\n",
            &[],
        ),
        (
            &open,
            "AUTHENTICATE\r\n+LOADCONF\r\n.b\r\nC\n. \r\n.\r\nGETINFO\n",
            &[
                (Rule::DotStuffing, 3),
                (Rule::LineEnd, 4),
                (Rule::DotStuffing, 5),
                (Rule::LineEnd, 7),
            ],
        ),
        (&password, "AUTHENTICATE \"secret\"\r\n", &[]),
        (&password, "AUTHENTICATE 736563726574\r\n", &[]),
        (
            &password,
            "AUTHENTICATE secret\r\n",
            &[(Rule::PasswordQuoting, 1)],
        ),
        (
            &both,
            "AUTHENTICATE \"secret\"\r\n",
            &[(Rule::ClearPassword, 1)],
        ),
        (
            &both,
            "AUTHENTICATE 736563726574\r\n",
            &[(Rule::ClearPassword, 1)],
        ),
        // Whatever it is then, it is no secret.
        (
            &both,
            "AUTHCHALLENGE SAFECOOKIE 00\r\nAUTHENTICATE 00\r\n",
            &[],
        ),
        (&both, "AUTHENTICATE\r\n", &[]),
        (
            &open,
            "GETINFO version\r\n",
            &[(Rule::AuthenticateFirst, 1)],
        ),
        (
            &both,
            "PROTOCOLINFO 1\r\nPROTOCOLINFO 1\r\n",
            &[(Rule::AuthenticateFirst, 2)],
        ),
        (&open, "GET / HTTP/1.0\r\n\r\n", &[(Rule::Http, 1)]),
    ] {
        assert_eq!(broken(auth, bytes.as_bytes()), expected, "{bytes:.100}");
        told.extend(expected.iter().map(|(rule, _)| *rule));
    }
    // The cookie itself, which only the port knows.
    let port = ControlPort::new(Persona::default(), &both, Random::Seed(1), &Script::new());
    let cookie = port
        .unwrap()
        .cookie()
        .unwrap()
        .map(|byte| format!("{byte:02x}"));
    let line = format!("AUTHENTICATE {}\r\n", cookie.concat());
    assert_eq!(broken(&both, line.as_bytes()), [(Rule::ClearCookie, 1)]);
    told.push(Rule::ClearCookie);
    for rule in Rule::ALL {
        assert!(told.contains(rule), "{rule} is never broken here");
    }
}
