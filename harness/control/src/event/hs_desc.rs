//! The HS_DESC event.

use crate::event::accessors::accessors;
use crate::event::head::Head;
use crate::event::hs_dir::HsDir;
use crate::event::more::MoreLines;
use crate::event::writer::LineWriter;
use crate::keywords::Keywords;
use crate::problem::ParseError;
use crate::reply::Reply;
use crate::words::words;

/// HS_DESC: what became of an onion service's descriptor (section 4.1.25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HsDesc<'a> {
    /// What has happened.
    pub action: HsDescAction<'a>,
    /// The service's address without `.onion`, or `UNKNOWN`.
    pub address: &'a str,
    /// How clients prove who they are.
    pub auth: HsAuth<'a>,
    /// The directory; missing where some tors have none.
    pub directory: Option<HsDir<'a>>,
    /// The descriptor: for version 3 its blinded key.
    pub descriptor_id: Option<&'a str>,
    /// What follows.
    pub keywords: Keywords<'a>,
    /// The lines behind the first.
    pub more: MoreLines<'a>,
}

words! {
    /// What has happened to an onion descriptor.
    HsDescAction {
        /// It was asked for.
        Requested = "REQUESTED",
        /// It is being uploaded.
        Upload = "UPLOAD",
        /// It has come.
        Received = "RECEIVED",
        /// It was uploaded.
        Uploaded = "UPLOADED",
        /// It has come and is not needed.
        Ignore = "IGNORE",
        /// It could not be had, or not be uploaded.
        Failed = "FAILED",
        /// This tor made it.
        Created = "CREATED",
    }
}

words! {
    /// How clients of an onion service prove who they are.
    HsAuth {
        /// Not at all.
        NoAuth = "NO_AUTH",
        /// By a secret that all share (version 2).
        BasicAuth = "BASIC_AUTH",
        /// By a secret of their own (version 2).
        StealthAuth = "STEALTH_AUTH",
        /// By a key of their own (version 3).
        V3Auth = "REND_V3_AUTH",
        /// It is not known.
        Unknown = "UNKNOWN",
    }
}

words! {
    /// Why a descriptor could not be had, or not be uploaded.
    HsDescReason {
        /// It came and could not be read.
        BadDesc = "BAD_DESC",
        /// The directory refused the question.
        QueryRejected = "QUERY_REJECTED",
        /// The directory refused the descriptor.
        UploadRejected = "UPLOAD_REJECTED",
        /// The directory does not have it.
        NotFound = "NOT_FOUND",
        /// For a reason that is not known.
        Unexpected = "UNEXPECTED",
        /// No directory was left to ask.
        QueryNoHsdir = "QUERY_NO_HSDIR",
        /// It was asked for too often.
        QueryRateLimited = "QUERY_RATE_LIMITED",
    }
}

impl<'a> HsDesc<'a> {
    #[inline]
    pub(crate) fn parse(mut head: Head<'a>) -> Result<Self, ParseError> {
        Ok(Self {
            action: head.one_of("action", HsDescAction::new)?,
            address: head.word("address")?,
            auth: head.one_of("authentication", HsAuth::new)?,
            directory: head.positional().map(HsDir::new),
            descriptor_id: head.positional(),
            keywords: head.keywords()?,
            more: head.more,
        })
    }

    /// The service's address, where it is known.
    #[must_use]
    pub fn known_address(&self) -> Option<&'a str> {
        Some(self.address).filter(|address| *address != "UNKNOWN")
    }

    /// The event as tor sends it.
    #[must_use]
    pub fn to_reply(&self) -> Reply {
        LineWriter::new("HS_DESC")
            .word(self.action)
            .word(self.address)
            .word(self.auth)
            .optional(self.directory)
            .optional(self.descriptor_id)
            .end(self.keywords, self.more)
    }
}

accessors! { impl HsDesc {
    /// Why it failed.
    word reason: HsDescReason = "REASON";
    /// The number of the replica (version 2).
    number replica: u64 = "REPLICA";
    /// The directory's index in the ring, in hexadecimal (version 3).
    text hsdir_index = "HSDIR_INDEX";
}}
