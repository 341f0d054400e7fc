//! Scripts of what was sent when the fixtures were recorded.

use tor_harness::control::auth::AuthConfig;
use tor_harness::fixtures::{Fixture, Kind, all};

use super::script::{Script, Step};

/// The scripts of the recordings of a tor without network, by path. Those of a tor that
/// had other options when it started are not among them: the mock starts with
/// none.
pub fn recorded() -> impl Iterator<Item = (&'static str, Script)> {
    let messages = |fixture: &&Fixture| {
        matches!(fixture.kind, Kind::Reply | Kind::Event) || fixture.path.contains("/http/")
    };
    all()
        .iter()
        .filter(messages)
        .filter_map(|fixture| Some((fixture.path, script(fixture)?)))
}

fn script(fixture: &Fixture) -> Option<Script> {
    let auth = AuthConfig::null();
    let auth = match fixture.setup {
        "null" => auth,
        "cookie" => auth.and_cookie(),
        "password" => auth.and_password("secret"),
        "cookie-password" => auth.and_cookie().and_password("secret"),
        _ => return None,
    };
    let first = fixture.command.split(['\n', ' ']).next();
    let asks_to_be_let_in = matches!(
        first,
        Some("AUTHENTICATE" | "AUTHCHALLENGE" | "PROTOCOLINFO")
    );
    let is_let_in = !asks_to_be_let_in
        && !fixture.path.contains("before-authentication")
        && !fixture.path.contains("/http/");
    let let_in = is_let_in.then(|| Step::let_in(0, &auth));
    let lines = fixture.command.split('\n');
    let lines = lines.map(|line| Step::new(0, format!("{line}\r\n")));
    let steps = let_in.into_iter().chain(lines).collect();
    Some(Script { auth, steps })
}
