//! The forms of arguments once more, so that a mistake in either reading shows.

use std::net::{Ipv4Addr, Ipv6Addr};

use data_encoding::BASE64_NOPAD;
use tor_harness_netdoc::{Argument, Count, Form, Rule};

/// Whether a line of these words is what its rule asks for.
pub(super) fn fits(rule: &Rule, words: &[&str]) -> bool {
    let mut rest = words;
    let is_longer = !rule.longer.is_empty() && words.len() >= rule.longer.len();
    for argument in if is_longer {
        rule.longer
    } else {
        rule.arguments
    } {
        let Some(behind) = without(argument, rest) else {
            return false;
        };
        rest = behind;
    }
    rest.is_empty() || !rule.no_extra
}

/// What is left behind the words of an argument.
fn without<'w, 's>(argument: &Argument, words: &'w [&'s str]) -> Option<&'w [&'s str]> {
    let least = usize::from(matches!(argument.count, Count::One | Count::Some));
    let most = match argument.count {
        Count::One | Count::Optional => 1,
        Count::Any | Count::Some => usize::MAX,
    };
    let mut rest = words;
    let mut times = 0;
    while times < least || (times < most && !rest.is_empty()) {
        let (own, behind) = rest.split_at(rest.len().min(length(argument.form)));
        if !is_written_as(argument.form, &own.join(" ")) {
            return None;
        }
        rest = behind;
        times += 1;
    }
    Some(rest)
}

/// How many words an argument has.
fn length(form: Form) -> usize {
    match form {
        Form::Text | Form::Typed(..) => usize::MAX,
        Form::Time | Form::Interval => 2,
        Form::SpacedFingerprint => 10,
        _ => 1,
    }
}

/// Whether an argument is written as its form says.
fn is_written_as(form: Form, word: &str) -> bool {
    match form {
        Form::Text | Form::Host => true,
        Form::Word => is_word(word),
        Form::OneOf(choices) => choices.contains(&word),
        Form::Number => is_number(word, 0, u64::MAX.into()),
        Form::Signed => match word.strip_prefix('-') {
            Some(word) => is_number(word, 0, 1 << 63),
            None => is_number(word, 0, (1 << 63) - 1),
        },
        Form::Int32 => match word.strip_prefix('-') {
            Some(word) => is_number(word, 0, 1 << 31),
            None => is_number(word, 0, (1 << 31) - 1),
        },
        Form::Dotted => word.split('.').all(|part| is_number(part, 0, u128::MAX)),
        Form::Within(least, most) => is_number(word, least.into(), most.into()),
        Form::Decimal => is_decimal(word),
        Form::Float => match word.split_once('e') {
            Some((number, exponent)) => {
                let digits = exponent.strip_prefix(['+', '-']);
                is_decimal(number) && digits.is_some_and(|digits| is_number(digits, 0, u128::MAX))
            }
            None => is_decimal(word),
        },
        Form::Percent => word.strip_suffix('%').is_some_and(is_decimal),
        Form::Flag => word == "0" || word == "1",
        Form::Nickname => {
            (1..=19).contains(&word.len()) && word.chars().all(|c| c.is_ascii_alphanumeric())
        }
        Form::Fingerprint => word.len() == 40 && are_hexadecimal(word),
        Form::SpacedFingerprint => {
            let groups: Vec<_> = word.split(' ').collect();
            groups.len() == 10
                && groups
                    .iter()
                    .all(|group| group.len() == 4 && are_hexadecimal(group))
        }
        Form::Time => is_time(word, ' '),
        Form::IsoTime => is_time(word, 'T'),
        Form::Interval => word
            .strip_prefix('(')
            .and_then(|word| word.strip_suffix(" s)"))
            .is_some_and(|word| is_number(word, 0, u64::MAX.into())),
        Form::Ipv4 => word.parse::<Ipv4Addr>().is_ok(),
        Form::Address => word.parse::<Ipv4Addr>().is_ok() || word.parse::<Ipv6Addr>().is_ok(),
        Form::Socket => word
            .rsplit_once(':')
            .is_some_and(|(host, port)| is_host(host) && is_number(port, 0, 65_535)),
        Form::Hex(bytes) | Form::LowerHex(bytes) => {
            let length = word.len();
            length.is_multiple_of(2)
                && length > 0
                && (bytes == 0 || length == 2 * bytes)
                && are_hexadecimal(word)
        }
        Form::Base64(bytes) | Form::PaddedBase64(bytes) => is_base64(word, bytes),
        Form::Range(most) => is_range(word, most),
        Form::ExitPattern => word.rsplit_once(':').is_some_and(|(hosts, ports)| {
            are_hosts(hosts) && (ports == "*" || is_range(ports, 65_535))
        }),
        Form::ExitPattern4 => !word.starts_with('[') && is_written_as(Form::ExitPattern, word),
        Form::FamilyMember => match word.strip_prefix('$') {
            Some(word) => {
                let (digits, nickname) = match word.split_once(['=', '~']) {
                    Some((digits, nickname)) => (digits, Some(nickname)),
                    None => (word, None),
                };
                is_written_as(Form::Fingerprint, digits)
                    && nickname.is_none_or(|word| is_written_as(Form::Nickname, word))
            }
            None => is_written_as(Form::Nickname, word),
        },
        Form::Pair(value) => word
            .split_once('=')
            .is_some_and(|(key, word)| is_word(key) && is_written_as(*value, word)),
        Form::Named(key, value) => word
            .split_once('=')
            .is_some_and(|(own, word)| own == key && is_written_as(*value, word)),
        Form::Either(first, second) => is_written_as(*first, word) || is_written_as(*second, word),
        Form::Array(length, one) => {
            word.split(',').count() == length && is_written_as(Form::List(one), word)
        }
        Form::Typed(known, forms) => {
            let mut words = word.split([' ', '\t']).filter(|word| !word.is_empty());
            words.next().is_some_and(|own| {
                let is_in_form =
                    |form: &Form| words.next().is_some_and(|word| is_written_as(*form, word));
                is_written_as(Form::Word, own) && (own != known || forms.iter().all(is_in_form))
            })
        }
        Form::NodeId => is_written_as(Form::Fingerprint, word.strip_prefix('$').unwrap_or(word)),
        Form::Base32(bytes) => is_base32(word, bytes),
        Form::LinkSpecifiers => is_base64(word, 0) && are_link_specifiers(word),
        Form::List(one) => word.is_empty() || word.split(',').all(|word| is_written_as(*one, word)),
    }
}

