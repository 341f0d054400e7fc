//! SETEVENTS with what it brings.

use std::process::ExitCode;

use tor_harness::prelude::*;
use tor_harness::require;
use tor_harness::runner::Test;
use tor_harness_suites::{conversations, shared, suite};

fn main() -> ExitCode {
    let onion = Test::new("onion descriptors can be listened to", |ctx: &Context| {
        let mut client = shared(ctx)?.client()?;
        for event in ["HS_DESC", "HS_DESC_CONTENT"] {
            if let Err(reason) = require::event(&mut client, event)? {
                return ctx.skip(reason);
            }
        }
        client.set_events(&["HS_DESC", "HS_DESC_CONTENT"])?;
        Ok(())
    });
    suite("events")
        .tests(conversations(include_str!("../conversations/events.txt")))
        .with(onion.requires(|| require::tor("0.3.2")))
        .main()
}
