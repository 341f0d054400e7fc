//! CIRC, CIRC_MINOR.

use alloc::vec::Vec;

use crate::event::*;
use crate::value::{CircPurpose, CircReason, Path};

#[test]
fn circuits() {
    const FIRST: &str = "$2171A44D9B34A730EE66771D831E29B1382C014C";
    let line = alloc::format!(
        "650 CIRC 7 CLOSED {FIRST}~a,{FIRST}=b,{FIRST},d \
         BUILD_FLAGS=IS_INTERNAL,NEED_UPTIME,NEW_FLAG PURPOSE=NEW_PURPOSE HS_STATE=HSCR_JOINED \
         REND_QUERY=abc TIME_CREATED=2026-11-21T23:56:40.5 REASON=DESTROYED REMOTE_REASON=UNKNOWN_9 \
         SOCKS_USERNAME=\"a b=c \\\" REASON=x\" SOCKS_PASSWORD=\"\\303\\251\\377\" HS_POW=v1,12"
    );
    check!(&line, Circ, |circ: Circ<'_>| {
        assert_eq!((circ.id, circ.status), ("7", CircStatus::Closed));
        let names: Vec<_> = circ.hops().map(|hop| hop.nickname()).collect();
        assert_eq!(names, [Some("a"), Some("b"), None, Some("d")]);
        let flags: Vec<_> = circ.build_flags().map(|flag| flag.as_str()).collect();
        assert_eq!(flags, ["IS_INTERNAL", "NEED_UPTIME", "NEW_FLAG"]);
        assert_eq!(circ.purpose(), Some(CircPurpose::Other("NEW_PURPOSE")));
        assert_eq!(circ.time_created().unwrap().nanoseconds(), 500_000_000);
        assert_eq!(circ.reason(), Some(CircReason::Destroyed));
        assert_eq!(circ.remote_reason(), Some(CircReason::Other("UNKNOWN_9")));
        // stem: leaves the escapes in.
        assert_eq!(
            circ.socks_username().as_deref(),
            Some(&b"a b=c \" REASON=x"[..])
        );
        assert_eq!(circ.socks_password().as_deref(), Some(&b"\xc3\xa9\xff"[..]));
        assert_eq!(circ.hs_pow(), Some(("v1", 12)));
    });
    check!(
        "650 CIRC 8 BUILT $AB~c PURPOSE=CONFLUX_LINKED CONFLUX_ID=0A1B CONFLUX_RTT=52000",
        Circ,
        |circ: Circ<'_>| {
            assert_eq!(circ.purpose(), Some(CircPurpose::ConfluxLinked));
            assert_eq!(circ.conflux_id(), Some("0A1B"));
            assert_eq!(circ.conflux_rtt(), Some(52_000));
        }
    );
    // Without VERBOSE_NAMES: names and fingerprints mixed.
    for (arguments, path) in [
        ("1 LAUNCHED", None),
        ("1 LAUNCHED PURPOSE=GENERAL", None),
        ("1 EXTENDED moria1,$AB=c", Some("moria1,$AB=c")),
        ("1 EXTENDED $AB=c PURPOSE=GENERAL", Some("$AB=c")),
    ] {
        check!(
            &alloc::format!("650 CIRC {arguments}"),
            Circ,
            |circ: Circ<'_>| assert_eq!(circ.path, path.map(Path::new))
        );
    }
    check!(
        "650 CIRC_MINOR 3 CANNIBALIZED $AB~c PURPOSE=HS_CLIENT_INTRO SOCKS_USERNAME=\"a\" \
         SOCKS_PASSWORD=\"\" HS_POW=v1,3 CONFLUX_ID=0A CONFLUX_RTT=9 OLD_PURPOSE=HS_VANGUARDS \
         OLD_TIME_CREATED=2026-11-21T23:56:40.527050",
        CircMinor,
        |minor: CircMinor<'_>| {
            let old = minor.old_time_created().unwrap();
            assert_eq!(old.nanoseconds(), 527_050_000);
            assert_eq!(minor.hs_pow(), Some(("v1", 3)));
            assert_eq!(minor.socks_username().as_deref(), Some(&b"a"[..]));
            assert_eq!(minor.socks_password().as_deref(), Some(&b""[..]));
            assert_eq!(
                (minor.conflux_id(), minor.conflux_rtt()),
                (Some("0A"), Some(9))
            );
            assert_eq!(minor.change, CircChange::Cannibalized);
            assert_eq!(minor.old_purpose(), Some(CircPurpose::HsVanguards));
            assert_eq!(minor.hops().count(), 1);
        }
    );
}