/// Printing ASCII, at least one.
fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| ('!'..='~').contains(&c))
}

fn is_number(word: &str, least: u128, most: u128) -> bool {
    let is_digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    is_digits
        && word
            .parse()
            .is_ok_and(|number: u128| (least..=most).contains(&number))
}

fn is_decimal(word: &str) -> bool {
    let are_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    match word.split_once('.') {
        Some((whole, part)) => are_digits(whole) && are_digits(part),
        None => are_digits(word),
    }
}

fn is_range(word: &str, most: u32) -> bool {
    let most = most.into();
    match word.split_once('-') {
        Some((first, last)) => match last.parse() {
            Ok(end) => is_number(last, 0, most) && is_number(first, 0, end),
            Err(_) => false,
        },
        None => is_number(word, 0, most),
    }
}

fn are_hexadecimal(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_hexdigit())
}

/// Any number of bytes but none for 0; with `=` at the end or without.
fn is_base64(word: &str, bytes: usize) -> bool {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = word.trim_end_matches('=');
    let padding = word.len() - digits.len();
    let is_padded = padding == 0 || (padding <= 2 && word.len().is_multiple_of(4));
    let values: Option<Vec<_>> = digits.chars().map(|c| DIGITS.find(c)).collect();
    let Some(values) = values else {
        return false;
    };
    // The bits of the last digit that say nothing are 0.
    let spare = match values.len() % 4 {
        0 => 1,
        2 => 16,
        3 => 4,
        _ => return false,
    };
    let length = values.len() * 6 / 8;
    is_padded
        && length > 0
        && (bytes == 0 || bytes == length)
        && values.last().is_some_and(|last| last.is_multiple_of(spare))
}

/// Any number of bytes but none for 0; in lower case, without `=`.
fn is_base32(word: &str, bytes: usize) -> bool {
    const DIGITS: &str = "abcdefghijklmnopqrstuvwxyz234567";
    let values: Option<Vec<_>> = word.chars().map(|c| DIGITS.find(c)).collect();
    let Some(values) = values else {
        return false;
    };
    let bits = values.len() * 5;
    // Fewer than a digit are left over, and say nothing.
    let spare = bits % 8;
    let length = bits / 8;
    spare < 5
        && length > 0
        && (bytes == 0 || bytes == length)
        && values
            .last()
            .is_some_and(|last| last.is_multiple_of(1 << spare))
}

/// How many there are, then each with its type and its length.
fn are_link_specifiers(word: &str) -> bool {
    let Ok(block) = BASE64_NOPAD.decode(word.trim_end_matches('=').as_bytes()) else {
        return false;
    };
    let mut at = 1;
    for _ in 0..block.first().copied().unwrap_or_default() {
        let Some(length) = block.get(at + 1) else {
            return false;
        };
        at += 2 + usize::from(*length);
    }
    at == block.len()
}

