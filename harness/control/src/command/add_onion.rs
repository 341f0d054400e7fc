//! ADD_ONION.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::str::FromStr;

use crate::command::any_case::any_case;
use crate::command::arguments::{Arguments, list_pair, number_pair, pair};
use crate::command::cursor::Cursor;
use crate::command::keyword::{take_last, write_keywords};
use crate::command::{Keyword, TypedKey};
use crate::problem::{ParseError, Problem};
use crate::words::words;

words! {
    /// How an onion service is added.
    OnionFlag {
        /// Do not tell the key that was made.
        DiscardPk = "DiscardPK",
        /// Let it outlive the connection.
        Detach = "Detach",
        /// Only clients with a name and a cookie: version 2, which is gone.
        BasicAuth = "BasicAuth",
        /// Only clients with a key.
        V3Auth = "V3Auth",
        /// A service that does not hide where it is.
        NonAnonymous = "NonAnonymous",
        /// Close a circuit that has too many streams.
        MaxStreamsCloseCircuit = "MaxStreamsCloseCircuit",
    }
}

any_case!(OnionFlag);

/// ADD_ONION (section 3.27): offer an onion service.
///
/// Of arguments that may stand once the last counts; earlier ones are kept.
///
/// ```
/// use tor_harness_control::Command;
/// use tor_harness_control::command::{AddOnion, OnionFlag, OnionPort, TypedKey};
///
/// let service = AddOnion {
///     flags: vec![OnionFlag::Detach],
///     ports: vec![OnionPort { port: 80, target: Some("127.0.0.1:8080".into()) }],
///     ..AddOnion::new(TypedKey::NEW_BEST)
/// };
/// assert_eq!(
///     Command::AddOnion(service).encode(),
///     b"ADD_ONION NEW:BEST Flags=Detach Port=80,127.0.0.1:8080\r\n",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AddOnion<'a> {
    /// The service's private key, or which one to make.
    pub key: TypedKey<'a>,
    /// Flags.
    pub flags: Vec<OnionFlag<'a>>,
    /// MaxStreams: how many streams one circuit may have; 0 is no limit.
    pub max_streams: Option<u16>,
    /// PoWDefensesEnabled: whether clients have to work in times of need.
    pub pow_defenses: Option<bool>,
    /// PoWQueueRate: how many of them are served a second.
    pub pow_queue_rate: Option<u32>,
    /// PoWQueueBurst: how many of them are served at once.
    pub pow_queue_burst: Option<u32>,
    /// Port: tor wants one at least.
    pub ports: Vec<OnionPort<'a>>,
    /// ClientAuth: the clients of version 2. tor 0.4.9 never answers to one.
    pub client_auth: Vec<OnionClient<'a>>,
    /// ClientAuthV3: the clients' public keys in base32.
    pub client_auth_v3: Vec<Cow<'a, str>>,
    /// What else stands there: tor refuses it.
    pub others: Vec<Keyword<'a>>,
}

/// A port of an onion service.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OnionPort<'a> {
    /// The port that clients connect to.
    pub port: u16,
    /// Where tor connects to: `PORT`, `ADDRESS`, `ADDRESS:PORT` or `unix:PATH`.
    /// Without one it is the same port of 127.0.0.1.
    pub target: Option<Cow<'a, str>>,
}

/// A client of an onion service of version 2.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OnionClient<'a> {
    /// The client's name.
    pub name: Cow<'a, str>,
    /// Its cookie; without one tor makes it, and tells.
    pub cookie: Option<Cow<'a, str>>,
}

impl<'a> AddOnion<'a> {
    /// A service of that key without ports yet.
    #[must_use]
    pub fn new(key: TypedKey<'a>) -> Self {
        Self {
            key,
            flags: Vec::new(),
            max_streams: None,
            pow_defenses: None,
            pow_queue_rate: None,
            pow_queue_burst: None,
            ports: Vec::new(),
            client_auth: Vec::new(),
            client_auth_v3: Vec::new(),
            others: Vec::new(),
        }
    }
}

impl<'a> OnionClient<'a> {
    /// Cuts `NAME` or `NAME:COOKIE`.
    pub(crate) fn parse(text: &'a str) -> Self {
        let (name, cookie) = match text.split_once(':') {
            Some((name, cookie)) => (name, Some(Cow::Borrowed(cookie))),
            None => (text, None),
        };
        Self {
            name: Cow::Borrowed(name),
            cookie,
        }
    }

