//! What a control port says before authentication.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tor_harness::control::Command;
use tor_harness::control::auth::{ClientHandshake, Cookie, Secret};
use tor_harness::fixtures::Kind;
use tor_harness::types::Endpoint;

use crate::book::{Book, Recording, Setup};

const PASSWORD: Setup = Setup {
    name: "password",
    password: Some("secret"),
    ..Setup::NULL
};
const COOKIE: Setup = Setup {
    name: "cookie",
    cookie: true,
    ..Setup::NULL
};
const BOTH: Setup = Setup {
    name: "cookie-password",
    cookie: true,
    ..PASSWORD
};

/// The controller's nonce in the recorded exchange; any will do.
const CLIENT_NONCE: [u8; 32] = *b"32 bytes that are not random now";

const NO_COOKIE: &str =
    "AUTHENTICATE 0000000000000000000000000000000000000000000000000000000000000000";

/// Lines sent on a new connection, the last of which is answered with the file.
const UNAUTHENTICATED: &[(&str, Setup, &[&str])] = &[
    ("reply/authenticate", Setup::NULL, &["AUTHENTICATE"]),
    (
        "reply/authenticate-password",
        PASSWORD,
        &["AUTHENTICATE \"secret\""],
    ),
    ("reply/quit", Setup::NULL, &["QUIT"]),
    (
        "error/before-authentication",
        Setup::NULL,
        &["GETINFO version"],
    ),
    ("error/before-authentication-empty-line", Setup::NULL, &[""]),
    (
        "error/protocolinfo-twice",
        Setup::NULL,
        &["PROTOCOLINFO 1", "PROTOCOLINFO 1"],
    ),
    (
        "error/protocolinfo-version",
        Setup::NULL,
        &["PROTOCOLINFO x"],
    ),
    (
        "error/authenticate-not-hex",
        Setup::NULL,
        &["AUTHENTICATE nothex"],
    ),
    (
        "error/authenticate-unterminated",
        Setup::NULL,
        &["AUTHENTICATE \"unterminated"],
    ),
    (
        "error/authenticate-too-many",
        Setup::NULL,
        &["AUTHENTICATE 00 00"],
    ),
    (
        "error/authenticate-password-wrong",
        PASSWORD,
        &["AUTHENTICATE \"wrong\""],
    ),
    (
        "error/authenticate-password-hex",
        PASSWORD,
        &["AUTHENTICATE 00"],
    ),
    (
        "error/authenticate-password-none",
        PASSWORD,
        &["AUTHENTICATE"],
    ),
    ("error/authenticate-cookie-wrong", COOKIE, &[NO_COOKIE]),
    (
        "error/authenticate-cookie-length",
        COOKIE,
        &["AUTHENTICATE 00"],
    ),
    ("error/authenticate-cookie-none", COOKIE, &["AUTHENTICATE"]),
    (
        "error/authenticate-cookie-quoted",
        COOKIE,
        &["AUTHENTICATE \"wrong\""],
    ),
    (
        "error/authenticate-either-wrong",
        BOTH,
        &["AUTHENTICATE \"wrong\""],
    ),
    ("error/authenticate-either-wrong-cookie", BOTH, &[NO_COOKIE]),
    ("error/authenticate-either-none", BOTH, &["AUTHENTICATE"]),
    (
        "error/authchallenge-disabled",
        Setup::NULL,
        &["AUTHCHALLENGE SAFECOOKIE 00"],
    ),
    (
        "error/authchallenge-method",
        COOKIE,
        &["AUTHCHALLENGE FOO 00"],
    ),
    (
        "error/authchallenge-no-arguments",
        COOKIE,
        &["AUTHCHALLENGE"],
    ),
    (
        "error/authchallenge-no-nonce",
        COOKIE,
        &["AUTHCHALLENGE SAFECOOKIE"],
    ),
    (
        "error/authchallenge-nonce-not-hex",
        COOKIE,
        &["AUTHCHALLENGE SAFECOOKIE xyz"],
    ),
    (
        "error/safecookie-wrong",
        COOKIE,
        &["AUTHCHALLENGE SAFECOOKIE 00", NO_COOKIE],
    ),
    (
        "error/safecookie-length",
        COOKIE,
        &["AUTHCHALLENGE SAFECOOKIE 00", "AUTHENTICATE 00"],
    ),
    (
        "error/safecookie-command",
        COOKIE,
        &["AUTHCHALLENGE SAFECOOKIE 00", "PROTOCOLINFO 1"],
    ),
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    for setup in [Setup::NULL, PASSWORD, COOKIE, BOTH] {
        let tor = book.start(&setup)?;
        let path = format!("control/protocolinfo/{}", setup.name);
        book.ask(path, &setup, &tor, &mut tor.connect()?, "PROTOCOLINFO 1")?;
    }
    for (path, setup, lines) in UNAUTHENTICATED {
        let tor = book.start(setup)?;
        let mut client = tor.connect()?;
        let path = format!("control/{path}");
        book.ask_all(path, setup, &tor, &mut client, lines)?;
    }
    safe_cookie(book)?;
    http(book)
}

/// A whole SAFECOOKIE exchange, with the cookie.
fn safe_cookie(book: &mut Book) -> Result<()> {
    let tor = book.start(&COOKIE)?;
    let cookie = tor.cookie_file().context("a tor without cookie")?;
    let cookie = fs::read(cookie)?;
    let secret = Cookie::from_file(&cookie).context("a cookie that is none")?;
    let mut add = |name: &str, kind, command: &str, bytes: Vec<u8>| {
        let recording = Recording {
            kind,
            command: command.into(),
            setup: COOKIE.name,
            bytes,
        };
        book.add(
            format!("control/authchallenge/{name}"),
            tor.folder(),
            recording,
        )
    };
    add("cookie", Kind::Other, "the file of COOKIEFILE", cookie)?;

    let mut client = tor.connect()?;
    let mut handshake = ClientHandshake::new(Secret::SafeCookie(secret), CLIENT_NONCE);
    let mut next = Some(handshake.start());
    let mut lines = Vec::new();
    for (command, answer) in [("challenge", "answer"), ("proof", "ok")] {
        let sent: Command<'_> = next.take().context("authenticated too early")?;
        let bytes = sent.encode();
        lines.push(String::from_utf8(bytes.clone())?.trim_end().to_owned());
        add(command, Kind::Command, &lines.join("\n"), bytes)?;
        let reply = client.ask(&sent)?;
        add(
            answer,
            Kind::Reply,
            &lines.join("\n"),
            reply.as_message().as_bytes().into(),
        )?;
        next = handshake.receive(&reply.as_message())?;
    }
    Ok(())
}

/// The page for those who take the control port for a web server.
fn http(book: &mut Book) -> Result<()> {
    let tor = book.start(&Setup::NULL)?;
    let Endpoint::Unix(path) = tor.endpoint() else {
        bail!("expected a tor on a Unix socket");
    };
    let mut connection = UnixStream::connect(path)?;
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let command = "GET / HTTP/1.0";
    connection.write_all(format!("{command}\r\n\r\n").as_bytes())?;
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes)?;
    let recording = Recording {
        kind: Kind::Other,
        command: command.into(),
        setup: Setup::NULL.name,
        bytes,
    };
    book.add("control/http/get", tor.folder(), recording)
}
