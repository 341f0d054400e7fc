//! Scripts of what was sent when the fixtures were recorded.

use tor_harness::control::auth::AuthConfig;
use tor_harness::fixtures::{Fixture, Kind, all};

use super::script::{Script, Step};

/// Commands that the mock does not model yet, and so are not sent.
pub(super) const NOT_YET: &[&str] = &[
    "+HSPOST",
    "+LOADCONF",
    "+POSTDESCRIPTOR",
    "ADD_ONION",
    "ATTACHSTREAM",
    "CLOSECIRCUIT",
    "CLOSESTREAM",
    "DEL_ONION",
    "DROPGUARDS",
    "DROPTIMEOUTS",
    "EXTENDCIRCUIT",
    "HSFETCH",
    "HSPOST",
    "LOADCONF",
    "MAPADDRESS",
    "ONION_CLIENT_AUTH_ADD",
    "ONION_CLIENT_AUTH_REMOVE",
    "ONION_CLIENT_AUTH_VIEW",
    "POSTDESCRIPTOR",
    "REDIRECTSTREAM",
    "RESOLVE",
    "SAVECONF",
    "SETCIRCUITPURPOSE",
];

/// The first command of a script that the mock does not model yet.
#[must_use]
pub fn not_modelled(script: &Script) -> Option<&'static str> {
    let keyword = |step: &Step| {
        let end = step.bytes.iter().position(|byte| b" \t\r\n".contains(byte));
        step.bytes[..end.unwrap_or(step.bytes.len())].to_ascii_uppercase()
    };
    let mut sent = script.steps.iter().map(keyword);
    sent.find_map(|sent| NOT_YET.iter().find(|name| name.as_bytes() == sent).copied())
}

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
