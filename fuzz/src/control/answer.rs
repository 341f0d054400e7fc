//! The replies that have types.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use tor_harness_control::reply::{AddClientAuthReply, ClientAuthChange};
use tor_harness_control::{Reply, StatusCode};

/// A good reply to a command that is answered with more than a status, in the
/// order in which tor says things, with the command's keyword. Some have lines or
/// arguments that no tor has yet.
///
/// Never one to GETINFO or to a command about authentication.
pub fn answer() -> impl Strategy<Value = (&'static str, Reply)> {
    let id = "[A-Za-z0-9]{1,16}";
    let extend = (id, "( [A-Za-z=]{1,9}){0,2}").prop_map(|(id, more)| {
        let reply = Reply::new(StatusCode::OK, format!("EXTENDED {id}{more}"));
        ("EXTENDCIRCUIT", reply)
    });
    let changes = [
        ClientAuthChange::Added,
        ClientAuthChange::Replaced,
        ClientAuthChange::Decrypted,
    ];
    let change = select(changes.to_vec()).prop_map(|change| {
        let reply = AddClientAuthReply::new(change).to_reply();
        ("ONION_CLIENT_AUTH_ADD", reply)
    });
    prop_oneof![
        map_address(),
        extend,
        add_onion(),
        change,
        view(),
        get_conf()
    ]
}

fn map_address() -> impl Strategy<Value = (&'static str, Reply)> {
    let answer = prop_oneof![
        3 => "[a-z0-9.:]{1,15}=[a-z0-9.:=]{0,15}".prop_map(|text| (StatusCode::OK, text.into_bytes())),
        1 => "syntax error: [ -~]{0,20}".prop_map(|text| (StatusCode::BAD_ARGUMENT, text.into_bytes())),
    ];
    vec(answer, 1..5).prop_filter_map("no line", |lines| {
        Some(("MAPADDRESS", Reply::from_lines(lines)?))
    })
}

fn add_onion() -> impl Strategy<Value = (&'static str, Reply)> {
    (
        "ServiceID=[a-z2-7]{0,56}",
        option::of("PrivateKey=[A-Z0-9-]{1,10}:[A-Za-z0-9+/=]{1,88}"),
        vec("ClientAuth=[a-z]{1,16}(:[A-Za-z0-9+/=]{0,22})?", 0..3),
        vec("ClientAuthV3=[A-Z2-7]{0,52}", 0..3),
        vec("New(=[ -~]{0,20})?", 0..3),
    )
        .prop_map(|(id, key, clients, keys, others)| {
            let lines = std::iter::once(id).chain(key).chain(clients).chain(keys);
            ("ADD_ONION", before_ok(lines.chain(others)))
        })
}

fn view() -> impl Strategy<Value = (&'static str, Reply)> {
    (
        "ONION_CLIENT_AUTH_VIEW( [a-z2-7]{1,56})?",
        vec("CLIENT [a-z2-7]{1,56} x25519:[A-Za-z0-9+/=]{1,44}( (Flags=Permanent|ClientName=[a-z]{1,16}|New=[a-z]{0,9})){0,3}", 0..3),
        vec("NEW[ -~]{0,20}", 0..2),
    )
        .prop_map(|(first, clients, others)| {
            let lines = std::iter::once(first).chain(clients).chain(others);
            ("ONION_CLIENT_AUTH_VIEW", before_ok(lines))
        })
}

fn get_conf() -> impl Strategy<Value = (&'static str, Reply)> {
    let plain = r#"[A-Z][A-Za-z]{0,15}(=([!$-~][ !$-~]{0,15})?)?"#;
    let quoted = r##"[A-Z][A-Za-z]{0,15}="(#|\\n|\\303)[a-z #]{0,9}""##;
    let plain = plain.prop_filter("quoted", |text| !text.contains("=\""));
    vec(prop_oneof![plain, quoted], 1..5).prop_filter_map("no line", |lines| {
        let lines = lines
            .into_iter()
            .map(|text| (StatusCode::OK, text.into_bytes()));
        Some(("GETCONF", Reply::from_lines(lines)?))
    })
}

fn before_ok(lines: impl Iterator<Item = String>) -> Reply {
    lines.fold(Reply::ok(), |reply, line| {
        reply.before(StatusCode::OK, line)
    })
}
