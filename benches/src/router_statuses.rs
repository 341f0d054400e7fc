//! A reply to `GETINFO ns/all` as long as that of the public network.

use std::fmt::Write as _;

/// About as many as the public network has relays.
const ROUTERS: usize = 7_000;

/// The reply: entries of the form that a consensus has, with made-up relays.
///
/// The same bytes each time. A tor leaves out the lines `v` and `pr`; they
/// are here for the length of 2.4 MB that others were measured with.
pub(crate) fn reply() -> Vec<u8> {
    let mut random = Random(1);
    let mut text = String::from("250+ns/all=\r\n");
    for router in 0..ROUTERS {
        entry(router, &mut random, &mut text).expect("a String takes all");
    }
    text.push_str(".\r\n250 OK\r\n");
    text.into_bytes()
}

fn entry(router: usize, random: &mut Random, text: &mut String) -> std::fmt::Result {
    let (identity, digest) = (random.base64(), random.base64());
    let address = random.below(1 << 16);
    let (high, low) = (address >> 8, address & 0xff);
    let bandwidth = random.below(90_000);
    write!(
        text,
        "r relay{router} {identity} {digest} 2038-01-01 00:00:00 10.{high}.{low}.{} 9001 0\r\n",
        router % 256
    )?;
    if random.below(2) == 0 {
        write!(text, "a [2001:db8:{high:x}::{low:x}]:9001\r\n")?;
    }
    let guard = ["", "Guard "][random.below(2)];
    write!(
        text,
        "s Fast {guard}Running Stable V2Dir Valid\r\nv Tor 0.4.9.11\r\n\
         pr Conflux=1 Cons=1-2 Desc=1-2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=1-2 \
         Link=1-5 LinkAuth=1,3 Microdesc=1-2 Relay=1-4\r\n\
         w Bandwidth={bandwidth}\r\np reject 1-65535\r\n"
    )
}

/// Numbers that look random and are the same in each run (Knuth's LCG).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// A digest of 20 bytes without padding.
    fn base64(&mut self) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        (0..27)
            .map(|_| char::from(DIGITS[self.below(64)]))
            .collect()
    }
}
