//! What an event is made of.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::subsequence;
use tor_harness_control::{Decoder, OwnedMessage, Reply, StatusCode};

use super::fields::Fields;
use crate::control::text::{bytes, data};

/// What an event is made of: a strategy for each of its fields, in the order of
/// the line.
pub(super) struct Shape {
    words: Vec<BoxedStrategy<String>>,
    required: usize,
    numbers: Vec<BoxedStrategy<u64>>,
    keywords: BoxedStrategy<String>,
    more: BoxedStrategy<Reply>,
}

impl Shape {
    /// An event of its name alone.
    pub(super) fn new() -> Self {
        // Any event may have more lines one day (section 4.1).
        let more = prop_oneof![
            9 => Just(Reply::event(NAME)),
            1 => (option::of(data()), bytes("[A-Z]{1,9}=[ -~]{0,20}")).prop_map(|(data, line)| {
                let reply = Reply::event("OK");
                let reply = match data {
                    Some(data) => reply.before_data(StatusCode::EVENT, NAME, data),
                    None => reply.before(StatusCode::EVENT, NAME),
                };
                reply.before(StatusCode::EVENT, line)
            }),
        ];
        Self {
            words: Vec::new(),
            required: 0,
            numbers: Vec::new(),
            keywords: Just(String::new()).boxed(),
            more: more.boxed(),
        }
    }

    /// Adds a word that has to be there.
    pub(super) fn word(mut self, word: impl Strategy<Value = String> + 'static) -> Self {
        self.words.push(word.boxed());
        self.required = self.words.len();
        self
    }

    /// Adds a word that may be missing, with those behind it.
    pub(super) fn optional(mut self, word: impl Strategy<Value = String> + 'static) -> Self {
        self.words.push(word.boxed());
        self
    }

    /// Adds a number.
    pub(super) fn number(mut self, number: impl Strategy<Value = u64> + 'static) -> Self {
        self.numbers.push(number.boxed());
        self
    }

    /// Has any of these keywords.
    pub(super) fn keywords<const N: usize>(
        self,
        keywords: [(&'static str, BoxedStrategy<String>); N],
    ) -> Self {
        let keywords = keywords.map(|(key, value)| value.prop_map(move |v| format!("{key}={v}")));
        let all = keywords.to_vec();
        let some = all.prop_flat_map(|all| {
            let count = 0..=all.len();
            subsequence(all, count)
        });
        self.rest(some.prop_map(|words| words.join(" ")))
    }

    /// Ends its first line with this.
    pub(super) fn rest(mut self, rest: impl Strategy<Value = String> + 'static) -> Self {
        self.keywords = rest.boxed();
        self
    }

    /// Has these lines behind the first, as those of another event.
    pub(super) fn more(mut self, more: impl Strategy<Value = Reply> + 'static) -> Self {
        self.more = more.boxed();
        self
    }

    /// Has a data block.
    pub(super) fn block(self) -> Self {
        self.more(
            data().prop_map(|data| Reply::event("OK").before_data(StatusCode::EVENT, NAME, data)),
        )
    }

    pub(super) fn fields(self) -> BoxedStrategy<Fields> {
        let count = self.required..=self.words.len();
        let fields = (self.words, count, self.numbers, self.keywords, self.more);
        let fields = fields.prop_map(|(mut words, count, numbers, keywords, more)| {
            words.truncate(count);
            Fields {
                words,
                numbers,
                keywords,
                more: message(&more),
            }
        });
        fields.boxed()
    }
}

/// The name of the event whose lines behind the first are taken.
pub(super) const NAME: &str = "DESCCHANGED";

fn message(reply: &Reply) -> OwnedMessage {
    let mut decoder = Decoder::new();
    decoder.push(&reply.encode());
    let message = decoder.next().expect("a good message");
    message.expect("a whole message").into_owned()
}
