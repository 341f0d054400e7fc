//! What one argument of a keyword line has to be like.

use core::fmt;

use crate::forms::Form;

/// One argument of a keyword line: its name in the specification, and its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Argument {
    /// The name, as the specification has it: `ORPort`.
    pub name: &'static str,
    /// What it has to be like.
    pub form: Form,
    /// How often it is there.
    pub count: Count,
}

/// How often an argument is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// Once.
    One,
    /// Once, or not at all.
    Optional,
    /// Any number of times.
    Any,
    /// Once or more often.
    Some,
}

impl Argument {
    /// An argument that has to be there.
    #[must_use]
    pub const fn one(name: &'static str, form: Form) -> Self {
        Self::new(name, form, Count::One)
    }

    /// An argument that may be there.
    #[must_use]
    pub const fn optional(name: &'static str, form: Form) -> Self {
        Self::new(name, form, Count::Optional)
    }

    /// All arguments that are left, if there are any.
    #[must_use]
    pub const fn any(name: &'static str, form: Form) -> Self {
        Self::new(name, form, Count::Any)
    }

    /// All arguments that are left, at least one.
    #[must_use]
    pub const fn some(name: &'static str, form: Form) -> Self {
        Self::new(name, form, Count::Some)
    }

    const fn new(name: &'static str, form: Form, count: Count) -> Self {
        Self { name, form, count }
    }
}

/// What is expected: `ORPort, a number from 0 to 65535`.
impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.form)
    }
}
