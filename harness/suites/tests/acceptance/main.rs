//! What a real tor takes for proved, beside what is verified here.
//!
//! Documents are recorded ones with flipped bits, and such of a relay of our own whose
//! signatures are at the edge of what a signature can be; a consensus of authorities of our own;
//! each way of being wrong that `tor-strategies` has a name for.

mod ballot;
mod base64;
mod cache;
mod case;
mod draft;
mod ed25519;
mod flips;
mod judge;
mod rsa;
mod time;
mod visitor;
mod ways;

use std::process::ExitCode;

use tor_harness::netdoc::Flavor;
use tor_harness::process::find_tor;
use tor_harness::runner::Suite;

fn main() -> ExitCode {
    let suite = Suite::new("acceptance")
        .requires(|| find_tor().map(drop).map_err(|error| error.to_string()));
    suite
        .tests(flips::tests())
        .with(ways::test())
        .test("a flipped consensus, flipped certificates: ns", |_| {
            cache::check(Flavor::Ns)
        })
        .test(
            "a flipped consensus, flipped certificates: microdesc",
            |_| cache::check(Flavor::Microdesc),
        )
        .test("edges of ed25519", |_| ed25519::check())
        .test("edges of RSA", |_| rsa::check())
        .test("base64 that tor alone takes", |_| base64::check())
        .main()
}
