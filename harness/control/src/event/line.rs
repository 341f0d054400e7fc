//! An event's line, put together.

use alloc::string::String;

use crate::keywords::Keywords;

/// A line of words and keywords; a word that is not there leaves no space.
pub(crate) fn line(mut line: String, words: &[Option<&str>], keywords: Keywords<'_>) -> String {
    let keywords = Some(keywords.as_str()).filter(|text| !text.is_empty());
    for word in words.iter().copied().chain([keywords]).flatten() {
        line.push(' ');
        line.push_str(word);
    }
    line
}
