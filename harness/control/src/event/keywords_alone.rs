//! Events that are their keywords, with lines behind the first.

/// Writes how such an event is read, and how it is written behind its name.
macro_rules! keywords_alone {
    ($event:ident = $name:literal) => {
        impl<'a> $event<'a> {
            #[inline]
            pub(crate) fn parse(
                mut head: $crate::event::head::Head<'a>,
            ) -> Result<Self, $crate::problem::ParseError> {
                Ok(Self {
                    keywords: head.keywords()?,
                    more: head.more,
                })
            }

            /// The event as tor sends it.
            #[must_use]
            pub fn to_reply(&self) -> $crate::reply::Reply {
                $crate::event::writer::LineWriter::new($name).end(self.keywords, self.more)
            }
        }
    };
}

pub(crate) use keywords_alone;
