//! A control port without its sockets.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use tor_harness_control::auth::AuthConfig;

use crate::connection::ConnectionId;
use crate::received::Received;
use crate::recording::Replay;
use crate::script::{EventError, On, Report, Script, ScriptError, Unmet, emit_written};
use crate::session::Session;
use crate::timers::Timers;
use crate::transcript::Transcript;
use crate::wire::Gate;
use crate::world::{Persona, Random, World};

/// How much may wait for one connection, in bytes, unless told.
pub(crate) const MAX_OUTPUT: usize = 64 << 20;

/// A control port: any number of connections and what they share.
///
/// It reads, writes, waits and asks nothing: bytes and the time go in, bytes
/// come out. The time is that since its start. The same bytes at the same
/// times give the same answers where [`Random::Seed`] is used.
///
/// ```
/// use std::time::Duration;
/// use tor_harness_mock::{AuthConfig, ControlPort, Persona, Random, Script};
///
/// let mut port = ControlPort::new(
///     Persona::default(),
///     &AuthConfig::null(),
///     Random::Seed(1),
///     &Script::new(),
/// )?;
/// let id = port.open();
/// let now = Duration::from_secs(5);
/// port.receive(id, b"AUTHENTICATE\r\nGETINFO uptime\r\n", now);
/// assert_eq!(port.take_output(id), b"250 OK\r\n250-uptime=5\r\n250 OK\r\n");
/// # Ok::<(), tor_harness_mock::ScriptError>(())
/// ```
#[derive(Debug)]
pub struct ControlPort {
    world: World,
    origin: Origin,
    sessions: BTreeMap<ConnectionId, Session>,
    transcript: Transcript,
    last_id: u64,
    max_output: usize,
    /// Whether this tor has ended, and every connection with it.
    has_ended: bool,
    /// Connections that have something to send, or are to be closed.
    ready: BTreeSet<ConnectionId>,
    timers: Timers,
}

/// What a world was made of, besides who it says it is.
#[derive(Debug)]
struct Origin {
    auth: AuthConfig,
    random: Random,
    script: Script,
}

impl ControlPort {
    /// A port without connections.
    ///
    /// # Errors
    /// If the script is wrong.
    pub fn new(
        persona: Persona,
        auth: &AuthConfig,
        random: Random,
        script: &Script,
    ) -> Result<Self, ScriptError> {
        let mut world = World::new(persona, auth, random);
        world.play(script)?;
        Ok(Self {
            world,
            origin: Origin {
                auth: auth.clone(),
                random,
                script: script.clone(),
            },
            sessions: BTreeMap::new(),
            transcript: Transcript::default(),
            last_id: 0,
            max_output: MAX_OUTPUT,
            has_ended: false,
            ready: BTreeSet::new(),
            timers: Timers::default(),
        })
    }

    /// Drops a connection for which more than this many bytes wait.
    #[must_use]
    pub fn max_output(mut self, bytes: usize) -> Self {
        self.max_output = bytes;
        self
    }

