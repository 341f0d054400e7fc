//! The map itself.

use std::collections::BTreeMap;

use super::virtual_address::VirtualKind;

/// How often an address is replaced at most: maps can go in circles.
const MOST_STEPS: usize = 16;

/// How many addresses are mapped at most, and how long each may be, in bytes:
/// tor has no limit.
const MOST: usize = 10_000;
const LONGEST: usize = 1024;

/// Why an address is mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::world) enum Source {
    /// The option `MapAddress`.
    Option,
    /// MAPADDRESS.
    Command,
    /// It is a virtual address that was given for another.
    Virtual,
}

/// Where an address leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mapping {
    to: String,
    source: Source,
    /// Whether it is for all names below this one as well: `*.` in front.
    from_all: bool,
    /// Whether they keep what they have in front.
    to_all: bool,
}

/// Addresses, and those that tor takes for them.
#[derive(Debug, Default)]
pub(in crate::world) struct AddressMap {
    mappings: BTreeMap<String, Mapping>,
    /// By what they stand for, the virtual addresses that are mapped so.
    virtual_addresses: BTreeMap<(String, VirtualKind), String>,
}

/// What became of a new mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::world) enum Mapped {
    /// The address leads elsewhere now: from, and to, as ADDRMAP tells.
    To(String, String),
    /// The address is itself again.
    Removed,
}

/// Why an address is not mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::world) enum MapError {
    /// Of these two, in tor's words.
    Wrong(&'static str),
    /// Too many are mapped already, or it is too long.
    Full,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::world) struct Rewritten {
    pub(in crate::world) address: String,
    /// Whether anything was mapped.
    pub(in crate::world) changed: bool,
    /// Whether this ended because it went on for too long.
    pub(in crate::world) loops: bool,
}

impl AddressMap {
    /// Maps an address, or every name below it where it starts with `*.`.
    pub(in crate::world) fn map(
        &mut self,
        from: &str,
        to: &str,
        source: Source,
    ) -> Result<Mapped, MapError> {
        if from == "*" || to == "*" {
            return Err(MapError::Wrong("can't remap from or to *"));
        }
        let (from, from_all) = without_wildcard(from);
        let (to, to_all) = without_wildcard(to);
        if to_all && !from_all {
            return Err(MapError::Wrong(
                "can only use wildcard (i.e. '*.') if 'from' address uses wildcard also",
            ));
        }
        if from.eq_ignore_ascii_case(to) && from_all == to_all {
            let old = self.mappings.remove(from);
            self.forget_virtual(from, old);
            return Ok(Mapped::Removed);
        }
        let mapping = Mapping {
            to: to.to_owned(),
            source,
            from_all,
            to_all,
        };
        self.insert(from, mapping).ok_or(MapError::Full)?;
        Ok(Mapped::To(from.to_owned(), to.to_owned()))
    }

    /// Maps a virtual address that stands for another; a wildcard is none here.
    pub(super) fn map_virtual(&mut self, kind: VirtualKind, from: &str, to: &str) -> Option<()> {
        let mapping = Mapping {
            to: to.to_owned(),
            source: Source::Virtual,
            from_all: false,
            to_all: false,
        };
        self.insert(from, mapping)?;
        self.virtual_addresses
            .insert((to.to_owned(), kind), from.to_owned());
        Some(())
    }

    fn insert(&mut self, from: &str, mapping: Mapping) -> Option<()> {
        let is_full = self.mappings.len() >= MOST && !self.contains(from);
        if is_full || from.len().max(mapping.to.len()) > LONGEST {
            return None;
        }
        let old = self.mappings.insert(from.to_owned(), mapping);
        self.forget_virtual(from, old);
        Some(())
    }

    /// Whether exactly this address is mapped.
    pub(super) fn contains(&self, from: &str) -> bool {
        self.mappings.contains_key(from)
    }

    /// The virtual address that stands for this one already.
    pub(in crate::world) fn virtual_for(&self, kind: VirtualKind, to: &str) -> Option<&str> {
        let known = self.virtual_addresses.get(&(to.to_owned(), kind))?;
        Some(known)
    }

    /// Maps nothing any more for this reason.
    pub(in crate::world) fn clear(&mut self, source: Source) {
        self.mappings.retain(|_, mapping| mapping.source != source);
        if source == Source::Virtual {
            self.virtual_addresses.clear();
        }
    }

