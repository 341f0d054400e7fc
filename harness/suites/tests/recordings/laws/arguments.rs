//! The arguments that a line may lack.

use tor_harness::control::{Argument, Keywords, quote};
use tor_harness::runner::Failed;

/// The arguments alone give the text that they were read from: each is written plain, or in quotes where it came so.
pub(crate) fn arguments(keywords: Keywords<'_>) -> Result<(), Failed> {
    let mut rest = keywords.as_str();
    for argument in keywords.iter() {
        let after = match &argument {
            Argument::Word(word) => rest.strip_prefix(word),
            Argument::Keyword(key, value) => rest
                .strip_prefix(key)
                .and_then(|rest| rest.strip_prefix('='))
                .and_then(|rest| match rest.starts_with('"') {
                    true => rest.strip_prefix(&quoted(value)),
                    false => rest.strip_prefix(&**value),
                }),
        };
        let after = after.ok_or_else(|| format!("{rest} does not start with {argument:?}"))?;
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    match rest {
        "" => Ok(()),
        _ => Err(format!("{rest} is in no argument of {}", keywords.as_str()).into()),
    }
}

fn quoted(value: &str) -> String {
    let mut out = Vec::new();
    quote(value.as_bytes(), &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
