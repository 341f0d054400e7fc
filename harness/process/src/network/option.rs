//! Options of a running node that the harness sets for a moment.

use tor_harness_client::{Client, Error as ClientError};
use tor_harness_control::Command;
use tor_harness_control::reply::Setting;

use super::node::Node;
use crate::error::Error;

impl Node {
    /// Gives an option another value while something is done, then what it was set to.
    pub(super) fn with_option<T>(
        &self,
        option: &str,
        value: &str,
        done: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        let before = self.ask(|client| {
            let before = client.get_conf(option)?;
            set(client, option, vec![value.to_owned()])?;
            Ok(before)
        })?;
        let result = done();
        self.ask(|client| set(client, option, before))?;
        result
    }
}

/// Sets an option to what it is set to: tor does then what it does for each change.
pub(super) fn set_again(client: &mut Client, option: &str) -> Result<(), ClientError> {
    let values = client.get_conf(option)?;
    set(client, option, values)
}

/// Sets an option, whatever the answer.
fn set(client: &mut Client, option: &str, values: Vec<String>) -> Result<(), ClientError> {
    let setting = |value: Option<String>| Setting {
        key: option.to_owned().into(),
        value: value.map(|value| value.into_bytes().into()),
    };
    let settings = match values.is_empty() {
        true => vec![setting(None)],
        false => values.into_iter().map(|one| setting(Some(one))).collect(),
    };
    client.ask(&Command::SetConf(settings)).map(drop)
}
