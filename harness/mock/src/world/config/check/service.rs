//! Onion services of the configuration.

use super::super::store::Config;
use super::address::endpoint;

/// Each service starts with its folder, which no other has, and needs a port.
pub(super) fn all(config: &mut Config) -> Result<(), String> {
    let mut folders = Vec::new();
    let mut has_port = true;
    let mut is_good = true;
    for (name, value) in config.group("HiddenServiceOptions") {
        if name == "HiddenServiceDir" {
            is_good &= has_port && !folders.contains(&value);
            folders.push(value);
            has_port = false;
        } else {
            is_good &= !folders.is_empty() && is_option(name, value);
            has_port |= name == "HiddenServicePort";
        }
    }
    match is_good && has_port {
        true => Ok(()),
        false => Err("Failed to configure rendezvous options. See logs for details.".into()),
    }
}

fn is_option(name: &str, value: &str) -> bool {
    let number = value.parse::<u16>();
    match name {
        "HiddenServicePort" => is_port(value),
        "HiddenServiceVersion" => number == Ok(3),
        "HiddenServiceMaxStreams" => number.is_ok(),
        "HiddenServiceNumIntroductionPoints" => {
            number.is_ok_and(|number| (3..=20).contains(&number))
        }
        "HiddenServiceAllowUnknownPorts" => number.is_ok_and(|number| number < 2),
        "HiddenServiceExportCircuitID" => value == "haproxy",
        _ => true,
    }
}

/// `PORT [PORT|ADDRESS[:PORT]|unix:PATH]`.
fn is_port(line: &str) -> bool {
    let is_number = |word: &str| word.parse::<u16>().is_ok_and(|port| port > 0);
    let words: Vec<_> = line.split_ascii_whitespace().collect();
    match *words.as_slice() {
        [port] => is_number(port),
        [port, target] => {
            let is_elsewhere = target.contains([':', '.']) && endpoint(target).is_some();
            is_number(port) && (is_number(target) || target.starts_with("unix:") || is_elsewhere)
        }
        _ => false,
    }
}
