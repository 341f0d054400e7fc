//! The STATUS events.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::event::{
    AddressMethod, Badness, BootstrapTag, ClientProtocol, EventCode, PortResult, ServerState,
    SkewSource, StatusAction, VersionReason,
};
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::value::OrReason;
use crate::words::words;

/// STATUS_GENERAL, STATUS_CLIENT or STATUS_SERVER: something that a user or
/// an operator may want to know (section 4.1.10).
///
/// `GETINFO status/bootstrap-phase` has a line of the same form, without the
/// name. Each method below says which actions have its argument; any action
/// may lack it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Status<'a> {
    /// Which of the three, or the misspelt STATUS_SEVER of old tors.
    pub code: EventCode<'a>,
    /// How bad it is.
    pub severity: Severity<'a>,
    /// What it is.
    pub action: StatusAction<'a>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// How bad a status is.
    Severity {
        /// Not bad.
        Notice = "NOTICE",
        /// Something may not work.
        Warn = "WARN",
        /// Something does not work.
        Err = "ERR",
    }
}

words! {
    /// What to do about a problem while tor starts.
    Recommendation {
        /// Nothing yet.
        Ignore = "ignore",
        /// Tell the user.
        Warn = "warn",
    }
}

impl<'a> Status<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            code: head.code,
            severity: head.one_of("severity", Severity::new)?,
            action: head.one_of("action", StatusAction::new)?,
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// CLOCK_SKEW: who says so. tor does not quote a path with spaces.
    #[must_use]
    pub fn source(&self) -> Option<SkewSource<'a>> {
        self.keywords.phrase("SOURCE").map(SkewSource::new)
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new(self.code.as_str())
            .word(self.severity)
            .word(self.action)
            .end(self.keywords, self.more)
    }
}

accessors! { impl Status {
    /// BOOTSTRAP: how far tor is, from 0 to 100.
    number progress: u8 = "PROGRESS";
    /// BOOTSTRAP: the step that it is at (section 5.5).
    word tag: BootstrapTag = "TAG";
    /// BOOTSTRAP: the step that comes next, for people.
    string summary = "SUMMARY";
    /// BOOTSTRAP: what hinders it, for people.
    string warning = "WARNING";
    /// BOOTSTRAP: why the connection failed.
    word connection_reason: OrReason = "REASON";
    /// BUG, BAD_SERVER_DESCRIPTOR: why.
    string reason = "REASON";
    /// BOOTSTRAP: how many problems there were at this step.
    number count: u64 = "COUNT";
    /// BOOTSTRAP: what to do about them.
    word recommendation: Recommendation = "RECOMMENDATION";
    /// BOOTSTRAP: the fingerprint of the relay, which the specification calls
    /// `HOST`.
    text host_id = "HOSTID";
    /// BOOTSTRAP: the address of the relay.
    address host_address = "HOSTADDR";
    /// CLOCK_JUMPED: the seconds that were lost, below 0 for a clock set back.
    number time: i64 = "TIME";
    /// CLOCK_JUMPED: whether tor was idle.
    flag is_idle = "IDLE";
    /// CIRCUIT_NOT_ESTABLISHED: what else has happened that makes it so.
    word cause: StatusAction = "REASON";
    /// DANGEROUS_VERSION: what is wrong with the version.
    word version_reason: VersionReason = "REASON";
    /// DANGEROUS_VERSION: the version; TOO_MANY_CONNECTIONS: the number.
    text current = "CURRENT";
    /// DANGEROUS_VERSION: the versions that would do, behind commas.
    string recommended = "RECOMMENDED";
    /// CLOCK_SKEW: how many seconds this clock is ahead.
    number skew: i64 = "SKEW";
    /// CLOCK_SKEW: how many it is at least.
    number min_skew: i64 = "MIN_SKEW";
    /// BAD_LIBEVENT: the method.
    text method = "METHOD";
    /// EXTERNAL_ADDRESS: how the address was found.
    word address_method: AddressMethod = "METHOD";
    /// BAD_LIBEVENT: the version.
    text version = "VERSION";
    /// BAD_LIBEVENT: how bad it is.
    word badness: Badness = "BADNESS";
    /// BAD_LIBEVENT: whether another method was found.
    flag is_recovered = "RECOVERED";
    /// DANGEROUS_PORT: the port.
    number port: u16 = "PORT";
    /// DANGEROUS_PORT: what was done about it.
    word result: PortResult = "RESULT";
    /// DANGEROUS_SOCKS: the protocol.
    word protocol: ClientProtocol = "PROTOCOL";
    /// DANGEROUS_SOCKS: the address with its port; EXTERNAL_ADDRESS: the
    /// address.
    text address = "ADDRESS";
    /// SOCKS_UNKNOWN_PROTOCOL: the first bytes. tor quotes them twice.
    bytes data = "DATA";
    /// SOCKS_BAD_HOSTNAME, EXTERNAL_ADDRESS: the name.
    bytes hostname = "HOSTNAME";
    /// CHECKING_REACHABILITY, REACHABILITY_SUCCEEDED, REACHABILITY_FAILED: the
    /// relay's address.
    address or_address = "ORADDRESS";
    /// The same: the address of the directory.
    address dir_address = "DIRADDRESS";
    /// ACCEPTED_SERVER_DESCRIPTOR, BAD_SERVER_DESCRIPTOR: the authority.
    address dir_auth = "DIRAUTH";
    /// NAMESERVER_STATUS: the name server.
    text name_server = "NS";
    /// NAMESERVER_STATUS, HIBERNATION_STATUS, SERVER_DESCRIPTOR_STATUS: the
    /// status.
    word status: ServerState = "STATUS";
    /// NAMESERVER_STATUS: what went wrong.
    string error = "ERR";
}}
