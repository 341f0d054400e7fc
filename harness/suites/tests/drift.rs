//! What tor offers, next to what is known here: differences are reported,
//! never a failure.

use std::process::ExitCode;

use tor_harness::runner::{Context, TestResult};
use tor_harness_suites::{Offers, drift, shared, suite};

fn main() -> ExitCode {
    suite("drift")
        .tests(
            Offers::ALL
                .iter()
                .map(|offers| (offers.key, move |ctx: &Context| check(ctx, offers))),
        )
        .main()
}

fn check(ctx: &Context, offers: &Offers) -> TestResult {
    let list = shared(ctx)?.client()?.get_info(offers.key)?;
    for name in offers.unknown(list.as_bytes())? {
        ctx.note("drift", drift("tor", offers.what, &name));
    }
    Ok(())
}
