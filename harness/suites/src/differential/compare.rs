//! What two sides said, message by message.

/// What tor logs. The mock logs less: see [`LOGS`](super::explained::LOGS).
const LOGGED: &[&[u8]] = &[
    b"650 NOTICE ",
    b"650 WARN ",
    b"650 ERR ",
    b"650+NOTICE",
    b"650+WARN",
    b"650+ERR",
    b"650 STATUS_GENERAL WARN BUG ",
];

/// What has been compared.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    /// How many events tor logged that the mock does not.
    pub(super) logged: usize,
    /// The connection and the two messages that differ first, if any.
    pub(super) difference: Option<(usize, Vec<u8>, Vec<u8>)>,
}

/// Compares the messages that came on each connection.
pub(super) fn compare(from_tor: &[Vec<Vec<u8>>], from_mock: &[Vec<Vec<u8>>]) -> Comparison {
    let mut comparison = Comparison::default();
    for (connection, (one, other)) in from_tor.iter().zip(from_mock).enumerate() {
        let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
        while one.peek().is_some() || other.peek().is_some() {
            if one.peek() == other.peek() {
                other.next();
            } else if !one.peek().is_some_and(|message| is_logged(message)) {
                let [one, other] =
                    [one, other].map(|mut side| side.next().cloned().unwrap_or_default());
                comparison.difference = Some((connection, one, other));
                return comparison;
            } else {
                comparison.logged += 1;
            }
            one.next();
        }
    }
    comparison
}

fn is_logged(message: &[u8]) -> bool {
    LOGGED.iter().any(|start| message.starts_with(start))
}
