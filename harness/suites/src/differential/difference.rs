//! A difference between a real tor and the mock, for people.

use std::fmt;

use super::script::Step;

/// Where the mock does not say what a tor says.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What was sent; the last step is answered differently.
    pub steps: Vec<Step>,
    /// The connection on which it shows.
    pub connection: usize,
    /// What tor says: one message, nothing, or that the connection is closed.
    pub tor: Vec<u8>,
    /// What the mock says instead.
    pub mock: Vec<u8>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "sent")?;
        for step in &self.steps {
            writeln!(f, "  {step}")?;
        }
        let common = self.tor.iter().zip(&self.mock);
        let at = common.take_while(|(one, other)| one == other).count();
        let from = at.saturating_sub(60);
        let to = at + 200;
        let cut = |bytes: &[u8]| {
            let part = bytes.get(from..).unwrap_or_default();
            let part = &part[..part.len().min(to - from)];
            let before = if from > 0 { "..." } else { "" };
            let after = if bytes.len() > to { "..." } else { "" };
            format!("{before}{}{after}", part.escape_ascii())
        };
        writeln!(f, "on connection {}", self.connection)?;
        writeln!(f, "  tor   {}", cut(&self.tor))?;
        writeln!(f, "  mock  {}", cut(&self.mock))?;
        let ahead = self.tor[from..at].escape_ascii().count();
        let dots = if from > 0 { 3 } else { 0 };
        write!(f, "        {:1$}^", "", ahead + dots)
    }
}
