//! What a node of a network is for.

/// What a node of a network is for, in chutney's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// Votes, signs the consensus, and relays.
    Authority,
    /// An authority that bridges upload their descriptors to as well.
    BridgeAuthority,
    /// Relays, and lets nothing out.
    Relay,
    /// Relays, and lets streams out to loopback.
    Exit,
    /// A relay that the consensus does not list.
    Bridge,
    /// Builds circuits.
    Client,
    /// A client that offers an onion service of version 3.
    OnionService,
}

impl Role {
    /// Whether it is one of the directory authorities.
    #[must_use]
    pub const fn is_authority(self) -> bool {
        matches!(self, Self::Authority | Self::BridgeAuthority)
    }

    /// Whether the consensus lists it.
    #[must_use]
    pub const fn is_listed(self) -> bool {
        self.is_authority() || matches!(self, Self::Relay | Self::Exit)
    }

    /// Whether it has an ORPort.
    #[must_use]
    pub const fn relays(self) -> bool {
        self.is_listed() || matches!(self, Self::Bridge)
    }
}
