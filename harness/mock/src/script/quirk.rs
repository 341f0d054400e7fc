//! Ways to talk that a client should bear.

use serde::Deserialize;

use crate::named::named;

named! {
    /// A way to talk that differs from the recorded tor's and that some tor, some
    /// day, or something between tor and its controller may have. Each is switched
    /// on by itself, for all connections.
    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "snake_case")]
    pub enum Quirk {
        /// Lines end in LF alone.
        LfOnly = "lf_only",
        /// An event stands between the lines of each reply that has several.
        EventInReply = "event_in_reply",
        /// An event that no tor has comes behind each reply.
        UnknownEvent = "unknown_event",
        /// PROTOCOLINFO tells of a version of the protocol that is to come.
        #[serde(rename = "protocol_version_2")]
        ProtocolVersion2 = "protocol_version_2",
        /// PROTOCOLINFO has a line of a kind that nobody knows.
        UnknownInfoLine = "unknown_info_line",
        /// PROTOCOLINFO tells the version before the ways to authenticate.
        VersionFirst = "version_first",
        /// PROTOCOLINFO has no VERSION line.
        NoVersionLine = "no_version_line",
        /// PROTOCOLINFO has a version that is none.
        OddVersion = "odd_version",
        /// PROTOCOLINFO has its version without quotes.
        UnquotedVersion = "unquoted_version",
        /// PROTOCOLINFO offers a way to authenticate that nobody knows beside the others.
        UnknownAuthMethod = "unknown_auth_method",
        /// PROTOCOLINFO offers no way to authenticate at all.
        EmptyMethods = "empty_methods",
        /// PROTOCOLINFO has one more field on the AUTH line, before COOKIEFILE.
        ExtraAuthField = "extra_auth_field",
        /// PROTOCOLINFO has the cookie's path without quotes.
        UnquotedCookieFile = "unquoted_cookie_file",
        /// PROTOCOLINFO has a path for the cookie that starts in tor's own folder.
        RelativeCookieFile = "relative_cookie_file",
        /// PROTOCOLINFO names a file for the cookie that is none and not to be told: the torrc.
        ForeignCookieFile = "foreign_cookie_file",
        /// AUTHCHALLENGE has its hash and its nonce in lower case.
        LowerCaseHash = "lower_case_hash",
        /// AUTHCHALLENGE has a hash that proves nothing.
        WrongServerHash = "wrong_server_hash",
        /// AUTHCHALLENGE has a nonce of half the length.
        ShortServerNonce = "short_server_nonce",
        /// GETINFO of one key with a value of one line is answered in one line, without `250 OK`.
        OneLineGetinfo = "one_line_getinfo",
        /// Events of several lines have no `650 OK` at their end, as before tor 0.2.0.3.
        NoFinalEventOk = "no_final_event_ok",
    }
}
