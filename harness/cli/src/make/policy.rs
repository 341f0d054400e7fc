//! Exit policies as arguments.

use tor_harness::netdoc::{Document, PortPolicy, ServerDescriptor};
use tor_harness::testnet::ExitPolicy;

/// The exit policy that this sums up: `accept 80,443`, `reject 1-65535`.
pub(super) fn exit_policy(text: &str) -> Result<ExitPolicy, String> {
    let line = format!("ipv6-policy {text}\n");
    let descriptor = ServerDescriptor::read(Document::new(line.as_bytes()));
    let policy = descriptor.ipv6_policy().ok().flatten();
    // A second line would be one of the document.
    let is_one = |policy: &PortPolicy| !policy.ports.is_empty() && !text.contains('\n');
    let policy = policy.filter(is_one).ok_or_else(|| {
        format!(
            "expected \"accept PORTS\" or \"reject PORTS\", such as \"accept 80,443,6660-6669\", got {text:?}"
        )
    })?;
    let accepted = (1..=u16::MAX).filter(|port| policy.accepts(*port));
    Ok(ExitPolicy::ports(accepted.map(|port| port..=port)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies() {
        for (text, expected) in [
            ("accept 80,443", Some("accept 80,443")),
            ("accept 80-81,443,444", Some("accept 80-81,443-444")),
            ("accept 1-65535", Some("accept 1-65535")),
            ("reject 1-65535", Some("reject 1-65535")),
            ("reject 25,65535", Some("reject 25,65535")),
            ("reject 0", Some("accept 1-65535")),
            ("accept", None),
            ("accept x", None),
            ("accept 65536", None),
            ("accept 9-8", None),
            ("accept *:80", None),
            ("allow 80", None),
            ("accept 80\nuptime 5", None),
            ("", None),
        ] {
            let summary = exit_policy(text).map(|policy| policy.summary());
            assert_eq!(summary.ok().as_deref(), expected, "{text:?}");
        }
    }
}
