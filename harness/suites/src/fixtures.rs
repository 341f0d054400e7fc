//! Fixtures inside a test: timed apart, and shown when the test fails.

use std::sync::Arc;

use tor_harness::control::auth::AuthConfig;
use tor_harness::runner::{Context, Failed, Suite};
use tor_harness::{Fixture, Kind, Target};

use crate::namespace;

/// A suite that runs on the target the environment names. What it needs a network for happens in
/// an empty network namespace, where the machine's own cannot be reached: the program starts again
/// there.
pub fn suite(name: &str) -> Suite {
    let place = match Target::from_env() {
        Ok(target) if target.kind == Kind::Network => namespace::enter(),
        _ => Ok(()),
    };
    Suite::new(name)
        .requires(Target::available)
        .requires(move || place)
}

/// A fixture of the test's own, with the target's options.
///
/// # Errors
/// If it does not start.
pub fn own(ctx: &Context) -> Result<Arc<Fixture>, Failed> {
    fixture(ctx, None)
}

/// A fixture that other tests may use at the same time, for a test that only
/// reads.
///
/// # Errors
/// If it does not start.
pub fn shared(ctx: &Context) -> Result<Arc<Fixture>, Failed> {
    let fixture = ctx.setup(Fixture::shared)?;
    attach(ctx, &fixture);
    Ok(fixture)
}

/// A fixture of the test's own, with other ways to authenticate than the
/// target's where some are given.
///
/// # Errors
/// If it does not start.
pub fn fixture(ctx: &Context, auth: Option<AuthConfig>) -> Result<Arc<Fixture>, Failed> {
    let fixture = ctx.setup(|| {
        let builder = Fixture::builder()?;
        match auth {
            Some(auth) => builder.auth(auth).start(),
            None => builder.start(),
        }
    });
    let fixture = Arc::new(fixture?);
    attach(ctx, &fixture);
    Ok(fixture)
}

fn attach(ctx: &Context, fixture: &Arc<Fixture>) {
    let fixture = Arc::clone(fixture);
    ctx.attach("the fixture's log", move || fixture.log());
}
