//! How an item is written in a document of its kind.

use alloc::vec::Vec;

use crate::kinds::Kind;
use crate::structure::OwnedItem;

/// Adds an item to `out`; no such document has objects, but one that is given is behind its line. Where a document is made of pairs, its keys are keywords here, and the
/// lines are those of [`Kind::rules`]:
///
/// | kind | item | line |
/// |---|---|---|
/// | bandwidth file | `timestamp`, `terminator` | the text alone |
/// | | others | `KEY=TEXT`; a relay's further pairs are in the text of its first |
/// | lists of directories | `,` | the same: it ends an entry |
/// | | what has no key there, such as `dir_address` | the text in a C string |
/// | | what stands in comments, such as `type` | `KEY=TEXT` in a comment |
/// | | others | `KEY=TEXT` in a C string |
pub(super) fn write(kind: Kind, item: &OwnedItem, out: &mut Vec<u8>) {
    let key = item.keyword.as_str();
    let [before, equals, after] = match (kind, key) {
        (_, "") => return item.encode(out),
        _ if key.starts_with('@') => return item.encode(out),
        (Kind::BandwidthFile, "timestamp" | "terminator") => ["", "", ""],
        (Kind::BandwidthFile, _) => ["", "=", ""],
        (Kind::FallbackList | Kind::AuthorityList, ",") => [",", "", ""],
        (Kind::FallbackList, "dir_address") | (Kind::AuthorityList, "nickname") => ["\"", "", "\""],
        (Kind::AuthorityList, "flag" | "dir_address" | "fingerprint") => ["\" ", "", "\""],
        (
            Kind::FallbackList,
            "type" | "version" | "timestamp" | "source" | "nickname" | "extrainfo",
        ) => ["/* ", "=", " */"],
        (Kind::FallbackList | Kind::AuthorityList, _) => ["\" ", "=", "\""],
        _ => return item.encode(out),
    };
    out.extend_from_slice(before.as_bytes());
    if !equals.is_empty() {
        out.extend_from_slice(key.as_bytes());
        out.extend_from_slice(equals.as_bytes());
    }
    out.extend_from_slice(item.text.as_deref().unwrap_or_default());
    out.extend_from_slice(after.as_bytes());
    out.push(b'\n');
    if let Some(object) = &item.object {
        object.encode(out);
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::build::Builder;
    use crate::structure::Document;

    fn built(kind: Kind, lines: &[&str]) -> Builder {
        lines.iter().fold(Builder::new(kind), |all, line| {
            let (keyword, text) = line.split_once(' ').unwrap_or((line, ""));
            all.push(OwnedItem::new(keyword).text(text))
        })
    }

    #[test]
    fn pairs_are_written_as_their_kind_has_them() {
        const ID: &str = "0011BD2485AD45D984EC4159C88FC066E5E3300E";
        #[rustfmt::skip]
        let cases: &[(Kind, &[&str], &str)] = &[
            (Kind::BandwidthFile, &["@type bandwidth-file 1.0", "timestamp 1784000000", "version 1.4.0", "terminator =====", "node_id $ID bw=7"],
                "@type bandwidth-file 1.0\n1784000000\nversion=1.4.0\n=====\nnode_id=$ID bw=7\n"),
            (Kind::FallbackList, &["type fallback", "version 4.0.0", "timestamp 20260714000000", "dir_address 192.0.2.1", "orport 9001", "id ID", "nickname One", ","],
                "/* type=fallback */\n/* version=4.0.0 */\n/* timestamp=20260714000000 */\n\"192.0.2.1\"\n\" orport=9001\"\n\" id=ID\"\n/* nickname=One */\n,\n"),
            (Kind::AuthorityList, &["nickname one", "flag bridge", "orport 9001", "dir_address 192.0.2.1:80", "fingerprint ID", ","],
                "\"one\"\n\" bridge\"\n\" orport=9001\"\n\" 192.0.2.1:80\"\n\" ID\"\n,\n"),
        ];
        for (kind, lines, expected) in cases {
            let bytes = built(*kind, lines).encode();
            let text = String::from_utf8(bytes).unwrap().replace("ID", ID);
            assert_eq!(text, expected.replace("ID", ID));
            assert_eq!(kind.check(&Document::new(text.as_bytes())), [], "{text}");
        }
    }

    #[test]
    fn objects_are_written_though_no_such_document_has_any() {
        for (kind, line) in [
            (Kind::BandwidthFile, "version=1.4.0\n"),
            (Kind::FallbackList, "/* version=1.4.0 */\n"),
            (Kind::AuthorityList, "\" version=1.4.0\"\n"),
        ] {
            let changed = built(kind, &["version 1.4.0"]).set_object("version", "X", b"\0\x01\x02");
            let text = String::from_utf8(changed.encode()).unwrap();
            let object = "-----BEGIN X-----\nAAEC\n-----END X-----\n";
            assert_eq!(text, [line, object].concat());
        }
    }

    #[test]
    fn pairs_can_be_changed() {
        let file = built(
            Kind::BandwidthFile,
            &["timestamp 1", "terminator =====", "node_id $A bw=1"],
        );
        let changed = file
            .set("timestamp", "x")
            .set("software", "sbws")
            .repeat("node_id")
            .part("node_id", 1, |line| line.set("node_id", "$B bw=-1"));
        let text = String::from_utf8(changed.encode()).unwrap();
        assert_eq!(
            text,
            "x\nsoftware=sbws\n=====\nnode_id=$A bw=1\nnode_id=$B bw=-1\n"
        );
    }
}
