//! Ending together with the parent.

use std::io;
use std::process;
use std::thread;

use crate::env;

/// If [`env::WITH_PARENT`] asks for it, ends this process when its standard input ends. Nothing is
/// dropped then, as with a signal; what the tests started has to notice that its owner is gone.
pub(crate) fn watch() -> io::Result<()> {
    if std::env::var_os(env::WITH_PARENT).is_none_or(|value| value != "1") {
        return Ok(());
    }
    thread::Builder::new()
        .name("parent".to_owned())
        .spawn(|| {
            // An error says the same as an end: nobody is there any more.
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            process::exit(1);
        })
        .map(drop)
}
