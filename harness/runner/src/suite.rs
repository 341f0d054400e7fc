//! A suite of tests as a program.

use std::cell::LazyCell;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use libtest_mimic::{Completion, Trial};

use crate::body::{self, Body};
use crate::context::Context;
use crate::events::{
    Event, Outcome, SuiteFinished, SuiteStarted, TestFinished, TestStarted, seconds,
};
use crate::failed::TestResult;
use crate::parent;
use crate::selection::Selection;
use crate::sink::Sink;

const DEFAULT_DEADLINE: Duration = Duration::from_secs(30);

/// What has to be true for a test to run here, or the reason why it is not.
type Requirement = Box<dyn FnOnce() -> Result<(), String>>;

/// A named collection of tests that is a program of its own: `main` returns [`Suite::main`].
#[must_use = "a suite does nothing before its `main`"]
pub struct Suite {
    name: String,
    requirements: Vec<Requirement>,
    deadline: Duration,
    tests: Vec<Test>,
}

/// One test, where a name and a body are not all there is to say.
#[must_use = "a test does nothing before it is added to a suite"]
pub struct Test {
    name: String,
    requirements: Vec<Requirement>,
    deadline: Option<Duration>,
    body: Body,
}

impl Suite {
    /// An empty suite.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            requirements: Vec::new(),
            deadline: DEFAULT_DEADLINE,
            tests: Vec::new(),
        }
    }

    /// What the whole suite needs; if it is an error, every test is skipped with that reason. Of
    /// several requirements the first that does not hold is the reason. They are asked also when the
    /// tests are only listed, so they should be cheap.
    pub fn requires(mut self, requirement: impl FnOnce() -> Result<(), String> + 'static) -> Self {
        self.requirements.push(Box::new(requirement));
        self
    }

    /// How long each test may take, its set-up included, unless it says otherwise; 30 seconds if
    /// not given.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Adds a test.
    pub fn test(
        self,
        name: impl Into<String>,
        body: impl FnOnce(&Context) -> TestResult + Send + 'static,
    ) -> Self {
        self.with(Test::new(name, body))
    }

    /// Adds a test that runs only where its requirement holds; see [`Test::requires`].
    pub fn test_if(
        self,
        name: impl Into<String>,
        requirement: impl FnOnce() -> Result<(), String> + 'static,
        body: impl FnOnce(&Context) -> TestResult + Send + 'static,
    ) -> Self {
        self.with(Test::new(name, body).requires(requirement))
    }

    /// Adds one test for each name and body.
    pub fn tests<N, B>(self, tests: impl IntoIterator<Item = (N, B)>) -> Self
    where
        N: Into<String>,
        B: FnOnce(&Context) -> TestResult + Send + 'static,
    {
        tests
            .into_iter()
            .fold(self, |suite, (name, body)| suite.test(name, body))
    }

    /// Adds a test.
    ///
    /// # Panics
    /// When the suite has a test of that name: filters could not tell them apart.
    pub fn with(mut self, test: Test) -> Self {
        assert!(
            self.tests.iter().all(|other| other.name != test.name),
            "suite {} has two tests named {}: give one another name",
            self.name,
            test.name
        );
        self.tests.push(test);
        self
    }

    /// Does what the command line says, as libtest would: lists the tests or runs them. It takes
    /// any number of filters.
    pub fn main(self) -> ExitCode {
        match self.run(Selection::from_command_line()) {
            Ok(code) => code,
            Err(error) => {
                let _ = writeln!(io::stderr(), "error: {error}");
                ExitCode::from(2)
            }
        }
    }

    fn run(self, selection: Selection) -> io::Result<ExitCode> {
        let listing = selection.is_listing();
        let sink = if listing {
            Sink::nowhere()
        } else {
            Sink::from_env()?
        };
        let suite = self.name.clone();
        let trials = self.into_trials(&sink, &selection);
        let (selected, arguments) = selection.of(&trials);
        if listing {
            return Ok(libtest_mimic::run(&arguments, trials).exit_code());
        }

        parent::watch()?;
        // What is skipped has its outcome and reason in its closure, so it runs like the rest.
        let trials = trials
            .into_iter()
            .map(|trial| trial.with_ignored_flag(false))
            .collect();
        let started = Instant::now();
        sink.emit(&Event::SuiteStarted(SuiteStarted {
            suite: suite.clone(),
            tests: selected,
        }))?;
        let conclusion = libtest_mimic::run(&arguments, trials);
        sink.emit(&Event::SuiteFinished(SuiteFinished {
            suite,
            passed: conclusion.num_passed,
            failed: conclusion.num_failed,
            skipped: conclusion.num_ignored,
            seconds: seconds(started.elapsed()),
        }))?;
        Ok(conclusion.exit_code())
    }

    /// A trial for each test. One that is filtered out is not asked what it requires.
    fn into_trials(self, sink: &Sink, selection: &Selection) -> Vec<Trial> {
        let whole = LazyCell::new(|| ask(self.requirements));
        self.tests
            .into_iter()
            .map(|test| {
                let required = if selection.may_select(&test.name) {
                    (*whole).clone().and_then(|()| ask(test.requirements))
                } else {
                    Ok(())
                };
                let deadline = test.deadline.unwrap_or(self.deadline);
                let context = Context::new(&self.name, &test.name, sink.clone());
                match required {
                    Ok(()) => trial(context, sink.clone(), deadline, test.body),
                    Err(reason) => skipped_trial(&context, sink.clone(), reason),
                }
            })
            .collect()
    }
}

