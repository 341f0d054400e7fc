//! The control port's side of authentication, talked to.

use alloc::string::String;
use alloc::vec::Vec;

use super::*;
use crate::OwnedMessage;
use crate::auth::{AuthError, ClientHandshake, Cookie, HashedPassword, Secret};

const COOKIE: [u8; 32] = [7; 32];

fn offer(cookie: bool, password: bool) -> ServerOffer {
    ServerOffer {
        cookie: cookie.then(|| (Cookie::new(COOKIE), b"/d/cookie".to_vec())),
        passwords: if password {
            [HashedPassword::new("secret", [3; 8])].into()
        } else {
            Vec::new()
        },
        version: "0.4.9.11".into(),
    }
}

/// Lets both sides talk to each other until one is content or gives up.
fn talk(secret: Secret, offer: &ServerOffer) -> Result<(), AuthError> {
    let mut client = ClientHandshake::new(secret, [1; 32]);
    let mut server = ServerHandshake::new();
    let mut command = client.start().encode();
    loop {
        let verdict = server
            .receive(&RawCommand::new(&command), offer, [2; 32])
            .unwrap();
        let reply = OwnedMessage::of(&verdict.reply.encode());
        match client.receive(&reply.as_message())? {
            Some(next) => command = next.encode(),
            None => {
                assert!(server.is_authenticated());
                return Ok(());
            }
        }
    }
}

#[test]
fn both_sides_agree() {
    let password = || Secret::Password("secret".into());
    let cookie = || Cookie::new(COOKIE);
    for (secret, offer, good) in [
        (Secret::None, offer(false, false), true),
        (Secret::None, offer(true, false), false),
        (password(), offer(false, true), true),
        (password(), offer(true, true), true),
        (Secret::Password("\"\\\n".into()), offer(false, true), false),
        (Secret::Cookie(cookie()), offer(true, true), true),
        (Secret::SafeCookie(cookie()), offer(true, false), true),
        (Secret::SafeCookie(cookie()), offer(false, true), false),
    ] {
        assert_eq!(
            talk(secret.clone(), &offer).is_ok(),
            good,
            "{secret:?} {:?}",
            offer.protocol_info()
        );
    }
    // torut: lets an impostor in.
    let other = Secret::SafeCookie(Cookie::new([8; 32]));
    assert_eq!(talk(other, &offer(true, false)), Err(AuthError::Impostor));
}

#[test]
fn protocol_info_names_what_is_offered() {
    let file = "COOKIEFILE=\"/d/cookie\"";
    for (offer, methods) in [
        (offer(false, false), "NULL".into()),
        (offer(false, true), "HASHEDPASSWORD".into()),
        (
            offer(true, false),
            alloc::format!("COOKIE,SAFECOOKIE {file}"),
        ),
        (
            offer(true, true),
            alloc::format!("COOKIE,SAFECOOKIE,HASHEDPASSWORD {file}"),
        ),
    ] {
        let reply = offer.protocol_info().to_reply().encode();
        assert_eq!(
            String::from_utf8_lossy(&reply),
            alloc::format!(
                "250-PROTOCOLINFO 1\r\n250-AUTH METHODS={methods}\r\n\
                 250-VERSION Tor=\"0.4.9.11\"\r\n250 OK\r\n"
            )
        );
    }
}

#[test]
fn who_is_let_in_has_proved_itself() {
    let mut server = ServerHandshake::new();
    let offer = offer(true, true);
    let challenge = RawCommand::new(b"AUTHCHALLENGE SAFECOOKIE 00");
    assert!(server.receive(&challenge, &offer, [0; 32]).is_some());
    server.let_in();
    let mut next = |line: &[u8]| {
        let verdict = server.receive(&RawCommand::new(line), &offer, [0; 32]);
        verdict.map(|verdict| verdict.next)
    };
    for line in [
        &b"PROTOCOLINFO"[..],
        b"PROTOCOLINFO",
        b"AUTHENTICATE \"secret\"",
    ] {
        assert_eq!(next(line), Some(Next::Stay), "{line:?}");
    }
    assert_eq!(next(b"GETINFO version"), None);
}

