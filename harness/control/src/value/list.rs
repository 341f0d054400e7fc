//! Lists that commas separate.

/// The words of a list that commas separate: `ONEHOP_TUNNEL,IS_INTERNAL`.
///
/// Empty words are left out; an empty text is an empty list.
pub fn list(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(',').filter(|word| !word.is_empty())
}
