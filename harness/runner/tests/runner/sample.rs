//! The sample suites.

use std::sync::mpsc;
use std::time::Duration;

use tor_harness_runner::{Context, Suite, Test, TestResult};

/// The sample of that name.
pub(crate) fn suite(name: &str) -> Suite {
    match name {
        "good" => good(),
        "mixed" => mixed(),
        "unable" => good().requires(|| Err("no tor on PATH".to_owned())),
        "demanding" => demanding(),
        "hanging" => Suite::new("hanging")
            .deadline(Duration::from_secs(60))
            .test("hangs", hang),
        "twice" => good().test("passes", |_| Ok(())),
        other => panic!("no sample {other}"),
    }
}

fn good() -> Suite {
    Suite::new("good")
        .test("passes", |ctx| {
            ctx.attach("unused", || panic!("made although the test passed"));
            Ok(())
        })
        .test_if("possible", || Ok(()), |_| Ok(()))
        .test_if(
            "impossible",
            || Err("needs tor 0.5".to_owned()),
            |_| panic!("run"),
        )
        .tests(["one", "two"].map(|name| (format!("data_{name}"), |_: &Context| Ok(()))))
}

fn mixed() -> Suite {
    Suite::new("mixed")
        .test("passes", |_| Ok(()))
        .test("prepares", |ctx| {
            let value = ctx.setup(|| ctx.setup(|| spin(Duration::from_millis(20))));
            ctx.note("drift", format!("{} noted {value}", ctx.name()));
            Ok(())
        })
        .test("fails", |ctx| {
            ctx.attach("transcript", || ">> GETINFO\n<< 250 OK\n".to_owned());
            ctx.attach("broken", || panic!("no log"));
            let _: u16 = "x".parse()?;
            Ok(())
        })
        .test("says_so", |_| Err("plainly".into()))
        .test("panics", |ctx| {
            ctx.attach("log", || "last words".to_owned());
            panic!("it was {}", 7)
        })
        .with(Test::new("hangs", hang).deadline(Duration::from_millis(100)))
        .test("resigns", |ctx| ctx.skip("no such relay"))
        .test_if(
            "impossible",
            || Err("needs tor 0.5".to_owned()),
            |_| panic!("run"),
        )
}

/// Says on stderr which requirement is asked for.
#[expect(clippy::print_stderr, reason = "the parent reads it")]
fn demanding() -> Suite {
    let requires = |name: &'static str, holds: bool| {
        move || {
            eprintln!("asked: {name}");
            if holds { Ok(()) } else { Err(name.to_owned()) }
        }
    };
    Suite::new("demanding")
        .requires(requires("suite", true))
        .requires(requires("suite again", true))
        .with(
            Test::new("twice", |_| Ok(()))
                .requires(requires("first", false))
                .requires(requires("second", false)),
        )
        .test_if("once", requires("third", true), |_| Ok(()))
        .test("free", |_| Ok(()))
}

fn hang(ctx: &Context) -> TestResult {
    ctx.attach("stuck", || "here".to_owned());
    let (_sender, receiver) = mpsc::channel::<()>();
    ctx.setup(|| receiver.recv())?;
    Ok(())
}

/// Uses up time, so that some can be measured.
fn spin(time: Duration) -> u8 {
    let started = std::time::Instant::now();
    while started.elapsed() < time {
        std::hint::spin_loop();
    }
    1
}
