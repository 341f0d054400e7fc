//! Web browsers that take a control port for a proxy.

/// What a browser's first request starts with.
const METHODS: &[&[u8]] = &[b"CONNECT ", b"GET ", b"POST ", b"PUT "];

/// What the first bytes of a connection are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// It takes more bytes to tell.
    Open,
    /// A browser's.
    Http,
    /// A controller's, as far as this goes.
    Control,
}

/// Looks at all bytes that have come so far.
pub(super) fn opening(bytes: &[u8]) -> Opening {
    if METHODS.iter().any(|method| bytes.starts_with(method)) {
        Opening::Http
    } else if METHODS.iter().any(|method| method.starts_with(bytes)) {
        Opening::Open
    } else {
        Opening::Control
    }
}

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
    fn tells_browsers_from_controllers() {
        for (bytes, expected) in [
            (&b""[..], Opening::Open),
            (b"G", Opening::Open),
            (b"GET", Opening::Open),
            (b"GET ", Opening::Http),
            (b"GET / HTTP/1.0\r\n", Opening::Http),
            (b"PUT x", Opening::Http),
            (b"CONNECT x", Opening::Http),
            (b"GETINFO", Opening::Control),
            (b"GET\r\n", Opening::Control),
            (b"get / HTTP/1.0", Opening::Control),
            (b"HEAD / HTTP/1.0", Opening::Control),
        ] {
            assert_eq!(opening(bytes), expected, "{bytes:?}");
        }
    }
}
