//! A consensus as long as that of the public network.

use std::fmt::Write as _;

use crate::random::Random;
use crate::relay::{Relay, base64, digest};

/// About as many as the public network has relays.
const ROUTERS: usize = 7_500;

/// A recorded consensus of either flavor with so many relays more.
///
/// Each is like a recorded one but for its nickname, identity, digest, address
/// and bandwidth; they are in the order of their identities, as always. The
/// same bytes each time. The signatures are the recorded ones, and do not hold: the made-up
/// authorities sign it anew.
pub(crate) fn scaled(recorded: &str) -> String {
    let start = 1 + recorded.find("\nr ").expect("a consensus has entries");
    let (head, entries) = recorded.split_at(start);
    let end = 1 + entries
        .find("\ndirectory-footer")
        .expect("a consensus has a footer");
    let (entries, foot) = entries.split_at(end);
    let models: Vec<&str> = entries.split_inclusive('\n').collect();
    let models: Vec<&[&str]> = models.chunk_by(|_, line| !line.starts_with("r ")).collect();

    let mut random = Random::new(1);
    let mut relays: Vec<_> = (0..ROUTERS).map(|_| Relay::made_of(&mut random)).collect();
    relays.sort_by_key(|relay| relay.identity);

    let mut text = head.to_owned();
    for (number, relay) in relays.iter().enumerate() {
        let model = models[number % models.len()];
        entry(number, relay, model, &mut random, &mut text).expect("a String takes all");
    }
    text.push_str(foot);
    text
}

fn entry(
    number: usize,
    relay: &Relay,
    model: &[&str],
    random: &mut Random,
    text: &mut String,
) -> std::fmt::Result {
    let Relay {
        ipv4, bandwidth, ..
    } = relay;
    for line in model {
        let words: Vec<_> = line.split_ascii_whitespace().collect();
        match words[..] {
            ["r", _, _, .., date, time, _, or_port, dir_port] => {
                write!(text, "r relay{number} {} ", base64(&relay.identity))?;
                // Flavor `ns`: the descriptor's digest.
                if words.len() == 9 {
                    write!(text, "{} ", digest::<20>(random))?;
                }
                writeln!(text, "{date} {time} {ipv4} {or_port} {dir_port}")?;
                text.push_str(&relay.a_line("\n"));
            }
            ["a", ..] => {}
            // Flavor `microdesc`: the microdescriptor's digest.
            ["m", _] => writeln!(text, "m {}", digest::<32>(random))?,
            ["w", ..] => writeln!(text, "w Bandwidth={bandwidth}")?,
            _ => text.push_str(line),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_form() {
        let consensus = "network-status-version 3\n\
            r a AAAAAAAAAAAAAAAAAAAAAAAAAAA BBBBBBBBBBBBBBBBBBBBBBBBBBA 2038-01-01 00:00:00 127.0.0.1 5000 0\n\
            s Fast\nw Bandwidth=0 Unmeasured=1\np reject 1-65535\n\
            r b AAAAAAAAAAAAAAAAAAAAAAAAAAA 2038-01-01 00:00:00 127.0.0.1 5001 7001\n\
            a [::1]:5001\nm BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA\ns Guard\n\
            directory-footer\n";
        let text = scaled(consensus);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "network-status-version 3");
        assert_eq!(lines.last(), Some(&"directory-footer"));
        let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
        assert_eq!(count("r relay"), ROUTERS);
        assert!((ROUTERS / 3..ROUTERS * 2 / 3).contains(&count("a [2001:db8:")));
        for (line, times) in [
            ("m ", 2),
            ("s Fast", 2),
            ("s Guard", 2),
            ("w Bandwidth=", 2),
        ] {
            assert_eq!(count(line), ROUTERS / times, "{line}");
        }
        let routers = lines.iter().filter(|line| line.starts_with("r "));
        let words = |line: &&str| line.split(' ').count();
        assert_eq!(
            routers.clone().take(2).map(words).collect::<Vec<_>>(),
            [9, 8]
        );
        let ports = |line: &&str| line.ends_with(" 5000 0") || line.ends_with(" 5001 7001");
        assert!(routers.clone().all(ports));
        assert_eq!(scaled(consensus), text, "it is not the same each time");
    }
}
