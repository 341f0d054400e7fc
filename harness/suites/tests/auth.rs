//! Authentication, by every method that there is.

use std::process::ExitCode;

use tor_harness::control::reply::{AuthMethod, ProtocolInfo};
use tor_harness::prelude::*;
use tor_harness_suites::{conversations, fixture, own, suite};

fn main() -> ExitCode {
    suite("auth")
        .tests(conversations(include_str!("../conversations/auth.txt")))
        .tests(Method::ALL.map(|method| {
            let name = format!("a client authenticates: {}", method.name());
            (name, move |ctx: &Context| authenticates(ctx, method))
        }))
        .test(
            "a client authenticates by what the target offers",
            by_target,
        )
        .test("the cookie file is one", cookie_file)
        .test(
            "a client refuses a port that does not know the cookie",
            impostor,
        )
        .main()
}

fn authenticates(ctx: &Context, method: Method) -> TestResult {
    let fixture = fixture(ctx, Some(method.auth()))?;
    let mut client = fixture.connect()?;
    client.authenticate(&fixture.credentials(method))?;
    client.get_info("version")?;
    Ok(())
}

fn by_target(ctx: &Context) -> TestResult {
    let fixture = own(ctx)?;
    fixture.client()?.get_info("version")?;
    Ok(())
}

fn cookie_file(ctx: &Context) -> TestResult {
    let fixture = fixture(ctx, Some(AuthConfig::null().and_cookie()))?;
    let reply = fixture.connect()?.protocol_info()?;
    let message = reply.as_message();
    let info = ProtocolInfo::parse(&message)?;
    if !info.offers(AuthMethod::Cookie) || !info.offers(AuthMethod::SafeCookie) {
        return Err(format!("expected both kinds of cookie, got {:?}", info.methods).into());
    }
    let path = info.cookie_file.ok_or("no COOKIEFILE")?;
    let path = std::str::from_utf8(&path)?;
    if fixture.cookie_file() != Some(path.as_ref()) {
        return Err(format!("expected {:?}, got {path:?}", fixture.cookie_file()).into());
    }
    match std::fs::read(path)?.len() {
        32 => Ok(()),
        length => Err(format!("expected 32 bytes, got {length}").into()),
    }
}

fn impostor(ctx: &Context) -> TestResult {
    let cookie = || Some(AuthConfig::null().and_cookie());
    let (one, other) = (fixture(ctx, cookie())?, fixture(ctx, cookie())?);
    match one
        .connect()?
        .authenticate(&other.credentials(Method::SafeCookie))
    {
        Err(error) if error.to_string().contains("does not know the cookie") => Ok(()),
        other => Err(format!("expected a refusal by the client, got {other:?}").into()),
    }
}