/// What a real tor 0.4.9.11 answers; `+` before the status: it stays open.
#[test]
fn answers_as_tor_does() {
    let (null, password, cookie, both) = (
        offer(false, false),
        offer(false, true),
        offer(true, false),
        offer(true, true),
    );
    let maybe = "Maybe you tried a plain text password? If so, the standard requires that you put it in double quotes.";
    let no_match = "515 Authentication failed: Password did not match HashedControlPassword";
    let no_keywords = "512 AUTHENTICATE does not accept keyword arguments.";
    let unreadable = "+512 Bad arguments to AUTHENTICATE: Cannot parse keyword argument(s)";
    for (offer, lines, answer) in [
        (&null, &["PROTOCOLINFO x"][..], "513 No such version \"x\""),
        (
            &null,
            &["PROTOCOLINFO 1", "PROTOCOLINFO 1"],
            "514 Authentication required.",
        ),
        (
            &null,
            &["AUTHENTICATE", "PROTOCOLINFO 1", "PROTOCOLINFO 1 2"],
            "+250 OK",
        ),
        (&null, &["GETINFO version"], "514 Authentication required."),
        (&null, &[""], "514 Authentication required."),
        (&null, &["+AUTHENTICATE"], "514 Authentication required."),
        (&null, &["quit now"], "250 closing connection"),
        (&null, &["AUTHENTICATE \"x\""], "+250 OK"),
        (
            &null,
            &["AUTHENTICATE \"x"],
            "+512 Bad arguments to AUTHENTICATE: Cannot parse keyword argument(s)",
        ),
        (
            &null,
            &["AUTHENTICATE \"x\" y"],
            "512 Too many arguments to AUTHENTICATE.",
        ),
        (
            &null,
            &["AUTHENTICATE 0 0"],
            "512 Too many arguments to AUTHENTICATE.",
        ),
        (
            &null,
            &["AUTHCHALLENGE"],
            "+512 Bad arguments to AUTHCHALLENGE: Need at least 1 argument(s)",
        ),
        (
            &null,
            &["AUTHCHALLENGE FOO 00"],
            "513 AUTHCHALLENGE only supports SAFECOOKIE authentication",
        ),
        (
            &null,
            &["AUTHCHALLENGE SAFECOOKIE xyz"],
            "515 Cookie authentication is disabled",
        ),
        (&password, &["AUTHENTICATE \"secret\""], "+250 OK"),
        (&password, &["AUTHENTICATE \"s\\ecret\""], "+250 OK"),
        (&password, &["AUTHENTICATE 736563726574"], "+250 OK"),
        (
            &password,
            &["AUTHENTICATE \"x\""],
            &alloc::format!("{no_match} value from configuration"),
        ),
        (
            &password,
            &["AUTHENTICATE 00"],
            &alloc::format!("{no_match} value from configuration. {maybe}"),
        ),
        (
            &password,
            &["AUTHENTICATE \"secret\"", "AUTHENTICATE \"x\""],
            &alloc::format!("{no_match} value from configuration"),
        ),
        (
            &cookie,
            &["AUTHENTICATE"],
            "515 Authentication failed: Wrong length on authentication cookie.",
        ),
        (
            &cookie,
            &[&alloc::format!("AUTHENTICATE {:064}", 0)],
            "515 Authentication failed: Authentication cookie did not match expected value.",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE"],
            "512 Wrong number of arguments for AUTHCHALLENGE",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE 00 11"],
            "512 Wrong number of arguments for AUTHCHALLENGE",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE xyz"],
            "513 Invalid base16 client nonce",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE \"a"],
            "+512 Bad arguments to AUTHCHALLENGE: Cannot parse keyword argument(s)",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE safecookie 00", "AUTHCHALLENGE SAFECOOKIE 00"],
            "514 Authentication required.",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE 00", "PROTOCOLINFO 1"],
            "514 Authentication required.",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE 00", "AUTHENTICATE"],
            "515 Authentication failed: Wrong length for safe cookie response.",
        ),
        (
            &both,
            &["AUTHCHALLENGE SAFECOOKIE \"a\"", "AUTHENTICATE \"secret\""],
            "515 Authentication failed: Wrong length for safe cookie response.",
        ),
        (
            &both,
            &["AUTHENTICATE 00"],
            &alloc::format!("{no_match} *or* authentication cookie."),
        ),
        (
            &both,
            &["PROTOCOLINFO 1\t2"],
            "513 No such version \"1\\t2\"",
        ),
        (
            &both,
            &["AUTHCHALLENGE SAFECOOKIE\tAB"],
            "513 AUTHCHALLENGE only supports SAFECOOKIE authentication",
        ),
        (&null, &["AUTHENTICATE se\"c"], "+250 OK"),
        (&null, &["AUTHENTICATE ab\"cd\""], "+250 OK"),
        (&null, &["AUTHENTICATE zz\""], "+250 OK"),
        (&null, &["AUTHENTICATE \"a=b\""], "+250 OK"),
        (
            &cookie,
            &["AUTHENTICATE se\"c"],
            "515 Authentication failed: Wrong length on authentication cookie.",
        ),
        (
            &password,
            &["AUTHENTICATE secret\""],
            &alloc::format!("{no_match} value from configuration"),
        ),
        (
            &both,
            &["AUTHENTICATE se\"c"],
            &alloc::format!("{no_match} *or* authentication cookie."),
        ),
        (&null, &["AUTHENTICATE a=b"], no_keywords),
        (&null, &["AUTHENTICATE a="], no_keywords),
        (&null, &["AUTHENTICATE a=\"b c\""], no_keywords),
        (&null, &["AUTHENTICATE a\"b=c"], no_keywords),
        (
            &null,
            &["AUTHENTICATE a=b c"],
            "512 Too many arguments to AUTHENTICATE.",
        ),
        (
            &null,
            &["AUTHENTICATE \"a\"b"],
            "512 Too many arguments to AUTHENTICATE.",
        ),
        (&null, &["AUTHENTICATE ="], unreadable),
        (&null, &["AUTHENTICATE =", "AUTHENTICATE =b"], unreadable),
        (&null, &["AUTHENTICATE a=\"b"], unreadable),
        (&null, &["AUTHENTICATE \"a\"=b"], unreadable),
        (&null, &["AUTHENTICATE zz =b"], unreadable),
        (&null, &["AUTHENTICATE ab \"c"], unreadable),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE a=b"],
            "512 AUTHCHALLENGE does not accept keyword arguments.",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE zz =d"],
            "+512 Bad arguments to AUTHCHALLENGE: Cannot parse keyword argument(s)",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE a=b c"],
            "512 Wrong number of arguments for AUTHCHALLENGE",
        ),
        (
            &cookie,
            &["AUTHCHALLENGE SAFECOOKIE a\"b", "AUTHENTICATE a\"b"],
            "515 Authentication failed: Wrong length for safe cookie response.",
        ),
        (
            &null,
            &["PROTOCOLINFO \"1\""],
            r#"513 No such version "\"1\"""#,
        ),
        (
            &null,
            &["PROTOCOLINFO a\\b"],
            r#"513 No such version "a\\b""#,
        ),
        (
            &null,
            &["PROTOCOLINFO \u{e9}"],
            r#"513 No such version "\303\251""#,
        ),
        (
            &null,
            &["PROTOCOLINFO a\x01"],
            r#"513 No such version "a\001""#,
        ),
        (&both, &["PROTOCOLINFO x"], "513 No such version \"x\""),
        (
            &both,
            &["AUTHENTICATE \"secret\"", "PROTOCOLINFO x"],
            "+513 No such version \"x\"",
        ),
        (
            &both,
            &["authenticate \"secret"],
            "+512 Bad arguments to authenticate: Cannot parse keyword argument(s)",
        ),
        (
            &both,
            &["AUTHENTICATE nothex"],
            "551 Invalid hexadecimal encoding.  Maybe you tried a plain text password?  If so, the standard requires that you put it in double quotes.",
        ),
    ] {
        let mut server = ServerHandshake::new();
        let verdicts = lines.iter().map(|line| {
            server
                .receive(&RawCommand::new(line.as_bytes()), offer, [0; 32])
                .unwrap()
        });
        let Verdict { reply, next } = verdicts.last().unwrap();
        let open = if next == Next::Stay { "+" } else { "" };
        let text = String::from_utf8_lossy(&reply.text);
        assert_eq!(
            alloc::format!("{open}{} {text}", reply.status),
            answer,
            "to {lines:?}"
        );
    }
}