fn is_host(word: &str) -> bool {
    let six = word
        .strip_prefix('[')
        .and_then(|word| word.strip_suffix(']'));
    match six {
        Some(word) => word.parse::<Ipv6Addr>().is_ok(),
        None => word.parse::<Ipv4Addr>().is_ok(),
    }
}

fn are_hosts(word: &str) -> bool {
    let Some((host, mask)) = word.split_once('/') else {
        return word == "*" || is_host(word);
    };
    let most = if host.starts_with('[') { 128 } else { 32 };
    let is_mask = is_number(mask, 0, most) || (most == 32 && mask.parse::<Ipv4Addr>().is_ok());
    is_host(host) && is_mask
}

/// `YYYY-MM-DD HH:MM:SS`, with this between the date and the time of the day.
fn is_time(word: &str, between: char) -> bool {
    let Some((date, time)) = word.split_once(between) else {
        return false;
    };
    let fields = |word: &str, by: char, lengths: [usize; 3]| {
        let fields: Vec<_> = word.split(by).collect();
        let is_cut = fields.iter().map(|field| field.len()).eq(lengths);
        let fields = fields.iter().map(|field| match is_number(field, 0, 9999) {
            true => field.parse::<u32>().ok(),
            false => None,
        });
        fields.collect::<Option<Vec<_>>>().filter(|_| is_cut)
    };
    let date = fields(date, '-', [4, 2, 2]);
    let time = fields(time, ':', [2, 2, 2]);
    let (Some(date), Some(time)) = (date, time) else {
        return false;
    };
    if date[0] < 1970 {
        return false;
    }
    let is_leap = date[0] % 4 == 0 && (date[0] % 100 != 0 || date[0] % 400 == 0);
    let days = match date[1] {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&date[2]) && time[0] < 24 && time[1] < 60 && time[2] < 60
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::strategy::Union;

    use super::*;
    use crate::mutation::mutation;
    use crate::netdoc::form;

    /// All forms.
    const FORMS: &[Form] = &[
        Form::Text,
        Form::Word,
        Form::OneOf(&["accept", "reject"]),
        Form::Number,
        Form::Signed,
        Form::Within(3, 30),
        Form::Decimal,
        Form::Float,
        Form::Percent,
        Form::Flag,
        Form::Nickname,
        Form::Fingerprint,
        Form::SpacedFingerprint,
        Form::Time,
        Form::IsoTime,
        Form::Interval,
        Form::Ipv4,
        Form::Address,
        Form::Socket,
        Form::Hex(0),
        Form::LowerHex(3),
        Form::Base64(0),
        Form::PaddedBase64(32),
        Form::Range(99),
        Form::ExitPattern,
        Form::ExitPattern4,
        Form::FamilyMember,
        Form::Pair(&Form::List(&Form::Range(63))),
        Form::List(&Form::Number),
        Form::Int32,
        Form::Dotted,
        Form::Base32(0),
        Form::Base32(20),
        Form::NodeId,
        Form::LinkSpecifiers,
        Form::Host,
        Form::Named("Bandwidth", &Form::Within(0, 99)),
        Form::Either(&Form::OneOf(&["none"]), &Form::Base64(32)),
        Form::Array(4, &Form::Number),
        Form::Typed("ntor", &[Form::PaddedBase64(32), Form::IsoTime]),
    ];

    fn words() -> impl Strategy<Value = (Form, String)> {
        Union::new(FORMS.iter().map(|one| {
            (form(*one), vec(mutation(), 0..3)).prop_map(move |(mut word, mutations)| {
                let other = word.clone();
                for mutation in mutations {
                    mutation.apply(&mut word, &other);
                }
                (*one, String::from_utf8_lossy(&word).into_owned())
            })
        }))
    }

    proptest! {
        /// What a form reads is what is written as it says.
        #[test]
        fn both_readings_agree((form, word) in words()) {
            let is_read = form.read(word.as_bytes()).is_some();
            prop_assert_eq!(is_read, is_written_as(form, &word), "{} as {}", word, form);
        }
    }

    #[test]
    fn nothing_is_hardly_ever_a_value() {
        for form in FORMS {
            let may_be_empty = matches!(form, Form::Text | Form::List(_) | Form::Host);
            assert_eq!(form.read(b"").is_some(), may_be_empty, "{form}");
            assert_eq!(is_written_as(*form, ""), may_be_empty, "{form}");
        }
    }
}
