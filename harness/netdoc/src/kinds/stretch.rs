//! The documents of a file.

use super::annotations::Annotations;
use super::collector::TypeName;
use super::kind::Kind;
use crate::structure::{Document, Item, Items};

/// Cuts a file into documents of whatever kinds, a [`Stretch`] each.
///
/// The stretches together are the file. Annotations belong to the document
/// that follows; what no known document begins with is a stretch of its own,
/// up to the next that is known. What has no items, or is annotated with a
/// [`CollectorType`](super::CollectorType) that nothing reads, goes on to the next annotation.
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
///
/// Places of problems are those in the stretch. Where it is in the file, its bytes say:
///
/// ```
/// use tor_harness_netdoc::stretches;
/// use tor_harness_types::Span;
///
/// let file = b"router a\nrouter b\nbandwidth 1 2\n";
/// let second = stretches(file).nth(1).expect("two routers");
/// let span = Span::of(second.document.as_bytes(), file);
/// assert_eq!((span.start, span.place(file).line), (9, 2));
/// ```
///
/// [`Span::place`](tor_harness_types::Span::place) counts lines from the start of the file: who
/// asks it of every stretch counts on from the one before instead.
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
    /// Annotations, which may name its type.
    Annotated(Option<Named>),
    /// Items of a kind, or of none that is known.
    Yes(Option<Kind>),
    /// What nobody reads: all up to the next annotation.
    Unread,
}

/// What reads the type that an annotation names.
#[derive(Clone, Copy, Debug)]
enum Named {
    /// This kind.
    Kind(Kind),
    /// None, though the type is known.
    Nothing,
}

impl Named {
    /// What reads it; `None` for a type that nobody knows.
    fn of(name: TypeName<'_>) -> Option<Self> {
        let kind = name.kind().map(Self::Kind);
        kind.or_else(|| name.known().map(|_| Self::Nothing))
    }
}

impl<'a> Stretches<'a> {
    /// Whether `item` begins another stretch than the one begun; goes on with
    /// whichever it is.
    fn begins_another(&mut self, item: &Item<'a>) -> bool {
        if item.is_annotation() {
            let named = TypeName::read(item).and_then(Named::of);
            let (another, before) = match self.begun {
                Begun::No => (false, None),
                Begun::Annotated(named) => (false, named),
                Begun::Yes(_) | Begun::Unread => (true, None),
            };
            self.begun = Begun::Annotated(named.or(before));
            return another;
        }
        let current = match self.begun {
            Begun::Yes(current) => current,
            Begun::Unread => return false,
            Begun::No | Begun::Annotated(_) => {
                self.begun = match self.begun {
                    Begun::Annotated(Some(Named::Kind(kind))) => Begun::Yes(Some(kind)),
                    Begun::Annotated(Some(Named::Nothing)) => Begun::Unread,
                    _ => {
                        let kind = self.begun_by(item);
                        Begun::Yes(kind.or_else(|| Kind::begun_without_item(item, self.rest())))
                    }
                };
                return false;
            }
        };
        let another = match current {
            // So with most items.
            _ if !Kind::is_beginning(item.keyword_bytes()) => false,
            Some(kind) if kind.is_never_cut() => false,
            Some(kind) if kind.rules().first().as_bytes() == item.keyword_bytes() => true,
            Some(kind) if kind.goes_on_with(item.keyword_bytes()) => false,
            _ => self.begun_by(item).is_some(),
        };
        if another {
            self.begun = Begun::Yes(self.begun_by(item));
        }
        another
    }

    /// The next item that may begin another stretch than the one begun.
    fn next_item(&mut self) -> Option<Item<'a>> {
        match self.begun {
            Begun::Yes(_) => self.items.next_with(Kind::may_begin_with),
            _ => self.items.next(),
        }
    }

    /// The kind of what begins with `item` in the middle of a file.
    fn begun_by(&self, item: &Item<'a>) -> Option<Kind> {
        Kind::begun_by(item, self.rest())
    }

    /// What follows the last item.
    fn rest(&self) -> Document<'a> {
        Document::new(self.file).tail(self.items.offset())
    }
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        let start = self.start;
        let mut kind = match self.begun {
            Begun::Yes(kind) => kind,
            _ => None,
        };
        while let Some(item) = self.next_item() {
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
        let document = Document::new(&self.file[start..]);
        (start < self.start).then_some(Stretch { kind, document })
    }
}