    /// Makes unexpected commands an expectation that is not met: those that
    /// neither the script answers nor this port knows.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.origin.script = self.origin.script.strict();
        self.world.playbook.strict();
        self
    }

    /// Makes each rule that a client breaks an expectation that is not met.
    #[must_use]
    pub fn strict_client(mut self) -> Self {
        self.origin.script = self.origin.script.strict_client();
        self.world.playbook.strict_client();
        self
    }

    /// Plays another script as well: its rules stand before those that are
    /// there, and its faults hold for connections that are open, too.
    ///
    /// # Errors
    /// If the script is wrong: nothing of it is played.
    pub fn play(&mut self, script: &Script) -> Result<(), ScriptError> {
        self.world.play(script)?;
        for (id, session) in &mut self.sessions {
            session.add_faults(script.faults_of(*id));
        }
        Ok(())
    }

    /// Lets the answers to a command wait until they are
    /// [released](Self::release) by a name. They are tor's own, unless a script
    /// played later has others.
    ///
    /// # Errors
    /// If it is no command, as `GETINFO version` or `SETEVENTS *`.
    #[track_caller]
    pub fn hold(&mut self, command: &str, name: &str) -> Result<(), ScriptError> {
        self.play(&Script::new().on(On::held(command, name)))
    }

    /// Sends the answers that wait under a name, and lets later ones through:
    /// how many have waited. What [`hold`](Self::hold) did under it is undone.
    pub fn release(&mut self, name: &str) -> usize {
        let gates = self.world.playbook.release(name);
        let released = self.open_gates(&gates);
        self.settle();
        released
    }

    /// A controller connects by a way that has no address, as a Unix socket.
    /// Where this tor [has ended](Self::has_ended), the connection is closed
    /// already.
    pub fn open(&mut self) -> ConnectionId {
        self.open_for(None)
    }

    /// The same over TCP, from this address: events tell it.
    pub fn open_from(&mut self, peer: SocketAddr) -> ConnectionId {
        self.open_for(Some(peer))
    }

    fn open_for(&mut self, peer: Option<SocketAddr>) -> ConnectionId {
        self.last_id += 1;
        let id = ConnectionId(self.last_id);
        self.transcript.note(id, self.world.now, "opened");
        self.world.welcome(id, peer);
        let mut session = Session::new(id, &self.world, self.max_output);
        if self.has_ended {
            session.cut();
        }
        self.sessions.insert(id, session);
        id
    }

    /// Bytes come from a controller, in any pieces.
    pub fn receive(&mut self, id: ConnectionId, bytes: &[u8], now: Duration) {
        self.handle_timeout(now);
        if let Some(session) = self.sessions.get_mut(&id) {
            session.receive(&mut self.world, &mut self.transcript, bytes);
            self.touch(id);
        }
        self.settle();
        // A command can make something due at once.
        self.handle_timeout(now);
    }

    /// What is to be sent to a controller, in order; each byte is given once.
    pub fn take_output(&mut self, id: ConnectionId) -> Vec<u8> {
        self.ready.remove(&id);
        self.sessions
            .get_mut(&id)
            .map(Session::take_output)
            .unwrap_or_default()
    }

    /// Whether the port has closed a connection: once its output is sent,
    /// nothing more comes.
    #[must_use]
    pub fn is_closed(&self, id: ConnectionId) -> bool {
        self.sessions.get(&id).is_none_or(Session::is_closed)
    }

    /// Whether a connection that [is closed](Self::is_closed) ends with a reset:
    /// over TCP the other side is to see a RST.
    #[must_use]
    pub fn is_reset(&self, id: ConnectionId) -> bool {
        self.sessions.get(&id).is_some_and(Session::is_reset)
    }

    /// The controller has closed the connection, or it is lost.
    pub fn close(&mut self, id: ConnectionId) {
        if self.sessions.remove(&id).is_some() {
            self.transcript.note(id, self.world.now, "closed");
            self.ready.remove(&id);
            self.timers.set(id, None);
            self.world.forget(id);
            self.settle();
        }
    }

    /// Closes a connection from this side, once its output is sent; whether it
    /// was open.
    pub fn disconnect(&mut self, id: ConnectionId) -> bool {
        if self.is_closed(id) {
            return false;
        }
        self.cut(id);
        self.settle();
        true
    }

    /// Closes every connection so; how many were open.
    pub fn disconnect_all(&mut self) -> usize {
        let ids: Vec<_> = self.sessions.keys().copied().collect();
        ids.into_iter().filter(|id| self.disconnect(*id)).count()
    }

    /// Becomes as it was at its start: the options, what the script has counted,
    /// the transcript, the time. The cookie stays; every connection is closed.
    pub fn reset(&mut self) {
        let Origin {
            auth,
            random,
            script,
        } = &self.origin;
        let cookie = self.world.offer.cookie.take();
        let persona = self.world.persona.clone();
        self.world = World::new(persona, auth, *random);
        // It was right at the start, and is so now.
        let _ = self.world.play(script);
        if cookie.is_some() {
            self.world.offer.cookie = cookie;
        }
        self.has_ended = false;
        // Only now: the end of an owner would end this tor.
        self.disconnect_all();
        self.transcript = Transcript::default();
    }

    /// The time at which something happens by itself, if ever.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Duration> {
        let due = self.timers.first().map(|(due, _)| due);
        let script = self.world.playbook.poll_timeout();
        let world = self.world.poll_timeout();
        due.into_iter().chain(script).chain(world).min()
    }

    /// Lets the time come to `now`, with all that happens on the way.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.handle_some(now, usize::MAX);
    }

    /// The same, until so many things have happened, counted for each connection: the time has not
    /// come to `now` then.
    pub(crate) fn handle_some(&mut self, now: Duration, most: usize) {
        let mut left = most;
        while let Some(due) = self.poll_timeout().filter(|due| *due <= now) {
            if left == 0 {
                return;
            }
            left = left.saturating_sub(1 + self.sessions.len());
            self.world.now = self.world.now.max(due);
            self.world.handle_timeout();
            self.world
                .playbook
                .handle_timeout(self.world.now, &mut self.world.events);
            self.send_due();
            self.settle();
        }
        self.world.now = self.world.now.max(now);
    }

    /// Sends an event to those who are subscribed to it: `BW 1 2`; lines of one
    /// event end in LF, but for the last.
    ///
    /// # Errors
    /// If no recorded tor has such an event.
    pub fn emit(&mut self, event: &str) -> Result<(), EventError> {
        emit_written(event, &mut self.world.events)?;
        self.settle();
        Ok(())
    }

    /// Whether this tor has ended: by SIGNAL, or with its owner.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Whether everything that the script expects has come so far, and nothing
    /// that must not.
    ///
    /// # Errors
    /// What has not, what came instead, and what else there is to tell.
    pub fn verify(&self) -> Result<(), Unmet> {
        let report = self.report();
        if report.is_met() {
            Ok(())
        } else {
            Err(Unmet(Box::new(report)))
        }
    }

    /// What has come so far, against what is expected: there may be something
    /// to tell though every expectation is met.
    #[must_use]
    pub fn report(&self) -> Report {
        let World {
            playbook,
            client_faults,
            replay,
            ..
        } = &self.world;
        let report = playbook.report(&self.transcript, client_faults);
        report.and_replay(replay.as_ref().map(Replay::differences))
    }

    /// Every line in and out so far, with its connection and its time in
    /// seconds; the last ten thousand.
    #[must_use]
    pub fn transcript(&self) -> String {
        self.transcript.to_string()
    }

    /// Every command that came so far; the last ten thousand, or the last
    /// 4 MiB where those are less.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        self.transcript.commands.to_vec()
    }

    /// The content of the cookie's file, where the cookie authenticates.
    #[must_use]
    pub fn cookie(&self) -> Option<&[u8; 32]> {
        let (cookie, _) = self.world.offer.cookie.as_ref()?;
        Some(cookie.as_bytes())
    }

    /// The files whose content has changed since this was last asked: each
    /// path, in or out of the [`Persona`]'s folder, with the whole content. What
    /// SAVECONF writes is among them, and the cookie that an option asks for.
    /// They are to be written before a reply is sent.
    pub fn take_files(&mut self) -> BTreeMap<String, Vec<u8>> {
        std::mem::take(&mut self.world.files)
    }

    /// The time that has come so far.
    pub(crate) fn now(&self) -> Duration {
        self.world.now
    }

    /// The folder that is this tor's own.
    pub(crate) fn folder(&self) -> &str {
        &self.world.persona.folder
    }

    /// The content of the torrc that this tor has read.
    pub(crate) fn torrc(&self) -> Vec<u8> {
        self.world.config.text()
    }

    /// How much there is for [`ControlPort::take_output`].
    pub(crate) fn output_len(&self, id: ConnectionId) -> usize {
        self.sessions.get(&id).map_or(0, Session::output_len)
    }

    /// Whether the port has given a connection up, and what was to be sent.
    pub(crate) fn is_dropped(&self, id: ConnectionId) -> bool {
        self.sessions.get(&id).is_none_or(Session::is_dropped)
    }

    /// The next connection that may have something to send or to be closed.
    pub(crate) fn next_ready(&mut self) -> Option<ConnectionId> {
        self.ready.pop_first()
    }

    /// Delivers events until there are no more, then ends what is to end.
    fn settle(&mut self) {
        loop {
            let opened = self.world.playbook.take_opened();
            self.open_gates(&opened);
            for (hearers, event) in self.world.events.take() {
                for id in hearers {
                    if let Some(session) = self.sessions.get_mut(&id) {
                        session.deliver(&self.world, &mut self.transcript, &event);
                        self.touch(id);
                    }
                }
            }
            // tor closes streams before it looks at signals.
            if !self.world.settle_streams() && !self.world.take_signals() {
                break;
            }
        }
        if self.world.ended && !self.has_ended {
            self.has_ended = true;
            let ids: Vec<_> = self.sessions.keys().copied().collect();
            for id in ids {
                self.cut(id);
            }
        }
    }

    fn cut(&mut self, id: ConnectionId) {
        if let Some(session) = self.sessions.get_mut(&id) {
            session.cut();
        }
        self.touch(id);
    }

    /// Opens gates on all connections: how many answers have waited at them.
    fn open_gates(&mut self, gates: &[Gate]) -> usize {
        if gates.is_empty() {
            return 0;
        }
        let mut released = 0;
        let ids: Vec<_> = self.sessions.keys().copied().collect();
        for id in ids {
            if let Some(session) = self.sessions.get_mut(&id) {
                for gate in gates {
                    released += session.release(&self.world, &mut self.transcript, *gate);
                }
                self.touch(id);
            }
        }
        released
    }

    /// Lets the connections go on whose time has come.
    fn send_due(&mut self) {
        let now = self.world.now;
        while let Some((_, id)) = self.timers.first().filter(|(due, _)| *due <= now) {
            if let Some(session) = self.sessions.get_mut(&id) {
                session.advance(&self.world, &mut self.transcript);
            }
            self.touch(id);
        }
    }

    /// Something has happened on a connection: it may have something to send,
    /// now or later, and it may be closed.
    fn touch(&mut self, id: ConnectionId) {
        self.ready.insert(id);
        let due = self.sessions.get(&id).and_then(Session::due);
        self.timers.set(id, due);
        // A closed connection hears of nothing more, and may have been the owner.
        if self.is_closed(id) {
            self.world.forget(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_the_port_each_connection_is_closed_once() {
        let auth = AuthConfig::null();
        let (persona, script) = (Persona::default(), Script::new());
        let mut port = ControlPort::new(persona, &auth, Random::Seed(1), &script).unwrap();
        let ids: Vec<_> = (0..3).map(|_| port.open()).collect();
        let ready = |port: &mut ControlPort| std::iter::from_fn(|| port.next_ready()).count();
        port.receive(ids[0], b"AUTHENTICATE\r\nSIGNAL HALT\r\n", Duration::ZERO);
        assert!(ids.iter().all(|id| port.is_closed(*id)));
        assert_eq!(ready(&mut port), 3);
        port.close(ids[0]);
        assert_eq!(ready(&mut port), 0);
    }
}
