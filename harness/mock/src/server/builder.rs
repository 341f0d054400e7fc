//! How a mock is described.

use tor_harness_control::auth::AuthConfig;
use tor_harness_scratch::Folder;
use tor_harness_types::{Endpoint, Listen};

use super::error::MockError;
use super::files::Files;
use super::listen::listen;
use super::live::Live;
use super::mock::Mock;
use super::persona;
use super::socket::Listener;
use crate::port::{ControlPort, MAX_OUTPUT};
use crate::script::Script;
use crate::world::Random;

/// A mock that is to be started.
#[derive(Clone, Debug)]
#[must_use = "nothing listens until it is started"]
pub struct Builder {
    auth: AuthConfig,
    listen: Listen,
    script: Script,
    random: Random,
    max_output: usize,
    strict: bool,
    strict_client: bool,
    virtual_time: bool,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            auth: AuthConfig::null(),
            listen: Listen::default(),
            script: Script::new(),
            random: Random::System,
            max_output: MAX_OUTPUT,
            strict: false,
            strict_client: false,
            virtual_time: false,
        }
    }

    /// Who may connect; anyone, unless told.
    pub fn auth(mut self, auth: AuthConfig) -> Self {
        self.auth = auth;
        self
    }

    /// Where it listens; on a TCP port, unless told.
    pub fn listen(mut self, listen: impl Into<Listen>) -> Self {
        self.listen = listen.into();
        self
    }

    /// What it does otherwise than tor, and what it expects.
    pub fn script(mut self, script: Script) -> Self {
        self.script = script;
        self
    }

    /// Where its cookie and its nonces come from; the system, unless told.
    pub fn random(mut self, random: Random) -> Self {
        self.random = random;
        self
    }

    /// Drops a connection for which more than this many bytes wait; 64 MiB,
    /// unless told.
    pub fn max_output(mut self, bytes: usize) -> Self {
        self.max_output = bytes;
        self
    }

    /// Makes unexpected commands an expectation that is not met: those that
    /// neither the script answers nor the mock knows.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Makes each [`ClientRule`](crate::ClientRule) that a client breaks an
    /// expectation that is not met.
    pub fn strict_client(mut self) -> Self {
        self.strict_client = true;
        self
    }

    /// Lets time pass only where [`Mock::advance`] does; it passes by itself,
    /// unless told.
    pub fn virtual_time(mut self) -> Self {
        self.virtual_time = true;
        self
    }

    /// Starts it: once this returns, it can be connected to.
    ///
    /// # Errors
    /// If it cannot listen there, its folder cannot be made, or the script is
    /// wrong.
    pub fn start(self) -> Result<Mock, MockError> {
        let mut folder = Folder::create().map_err(MockError::Folder)?;
        let (listener, endpoint, control_port) = listen(&self.listen, &mut folder)?;
        self.make(folder, endpoint, control_port, Some(listener))
    }

    /// The same without a port and without a thread, in virtual time: only
    /// [`Mock::connect`] connects.
    ///
    /// # Errors
    /// If its folder cannot be made, or the script is wrong.
    pub fn in_memory(self) -> Result<Mock, MockError> {
        let folder = Folder::create().map_err(MockError::Folder)?;
        let path = folder.path().join("control").to_string_lossy().into_owned();
        let endpoint = Endpoint::Unix(path);
        let control_port = endpoint.to_string();
        self.virtual_time()
            .make(folder, endpoint, control_port, None)
    }

    fn make(
        self,
        folder: Folder,
        endpoint: Endpoint,
        control_port: String,
        listener: Option<Listener>,
    ) -> Result<Mock, MockError> {
        let persona = persona::of_this_process(folder.path(), endpoint.clone(), control_port);
        let mut port = ControlPort::new(persona, &self.auth, self.random, &self.script)?
            .max_output(self.max_output);
        if self.strict {
            port = port.strict();
        }
        if self.strict_client {
            port = port.strict_client();
        }
        let files = Files::new(folder, &port).map_err(MockError::Folder)?;
        let live = Live::new(port, self.virtual_time);
        Mock::new(endpoint, files, live, listener)
    }
}
