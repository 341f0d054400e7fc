//! What a configuration has to be like.

use tor_harness_control::auth::HashedPassword;

use super::super::store::Config;
use super::super::value::entries;

/// What a configuration has to be like, with what tor says where it is not.
pub(super) enum Rule {
    /// A rate in bytes, which is no more than an `i32` holds.
    Rate(&'static str),
    /// A number of at least this much. What tor says has the number behind it where
    /// it ends in a blank.
    AtLeast(&'static str, i64, &'static str),
    /// A number of at most this much.
    AtMost(&'static str, i64, &'static str),
    /// Both.
    Between(&'static str, i64, i64, &'static str),
    /// A real number of at most 1.
    Fraction(&'static str),
    /// Unset, or one of these words.
    OneOf(&'static str, &'static [&'static str], &'static str),
    /// A list of ports.
    Ports(&'static str),
    /// A switch that is on only where another is.
    Needs(&'static str, &'static str, &'static str),
    /// Hashed passwords.
    Passwords(&'static str),
    /// Options that keep their defaults.
    Defaults(&'static [&'static str]),
    /// What is like no other.
    Custom(fn(&mut Config) -> Result<(), String>),
}

impl Rule {
    /// Checks, and corrects what tor corrects on the way.
    ///
    /// # Errors
    /// What tor says where the rule does not hold.
    pub(super) fn apply(&self, config: &mut Config) -> Result<(), String> {
        match *self {
            Self::Rate(name) => rate(config, name),
            Self::AtLeast(name, least, wrong) => between(config, name, least, i64::MAX, wrong),
            Self::AtMost(name, most, wrong) => between(config, name, i64::MIN, most, wrong),
            Self::Between(name, least, most, wrong) => between(config, name, least, most, wrong),
            Self::Fraction(name) if config.real(name) > 1.0 => {
                Err(format!("{name} is too high. It must be between 0 and 1.0"))
            }
            Self::OneOf(name, words, wrong)
                if config
                    .value(name)
                    .is_some_and(|word| !words.contains(&word)) =>
            {
                Err(wrong.to_owned())
            }
            Self::Ports(name) => ports(config, name),
            Self::Needs(name, other, wrong) if config.is_on(name) && !config.is_on(other) => {
                Err(wrong.to_owned())
            }
            Self::Passwords(name) => passwords(config, name),
            // So tor itself marks a testing network.
            Self::Defaults(_) if config.is_on("___UsingTestNetworkDefaults") => Ok(()),
            Self::Defaults(names) => match names.iter().find(|name| !config.is_default(name)) {
                Some(name) => Err(format!(
                    "{name} may only be changed in testing Tor networks!"
                )),
                None => Ok(()),
            },
            Self::Custom(check) => check(config),
            Self::Fraction(_) | Self::OneOf(..) | Self::Needs(..) => Ok(()),
        }
    }
}

fn rate(config: &mut Config, name: &str) -> Result<(), String> {
    let most = i64::from(i32::MAX);
    let mut rate = config.number(name);
    if rate > most {
        // 2 GB is meant well, and one byte too many.
        rate -= 1;
        config.put(name, rate);
    }
    if rate > most {
        return Err(format!("{name} ({rate}) must be at most {most}"));
    }
    Ok(())
}

fn between(config: &Config, name: &str, least: i64, most: i64, wrong: &str) -> Result<(), String> {
    let number = config.number(name);
    if (least..=most).contains(&number) {
        return Ok(());
    }
    let shown = match wrong.ends_with(' ') {
        true => number.to_string(),
        false => String::new(),
    };
    Err(format!("{name} {wrong}{shown}"))
}

fn ports(config: &Config, name: &str) -> Result<(), String> {
    let ports = config.value(name).unwrap_or_default();
    match entries(ports).find(|port| !is_port(port)) {
        Some(port) => Err(format!("Port '{port}' out of range in {name}")),
        None => Ok(()),
    }
}

/// tor reads the number that a text starts with.
fn is_port(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    text.get(..digits)
        .and_then(|digits| digits.parse::<u16>().ok())
        .is_some_and(|port| port > 0)
}

fn passwords(config: &Config, name: &str) -> Result<(), String> {
    let hashed = config.all_values(name);
    let is_wrong = |text: &&str| text.parse::<HashedPassword>().is_err();
    if hashed.iter().any(is_wrong) {
        let name = name.trim_start_matches('_');
        return Err(format!("Bad {name}: wrong length or bad encoding"));
    }
    Ok(())
}
