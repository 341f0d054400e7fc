//! A proxy before tor that records what passes.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};
use tor_harness::mock::recording::Recorder;
use tor_harness::types::Endpoint;
use tor_harness_scratch::Folder;

use crate::socket::{Listener, Stream};

/// A proxy that listens, with a thread for each direction of a connection.
pub(crate) struct Proxy {
    endpoint: Endpoint,
    shared: Arc<Shared>,
    /// Owns the Unix socket that it listens on.
    _folder: Folder,
}

struct Shared {
    tor: Endpoint,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    recorder: Recorder,
    /// The clients' sides of all connections so far.
    clients: Vec<Stream>,
    threads: Vec<JoinHandle<()>>,
    /// Whether the recording is over.
    is_over: bool,
}

impl Proxy {
    /// Listens at an endpoint for clients of a tor at another.
    pub(crate) fn start(listen: &Endpoint, tor: &Endpoint) -> Result<Self> {
        let mut folder = Folder::create().context("making a folder")?;
        let (listener, endpoint) =
            Listener::open(listen, &mut folder).with_context(|| format!("--listen {listen}"))?;
        let shared = Arc::new(Shared {
            tor: tor.clone(),
            state: Mutex::default(),
        });
        let its = Arc::clone(&shared);
        thread::spawn(move || {
            // It ends with this process; what comes after the recording is refused.
            while let Ok(client) = listener.accept() {
                its.connect(client);
            }
        });
        Ok(Self {
            endpoint,
            shared,
            _folder: folder,
        })
    }

    /// Where it listens.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Hears every connection out: what clients have sent so far still gets its
    /// answer. Then gives what was recorded.
    pub(crate) fn finish(self) -> Recorder {
        let threads = {
            let mut state = self.shared.lock();
            state.is_over = true;
            for client in &state.clients {
                // It may be closed already.
                let _ = client.shutdown(Shutdown::Read);
            }
            std::mem::take(&mut state.threads)
        };
        for thread in threads {
            // A thread of ours does not panic, and would have nothing to add.
            let _ = thread.join();
        }
        std::mem::take(&mut self.shared.lock().recorder)
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins a client with tor; where that fails the client finds itself closed.
    fn connect(self: &Arc<Self>, client: Stream) {
        let mut state = self.lock();
        if state.is_over {
            return;
        }
        let connection = state.clients.len() as u64 + 1;
        let joined = Stream::connect(&self.tor).and_then(|tor| {
            Ok([
                (client.try_clone()?, tor.try_clone()?),
                (tor, client.try_clone()?),
            ])
        });
        let Ok([up, down]) = joined else { return };
        state.clients.push(client);
        let (for_up, for_down) = (Arc::clone(self), Arc::clone(self));
        state.threads.push(thread::spawn(move || {
            pass(up, |bytes| {
                let recorder = &mut for_up.lock().recorder;
                match bytes {
                    Some(bytes) => recorder.from_client(connection, bytes),
                    None => recorder.closed_by_client(connection),
                }
            });
        }));
        state.threads.push(thread::spawn(move || {
            pass(down, |bytes| {
                let recorder = &mut for_down.lock().recorder;
                match bytes {
                    Some(bytes) => recorder.from_tor(connection, bytes),
                    None => recorder.closed_by_tor(connection),
                }
            });
        }));
    }
}

/// Passes bytes on until there are no more. Each piece, and the end, is recorded
/// first, so that no answer comes before its question.
fn pass((mut from, mut to): (Stream, Stream), mut record: impl FnMut(Option<&[u8]>)) {
    let mut chunk = [0; 1 << 16];
    loop {
        let read = match from.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => 0,
        };
        let bytes = &chunk[..read];
        if bytes.is_empty() {
            break;
        }
        record(Some(bytes));
        if to.write_all(bytes).is_err() {
            break;
        }
    }
    record(None);
    // The other side learns that there is no more; it may be gone itself.
    let _ = to.shutdown(Shutdown::Write);
}