    /// Appends what [`OnionClient::parse`] cuts.
    pub(crate) fn write(&self, line: &mut Vec<u8>) {
        line.extend_from_slice(self.name.as_bytes());
        if let Some(cookie) = &self.cookie {
            line.push(b':');
            line.extend_from_slice(cookie.as_bytes());
        }
    }
}

const MAX_STREAMS: &str = "MaxStreams";
const POW_DEFENSES: &str = "PoWDefensesEnabled";
const POW_QUEUE_RATE: &str = "PoWQueueRate";
const POW_QUEUE_BURST: &str = "PoWQueueBurst";

impl<'a> Arguments<'a> for AddOnion<'a> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut add = Self::new(TypedKey::read(cursor)?);
        while let Some((found, value)) = cursor.pair()? {
            if found.is("Port") {
                add.ports.push(port(value, cursor)?);
            } else if found.is("Flags") {
                let flags = cursor.list(value, "a flag")?;
                add.flags.extend(flags.map(OnionFlag::from_any_case));
            } else if found.is("ClientAuth") {
                add.client_auth.push(OnionClient::parse(value));
            } else if found.is("ClientAuthV3") {
                add.client_auth_v3.push(Cow::Borrowed(value));
            } else {
                add.others.push(found.into());
            }
        }
        let others = &mut add.others;
        add.max_streams = number(MAX_STREAMS, others, cursor)?;
        add.pow_defenses = switch(POW_DEFENSES, others, cursor)?;
        add.pow_queue_rate = number(POW_QUEUE_RATE, others, cursor)?;
        add.pow_queue_burst = number(POW_QUEUE_BURST, others, cursor)?;
        Ok(add)
    }

    fn write(&self, line: &mut Vec<u8>) {
        line.push(b' ');
        self.key.write(line);
        // Before the rest: where an argument stands twice, the last counts.
        write_keywords(&self.others, line);
        list_pair("Flags", self.flags.iter().map(|f| f.as_str()), line);
        number_pair(MAX_STREAMS, self.max_streams.map(u64::from), line);
        number_pair(POW_DEFENSES, self.pow_defenses.map(u64::from), line);
        number_pair(POW_QUEUE_RATE, self.pow_queue_rate.map(u64::from), line);
        number_pair(POW_QUEUE_BURST, self.pow_queue_burst.map(u64::from), line);
        for OnionPort { port, target } in &self.ports {
            number_pair("Port", Some(u64::from(*port)), line);
            if let Some(target) = target {
                line.push(b',');
                line.extend_from_slice(target.as_bytes());
            }
        }
        for client in &self.client_auth {
            pair("ClientAuth", Some(""), line);
            client.write(line);
        }
        for key in &self.client_auth_v3 {
            pair("ClientAuthV3", Some(key), line);
        }
    }
}

/// The number of the last `key=`.
fn number<T: FromStr>(
    key: &'static str,
    others: &mut Vec<Keyword<'_>>,
    cursor: &Cursor<'_>,
) -> Result<Option<T>, ParseError> {
    take_last(key, others)
        .map(|value| cursor.parse(&value, key))
        .transpose()
}

/// Whether the last `key=` is `1`.
fn switch(
    key: &'static str,
    others: &mut Vec<Keyword<'_>>,
    cursor: &Cursor<'_>,
) -> Result<Option<bool>, ParseError> {
    match take_last(key, others).as_deref() {
        None => Ok(None),
        Some("0") => Ok(Some(false)),
        Some("1") => Ok(Some(true)),
        Some(value) => Err(cursor.problem(Problem::Expected("`0` or `1`"), value.as_bytes())),
    }
}

/// Cuts `PORT` or `PORT,TARGET`. As with tor, commas more than one do no harm.
fn port<'a>(value: &'a str, cursor: &Cursor<'a>) -> Result<OnionPort<'a>, ParseError> {
    let mut parts = value.split(',').filter(|part| !part.is_empty());
    let port = cursor.parse(parts.next().unwrap_or(value), "Port")?;
    let target = parts.next().map(Cow::Borrowed);
    match parts.next() {
        Some(more) => Err(cursor.problem(Problem::Trailing, more.as_bytes())),
        None if port == 0 => Err(cursor.problem(Problem::Number("Port"), value.as_bytes())),
        None => Ok(OnionPort { port, target }),
    }
}
