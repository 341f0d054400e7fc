//! The options of SETCONF, RESETCONF.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::arguments::{Arguments, word};
use crate::command::cursor::{Cursor, is_plain, key_end, pair_end};
use crate::problem::{ParseError, Problem};
use crate::quoted::{Escapes, quote, unquote};
use crate::reply::Setting;

/// `KEY`, `KEY=VALUE` and `KEY="VALUE"`, any number of them.
impl<'a> Arguments<'a> for Vec<Setting<'a>> {
    fn read(cursor: &mut Cursor<'a>) -> Result<Self, ParseError> {
        let mut settings = Vec::new();
        while !cursor.rest().is_empty() {
            settings.push(setting(cursor)?);
        }
        Ok(settings)
    }

    fn write(&self, line: &mut Vec<u8>) {
        for Setting { key, value } in self {
            word(key, line);
            let Some(value) = value else { continue };
            line.push(b'=');
            // A value is a word here: more has to be quoted than in a reply.
            let plain = |byte: &u8| is_plain(*byte) && *byte != b'\\';
            if value.iter().all(plain) {
                line.extend_from_slice(value);
            } else {
                quote(value, line);
            }
        }
    }
}

/// As with tor, a closing quote ends a value even where no space follows.
fn setting<'a>(cursor: &mut Cursor<'a>) -> Result<Setting<'a>, ParseError> {
    let rest = cursor.rest();
    let (key, after) = rest.split_at(key_end(rest));
    if key.is_empty() || !key.iter().copied().all(is_plain) {
        return Err(cursor.problem(Problem::Expected("an option's name"), key));
    }
    let (value, after) = match after.strip_prefix(b"=") {
        None => (None, after),
        Some(quoted) if quoted.starts_with(b"\"") => {
            let (value, after) =
                unquote(quoted, Escapes::C).map_err(|error| cursor.within(quoted, error))?;
            if value.contains(&0) {
                let quoted = &quoted[..quoted.len() - after.len()];
                return Err(cursor.problem(Problem::Expected("a value without NUL"), quoted));
            }
            (Some(value), after)
        }
        Some(plain) => {
            let (value, after) = plain.split_at(pair_end(plain));
            (Some(Cow::Borrowed(value)), after)
        }
    };
    cursor.go_on(after);
    Ok(Setting {
        key: Cow::Borrowed(cursor.text(key)?),
        value,
    })
}
