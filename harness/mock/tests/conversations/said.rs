//! What a tor 0.4.9.11 said when it was asked by hand, which the mock says as well.
//!
//! What a file leaves out is what tor itself would say otherwise the next time:
//! its reports of its own bugs, and addresses and keys that it made up. The
//! lines of `address-mappings/*` are sorted.

use crate::talk::Talk;

/// Makes a test of each file.
macro_rules! said {
    ($($name:ident: $file:literal,)+) => {
        $(
            #[test]
            fn $name() {
                check(include_str!(concat!("said/", $file)));
            }
        )+
    };
}

said! {
    addresses: "addresses.txt",
    bandwidth: "bandwidth.txt",
    circuits: "circuits.txt",
    client_auth: "client-auth.txt",
    descriptors: "descriptors.txt",
    dropping: "dropping.txt",
    logging: "logging.txt",
    map_address: "map-address.txt",
    metrics: "metrics.txt",
    names: "names.txt",
    onions: "onions.txt",
    outbound: "outbound.txt",
    ports: "ports.txt",
    proxies: "proxies.txt",
    recommended_versions: "recommended-versions.txt",
    refusals: "refusals.txt",
    services: "services.txt",
    router_lists: "router-lists.txt",
    sockets: "sockets.txt",
    streams: "streams.txt",
    torrc: "torrc.txt",
    transports: "transports.txt",
    wildcards: "wildcards.txt",
}

/// What the stand-ins stand for; the keys are test keys, of no service.
const STAND_INS: &[(&str, &str)] = &[
    (
        "{address}",
        "7etok4ponbnarmgej4qxaxpapfgr4w7bwtxhwfvpeg6ilkdzd2s3hwqd",
    ),
    (
        "{disabled}",
        "DisableNetwork is set. Tor will not make or accept non-control network connections. Shutting down \
         all existing connections.",
    ),
    (
        "{key}",
        "4LIhFmeGLKv8M/SYxRr5fCpeUVWkTlHSIkvlgOPOT2a+uQpu1G1GIimHORYtDjfN+CEdqGvz2oBIWalOI7cCLQ==",
    ),
    ("{now}", "1970-01-01 00:00:00"),
    (
        "{onion}",
        "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid",
    ),
    (
        "{other-address}",
        "3mt74s32jpvyyg4mhcrb5fb2qurqjsn3ga22l43ge22rcyvgr6ogk2qd",
    ),
    (
        "{other-key}",
        "/////////////////////////////////////////////////////////////////////////////////////w==",
    ),
    (
        "{stream}",
        "CLIENT_PROTOCOL=UNKNOWN NYM_EPOCH=0 SESSION_GROUP=-3 \
         ISO_FIELDS=SOCKS_USERNAME,SOCKS_PASSWORD,CLIENTADDR,SESSION_GROUP,NYM_EPOCH",
    ),
    (
        "{waits}",
        "Application request when we haven't used client functionality lately. Optimistically trying \
         directory fetches again.",
    ),
    ("{x25519}", "iJ1tjKCrMAbiFT2bVrCjhbfMDnE1fpaRbIS5ZHKUvEQ="),
];

#[track_caller]
fn check(text: &str) {
    let stand_ins = STAND_INS.iter();
    let text = stand_ins.fold(text.to_owned(), |text, (stand_in, meant)| {
        text.replace(stand_in, meant)
    });
    Talk::default().check_whole(&text);
}
