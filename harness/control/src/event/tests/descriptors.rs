//! Events that name descriptors or hold them.

use alloc::vec::Vec;

use crate::event::*;
use crate::value::LongName;

#[test]
fn guards_and_descriptors() {
    check!("650 GUARD ENTRY $AB~ BAD_L2", Guard, |guard: Guard<'_>| {
        assert_eq!(guard.relay.fingerprint(), Some("AB"));
        assert_eq!(guard.relay.nickname(), None);
        assert_eq!(guard.status, GuardStatus::BadL2);
    });
    check!(
        "650 NEWDESC $AB~a $CD=b c NEW=x",
        NewDesc,
        |desc: NewDesc<'_>| {
            let relays: Vec<_> = desc.relays().collect();
            assert_eq!(relays, ["$AB~a", "$CD=b", "c"].map(LongName::new));
        }
    );
    // stem: loses what the block starts with where that is in `NS`.
    let entries = "SN a b c\ns Running";
    check!(
        &alloc::format!("650+NS\n{entries}\n.\n650 OK"),
        Ns,
        |ns: Ns<'_>| assert!(
            ns.entries()
                .unwrap()
                .lines()
                .eq(entries.lines().map(str::as_bytes))
        )
    );
    check!(
        &alloc::format!("650+NEWCONSENSUS\n{entries}\n.\n650 OK"),
        NewConsensus,
        |new: NewConsensus<'_>| assert_eq!(new.entries().unwrap().lines().count(), 2)
    );
    check!(
        "650+AUTHDIR_NEWDESCS\nDROPPED\nToo old\nrouter a\n.\n650 OK",
        AuthdirNewDescs,
        |new: AuthdirNewDescs<'_>| {
            assert_eq!(new.action(), Some(AuthdirAction::Dropped));
            assert_eq!(new.message(), Some(&b"Too old"[..]));
            assert_eq!(new.descriptor().collect::<Vec<_>>(), [b"router a"]);
        }
    );
}

#[test]
fn onion_descriptors() {
    let relay = |text| Some(HsDir::Relay(LongName::new(text)));
    for (arguments, directory, descriptor, reason) in [
        (
            "REQUESTED abc NO_AUTH $AB~c id HSDIR_INDEX=00",
            relay("$AB~c"),
            Some("id"),
            None,
        ),
        (
            "CREATED abc UNKNOWN UNKNOWN id REPLICA=1",
            Some(HsDir::Unknown),
            Some("id"),
            None,
        ),
        ("UPLOADED UNKNOWN UNKNOWN $AB=c", relay("$AB=c"), None, None),
        (
            "FAILED abc NO_AUTH UNKNOWN id REASON=QUERY_NO_HSDIR",
            Some(HsDir::Unknown),
            Some("id"),
            Some(HsDescReason::QueryNoHsdir),
        ),
        // stem: fails where there is no directory.
        ("FAILED abc NO_AUTH", None, None, None),
        // tor writes two spaces where it does not know the descriptor.
        (
            "FAILED abc REND_V3_AUTH $AB~c  REASON=BAD_DESC",
            relay("$AB~c"),
            None,
            Some(HsDescReason::BadDesc),
        ),
        (
            "FAILED abc NO_AUTH REASON=NOT_FOUND",
            None,
            None,
            Some(HsDescReason::NotFound),
        ),
    ] {
        check!(
            &alloc::format!("650 HS_DESC {arguments}"),
            HsDesc,
            |desc: HsDesc<'_>| {
                assert_eq!(desc.directory, directory, "{arguments}");
                assert_eq!(desc.descriptor_id, descriptor, "{arguments}");
                assert_eq!(desc.reason(), reason, "{arguments}");
                assert_eq!(desc.known_address().is_some(), desc.address == "abc");
            }
        );
    }
    for (block, descriptor) in [
        ("hs-descriptor 3\n", true),
        // It could not be had.
        ("", false),
        ("\n", false),
    ] {
        check!(
            &alloc::format!("650+HS_DESC_CONTENT abc id UNKNOWN\n{block}.\n650 OK"),
            HsDescContent,
            |content: HsDescContent<'_>| {
                // stem: takes UNKNOWN for a nickname.
                assert_eq!(content.directory, HsDir::Unknown);
                assert_eq!(content.descriptor().is_some(), descriptor, "{block:?}");
            }
        );
    }
}
