//! The running network with the book that it is written into.

use std::fs;
use std::net::TcpListener;

use anyhow::{Context as _, Result};
use tor_harness::client::Client;
use tor_harness::control::OwnedMessage;
use tor_harness::fixtures::Kind;
use tor_harness::process::{Node, TestNetwork};

use super::nodes;
use crate::book::{Book, Recording};
use crate::http::Request;

/// The running network with the book that it is written into.
pub(super) struct Session<'b> {
    pub(super) book: &'b mut Book,
    pub(super) network: TestNetwork,
    /// Where the onion services and the streams of the client lead: connections
    /// are made, and nobody answers.
    target: TcpListener,
}

impl<'b> Session<'b> {
    pub(super) fn start(book: &'b mut Book) -> Result<Self> {
        let target = TcpListener::bind("127.0.0.1:0")?;
        let network = nodes::network(target.local_addr()?.port())
            .executable(book.executable())
            .launch()?;
        for node in network.nodes() {
            let setup = nodes::setup(node.nickname());
            book.note_setup(setup, &mut node.tor().client()?, node.tor().folder())?;
        }
        Ok(Self {
            book,
            network,
            target,
        })
    }

    /// The port of 127.0.0.1 where streams lead.
    pub(super) fn target(&self) -> Result<u16> {
        Ok(self.target.local_addr()?.port())
    }

    /// One of the nodes.
    pub(super) fn node(&self, nickname: &str) -> Result<&Node> {
        self.network
            .node(nickname)
            .with_context(|| format!("the network has no node {nickname}"))
    }

    /// A control connection to one of the nodes.
    pub(super) fn client(&self, nickname: &str) -> Result<Client> {
        Ok(self.node(nickname)?.tor().client()?)
    }

    /// What an authority answers to a request that it can answer.
    pub(super) fn fetch(&self, nickname: &str, request: &Request) -> Result<Vec<u8>> {
        request.fetch(self.dir_address(nickname)?)
    }

    pub(super) fn dir_address(&self, nickname: &str) -> Result<std::net::SocketAddrV4> {
        let address = self.node(nickname)?.dir_address();
        address.with_context(|| format!("{nickname} has no DirPort"))
    }

    /// Records bytes that came from a node.
    pub(super) fn add(
        &mut self,
        nickname: &str,
        path: impl Into<String>,
        kind: Kind,
        command: impl Into<String>,
        bytes: Vec<u8>,
    ) -> Result<()> {
        let folder = self.node(nickname)?.tor().folder().to_owned();
        let recording = Recording {
            kind,
            command: command.into(),
            setup: nodes::setup(nickname),
            bytes,
        };
        self.book.add(path, &folder, recording)
    }

    /// Records the answer of an authority to a request; gives it as well.
    pub(super) fn get(
        &mut self,
        nickname: &str,
        path: impl Into<String>,
        kind: Kind,
        request: &Request,
    ) -> Result<String> {
        let bytes = self.fetch(nickname, request)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.add(nickname, path, kind, request.command(), bytes)?;
        Ok(text)
    }

    /// Records the value of a GETINFO key as the document that it is; gives it as well.
    pub(super) fn info(
        &mut self,
        nickname: &str,
        path: impl Into<String>,
        kind: Kind,
        key: &str,
    ) -> Result<String> {
        let value = self.client(nickname)?.get_info(key)?;
        self.add(
            nickname,
            path,
            kind,
            format!("GETINFO {key}"),
            value.clone().into(),
        )?;
        Ok(value)
    }

    /// Records a file in a node's folder.
    pub(super) fn file(
        &mut self,
        nickname: &str,
        path: &str,
        kind: Kind,
        file: &str,
    ) -> Result<()> {
        let place = self.node(nickname)?.tor().folder().join(file);
        let bytes = fs::read(&place).with_context(|| format!("{}", place.display()))?;
        self.add(nickname, path, kind, format!("the file {file}"), bytes)
    }

    /// Ends the network, and says what went wrong with a node.
    pub(super) fn end(self) -> Result<()> {
        Ok(self.network.stop()?)
    }
}

/// Sends a line that has to be answered well.
pub(super) fn ask(client: &mut Client, line: &str) -> Result<OwnedMessage> {
    let reply = client.ask_line(line)?;
    anyhow::ensure!(
        reply.as_message().last().status.is_positive(),
        "{line}: {reply:?}"
    );
    Ok(reply)
}
