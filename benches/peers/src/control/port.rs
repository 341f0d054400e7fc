//! A control port on loopback that says what it is told to say.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// Longer than it takes to fill a socket's buffers.
const PATIENCE: Duration = Duration::from_millis(200);

/// What to do when all is said.
#[derive(PartialEq, Eq)]
pub(crate) enum Then {
    HangUp,
    Stay,
}

/// Answers the commands of one controller, and says a load when it is told to.
pub(crate) struct ControlPort {
    address: SocketAddr,
    go: Sender<(Vec<u8>, Then)>,
    said: Receiver<()>,
    thread: JoinHandle<Result<()>>,
}

impl ControlPort {
    pub(crate) fn open() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let (go, load) = channel();
        let (say, said) = channel();
        let thread = std::thread::spawn(move || serve(&listener, &load, &say));
        Ok(Self {
            address,
            go,
            said,
            thread,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Has all of `bytes` said, and waits until they are in the socket or fill it.
    pub(crate) fn say(&self, bytes: &[u8], then: Then) -> Result<()> {
        self.go
            .send((bytes.to_vec(), then))
            .context("the control port is gone")?;
        // Those that do not fit are said while they are read.
        let _ = self.said.recv_timeout(PATIENCE);
        Ok(())
    }

    /// Waits until the controller has hung up as well.
    pub(crate) fn close(self) -> Result<()> {
        drop(self.go);
        self.thread.join().expect("the control port does not panic")
    }
}

fn serve(
    listener: &TcpListener,
    load: &Receiver<(Vec<u8>, Then)>,
    said: &Sender<()>,
) -> Result<()> {
    let (mut stream, _) = listener.accept()?;
    // Or the end of a load waits for the acknowledgment of an answer.
    stream.set_nodelay(true)?;
    let commands = BufReader::new(stream.try_clone()?);
    let mut answers = stream.try_clone()?;
    let answering = std::thread::spawn(move || {
        for command in commands.lines().map_while(Result::ok) {
            let answer: &[u8] = match command.as_str() {
                "GETINFO version" => b"250-version=0.4.9.11\r\n250 OK\r\n",
                _ => b"250 OK\r\n",
            };
            if answers.write_all(answer).is_err() {
                break;
            }
        }
    });
    if let Ok((load, then)) = load.recv() {
        stream.write_all(&load)?;
        if then == Then::HangUp {
            stream.shutdown(Shutdown::Write)?;
        }
        // Nobody may wait for it any more.
        let _ = said.send(());
    }
    answering.join().expect("answering does not panic");
    Ok(())
}
