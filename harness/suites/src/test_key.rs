//! A key pair by which a client may visit onion services, for tests.

/// The public half, in base32 as `authorized_clients` and ADD_ONION have it.
pub const PUBLIC_TEST_KEY: &str = "2QIH6PVZC6E3FNXILMCBFYIMN3PFVH3DWNXIKNRNNWIXD5TBI44Q";

/// The private half, in base64 as ONION_CLIENT_AUTH_ADD takes it: the bytes are the text
/// `this is tor-harness's test key !`.
pub const PRIVATE_TEST_KEY: &str = "dGhpcyBpcyB0b3ItaGFybmVzcydzIHRlc3Qga2V5ICE=";
