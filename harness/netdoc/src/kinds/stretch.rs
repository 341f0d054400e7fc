//! The documents of a file.

use super::kind::Kind;
use crate::structure::{Document, Item, Items};

/// Cuts a file into documents of whatever kinds, a [`Stretch`] each.
///
/// The stretches together are the file. Annotations belong to the document
/// that follows; what no known document begins with is a stretch of its own,
/// up to the next that is known.
///
/// ```
/// use tor_harness_netdoc::{Kind, stretches};
///
/// let file = b"@type server-descriptor 1.0\nrouter a\nx\nrouter b\n@type tea 1.0\nleaves\n";
/// let kinds: Vec<_> = stretches(file).map(|stretch| stretch.kind).collect();
/// assert_eq!(kinds, [Some(Kind::ServerDescriptor), Some(Kind::ServerDescriptor), None]);
/// ```
#[must_use]
pub fn stretches(file: &[u8]) -> Stretches<'_> {
    Stretches {
        file,
        items: Document::new(file).items(),
        start: 0,
        begun: Begun::No,
    }
}

/// A document in a file, or what is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// Its kind, by its annotation or how it begins; `None` for an unknown one.
    pub kind: Option<Kind>,
    /// Its bytes, its annotations included.
    pub document: Document<'a>,
}

/// The documents of a file; made by [`stretches`].
#[derive(Clone, Debug)]
pub struct Stretches<'a> {
    file: &'a [u8],
    items: Items<'a>,
    /// Where the stretch begins that is handed out next.
    start: usize,
    begun: Begun,
}

/// What has been seen of the stretch that is handed out next.
#[derive(Clone, Copy, Debug)]
enum Begun {
    /// Nothing.
    No,
    /// Annotations, which may say its kind.
    Annotated(Option<Kind>),
    /// Items of a kind, or of none that is known.
    Yes(Option<Kind>),
}

impl<'a> Stretches<'a> {
    /// Whether `item` begins another stretch than the one begun; goes on with
    /// whichever it is.
    fn begins_another(&mut self, item: &Item<'a>) -> bool {
        if item.is_annotation() {
            let named = annotated(item);
            let (another, before) = match self.begun {
                Begun::No => (false, None),
                Begun::Annotated(kind) => (false, kind),
                Begun::Yes(_) => (true, None),
            };
            self.begun = Begun::Annotated(named.or(before));
            return another;
        }
        let Begun::Yes(current) = self.begun else {
            let named = match self.begun {
                Begun::Annotated(kind) => kind,
                _ => None,
            };
            self.begun = Begun::Yes(named.or_else(|| self.begun_by(item)));
            return false;
        };
        let another = match current {
            Some(kind) if kind.rules().first().as_bytes() == item.keyword_bytes() => true,
            Some(kind) if kind.goes_on_with(item.keyword_bytes()) => false,
            _ => self.begun_by(item).is_some(),
        };
        if another {
            self.begun = Begun::Yes(self.begun_by(item));
        }
        another
    }

    fn begun_by(&self, item: &Item<'a>) -> Option<Kind> {
        let file = Document::new(self.file);
        Kind::begun_by(item, file.tail(self.items.offset()))
    }
}

/// The kind that an annotation names: `@type server-descriptor 1.0`.
fn annotated(item: &Item<'_>) -> Option<Kind> {
    let name = item.arguments().next()?;
    if item.keyword_bytes() != b"@type" {
        return None;
    }
    core::str::from_utf8(name).ok()?.parse().ok()
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        let start = self.start;
        let mut kind = match self.begun {
            Begun::Yes(kind) => kind,
            _ => None,
        };
        while let Some(item) = self.items.next() {
            if self.begins_another(&item) {
                self.start = item.span().start;
                return Some(Stretch {
                    kind,
                    document: Document::new(&self.file[start..self.start]),
                });
            }
            if let Begun::Yes(begun) = self.begun {
                kind = begun;
            }
        }
        self.start = self.file.len();
        (start < self.start).then(|| Stretch {
            kind,
            document: Document::new(&self.file[start..]),
        })
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn cuts_where_documents_begin() {
        const ROUTER: Option<Kind> = Some(Kind::ServerDescriptor);
        const EXTRA: Option<Kind> = Some(Kind::ExtraInfo);
        const MICRO: Option<Kind> = Some(Kind::Microdescriptor);
        const BRIDGE: Option<Kind> = Some(Kind::BridgeServerDescriptor);
        const BRIDGE_EXTRA: Option<Kind> = Some(Kind::BridgeExtraInfo);
        type Cut<'a> = (Option<Kind>, &'a str);
        #[rustfmt::skip]
        let cases: &[&[Cut<'_>]] = &[
            &[],
            &[(ROUTER, "router a\nx\n\n"), (ROUTER, "router b\n")],
            &[(ROUTER, "@a\n@b\nrouter a\n"), (ROUTER, "@a\n@b\nrouter b\n"), (ROUTER, "router c")],
            // What is known begins a stretch behind what is not.
            &[(None, "x\n"), (None, "@a\ny\n"), (ROUTER, "router a\n"), (ROUTER, "router b\n")],
            &[(None, "no document")],
            &[(None, "\n")],
            &[(None, "@type tea 1.0\nleaves\n"), (ROUTER, "router a\n")],
            // `router` in an object is none.
            &[(ROUTER, "router a\nk\n-----BEGIN A-----\nrouter\n-----END A-----\n")],
            &[(ROUTER, "router a\n"), (None, "@trailing\n")],
            &[(ROUTER, "router a\nonion-key\n"), (EXTRA, "extra-info a\n"), (MICRO, "onion-key\np\n"), (MICRO, "@b\nonion-key\n")],
            // What sanitising leaves: a digest, and no key or signature before it.
            &[(BRIDGE, "router a\nx\nrouter-digest b\n"), (ROUTER, "router a\n"), (BRIDGE, "router a\nrouter-digest-sha256 b\n"),
              (BRIDGE_EXTRA, "extra-info a\nrouter-digest b\n"), (EXTRA, "extra-info a\nrouter-signature\nrouter-digest b\n")],
            &[(BRIDGE, "@type bridge-server-descriptor 1.2\nrouter a\n"), (ROUTER, "router b\n")],
        ];
        for pieces in cases {
            let file: Vec<_> = pieces.iter().map(|(_, text)| *text).collect();
            let file = file.concat();
            let cut: Vec<_> = stretches(file.as_bytes())
                .map(|stretch| {
                    (
                        stretch.kind,
                        core::str::from_utf8(stretch.document.as_bytes()).unwrap(),
                    )
                })
                .collect();
            assert_eq!(cut, *pieces);
        }
    }
}
