//! A reply to `GETINFO ns/all` as long as that of the public network.

use std::fmt::Write as _;

use crate::random::Random;
use crate::relay::{Relay, base64, digest};

/// About as many as the public network has relays.
const ROUTERS: usize = 7_000;

/// The reply: entries of the form that a consensus has, with made-up relays.
///
/// The same bytes each time. A tor leaves out the lines `v` and `pr`; they
/// are here for the length of 2.4 MB that others were measured with.
pub(crate) fn reply() -> Vec<u8> {
    let mut random = Random::new(1);
    let mut text = String::from("250+ns/all=\r\n");
    for router in 0..ROUTERS {
        entry(router, &mut random, &mut text).expect("a String takes all");
    }
    text.push_str(".\r\n250 OK\r\n");
    text.into_bytes()
}

fn entry(router: usize, random: &mut Random, text: &mut String) -> std::fmt::Result {
    let relay = Relay::made_of(random);
    let (identity, digest) = (base64(&relay.identity), digest::<20>(random));
    let Relay {
        ipv4, bandwidth, ..
    } = relay;
    write!(
        text,
        "r relay{router} {identity} {digest} 2038-01-01 00:00:00 {ipv4} 9001 0\r\n{}",
        relay.a_line("\r\n")
    )?;
    let guard = ["", "Guard "][random.below(2)];
    write!(
        text,
        "s Fast {guard}Running Stable V2Dir Valid\r\nv Tor 0.4.9.11\r\n\
         pr Conflux=1 Cons=1-2 Desc=1-2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=1-2 \
         Link=1-5 LinkAuth=1,3 Microdesc=1-2 Relay=1-4\r\n\
         w Bandwidth={bandwidth}\r\np reject 1-65535\r\n"
    )
}
