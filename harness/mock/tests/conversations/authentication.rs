//! How a controller proves itself, or does not.

use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};

use crate::talk::{Talk, check};

fn with(auth: AuthConfig) -> Talk {
    Talk {
        auth,
        ..Talk::default()
    }
}

#[test]
fn nothing_goes_before_authentication() {
    for command in [
        "GETINFO version",
        "",
        " AUTHENTICATE",
        "+AUTHENTICATE\\n.",
        "\\x00abc",
        "GET",
        "HEAD / HTTP/1.0",
    ] {
        check(&format!(
            "> {command}
             < 514 Authentication required.
             closed"
        ));
    }
}

#[test]
fn one_protocolinfo_goes() {
    check(
        "> PROTOCOLINFO 1 2 3
         < 250-PROTOCOLINFO 1
         < 250-AUTH METHODS=NULL
         < 250-VERSION Tor=\"{version}\"
         < 250 OK
         > PROTOCOLINFO
         < 514 Authentication required.
         closed
         2> PROTOCOLINFO x
         2< 513 No such version \"x\"
         2 closed
         3> QUIT now
         3< 250 closing connection
         3 closed",
    );
}

#[test]
fn afterwards_any_number_goes() {
    check(
        "> authenticate
         < 250 OK
         > PROTOCOLINFO
         < 250-PROTOCOLINFO 1
         < 250-AUTH METHODS=NULL
         < 250-VERSION Tor=\"{version}\"
         < 250 OK
         > PROTOCOLINFO x
         < 513 No such version \"x\"
         > AUTHENTICATE \"x\"
         < 250 OK
         > AUTHCHALLENGE SAFECOOKIE 00
         < 515 Cookie authentication is disabled
         closed",
    );
}

#[test]
fn passwords() {
    with(AuthConfig::null().and_password("secret")).check(
        "> AUTHENTICATE \"wrong\"
         < 515 Authentication failed: Password did not match HashedControlPassword value from configuration
         closed
         2> AUTHENTICATE \"secret\"
         2< 250 OK
         2> GETINFO version
         2< 250-version={version}
         2< 250 OK
         2> AUTHENTICATE \"wrong\"
         2< 515 Authentication failed: Password did not match HashedControlPassword value from configuration
         2 closed
         3> AUTHENTICATE 736563726574
         3< 250 OK",
    );
}

#[test]
fn cookies() {
    let auth = AuthConfig::null().and_cookie();
    let port =
        ControlPort::new(Persona::default(), &auth, Random::Seed(1), &Script::new()).unwrap();
    let cookie = port
        .cookie()
        .unwrap()
        .map(|byte| format!("{byte:02x}"))
        .concat();
    with(auth).check(&format!(
        "> AUTHENTICATE {:064}
         < 515 Authentication failed: Authentication cookie did not match expected value.
         closed
         2> AUTHENTICATE {cookie}
         2< 250 OK
         3> AUTHENTICATE
         3< 515 Authentication failed: Wrong length on authentication cookie.
         3 closed",
        0
    ));
}

#[test]
fn after_a_challenge_only_its_answer_counts() {
    let auth = AuthConfig::null().and_cookie().and_password("secret");
    let mut port =
        ControlPort::new(Persona::default(), &auth, Random::Seed(1), &Script::new()).unwrap();
    let id = port.open();
    port.receive(
        id,
        b"AUTHCHALLENGE SAFECOOKIE 00\r\n",
        std::time::Duration::ZERO,
    );
    let reply = String::from_utf8(port.take_output(id)).unwrap();
    assert!(
        reply.starts_with("250 AUTHCHALLENGE SERVERHASH="),
        "{reply}"
    );
    port.receive(
        id,
        b"AUTHENTICATE \"secret\"\r\n",
        std::time::Duration::ZERO,
    );
    let reply = String::from_utf8(port.take_output(id)).unwrap();
    assert_eq!(
        reply,
        "515 Authentication failed: Wrong length for safe cookie response.\r\n"
    );
    assert!(port.is_closed(id));
}

#[test]
fn protocolinfo_names_the_cookie_file() {
    with(AuthConfig::null().and_cookie()).check_whole(
        "> PROTOCOLINFO 1
         < 250-PROTOCOLINFO 1
         < 250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/mock/data/control_auth_cookie\"
         < 250-VERSION Tor=\"{version}\"
         < 250 OK",
    );
}
