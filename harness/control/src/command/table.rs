//! All commands there are, with their keywords.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::command::arguments::Arguments;
use crate::command::cursor::Cursor;
use crate::command::{
    AddClientAuth, AddOnion, AttachStream, AuthToken, CloseCircuit, CloseStream, ExtendCircuit,
    HsFetch, HsPost, Mapping, PostDescriptor, RawCommand, RedirectStream, RemoveClientAuth,
    Resolve, SaveConf, SetCircuitPurpose, Signal, ViewClientAuth,
};
use crate::data;
use crate::problem::ParseError;
use crate::reply::Setting;

/// Makes [`Command`] of the variants, with what stands behind their keywords.
///
/// `=> ignore_rest` is for those where tor does not look at more.
macro_rules! commands {
    ($(
        $(#[$doc:meta])*
        $variant:ident
            $(($name:ident: $type:ty))?
            $({ $($(#[$field_doc:meta])* $field:ident: $field_type:ty,)+ })?
            = $keyword:literal $(=> $rest:ident)?,
    )+) => {
        /// A command (section 3).
        ///
        /// Keywords are written in upper case and read in any case.
        ///
        /// ```
        /// use tor_harness_control::Command;
        ///
        /// let command = Command::GetInfo(vec!["version".into()]);
        /// assert_eq!(command.encode(), b"GETINFO version\r\n");
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Command<'a> {
            $(
                $(#[$doc])*
                $variant $(($type))? $({ $($(#[$field_doc])* $field: $field_type,)+ })?,
            )+
            /// Any other command, or one whose arguments are to be sent as they are.
            Other {
                /// The keyword, without `+`.
                keyword: Cow<'a, [u8]>,
                /// What follows the keyword and a space.
                arguments: Cow<'a, [u8]>,
                /// The data block behind a `+` command: lines that end in LF.
                body: Option<Cow<'a, [u8]>>,
            },
        }

        impl<'a> Command<'a> {
            /// The keywords that are known, in the order of their specification;
            /// with `+` where a data block has to follow.
            pub const KEYWORDS: &'static [&'static str] = &[$($keyword),+];

            /// The command's keyword without `+`, in upper case unless it is one of
            /// `Other`.
            #[must_use]
            pub fn keyword(&self) -> &[u8] {
                match self {
                    $(Self::$variant { .. } => $keyword.trim_start_matches('+').as_bytes(),)+
                    Self::Other { keyword, .. } => keyword,
                }
            }

            /// The data block: lines that end in LF.
            #[must_use]
            pub fn body(&self) -> Option<&[u8]> {
                match self {
                    $($(Self::$variant($name) => <$type as Arguments<'a>>::body($name),)?)+
                    Self::Other { body, .. } => body.as_deref(),
                    _ => None,
                }
            }

            /// Reads a command's arguments.
            ///
            /// Commands that are not known here become `Other`; so does a known one
            /// that came with a data block it does not have, or lacks its `+`.
            ///
            /// # Errors
            /// If the arguments of a known command cannot be read: the places are in
            /// [`RawCommand::arguments`].
            pub fn parse(raw: &RawCommand<'a>) -> Result<Self, ParseError> {
                let mut cursor = Cursor::new(raw);
                $(if raw.keyword.eq_ignore_ascii_case($keyword.as_bytes()) {
                    let command = Self::$variant
                        $((<$type>::read(&mut cursor)?))?
                        $({ $($field: <$field_type>::read(&mut cursor)?,)+ })?;
                    $(cursor.$rest();)?
                    cursor.end()?;
                    return Ok(command);
                })+
                let keyword = raw.keyword.strip_prefix(b"+").unwrap_or(raw.keyword);
                Ok(Self::Other {
                    keyword: Cow::Borrowed(keyword),
                    arguments: Cow::Borrowed(raw.arguments),
                    body: raw.body.map(|data| data.text()),
                })
            }

            fn write(&self, line: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($name))? $({ $($field),+ })? => {
                        $($name.write(line);)?
                        $($($field.write(line);)+)?
                    })+
                    Self::Other { arguments, .. } if arguments.is_empty() => {}
                    Self::Other { arguments, .. } => {
                        line.push(b' ');
                        line.extend_from_slice(arguments);
                    }
                }
            }
        }
    };
}

commands! {
    /// SETCONF (section 3.1). A value with NUL is written, but tor refuses it.
    SetConf(settings: Vec<Setting<'a>>) = "SETCONF",
    /// RESETCONF (section 3.2). A value with NUL is written, but tor refuses it.
    ResetConf(settings: Vec<Setting<'a>>) = "RESETCONF",
    /// GETCONF with the options (section 3.3).
    GetConf(options: Vec<Cow<'a, str>>) = "GETCONF",
    /// SETEVENTS with the events' names (section 3.4).
    SetEvents(events: Vec<Cow<'a, str>>) = "SETEVENTS",
    /// AUTHENTICATE (section 3.5).
    Authenticate(token: AuthToken<'a>) = "AUTHENTICATE",
    /// SAVECONF (section 3.6).
    SaveConf(save: SaveConf<'a>) = "SAVECONF",
    /// SIGNAL (section 3.7).
    Signal(signal: Signal<'a>) = "SIGNAL",
    /// MAPADDRESS (section 3.8).
    MapAddress(mappings: Vec<Mapping<'a>>) = "MAPADDRESS",
    /// GETINFO with its keys (section 3.9).
    GetInfo(keys: Vec<Cow<'a, str>>) = "GETINFO",
    /// EXTENDCIRCUIT (section 3.10).
    ExtendCircuit(extend: ExtendCircuit<'a>) = "EXTENDCIRCUIT",
    /// SETCIRCUITPURPOSE (section 3.11). Without arguments it crashes tor 0.4.9.
    SetCircuitPurpose(set: SetCircuitPurpose<'a>) = "SETCIRCUITPURPOSE",
    /// SETROUTERPURPOSE with whatever follows (section 3.12): tor does not do it
    /// any more.
    SetRouterPurpose(words: Vec<Cow<'a, str>>) = "SETROUTERPURPOSE",
    /// ATTACHSTREAM (section 3.13).
    AttachStream(attach: AttachStream<'a>) = "ATTACHSTREAM",
    /// +POSTDESCRIPTOR (section 3.14).
    PostDescriptor(post: PostDescriptor<'a>) = "+POSTDESCRIPTOR",
    /// REDIRECTSTREAM (section 3.15).
    RedirectStream(redirect: RedirectStream<'a>) = "REDIRECTSTREAM",
    /// CLOSESTREAM (section 3.16).
    CloseStream(close: CloseStream<'a>) = "CLOSESTREAM",
    /// CLOSECIRCUIT (section 3.17).
    CloseCircuit(close: CloseCircuit<'a>) = "CLOSECIRCUIT",
    /// QUIT (section 3.18). What follows has no meaning and is not kept.
    Quit = "QUIT" => ignore_rest,
    /// USEFEATURE with the features (section 3.19).
    UseFeature(features: Vec<Cow<'a, str>>) = "USEFEATURE",
    /// RESOLVE (section 3.20).
    Resolve(resolve: Resolve<'a>) = "RESOLVE",
    /// PROTOCOLINFO with the versions that the controller knows (section 3.21).
    ProtocolInfo(versions: Vec<Cow<'a, str>>) = "PROTOCOLINFO",
    /// +LOADCONF with a torrc (section 3.22): lines that end in LF.
    LoadConf(torrc: Cow<'a, [u8]>) = "+LOADCONF",
    /// TAKEOWNERSHIP (section 3.23). What follows has no meaning and is not kept.
    TakeOwnership = "TAKEOWNERSHIP" => ignore_rest,
    /// AUTHCHALLENGE (section 3.24).
    AuthChallenge {
        /// The kind of challenge: `SAFECOOKIE` is the only one.
        method: Cow<'a, str>,
        /// The controller's contribution to the challenge.
        nonce: AuthToken<'a>,
    } = "AUTHCHALLENGE",
    /// DROPGUARDS (section 3.25).
    DropGuards = "DROPGUARDS",
    /// HSFETCH (section 3.26).
    HsFetch(fetch: HsFetch<'a>) = "HSFETCH",
    /// ADD_ONION (section 3.27).
    AddOnion(add: AddOnion<'a>) = "ADD_ONION",
    /// DEL_ONION with the service's onion address without `.onion` (section 3.28).
    DelOnion(address: Cow<'a, str>) = "DEL_ONION",
    /// +HSPOST (section 3.29).
    HsPost(post: HsPost<'a>) = "+HSPOST",
    /// ONION_CLIENT_AUTH_ADD (section 3.30).
    AddClientAuth(add: AddClientAuth<'a>) = "ONION_CLIENT_AUTH_ADD",
    /// ONION_CLIENT_AUTH_REMOVE (section 3.31).
    RemoveClientAuth(remove: RemoveClientAuth<'a>) = "ONION_CLIENT_AUTH_REMOVE",
    /// ONION_CLIENT_AUTH_VIEW (section 3.32).
    ViewClientAuth(view: ViewClientAuth<'a>) = "ONION_CLIENT_AUTH_VIEW",
    /// DROPOWNERSHIP (section 3.33). What follows has no meaning and is not kept.
    DropOwnership = "DROPOWNERSHIP" => ignore_rest,
    /// DROPTIMEOUTS (section 3.34).
    DropTimeouts = "DROPTIMEOUTS",
}

impl Command<'_> {
    /// The bytes to send, the CRLF and the data block included.
    ///
    /// What could not stand in a line by itself is quoted where tor has quotes;
    /// a name or an address with white space in it would become two arguments,
    /// one with a line end two commands, and is the caller's to avoid.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let body = self.body();
        let mut out = Vec::new();
        if body.is_some() {
            out.push(b'+');
        }
        out.extend_from_slice(self.keyword());
        self.write(&mut out);
        out.extend_from_slice(b"\r\n");
        if let Some(body) = body {
            data::encode(body, &mut out);
        }
        out
    }
}