    /// The lines of `GETINFO address-mappings/*`; the last has no end where
    /// there is one only. tor's own order is that of its hash table.
    pub(in crate::world) fn list(&self, shown: impl Fn(Source) -> bool) -> Vec<u8> {
        let lines: Vec<_> = self
            .mappings
            .iter()
            .filter(|(_, mapping)| shown(mapping.source))
            .map(|(from, mapping)| {
                let wildcard = |all| if all { "*." } else { "" };
                let (from_all, to_all) = (wildcard(mapping.from_all), wildcard(mapping.to_all));
                format!("{from_all}{from} {to_all}{} NEVER", mapping.to)
            })
            .collect();
        let mut text = lines.join("\n");
        if lines.len() > 1 {
            text.push('\n');
        }
        text.into_bytes()
    }

    /// Replaces an address for as long as something is mapped, by mappings of
    /// the sources that pass.
    pub(in crate::world) fn rewrite(
        &self,
        address: &str,
        passes: impl Fn(Source) -> bool,
    ) -> Rewritten {
        let mut address = address.to_owned();
        for step in 0..MOST_STEPS {
            match self.step(&address, &passes) {
                Some(next) => address = next,
                None => {
                    return Rewritten {
                        address,
                        changed: step > 0,
                        loops: false,
                    };
                }
            }
        }
        Rewritten {
            address,
            changed: true,
            loops: true,
        }
    }

    /// A mapping is gone: if it was a virtual address's, that stands for nothing.
    fn forget_virtual(&mut self, from: &str, old: Option<Mapping>) {
        if let Some(old) = old.filter(|old| old.source == Source::Virtual) {
            let key = (old.to, VirtualKind::looks_like(from));
            self.virtual_addresses.remove(&key);
        }
    }

    fn step(&self, address: &str, passes: &impl Fn(Source) -> bool) -> Option<String> {
        if let Some(mapping) = self.mappings.get(address) {
            let to_itself = mapping.from_all && mapping.to.eq_ignore_ascii_case(address);
            let goes_on = passes(mapping.source) && (mapping.to_all || !to_itself);
            return goes_on.then(|| mapping.to.clone());
        }
        let mut below = address.match_indices('.').filter_map(|(at, _)| {
            let (front, suffix) = address.split_at_checked(at)?;
            let mapping = self.mappings.get(&suffix.get(1..)?.to_ascii_lowercase())?;
            mapping.from_all.then_some((front, mapping))
        });
        let (front, mapping) = below.next()?;
        passes(mapping.source).then(|| match mapping.to_all {
            true => format!("{front}.{}", mapping.to),
            false => mapping.to.clone(),
        })
    }
}

fn without_wildcard(address: &str) -> (&str, bool) {
    match address.strip_prefix("*.") {
        Some(rest) => (rest, true),
        None => (address, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a tor 0.4.9.11 makes of addresses that are looked up.
    #[test]
    fn rewrites_as_tor_does() {
        let mut map = AddressMap::default();
        for (from, to) in [
            (".a.com", "1.1.1.1"),
            ("*.b.com", "2.2.2.2"),
            ("*.c.com", "*.d.com"),
            ("*.k.com", "k.com"),
            ("*.", "x.com"),
            ("*.h.com", ".h.com"),
            ("one", "two"),
            ("two", "three"),
        ] {
            map.map(from, to, Source::Command).unwrap();
        }
        for (address, expected) in [
            ("a.com", None),
            ("x.a.com", None),
            (".a.com", Some("1.1.1.1")),
            ("b.com", Some("2.2.2.2")),
            ("y.x.b.com", Some("2.2.2.2")),
            ("c.com", Some("d.com")),
            ("x.c.com", Some("x.d.com")),
            ("k.com", None),
            ("x.k.com", Some("k.com")),
            ("foo.", Some("x.com")),
            ("one", Some("three")),
            ("One", None),
            ("h.com", Some(".h.com")),
        ] {
            let rewritten = map.rewrite(address, |_| true);
            let came = rewritten.changed.then_some(rewritten.address.as_str());
            assert_eq!(came, expected, "{address}");
            assert_eq!(rewritten.loops, address == "h.com", "{address}");
        }
        assert!(
            !map.rewrite("one", |source| source == Source::Virtual)
                .changed
        );
    }

    #[test]
    fn is_bounded() {
        let mut map = AddressMap::default();
        for number in 0..MOST {
            map.map(&number.to_string(), "x", Source::Command).unwrap();
        }
        assert_eq!(map.map("y", "x", Source::Command), Err(MapError::Full));
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(map.map("7", &long, Source::Command), Err(MapError::Full));
        assert_eq!(map.map("7", "7", Source::Command), Ok(Mapped::Removed));
        map.map("y", "x", Source::Command).unwrap();
    }
}
