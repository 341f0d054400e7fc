//! Scripts out of TOML.

use std::num::NonZeroU64;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::places::Places;
use super::tables::{AnswerTable, ConnectionTable, EmitTable, File, OnTable};
use crate::plain_words::in_plain_words;
use crate::script::advice::advice;
use crate::script::answer::Answer;
use crate::script::builder::Script;
use crate::script::command::CommandPattern;
use crate::script::emit::{Emit, When, check_period};
use crate::script::error::{ScriptError, error_at};
use crate::script::event::known_event;
use crate::script::matcher::Condition;
use crate::script::on::{On, regex_of, unreachable_state};
use crate::script::place::Place;
use crate::script::values::{At, Time};

/// Reads a script.
pub(in crate::script) fn parse(text: &str, origin: &str) -> Result<Script, ScriptError> {
    // Some editors put a mark at the start, which is in no column.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let places = Places::new(text, origin);
    let file: File = toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or_default();
        let problem = explain(&in_plain_words(error.message()));
        places.show(error_at(places.of(&span))(problem), Some(&span))
    })?;
    let script = build(file, &places).map_err(|error| places.show(error, None))?;
    match &script.error {
        Some(error) => Err(places.show(error.clone(), None)),
        None => Ok(script),
    }
}

/// What toml says, and what was perhaps meant.
fn explain(message: &str) -> String {
    if message.contains("map, expected an array") {
        return format!(
            "{message}: a table of these is written [[on]], [[emit]] or [[connection]]"
        );
    }
    // "unknown field `a`, expected one of `b`, `c`"
    let mut names = message.split('`').skip(1).step_by(2);
    match names.next() {
        Some(name) if message.starts_with("unknown ") => {
            format!("{message}{}", advice(name, names))
        }
        _ => message.to_owned(),
    }
}

fn build(file: File, places: &Places<'_>) -> Result<Script, ScriptError> {
    let mut script = Script::new();
    script.strict = file.strict;
    script.strict_client = file.strict_client;
    script.whole = file.whole;
    script.quirks = file.quirks.into_iter().collect();
    let in_order = file.in_order.then(|| places.of(&(0..0)).to_string());
    for At { span, value } in file.on {
        let mut rule = on(value, &span, places)?;
        if rule.rule.order.is_none() {
            rule.rule.order.clone_from(&in_order);
        }
        script = script.on(rule);
    }
    for At { span, value } in file.emit {
        script = script.emit(emit(value, &span, places)?);
    }
    for ConnectionTable { number, faults } in file.connection {
        for At { span, value } in faults {
            script.add_connection(places.of(&span), number.map(NonZeroU64::get), value);
        }
    }
    Ok(script)
}

fn on(table: OnTable, span: &Range<usize>, places: &Places<'_>) -> Result<On, ScriptError> {
    let place = |at: &Range<usize>| places.of(at);
    let whole = place(span);
    let mut rule = On::at(whole.clone());
    if let Some(At { span, value }) = table.command {
        rule = rule.when(
            place(&span),
            CommandPattern::new(&value).map(Condition::Command),
        );
    }
    if let Some(key) = table.asks {
        rule = rule.asks(key);
    }
    if let Some(At { span, value }) = table.subscribes {
        rule = rule.when(place(&span), known_event(&value).map(Condition::Subscribes));
    }
    rule = match table.sets.as_deref().map(|sets| sets.split_once('=')) {
        None => rule,
        Some(Some((option, value))) => rule.sets_to(option, value),
        Some(None) => rule.sets(table.sets.unwrap_or_default()),
    };
    for argument in table.has.unwrap_or_default().0 {
        rule = rule.has(argument);
    }
    if let Some(At { span, value }) = table.line {
        rule = rule.when(place(&span), regex_of(&value).map(Condition::Line));
    }
    if let Some(At { span, value }) = table.data {
        rule = rule.when(place(&span), regex_of(&value).map(Condition::Data));
    }
    if rule.rule.matcher.conditions.is_empty() && rule.error.is_none() {
        let problem = "expected `command`, or another word about the command: `asks`, `subscribes`, \
                       `sets`, `has`, `line` or `data`";
        return Err(error_at(whole)(problem));
    }
    if let Some(number) = table.connection {
        rule = rule.connection(number.get());
    }
    if let Some(At { span, value }) = table.state {
        let error = unreachable_state(place(&span), &value);
        rule = rule.in_state_or(value, places.show(error, Some(&span)));
    }
    if let Some(state) = table.becomes {
        rule = rule.becomes(state);
    }
    rule.rule.times = table.times;
    rule.rule.order = table.order;
    let first = AnswerTable {
        reply: table.reply,
        no_reply: table.no_reply,
        delay: table.delay,
        hold: table.hold,
        release_after: table.release_after,
        close: table.close,
        faults: table.faults,
    };
    rule.rule.answers = vec![Arc::new(answer(first, whole.clone(), places)?)];
    for next in table.then {
        rule = rule.then(answer(next, whole.clone(), places)?);
    }
    Ok(rule)
}

fn answer(table: AnswerTable, whole: Place, places: &Places<'_>) -> Result<Answer, ScriptError> {
    let mut answer = Answer::as_tor();
    match table.reply {
        Some(_) if table.no_reply => {
            return Err(error_at(whole)(
                "expected at most one of `reply` and `no_reply`",
            ));
        }
        Some(At { span, value }) => answer.set_reply(places.of(&span), &value.0),
        None if table.no_reply => answer = Answer::nothing(),
        None => {}
    }
    answer.delay = table.delay.map_or(Duration::ZERO, |Time(time)| time);
    answer.hold = table.hold;
    if let Some(At { span, value }) = table.release_after {
        answer.set_release_after(places.of(&span), &value);
    }
    answer.close = table.close;
    for At { span, value } in table.faults {
        answer.add_fault(places.of(&span), value);
    }
    match answer.error.take() {
        Some(error) => Err(error),
        None => Ok(answer),
    }
}

fn emit(table: EmitTable, span: &Range<usize>, places: &Places<'_>) -> Result<Emit, ScriptError> {
    let when = match (table.at, table.after, table.every) {
        (Some(Time(time)), None, None) => When::At(time),
        (None, Some(At { span, value }), None) => {
            let pattern = CommandPattern::new(&value).map_err(error_at(places.of(&span)))?;
            When::After(pattern, Duration::ZERO)
        }
        (None, None, Some(At { span, value })) => {
            check_period(value.0).map_err(error_at(places.of(&span)))?;
            When::Every(value.0)
        }
        _ => {
            return Err(error_at(places.of(span))(
                "expected exactly one of `at`, `after` and `every`",
            ));
        }
    };
    let mut emit = Emit::new(places.of(&table.event.span), when, table.event.value.0);
    if let Some(At { span, value }) = table.delay {
        emit.set_delay(places.of(&span), value.0);
    }
    if let Some(data) = table.data {
        emit = emit.data(data);
    }
    if let Some(times) = table.times {
        emit = emit.times(times);
    }
    for At { span, value } in table.faults {
        emit.add_fault(places.of(&span), value);
    }
    Ok(emit)
}
