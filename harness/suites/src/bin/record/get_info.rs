//! Everything that GETINFO knows without an argument, with some that it knows with one.

use anyhow::Result;

use crate::book::{Book, Setup};

/// Keys that `info/names` does not list as they are.
const MORE: &[&str] = &[
    "consensus/valid-after",
    "desc/name/moria1",
    "fingerprint",
    "ip-to-country/1.2.3.4",
    "ip-to-country/ipv4-available",
    "md/name/moria1",
    "net/listeners/control",
    "net/listeners/dir",
    "net/listeners/or",
    "net/listeners/socks",
    "ns/id/9695DFC35FFEB861329B9F1AB04C46397020CE31",
    "ns/name/moria1",
];

pub(crate) fn record(book: &mut Book) -> Result<()> {
    let setup = Setup::NULL;
    let tor = book.start(&setup)?;
    let mut client = tor.client()?;
    let names = client.get_info("info/names")?;
    let listed = names
        .lines()
        .filter_map(|line| line.split(" -- ").next())
        .filter(|key| !key.contains(['*', '<']));
    for key in listed.chain(MORE.iter().copied()) {
        let line = format!("GETINFO {key}");
        book.ask(path(key), &setup, &tor, &mut client, &line)?;
    }
    Ok(())
}

/// The file of a key.
fn path(key: &str) -> String {
    format!("control/getinfo/{}", key.replace('/', "-"))
}
