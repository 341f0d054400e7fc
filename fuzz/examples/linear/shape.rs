//! The inputs that may be of any length.

use crate::read::{
    by_bytes, command, commands_by_bytes, event, every_kind, file, reply, search,
    search_again_and_again, value, whole,
};

/// A kind of input that may be of any length.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    start: &'static str,
    /// What comes over and over.
    again: &'static str,
    end: &'static str,
    pub(crate) read: fn(&[u8]),
}

/// What has to take a time in step with its length.
#[rustfmt::skip]
pub(crate) const SHAPES: &[Shape] = &[
    shape("one long line", "250 ", "x", "\r\n", whole),
    shape("one long line, by bytes", "250 ", "x", "\r\n", by_bytes),
    shape("a line that never ends, by bytes", "250 ", "x", "", by_bytes),
    shape("many short messages", "", "250 OK\r\n", "", whole),
    shape("many short messages, by bytes", "", "250 OK\r\n", "", by_bytes),
    shape("many lines of one reply", "", "250-a=b\r\n", "250 OK\r\n", whole),
    shape("many lines of one reply, by bytes", "", "250-a=b\r\n", "250 OK\r\n", by_bytes),
    shape("one data block", "250+a=\r\n", "some line\r\n", ".\r\n250 OK\r\n", whole),
    shape("one data block, by bytes", "250+a=\r\n", "some line\r\n", ".\r\n250 OK\r\n", by_bytes),
    shape("a data block of dots", "250+a=\r\n", "..\r\n", ".\r\n250 OK\r\n", whole),
    shape("a data block of dots, by bytes", "250+a=\r\n", "..\r\n", ".\r\n250 OK\r\n", by_bytes),
    shape("a data block of one line, by bytes", "250+a=\r\n", "x", "\r\n.\r\n250 OK\r\n", by_bytes),
    shape("a data block that never ends, by bytes", "250+a=\r\n", "..x\r\n", "", by_bytes),
    shape("many data blocks", "", "250+a=\r\n.\r\n", "250 OK\r\n", whole),
    shape("an event of many keywords", "650 CIRC 1 BUILT", " K=v", "\r\n", event),
    shape("an event of many words", "650 BW 1 2", " w", "\r\n", event),
    shape("an event of many spaces", "650 CIRC 1 BUILT", " ", "\r\n", event),
    shape("an event of many quotes", "650 CIRC 1 BUILT K=", "\"", "\r\n", event),
    shape("an event of opening quotes", "650 CIRC 1 BUILT", " K=\"v", "\r\n", event),
    shape("an event of doubled quotes", "650 CIRC 1 BUILT", " K=\"\"v", "\r\n", event),
    shape("an event of backslashes", "650 CIRC 1 BUILT K=\"", "\\\\", "\"\r\n", event),
    shape("an event of backslashes, not closed", "650 CIRC 1 BUILT K=\"", "\\", "\r\n", event),
    shape("an event of escaped quotes", "650 CIRC 1 BUILT", " K=\"\\\"", "\r\n", event),
    shape("an event of many equals", "650 CIRC 1 BUILT ", "=", "\r\n", event),
    shape("a path of many hops", "650 CIRC 1 BUILT $A~a", ",$AB~c", "\r\n", event),
    shape("many relays", "650 NEWDESC $A~a", " $AB~c", "\r\n", event),
    shape("an expiry that is not closed", "650 ADDRMAP a b \"", "x ", "\r\n", event),
    shape("an event of many lines", "650-CONF_CHANGED\r\n", "650-A=b\r\n", "650 OK\r\n", event),
    shape("a log message of many lines", "650+NOTICE\r\n", "x\r\n", ".\r\n650 OK\r\n", event),
    shape("GETINFO of many keys", "", "250-a/b=c\r\n", "250 OK\r\n", reply),
    shape("GETINFO of many blocks", "", "250+a/b=\r\nc\r\n.\r\n", "250 OK\r\n", reply),
    shape("GETCONF of many options", "", "250-A=\"b\\n\"\r\n", "250 A\r\n", reply),
    shape("GETCONF of one long option", "250 A=\"", "\\001", "\"\r\n", reply),
    shape("PROTOCOLINFO of many methods", "250-PROTOCOLINFO 1\r\n250-AUTH METHODS=A", ",B", "\r\n250 OK\r\n", reply),
    shape("PROTOCOLINFO of many lines", "250-PROTOCOLINFO 1\r\n", "250-X y\r\n", "250 OK\r\n", reply),
    shape("ADD_ONION of many clients", "250-ServiceID=a\r\n", "250-ClientAuth=a:b\r\n", "250 OK\r\n", reply),
    shape("ONION_CLIENT_AUTH_VIEW of many", "250-ONION_CLIENT_AUTH_VIEW\r\n", "250-CLIENT a x25519:b Flags=c\r\n", "250 OK\r\n", reply),
    shape("a value of many lines", "", "1 BUILT $A~b PURPOSE=GENERAL\n", "", value),
    shape("a value of many words", "a", " b=c", "", value),
    shape("a value of many quotes", "", "\"a\" ", "\"b\"", value),
    shape("a value of many numbers", "1,2", " 1,2", "", value),
    shape("GETINFO with many arguments", "GETINFO", " version", "\r\n", command),
    shape("SETCONF with many options", "SETCONF", " A=\"b\\n\"", "\r\n", command),
    shape("SETCONF with many quotes and no space", "SETCONF ", "A=\"\"", "\r\n", command),
    shape("SETCONF with a long option", "SETCONF A=\"", "\\001", "\"\r\n", command),
    shape("SETCONF with much white space", "SETCONF A", " \t", "\r\n", command),
    shape("MAPADDRESS with many pairs", "MAPADDRESS", " a=b", "\r\n", command),
    shape("EXTENDCIRCUIT with many hops", "EXTENDCIRCUIT 0 a", ",b", "\r\n", command),
    shape("EXTENDCIRCUIT with many keywords", "EXTENDCIRCUIT 0 a", " x=y", "\r\n", command),
    shape("ADD_ONION with many ports", "ADD_ONION NEW:BEST", " Port=80,a:1", "\r\n", command),
    shape("ADD_ONION with many limits", "ADD_ONION NEW:BEST", " MaxStreams=1", "\r\n", command),
    shape("ADD_ONION with many flags", "ADD_ONION NEW:BEST Flags=A", ",B", "\r\n", command),
    shape("HSFETCH with many servers", "HSFETCH a", " SERVER=b", "\r\n", command),
    shape("HSPOST with many addresses", "+HSPOST", " HSADDRESS=b", "\r\na\r\n.\r\n", command),
    shape("AUTHENTICATE with many digits", "AUTHENTICATE ", "00", "\r\n", command),
    shape("AUTHENTICATE with many escapes", "AUTHENTICATE \"", "\\\"", "\"\r\n", command),
    shape("LOADCONF with many lines", "+LOADCONF\r\n", "A b\r\n", ".\r\n", command),
    shape("many commands, by bytes", "", "GETINFO a\n", "", commands_by_bytes),
    shape("one long command, by bytes", "GETINFO", " a", "\r\n", commands_by_bytes),
    shape("a long data block, by bytes", "+LOADCONF\r\n", "..\r\n", ".\r\n", commands_by_bytes),
    shape("a file of short documents", "", "router a 127.0.0.1 1 0 0\n", "", file),
    shape("a document of a long line", "router a\ncontact ", "x", "\n", file),
    shape("a document of a long line of spaces", "router a\nbandwidth", " \t", "\n", file),
    shape("a document of many unknown items", "router a\n", "k v\n", "", file),
    shape("a document of many lines that are no items", "router a\n", "_\n", "", file),
    shape("a document of many blank lines", "router a\n", "\n", "\n", file),
    shape("a document of many lines without LF", "router a\n", "k\r", "", file),
    shape("a document of many `opt`", "router a\n", "opt ", "\n", file),
    shape("a document of one policy", "router a\n", "reject 1.2.3.4/8:5-6\n", "", file),
    shape("a list of many numbers", "router a\nread-history 2000-01-01 00:00:00 (1 s) 1", ",2", "\n", file),
    shape("a list of many commas", "router a\nread-history 2000-01-01 00:00:00 (1 s) 1", ",", "\n", file),
    shape("a protocol of many versions", "router a\nproto Link=1", ",2-3", "\n", file),
    shape("many protocols", "router a\nproto", " Link=1-5", "\n", file),
    shape("many ranges that are wide", "router a\nproto", " Link=1-3000000", "\n", file),
    shape("a range of many digits", "router a\nproto Link=1-", "3", "\n", file),
    shape("a pair of many equals", "router a\nproto Link", "=", "\n", file),
    shape("digits without an end", "router a\nntor-onion-key ", "A", "\n", file),
    shape("hexadecimal without an end", "router a\nextra-info-digest ", "A", "\n", file),
    shape("a family of many", "router a\nfamily", " $AB", "\n", file),
    shape("an object of many lines", "router a\nk\n-----BEGIN A-----\n", "AAAA\n", "-----END A-----\n", file),
    shape("an object of one long line", "router a\nk\n-----BEGIN A-----\n", "AAAA", "\n-----END A-----\n", file),
    shape("an object of many lines without an end", "router a\nk\n-----BEGIN A-----\n", "AAAA\n", "", file),
    shape("an object of hyphens", "router a\nk\n-----BEGIN A-----\n", "-", "", file),
    shape("a label without an end", "router a\nk\n-----BEGIN ", "A", "", file),
    shape("a key of many lines", "router a\nsigning-key\n-----BEGIN RSA PUBLIC KEY-----\n", "MIGJ\n", "-----END RSA PUBLIC KEY-----\n", file),
    shape("many objects without an end", "router a\n", "k\n-----BEGIN A-----\nAA\n", "", file),
    shape("many objects with the end of another", "router a\n", "k\n-----BEGIN A-----\nAA\n-----END B-----\n", "", file),
    shape("many BEGIN without END", "router a\n", "-----BEGIN A-----\n", "", file),
    shape("many END without BEGIN", "router a\n", "-----END A-----\n", "", file),
    shape("many BEGIN, then one END", "router a\n", "k\n-----BEGIN A-----\n", "-----END A-----\n", file),
    shape("many annotations", "", "@source 127.0.0.1\n", "router a\n", file),
    shape("many annotations of types", "", "@type server-descriptor 1.0\n", "", file),
    shape("many annotations behind a document", "router a\n", "@a\n", "", file),
    shape("many annotated documents", "", "@type server-descriptor 1.0\nrouter a\n", "", file),
    shape("many stretches of unknown types", "", "@type tea 1.0\nleaves\n", "", file),
    shape("many commands of a diff", "network-status-diff-version 1\n", "9d\n", "", every_kind),
    shape("one command of many lines", "network-status-diff-version 1\nhash A B\n9a\n", "r a\n", ".\n", every_kind),
    shape("a header of many keys", "1784000000\n", "a=b\n", "=====\n", every_kind),
    shape("a header of many values without keys", "1784000000\n", "=\n", "=====\n", every_kind),
    shape("many lines of relays", "1784000000\n", "bw=1 node_id=$A\n", "", every_kind),
    shape("a line of many keys", "1784000000\nbw=1", " vote=1", "\n", every_kind),
    shape("many C strings", "", "\"192.0.2.1 orport=1 id=A\",\n", "", every_kind),
    shape("an entry of many C strings", "", "\"a=b\"", "\n", every_kind),
    shape("many quotation marks", "/* orport=1 */", "\"", "\n", every_kind),
    shape("many comments that do not end", "/* orport=1 */", "/*", "\n", every_kind),
    shape("many comments of tor's own files", "# Tor state file\n", "# x\n", "", every_kind),
    shape("much padding", "desc-auth-type x25519\n", "\0", "", every_kind),
    shape("much prose", "", "Once upon a time. ", "", file),
];

/// Whether the measurement itself can be believed: the first has to pass, the second has to fail.
#[rustfmt::skip]
pub(crate) const CHECKS: [Shape; 2] = [
    shape("(a search of all, once)", "", "x", "", search),
    shape("(a search of all that follows, over and over)", "", "x", "", search_again_and_again),
];

pub(crate) const fn shape(
    name: &'static str,
    start: &'static str,
    again: &'static str,
    end: &'static str,
    read: fn(&[u8]),
) -> Shape {
    Shape {
        name,
        start,
        again,
        end,
        read,
    }
}

impl Shape {
    /// The input of about this length.
    pub(crate) fn bytes(&self, length: usize) -> Vec<u8> {
        let again = self.again.repeat(length / self.again.len());
        [self.start, &again, self.end].concat().into_bytes()
    }
}
