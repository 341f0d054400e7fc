//! What a connection speaks that is not authenticated, by the bytes that come.

/// What a browser's first request starts with.
const METHODS: &[&[u8]] = &[b"CONNECT ", b"GET ", b"POST ", b"PUT "];

/// The last type of message of the binary protocol that tor knows.
const V0_LAST_TYPE: u8 = 0x14;

/// What a connection speaks that is not authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// A browser's, which takes the control port for a proxy.
    Http,
    /// Of a controller of tor 0.1.0 or older, which speaks binary.
    V0,
    /// A controller's, as far as this goes.
    Control,
}

/// Looks at what has come and is not read yet.
pub(super) fn opening(unread: &[u8]) -> Opening {
    match unread {
        // Two bytes of a length, two of a type; tor looks at no line ends.
        [_, _, 0, 0..=V0_LAST_TYPE, ..] => Opening::V0,
        _ if METHODS.iter().any(|method| unread.starts_with(method)) => Opening::Http,
        _ => Opening::Control,
    }
}

/// An error of the binary protocol: the length, the type, the code, the text, a NUL, and a NUL
/// more, as tor sends it.
pub(super) const V0_ERROR: &[u8] = b"\x00\x60\x00\x00\x00\x01\
The v0 control protocol is not supported by Tor 0.1.2.17 and later; upgrade your controller.\x00\x00";

/// What a browser is told. tor says the same in other words.
pub(super) const PAGE: &[u8] = b"HTTP/1.0 501 Tor ControlPort is not an HTTP proxy\r\n\
Content-Type: text/html; charset=iso-8859-1\r\n\
\r\n\
<html>\n\
<head><title>This is no HTTP proxy</title></head>\n\
<body>\n\
<h1>This is no HTTP proxy</h1>\n\
<p>A program spoke HTTP to the control port of a mock tor, which speaks tor's control protocol alone.</p>\n\
</body>\n\
</html>\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_who_connects() {
        for (bytes, expected) in [
            (&b""[..], Opening::Control),
            (b"GET", Opening::Control),
            (b"GET ", Opening::Http),
            (b"GET / HTTP/1.0\r\n", Opening::Http),
            (b"PUT x", Opening::Http),
            (b"CONNECT x", Opening::Http),
            (b"GETINFO", Opening::Control),
            (b"\0\0\0\0", Opening::V0),
            (b"\0\x05\0\x08hello", Opening::V0),
            (b"A\n\0\0", Opening::V0),
            (b"AB\0\n", Opening::V0),
            (b"GE\0\0", Opening::V0),
            (b"AB\0\x14\r\n", Opening::V0),
            (b"AB\0\x15\r\n", Opening::Control),
            (b"AB\x01\0\r\n", Opening::Control),
            (b"\0\0\0", Opening::Control),
            (b"\0\r\n", Opening::Control),
            (b"get / HTTP/1.0", Opening::Control),
            (b"HEAD / HTTP/1.0", Opening::Control),
        ] {
            assert_eq!(opening(bytes), expected, "{bytes:?}");
        }
    }
}
