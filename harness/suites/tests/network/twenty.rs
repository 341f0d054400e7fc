//! Twenty tests that each start a network of their own: how long they take in all is what the runner says.

use tor_harness::prelude::*;
use tor_harness::runner::Test;

use crate::live::{Live, fetch, healthy, serve};

pub(crate) fn tests() -> Vec<Test> {
    (1..=20)
        .map(|number| {
            let name = format!("one of twenty: a page through network {number:02}");
            Test::new(name, |ctx: &Context| {
                let live = Live::own(ctx)?;
                let server = serve()?;
                fetch(&live.socks()?, server.address())?;
                healthy(live.network()?)
            })
        })
        .collect()
}
