//! Commands of every kind.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use std::borrow::Cow;
use tor_harness_control::Command;
use tor_harness_control::command::{
    AddClientAuth, AddOnion, AttachStream, AuthToken, CircuitPurpose, ClientAuthFlag, CloseCircuit,
    CloseStream, ExtendCircuit, HsFetch, HsPost, Keyword, Mapping, OnionClient, OnionFlag,
    OnionPort, PostDescriptor, RedirectStream, RemoveClientAuth, Resolve, RouterPurpose, SaveConf,
    SetCircuitPurpose, Signal, TypedKey, ViewClientAuth,
};
use tor_harness_control::reply::Setting;

use super::text::{data, line_bytes, lines};

type Text = Cow<'static, str>;

/// Any command that is encoded and read alike: each that tor has, and others.
///
/// Never a name with a blank in it, nor arguments that would be read otherwise:
/// an option with a quote in its name or a NUL in its value, an unknown key that is
/// known, an unknown flag where tor takes one for a path or an address, an empty data
/// block where one has to be, `Other` with a known keyword.
pub fn command() -> impl Strategy<Value = Command<'static>> {
    Union::new([
        configuration().boxed(),
        authentication().boxed(),
        lists().boxed(),
        circuits().boxed(),
        streams().boxed(),
        addresses().boxed(),
        descriptors().boxed(),
        onions().boxed(),
        client_auth().boxed(),
        bare().boxed(),
        other().boxed(),
    ])
}

fn configuration() -> impl Strategy<Value = Command<'static>> {
    let settings = || vec(setting(), 0..5);
    prop_oneof![
        settings().prop_map(Command::SetConf),
        settings().prop_map(Command::ResetConf),
        (any::<bool>(), keywords())
            .prop_map(|(force, others)| Command::SaveConf(SaveConf { force, others })),
        body().prop_map(Command::LoadConf),
    ]
}

fn authentication() -> impl Strategy<Value = Command<'static>> {
    let token = || {
        prop_oneof![
            Just(AuthToken::None),
            vec(any::<u8>(), 1..40).prop_map(AuthToken::Hex),
            line_bytes().prop_map(|bytes| AuthToken::Quoted(bytes.into())),
        ]
    };
    prop_oneof![
        token().prop_map(Command::Authenticate),
        token().prop_map(|nonce| Command::AuthChallenge {
            method: "SAFECOOKIE".into(),
            nonce
        }),
    ]
}

fn lists() -> impl Strategy<Value = Command<'static>> {
    let kinds: [fn(Vec<Text>) -> Command<'static>; 6] = [
        Command::ProtocolInfo,
        Command::GetInfo,
        Command::GetConf,
        Command::SetEvents,
        Command::UseFeature,
        Command::SetRouterPurpose,
    ];
    (select(kinds.to_vec()), vec(word(), 0..5)).prop_map(|(kind, words)| kind(words))
}

fn circuits() -> impl Strategy<Value = Command<'static>> {
    let purpose = || {
        let known = select(CircuitPurpose::KNOWN);
        prop_oneof![3 => known, 1 => Just(CircuitPurpose::Other("new"))]
    };
    let hop = prop_oneof!["\\$[0-9A-F]{1,40}([=~][a-z]{1,9})?", "[a-z]{1,19}"];
    let path =
        vec(hop.prop_map(Text::from), 0..4).prop_filter("`=` only behind a fingerprint", |path| {
            let first_is_nickname = path.first().is_some_and(|hop| !hop.starts_with('$'));
            !first_is_nickname || path.iter().all(|hop| !hop.contains('='))
        });
    prop_oneof![
        (id(), path, option::of(purpose()), pairs()).prop_map(
            |(circuit, path, purpose, others)| Command::ExtendCircuit(ExtendCircuit {
                circuit,
                path,
                purpose,
                others,
            })
        ),
        (id(), purpose(), pairs()).prop_map(|(circuit, purpose, others)| {
            Command::SetCircuitPurpose(SetCircuitPurpose {
                circuit,
                purpose,
                others,
            })
        }),
        (id(), any::<bool>(), keywords()).prop_map(|(circuit, if_unused, others)| {
            Command::CloseCircuit(CloseCircuit {
                circuit,
                if_unused,
                others,
            })
        }),
    ]
}

