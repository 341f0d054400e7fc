//! Events that are numbers by keyword.

use crate::event::*;

#[test]
fn numbers_by_keyword() {
    for arguments in [
        "ID=1 READ=2 WRITTEN=3 TIME=2026-11-21T23:56:41.527050 SS=1 CWND=124 RTT=9 MIN_RTT=8",
        // A controller should not depend on the order.
        "SS=1 CWND=124 WRITTEN=3 NEW READ=2 ID=\"1\"",
        // Twice: the first counts.
        "ID=1 READ=2 WRITTEN=3 READ=9 SS=1 CWND=124",
    ] {
        check!(
            &alloc::format!("650 CIRC_BW {arguments}"),
            CircBw,
            |bw: CircBw<'_>| {
                assert_eq!((bw.id, bw.read, bw.written), ("1", 2, 3), "{arguments}");
                assert_eq!(bw.congestion_window(), Some(124));
                assert_eq!(bw.slow_start(), Some(true));
            }
        );
    }
    check!(
        "650 CONN_BW ID=5 TYPE=NEW READ=1 WRITTEN=2",
        ConnBw,
        |bw: ConnBw<'_>| assert_eq!(bw.kind, ConnKind::Other("NEW"))
    );
    check!(
        "650 TB_EMPTY ORCONN ID=16 READ=0 WRITTEN=1 LAST=100",
        TbEmpty,
        |empty: TbEmpty<'_>| {
            assert_eq!((empty.bucket, empty.id()), (Bucket::OrConn, Some("16")));
            assert_eq!((empty.read, empty.written, empty.last), (0, 1, 100));
        }
    );
    check!(
        "650 BUILDTIMEOUT_SET RESET TOTAL_TIMES=0 TIMEOUT_MS=60000 XM=0 ALPHA=0.000000 CUTOFF_QUANTILE=1.000000",
        BuildTimeoutSet,
        |set: BuildTimeoutSet<'_>| {
            assert_eq!(set.kind, BuildTimeoutKind::Reset);
            assert_eq!((set.timeout_ms(), set.xm()), (Some(60_000), Some(0)));
            assert_eq!((set.alpha(), set.cutoff_quantile()), (Some(0.0), Some(1.0)));
            assert_eq!(set.close_ms(), None);
        }
    );
    check!(
        "650 CELL_STATS ID=1 OutboundQueue=2 OutboundConn=1 OutboundAdded=relay:2,create_fast:1",
        CellStats,
        |stats: CellStats<'_>| {
            assert_eq!(
                stats.outbound_added().unwrap().number("create_fast"),
                Some(1)
            );
            assert_eq!((stats.id(), stats.inbound_added()), (Some("1"), None));
        }
    );
    check!(
        "650 CLIENTS_SEEN TimeStarted=\"2008-12-25 23:50:43\" CountrySummary=us=16,??=8 IPVersions=v4=16,v6=40",
        ClientsSeen,
        |seen: ClientsSeen<'_>| {
            assert_eq!(seen.time_started().unwrap().as_str(), "2008-12-25 23:50:43");
            assert_eq!(seen.countries().unwrap().number("??"), Some(8));
            assert_eq!(seen.ip_versions().unwrap().number("v6"), Some(40));
        }
    );
}
