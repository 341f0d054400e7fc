//! Proxies that tor connects through.

use super::super::store::Config;
use super::address::endpoint;

/// Proxies that are addresses, with the option that says who asks them, in tor's order.
const PROXIES: &[(&str, Option<&str>)] = &[
    ("HTTPProxy", Some("HTTPProxyAuthenticator")),
    ("HTTPSProxy", Some("HTTPSProxyAuthenticator")),
    ("Socks4Proxy", None),
    ("Socks5Proxy", None),
];

pub(super) fn all(config: &mut Config) -> Result<(), String> {
    for (name, authenticator) in PROXIES {
        if config
            .value(name)
            .is_some_and(|text| endpoint(text).is_none())
        {
            return Err(format!("{name} failed to parse or resolve. Please fix."));
        }
        if let Some(name) = authenticator
            && config.bytes(name).is_some_and(|text| text.len() >= 512)
        {
            return Err(format!("{name} is too long (>= 512 chars)."));
        }
    }
    tcp(config)?;
    let kinds = ["Socks4Proxy", "Socks5Proxy", "HTTPSProxy", "TCPProxy"];
    if kinds
        .iter()
        .filter(|name| config.bytes(name).is_some())
        .count()
        > 1
    {
        return Err(
            "You have configured more than one proxy type. (Socks4Proxy|Socks5Proxy|HTTPSProxy|TCPProxy)".into(),
        );
    }
    password(config)
}

/// `haproxy ADDRESS[:PORT]`.
fn tcp(config: &Config) -> Result<(), String> {
    let Some(line) = config.value("TCPProxy") else {
        return Ok(());
    };
    let mut words = line.trim_ascii().splitn(2, ' ');
    let protocol = words.next().unwrap_or_default();
    Err(match words.next() {
        None => "TCPProxy has no address/port. Please fix.",
        Some(_) if !protocol.eq_ignore_ascii_case("haproxy") => {
            "TCPProxy protocol is not supported. Currently the only supported protocol is 'haproxy'. Please fix."
        }
        Some(address) if endpoint(address).is_none() => {
            "TCPProxy address/port failed to parse or resolve. Please fix."
        }
        Some(_) => return Ok(()),
    }
    .into())
}

fn password(config: &Config) -> Result<(), String> {
    let [user, password] =
        ["Socks5ProxyUsername", "Socks5ProxyPassword"].map(|name| (name, config.bytes(name)));
    for (name, text) in [user, password] {
        if text.is_some_and(|text| text.len() > 255) && (name == user.0 || user.1.is_some()) {
            return Err(format!("{name} must be between 1 and 255 characters."));
        }
    }
    match user.1.is_some() == password.1.is_some() {
        true => Ok(()),
        false => Err("Socks5ProxyPassword must be included with Socks5ProxyUsername.".into()),
    }
}
