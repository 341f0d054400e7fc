//! The proofs of the recorded SAFECOOKIE exchange.

use tor_harness::control::auth::{ClientHandshake, Cookie, Secret};
use tor_harness::control::command::{AuthToken, RawCommand};
use tor_harness::control::{Command, Decoder};
use tor_harness::fixtures::find;
use tor_harness::runner::{Failed, TestResult};

/// Goes through the exchange again: the controller accepts tor's proof, and makes the one that was recorded.
pub(crate) fn check() -> TestResult {
    let cookie = Cookie::from_file(file("cookie")?).ok_or("the cookie has not its length")?;
    let Command::AuthChallenge {
        nonce: AuthToken::Hex(nonce),
        ..
    } = Command::parse(&RawCommand::new(file("challenge")?))?
    else {
        return Err("the challenge is no AUTHCHALLENGE with a nonce in hexadecimal".into());
    };
    let nonce = nonce.try_into().map_err(|_| "the nonce has not 32 bytes")?;
    let mut handshake = ClientHandshake::new(Secret::SafeCookie(cookie), nonce);
    expect(&handshake.start(), "challenge")?;

    let mut decoder = Decoder::new();
    decoder.push(file("answer")?);
    decoder.push(file("ok")?);
    let answer = decoder.next()?.ok_or("no answer")?;
    let proof = handshake.receive(&answer)?.ok_or("no proof is asked for")?;
    expect(&proof, "proof")?;
    let ok = decoder.next()?.ok_or("no second answer")?;
    match handshake.receive(&ok)? {
        None => Ok(()),
        Some(more) => Err(format!("authenticated, and yet there is more to say: {more:?}").into()),
    }
}

fn expect(command: &Command<'_>, name: &str) -> TestResult {
    let encoded = command.encode();
    if encoded == file(name)? {
        return Ok(());
    }
    Err(format!("{name} is now {}", encoded.escape_ascii()).into())
}

fn file(name: &str) -> Result<&'static [u8], Failed> {
    let path = format!("control/authchallenge/{name}");
    let fixture = find(&path).ok_or_else(|| format!("no fixture {path}"))?;
    Ok(fixture.bytes)
}
