//! A private network of tors that vote: its documents, its events.

mod bandwidth;
mod documents;
mod events;
mod files;
mod nodes;
mod onion;
mod session;
mod traffic;
mod wait;
mod window;

use anyhow::Result;

use crate::book::Book;
use session::Session;

/// Records a network, from its first consensus until an authority has ended.
pub(crate) fn record(book: &mut Book) -> Result<()> {
    let mut session = Session::start(book)?;
    let mut events = events::Subscriptions::new(&session)?;
    bandwidth::write(&session)?;
    session.network.wait_for_consensus()?;
    let first = documents::consensuses(&mut session, "first", None)?;
    let traffic = traffic::make(&session, &mut events)?;
    onion::record(&mut session)?;
    let valid_after = window::record(&mut session)?;
    documents::record(&mut session, &valid_after, &first)?;
    traffic.end()?;
    events.record(&mut session)?;
    files::record(&mut session)?;
    session.end()
}