fn streams() -> impl Strategy<Value = Command<'static>> {
    let words = || vec(word(), 0..3);
    prop_oneof![
        (id(), id(), option::of(any::<u32>()), pairs()).prop_map(
            |(stream, circuit, hop, others)| Command::AttachStream(AttachStream {
                stream,
                circuit,
                hop,
                others,
            })
        ),
        (id(), word(), option::of((any::<u16>(), words()))).prop_map(|(stream, address, port)| {
            let (port, others) = port.map_or((None, vec![]), |(port, others)| (Some(port), others));
            Command::RedirectStream(RedirectStream {
                stream,
                address,
                port,
                others,
            })
        }),
        (id(), any::<u8>(), words()).prop_map(|(stream, reason, flags)| {
            Command::CloseStream(CloseStream {
                stream,
                reason,
                flags,
            })
        }),
    ]
}

fn addresses() -> impl Strategy<Value = Command<'static>> {
    let mapping = (word(), value()).prop_map(|(from, to)| Mapping { from, to });
    prop_oneof![
        vec(mapping, 0..4).prop_map(Command::MapAddress),
        (any::<bool>(), vec(word(), 0..4), pairs()).prop_map(|(reverse, addresses, others)| {
            Command::Resolve(Resolve {
                reverse,
                addresses,
                others,
            })
        }),
    ]
}

fn descriptors() -> impl Strategy<Value = Command<'static>> {
    let purpose = select(RouterPurpose::KNOWN);
    let cache = option::of(any::<bool>());
    let servers = || vec(word(), 0..3);
    prop_oneof![
        (option::of(purpose), cache, pairs(), body()).prop_map(
            |(purpose, cache, others, descriptor)| Command::PostDescriptor(PostDescriptor {
                purpose,
                cache,
                others,
                descriptor,
            })
        ),
        (word(), servers(), pairs()).prop_map(|(target, servers, others)| {
            Command::HsFetch(HsFetch {
                target,
                servers,
                others,
            })
        }),
        (servers(), option::of(word()), pairs(), body()).prop_map(
            |(servers, address, others, descriptor)| Command::HsPost(HsPost {
                servers,
                address,
                others,
                descriptor,
            })
        ),
    ]
}

fn onions() -> impl Strategy<Value = Command<'static>> {
    let flag = prop_oneof![6 => select(OnionFlag::KNOWN), 1 => Just(OnionFlag::Other("New"))];
    let target = "([0-9]{1,5}|[a-z.]{1,9}:[0-9]{1,5}|unix:/[a-z/]{1,9})";
    let port = (1..=u16::MAX, option::of(target.prop_map(Text::from)));
    let port = port.prop_map(|(port, target)| OnionPort { port, target });
    let client = ("[a-z]{1,16}", option::of("[A-Z=]{0,9}"));
    let client = client.prop_map(|(name, cookie)| OnionClient {
        name: name.into(),
        cookie: cookie.map(Into::into),
    });
    let limits = (
        option::of(any::<u16>()),
        option::of(any::<bool>()),
        option::of(any::<u32>()),
        option::of(any::<u32>()),
    );
    let clients = (vec(client, 0..3), vec(value(), 0..3));
    let add = (
        typed_key(),
        vec(flag, 0..4),
        limits,
        vec(port, 0..4),
        clients,
        pairs(),
    )
        .prop_map(
            |(key, flags, limits, ports, (client_auth, client_auth_v3), others)| {
                let (max_streams, pow_defenses, pow_queue_rate, pow_queue_burst) = limits;
                Command::AddOnion(AddOnion {
                    key,
                    flags,
                    max_streams,
                    pow_defenses,
                    pow_queue_rate,
                    pow_queue_burst,
                    ports,
                    client_auth,
                    client_auth_v3,
                    others,
                })
            },
        );
    prop_oneof![4 => add, 1 => word().prop_map(Command::DelOnion)]
}

