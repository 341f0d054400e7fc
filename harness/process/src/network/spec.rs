//! What a node of a network should be.

use super::role::Role;
use crate::torrc::Extra;

/// What a node of a network should be: data, without a place.
#[derive(Clone, Debug)]
#[must_use = "a specification does nothing until its network is started"]
pub struct NodeSpec {
    pub(super) role: Role,
    pub(super) nickname: String,
    pub(super) lines: Vec<Extra>,
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) target: Option<u16>,
}

impl NodeSpec {
    /// A node of this role.
    pub fn new(role: Role, nickname: impl Into<String>) -> Self {
        Self {
            role,
            nickname: nickname.into(),
            lines: Vec::new(),
            files: Vec::new(),
            target: None,
        }
    }

    /// A directory authority.
    pub fn authority(nickname: impl Into<String>) -> Self {
        Self::new(Role::Authority, nickname)
    }

    /// A directory authority that bridges upload to as well.
    pub fn bridge_authority(nickname: impl Into<String>) -> Self {
        Self::new(Role::BridgeAuthority, nickname)
    }

    /// A relay that lets nothing out.
    pub fn relay(nickname: impl Into<String>) -> Self {
        Self::new(Role::Relay, nickname)
    }

    /// A relay that lets streams out to loopback.
    pub fn exit(nickname: impl Into<String>) -> Self {
        Self::new(Role::Exit, nickname)
    }

    /// A relay that the consensus does not list.
    pub fn bridge(nickname: impl Into<String>) -> Self {
        Self::new(Role::Bridge, nickname)
    }

    /// A client.
    pub fn client(nickname: impl Into<String>) -> Self {
        Self::new(Role::Client, nickname)
    }

    /// A client that offers an onion service: its port 80 is `target` of
    /// 127.0.0.1. Its folder is `service` in the node's.
    pub fn onion_service(nickname: impl Into<String>, target: u16) -> Self {
        Self {
            target: Some(target),
            ..Self::new(Role::OnionService, nickname)
        }
    }

    /// Adds a line to the torrc; `{dir}` stands for the node's folder.
    pub fn torrc_line(mut self, line: impl Into<String>) -> Self {
        let origin = format!(
            "torrc_line (addition {} of node {})",
            self.lines.len() + 1,
            self.nickname
        );
        self.lines.push(Extra {
            origin,
            text: line.into(),
        });
        self
    }

    /// Puts a file into the node's folder before the node starts, which only
    /// this user can read: `data/keys/...`, `service/authorized_clients/...`.
    pub fn file(mut self, path: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((path.into(), contents.into()));
        self
    }
}
