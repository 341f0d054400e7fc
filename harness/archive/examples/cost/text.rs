//! A month of server descriptors, as varied as those of the public network.
//!
//! What a text costs to decompress depends on what it repeats. Three quarters
//! of a server descriptor are keys, digests and signatures in base64, of which
//! compression gets back the 6 bits that each byte has, no more; a text with
//! fewer of them is decompressed several times as fast as any real one. Of a
//! relay's descriptors the keys are the same, but thousands of others are
//! between two of them; what relays have in common are keywords, versions,
//! policies.

use std::error::Error;
use std::io::{self, Write};

use data_encoding::{BASE64, BASE64_NOPAD, HEXUPPER};
use tor_harness_netdoc::{Document, Item, Object};

/// As many as the public network has.
const RELAYS: u64 = 7_500;
/// What a relay runs, most often the newest.
const VERSIONS: [&str; 4] = ["0.4.9.11", "0.4.9.11", "0.4.8.22", "0.4.8.16"];
/// To where relays let streams through, most often to nowhere.
const POLICIES: [&str; 6] = [
    "reject *:*\n",
    "reject *:*\n",
    "reject *:*\n",
    "reject *:*\n",
    "reject 0.0.0.0/8:*\nreject 169.254.0.0/16:*\nreject 127.0.0.0/8:*\nreject 192.168.0.0/16:*\n\
     reject 10.0.0.0/8:*\nreject 172.16.0.0/12:*\nreject *:25\nreject *:465\nreject *:587\naccept *:*\n",
    "reject 0.0.0.0/8:*\nreject 127.0.0.0/8:*\naccept *:53\naccept *:80\naccept *:443\nreject *:*\n",
];

/// Descriptors like a recorded one, in no order: so many bytes and a few more,
/// the same each time.
pub(crate) fn month(bytes: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let recorded = tor_fixtures::find("netdoc/server-descriptor/lone-relay").ok_or("no fixture")?;
    let items: Vec<_> = Document::new(recorded.bytes).items().collect();
    let mut text = Vec::with_capacity(bytes + 4 * recorded.bytes.len());
    let mut now = Random(88_172_645_463_325_252);
    while text.len() < bytes {
        let relay = now.below(RELAYS);
        descriptor(&items, relay, &mut now, &mut text)?;
    }
    Ok(text)
}

/// A descriptor of the relay with this number; what differs from one to the next
/// of the same relay comes from `now`.
fn descriptor(
    items: &[Item<'_>],
    relay: u64,
    now: &mut Random,
    text: &mut Vec<u8>,
) -> io::Result<()> {
    let own = &mut Random((relay + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    for item in items {
        match item.keyword() {
            "router" => {
                let [a, b, c, d] = own.bytes();
                let port = 1024 + own.below(60_000);
                let name = &BASE64_NOPAD
                    .encode(&own.bytes::<6>())
                    .replace(['+', '/'], "x");
                writeln!(text, "router {name} {a}.{b}.{c}.{d} {port} 0 0")?;
            }
            "platform" => writeln!(text, "platform Tor {} on Linux", own.pick(&VERSIONS))?,
            "published" => {
                let [day, hour, minute, second] = [30, 24, 60, 60].map(|bound| now.below(bound));
                let day = day + 1;
                writeln!(
                    text,
                    "published 2026-11-{day:02} {hour:02}:{minute:02}:{second:02}"
                )?;
            }
            "fingerprint" => {
                text.extend_from_slice(b"fingerprint");
                for _ in 0..10 {
                    write!(text, " {}", HEXUPPER.encode(&own.bytes::<2>()))?;
                }
                text.push(b'\n');
            }
            "uptime" => writeln!(text, "uptime {}", now.below(5_000_000))?,
            "bandwidth" => {
                let [average, burst] = [20, 40].map(|bound| (1 + own.below(bound)) << 20);
                let observed = now.below(50_000_000);
                writeln!(text, "bandwidth {average} {burst} {observed}")?;
            }
            "extra-info-digest" => {
                let sha1 = HEXUPPER.encode(&now.bytes::<20>());
                let sha256 = BASE64_NOPAD.encode(&now.bytes::<32>());
                writeln!(text, "extra-info-digest {sha1} {sha256}")?;
            }
            "contact" => {
                let name = HEXUPPER.encode(&own.bytes::<8>());
                writeln!(
                    text,
                    "contact {name} <tor-{} AT example.com>",
                    own.below(3000)
                )?;
            }
            "accept" => text.extend_from_slice(own.pick(&POLICIES).as_bytes()),
            // Behind the one of the policy.
            "reject" => {}
            key @ ("master-key-ed25519" | "ntor-onion-key") => {
                writeln!(text, "{key} {}", BASE64_NOPAD.encode(&own.bytes::<32>()))?;
            }
            key @ "router-sig-ed25519" => {
                writeln!(text, "{key} {}", BASE64_NOPAD.encode(&now.bytes::<64>()))?;
            }
            keyword => {
                text.extend_from_slice(item.line());
                text.push(b'\n');
                let random = match keyword {
                    "router-signature" => &mut *now,
                    _ => &mut *own,
                };
                if let Some(object) = item.object() {
                    self::object(object, random, text)?;
                }
            }
        }
    }
    Ok(())
}

/// The same object with other keys.
fn object(object: Object<'_>, random: &mut Random, text: &mut Vec<u8>) -> io::Result<()> {
    let mut bytes = object.decode().ok_or(io::ErrorKind::InvalidData)?;
    let end = bytes.len();
    let keys = match object.label {
        // Behind what says the type and the length, before the exponent.
        "RSA PUBLIC KEY" => 8..end - 5,
        // The key that is signed, and the signature.
        "ED25519 CERT" => {
            bytes[7..39].copy_from_slice(&random.bytes::<32>());
            end - 64..end
        }
        _ => 0..end,
    };
    bytes[keys].fill_with(|| random.next() as u8);
    writeln!(text, "-----BEGIN {}-----", object.label)?;
    for line in BASE64.encode(&bytes).as_bytes().chunks(64) {
        text.extend_from_slice(line);
        text.push(b'\n');
    }
    writeln!(text, "-----END {}-----", object.label)
}

/// Numbers that look random: xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 20
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next() as u8)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len() as u64) as usize]
    }
}
