//! Programs made with others' libraries: each authenticates, works, and says what it found.

use std::cell::LazyCell;
use std::path::PathBuf;
use std::process::Command;
use std::rc::Rc;

use tor_harness::prelude::*;
use tor_harness::runner::Test;
use tor_harness_suites::{client, finds, fixture, imports, installed};

/// A program made with a library.
#[derive(Clone, Copy)]
struct Program {
    library: &'static str,
    is_there: fn() -> bool,
    /// The command, without its arguments.
    command: fn() -> Command,
    /// The ways to authenticate that can be asked of it.
    methods: &'static [Method],
    /// What a fixture offers for one of them.
    auth: fn(Method) -> AuthConfig,
    /// The works that it knows, and what it says of each.
    works: [(&'static str, &'static [&'static str]); 3],
}

/// What a monitor does. A `*` stands for the rest of a line.
const LOOK: (&str, &[&str]) = (
    "look",
    &["version 0.4.*", "option 1", "circuits []", "event BW 0 0"],
);

/// What a settings dialogue does.
const CHANGE: (&str, &[&str]) = (
    "change",
    &["changed 700", "default 600", "mapped torproject.org"],
);

/// What an onion service does.
const SERVE: (&str, &[&str]) = (
    "serve",
    &[
        "address 56 key ED25519-V3",
        "listed 1",
        "left []",
        "again 1",
    ],
);

const PROGRAMS: [Program; 3] = [
    Program {
        library: "stem",
        is_there: || imports("stem"),
        command: || client("stem_client.py"),
        methods: &Method::ALL,
        auth: Method::auth,
        works: [LOOK, CHANGE, SERVE],
    },
    Program {
        library: "txtorcon",
        is_there: || imports("txtorcon"),
        command: || client("txtorcon_client.py"),
        // It takes the best that is offered.
        methods: &[Method::Null, Method::Password, Method::SafeCookie],
        auth: Method::auth,
        works: [LOOK, CHANGE, SERVE],
    },
    Program {
        library: "torut",
        is_there: || torut().exists(),
        command: || Command::new(torut()),
        methods: &Method::ALL,
        // It writes a blank as \40, which tor reads as 40.
        auth: |method| match method {
            Method::Password => AuthConfig::null().and_password("secret"),
            method => method.auth(),
        },
        works: [
            LOOK,
            ("change", &["changed 700", "without a value 10"]),
            (
                "serve",
                &["address 56 key ED25519-V3", "listed 1", "left []"],
            ),
        ],
    },
];

/// Each method on its own, then each work, authenticated by what the target offers.
pub(crate) fn tests() -> Vec<Test> {
    PROGRAMS.into_iter().flat_map(Program::tests).collect()
}

impl Program {
    fn tests(self) -> Vec<Test> {
        // Asked once, if at all: it can take a Python to know.
        let is_there = Rc::new(LazyCell::new(self.is_there));
        let by_method = self.methods.iter().map(|&method| {
            let name = format!("{}: {}", self.library, method.name());
            Test::new(name, move |ctx: &Context| {
                self.run(ctx, method.name(), method, LOOK)
            })
        });
        let by_work = self.works.into_iter().map(|work| {
            let name = format!("{}: any, {}", self.library, work.0);
            Test::new(name, move |ctx: &Context| {
                self.run(ctx, "any", Target::from_env()?.method, work)
            })
        });
        let all = by_method.chain(by_work).map(|test| {
            let is_there = Rc::clone(&is_there);
            test.requires(move || match **is_there {
                true => Ok(()),
                false => Err(format!(
                    "no client made with {}; run .ci/install",
                    self.library
                )),
            })
        });
        all.collect()
    }

    fn run(
        self,
        ctx: &Context,
        asked: &str,
        offered: Method,
        (work, expected): (&str, &[&str]),
    ) -> TestResult {
        let fixture = fixture(ctx, Some((self.auth)(offered)))?;
        let mut command = (self.command)();
        command.args([asked, work]);
        finds(&mut command, &fixture.announcement());
        let output = command.output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        if output.status.success() && is_as_expected(&said, expected) {
            return Ok(());
        }
        let (expected, complaints) = (expected.join("\n"), String::from_utf8_lossy(&output.stderr));
        let Self { library, .. } = self;
        Err(format!(
            "{library}: {}, expected\n{expected}\ngot\n{said}\n{complaints}",
            output.status
        )
        .into())
    }
}

fn is_as_expected(said: &str, expected: &[&str]) -> bool {
    let is_one = |(said, expected): (&str, &&str)| match expected.strip_suffix('*') {
        Some(start) => said.starts_with(start),
        None => said == *expected,
    };
    said.lines().count() == expected.len() && said.lines().zip(expected).all(is_one)
}

fn torut() -> PathBuf {
    installed("clients/debug/torut-client")
}
