//! What a child prints, kept in case it crashes.

/// How much is kept, in bytes.
const KEPT: usize = 16 * 1024;

/// The last part of an output.
#[derive(Default)]
pub(crate) struct Output(Vec<u8>);

impl Output {
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
        // Not at every push, or each would move all that is kept.
        if self.0.len() > 2 * KEPT {
            self.0.drain(..self.0.len() - KEPT);
        }
    }

    pub(crate) fn text(&self) -> String {
        let start = self.0.len().saturating_sub(KEPT);
        String::from_utf8_lossy(self.0.get(start..).unwrap_or_default()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_is_kept() {
        let mut output = Output::default();
        output.push(b"first");
        assert_eq!(output.text(), "first");
        for _ in 0..1000 {
            output.push(&[b'x'; 100]);
            assert!(output.0.len() <= 2 * KEPT);
        }
        output.push(b"last");
        assert_eq!(output.text().len(), KEPT);
        assert!(output.text().ends_with("xlast"));
    }
}