fn client_auth() -> impl Strategy<Value = Command<'static>> {
    let flag = prop_oneof![
        Just(ClientAuthFlag::Permanent),
        Just(ClientAuthFlag::Other("New"))
    ];
    prop_oneof![
        (
            word(),
            typed_key(),
            option::of(value()),
            vec(flag, 0..3),
            pairs()
        )
            .prop_map(
                |(address, key, name, flags, others)| Command::AddClientAuth(AddClientAuth {
                    address,
                    key,
                    name,
                    flags,
                    others,
                })
            ),
        (word(), pairs()).prop_map(|(address, others)| {
            Command::RemoveClientAuth(RemoveClientAuth { address, others })
        }),
        option::of((word(), pairs())).prop_map(|view| {
            let (address, others) = view.map_or((None, vec![]), |(a, others)| (Some(a), others));
            Command::ViewClientAuth(ViewClientAuth { address, others })
        }),
    ]
}

fn bare() -> impl Strategy<Value = Command<'static>> {
    prop_oneof![
        5 => select(Signal::KNOWN).prop_map(Command::Signal),
        1 => Just(Command::Quit),
        1 => Just(Command::TakeOwnership),
        1 => Just(Command::DropOwnership),
        1 => Just(Command::DropGuards),
        1 => Just(Command::DropTimeouts),
    ]
}

fn other() -> impl Strategy<Value = Command<'static>> {
    let arguments = "[a-z][a-z =\"]{0,20}[a-z]";
    ("X[A-Z_]{0,15}", arguments, option::of(data())).prop_map(|(keyword, arguments, body)| {
        Command::Other {
            keyword: keyword.into_bytes().into(),
            arguments: arguments.into_bytes().into(),
            body: body.map(Into::into),
        }
    })
}

fn setting() -> impl Strategy<Value = Setting<'static>> {
    ("[A-Za-z_]{1,20}", option::of(vec(1..=u8::MAX, 0..20))).prop_map(|(key, value)| Setting {
        key: key.into(),
        value: value.map(Into::into),
    })
}

fn typed_key() -> impl Strategy<Value = TypedKey<'static>> {
    let key = ("[A-Za-z0-9-]{1,10}", "[A-Za-z0-9+/=]{1,20}");
    prop_oneof![
        Just(TypedKey::NEW_BEST),
        key.prop_map(|(kind, blob)| TypedKey::new(kind, blob)),
    ]
}

/// Flags and `KEY=VALUE` that no command knows.
fn keywords() -> impl Strategy<Value = Vec<Keyword<'static>>> {
    vec(("x[a-z]{0,9}", option::of(value())), 0..3).prop_map(to_keywords)
}

/// `KEY=VALUE` that no command knows, the value never empty.
fn pairs() -> impl Strategy<Value = Vec<Keyword<'static>>> {
    vec(("x[a-z]{0,9}", value().prop_map(Some)), 0..3).prop_map(to_keywords)
}

fn to_keywords(keywords: Vec<(String, Option<Text>)>) -> Vec<Keyword<'static>> {
    let keywords = keywords.into_iter();
    let keywords = keywords.map(|(key, value)| Keyword {
        key: key.into(),
        value,
    });
    keywords.collect()
}

/// What can stand behind `KEY=`: printable ASCII but for quotes.
fn value() -> impl Strategy<Value = Text> {
    "[!#-&(-~]{1,12}".prop_map(Into::into)
}

fn word() -> impl Strategy<Value = Text> {
    "[A-Za-z0-9/_.*:$~-]{1,20}".prop_map(Into::into)
}

fn id() -> impl Strategy<Value = Text> {
    "(0|[1-9][0-9]{0,9}|[A-Za-z0-9]{1,16})".prop_map(Into::into)
}

/// A data block with a line in it.
fn body() -> impl Strategy<Value = Cow<'static, [u8]>> {
    lines(1..6).prop_map(Into::into)
}