impl Test {
    /// A test.
    pub fn new(
        name: impl Into<String>,
        body: impl FnOnce(&Context) -> TestResult + Send + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            requirements: Vec::new(),
            deadline: None,
            body: Box::new(body),
        }
    }

    /// What the test needs besides what its suite needs; if it is an error, the test is listed as
    /// ignored and skipped with that reason. Of several requirements the first that does not hold is
    /// the reason. They are asked also when the test is only listed, but never when it is filtered
    /// out.
    pub fn requires(mut self, requirement: impl FnOnce() -> Result<(), String> + 'static) -> Self {
        self.requirements.push(Box::new(requirement));
        self
    }

    /// How long the test may take, its set-up included.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }
}

/// The first reason why requirements do not hold.
fn ask(requirements: Vec<Requirement>) -> Result<(), String> {
    requirements
        .into_iter()
        .try_for_each(|requirement| requirement())
}

fn trial(context: Context, sink: Sink, deadline: Duration, body: Body) -> Trial {
    Trial::ignorable_test(context.name().to_owned(), move || {
        sink.emit(&Event::TestStarted(TestStarted {
            suite: context.suite().to_owned(),
            name: context.name().to_owned(),
        }))?;
        report(body::run(context, deadline, body), &sink)
    })
}

fn skipped_trial(context: &Context, sink: Sink, reason: String) -> Trial {
    let finished = TestFinished {
        reason: Some(reason),
        ..TestFinished::new(context.suite(), context.name(), Outcome::Skipped)
    };
    Trial::ignorable_test(context.name().to_owned(), move || report(finished, &sink))
        .with_ignored_flag(true)
}

/// Tells both readers how a test ended: the events and libtest-mimic.
fn report(finished: TestFinished, sink: &Sink) -> Result<Completion, libtest_mimic::Failed> {
    sink.emit(&Event::TestFinished(finished.clone()))?;
    match finished.outcome {
        Outcome::Passed => Ok(Completion::Completed),
        Outcome::Skipped => Ok(Completion::Ignored {
            reason: finished.reason,
        }),
        Outcome::Failed => {
            let mut text = finished.message.unwrap_or_default();
            for attachment in &finished.attachments {
                let _ = write!(
                    text,
                    "\n-- {} --\n{}",
                    attachment.name,
                    attachment.text.trim_end()
                );
            }
            Err(text.into())
        }
    }
}