impl<'a> Stretch<'a> {
    /// The type that its annotation names, known or not.
    #[must_use]
    pub fn type_name(&self) -> Option<TypeName<'a>> {
        Annotations::read(self.document).type_name()
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
        const BANDWIDTH: Option<Kind> = Some(Kind::BandwidthFile);
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
            &[(ROUTER, "\u{feff}router a\n")],
            &[(ROUTER, "router a\nonion-key\n"), (EXTRA, "extra-info a\n"), (MICRO, "onion-key\np\n"), (MICRO, "@b\nonion-key\n")],
            // What sanitising leaves: a digest, and no key or signature before it.
            &[(BRIDGE, "router a\nx\nrouter-digest b\n"), (ROUTER, "router a\n"), (BRIDGE, "router a\nrouter-digest-sha256 b\n"),
              (BRIDGE_EXTRA, "extra-info a\nrouter-digest b\n"), (EXTRA, "extra-info a\nrouter-signature\nrouter-digest b\n")],
            &[(ROUTER, "router a\nx\n"), (Some(Kind::RouterStatus), "r b\nrouter-digest b\n")],
            &[(EXTRA, "extra-info a\n"), (Some(Kind::ExitList), "ExitNode b\nrouter-digest b\n")],
            &[(BRIDGE, "router a\npublished b\nrouter-digest b\n")],
            &[(BRIDGE, "@type bridge-server-descriptor 1.2\nrouter a\nonion-key\n"), (ROUTER, "router b\n")],
            // Of a version 2 service, and of a version 3 one, which is a part of the inner layer.
            &[(Some(Kind::OnionDescriptor2Point), "introduction-point a\nip-address b\nonion-key\n")],
            &[(Some(Kind::OnionDescriptor2Point), "introduction-point a\n"), (Some(Kind::OnionDescriptor2Point), "introduction-point a\nservice-key\n")],
            &[(Some(Kind::OnionDescriptorInner), "introduction-point AQAGfwAAASMp\nonion-key ntor a\nauth-key\nenc-key ntor b\n")],
            &[(Some(Kind::OnionDescriptorInner), "introduction-point AQAGfwAAASMp\nauth-key\n")],
            &[(Some(Kind::DetachedSignatures), "valid-after a\nfresh-until b\nvalid-until c\nadditional-digest d\n")],
            &[(None, "valid-after a\nfresh-until b\nvalid-until c\nvoting-delay d\n")],
            // Nothing is cut in what has no items.
            &[(BANDWIDTH, "@type bandwidth-file 1.0\n1784000000\nrouter a\n"), (ROUTER, "@a\nrouter b\n")],
            &[(BANDWIDTH, "1784000000\nversion=1.4.0\n=====\nrouter a\n")],
            &[(Some(Kind::FallbackList), "/* prose */\n\"192.0.2.1:80 orport=1 id=A\",\nrouter a\n")],
            &[(Some(Kind::AuthorityList), "\"one orport=1 \"\n\"192.0.2.1:80 A\",\n")],
            &[(Some(Kind::Ed25519Certificate), "-----BEGIN ED25519 CERT-----\nAAAA\n-----END ED25519 CERT-----\n")],
            &[(ROUTER, "router a\n?\n-----BEGIN A-----\n-----END A-----\n-----BEGIN ED25519 CERT-----\nx\n"), (ROUTER, "router b\n")],
            &[(None, "\u{89}PNG\r\n\u{1a}\n\0\0\0\rIHDR\0\n"), (ROUTER, "router a\n")],
            &[(None, "@type server-descriptor 2.0\nrouter a\n"), (ROUTER, "@a\nrouter a\n")],
            &[(None, "@type directory 1.0\nsigned-directory\nrouter a\n")],
            &[(ROUTER, "@type tea 1.0\nrouter a\n")],
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

    #[test]
    fn keeps_the_names_of_types() {
        let file = b"@type tea 1.0\nleaves\n@type torperf 1.1\nA=1\nrouter a\n@a\nx\n";
        let names: Vec<_> = stretches(file)
            .map(|stretch| stretch.type_name().map(|name| (name.name, name.version)))
            .collect();
        let [tea, torperf] = [(&b"tea"[..], &b"1.0"[..]), (b"torperf", b"1.1")].map(Some);
        assert_eq!(names, [tea, torperf, None]);
    }
}
