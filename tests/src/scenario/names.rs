//! Names for ids: a step binds what it made, later steps use the name, answers show it.

use std::collections::BTreeMap;

const PREFIXES: [&str; 14] = [
    "don_", "cau_", "gft_", "ref_", "adj_", "rea_", "rev_", "led_", "pay_", "set_", "out_", "dis_", "sus_",
    "exc_",
];
const ID_DIGITS: usize = 26;
const FINGERPRINT_DIGITS: usize = 32;

/// Names bound so far.
#[derive(Debug, Default)]
pub struct Names {
    ids: BTreeMap<String, String>,
    shown: BTreeMap<String, String>,
}

impl Names {
    /// Binds a name. An id that has one already is shown by its first.
    pub fn bind(&mut self, name: &str, id: &str) {
        self.ids.insert(name.to_owned(), id.to_owned());
        self.shown.entry(id.to_owned()).or_insert_with(|| format!("@{name}"));
    }

    /// The id behind a name; a text that is no name stands for itself.
    pub fn id<'a>(&'a self, text: &'a str) -> &'a str {
        self.ids.get(text).map_or(text, String::as_str)
    }

    /// A text with `@name` replaced by ids, longest names first.
    pub fn with_ids(&self, text: &str) -> String {
        let mut names: Vec<&String> = self.ids.keys().collect();
        names.sort_by_key(|name| core::cmp::Reverse(name.len()));
        names
            .into_iter()
            .fold(text.to_owned(), |text, name| text.replace(&format!("@{name}"), &self.ids[name]))
    }

    /// A text with ids replaced by `@name` (`@?` where there is none) and fingerprints by `#`.
    pub fn shown(&self, text: &str) -> String {
        let mut shown = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some(id) = id_at(rest) {
                shown.push_str(self.shown.get(id).map_or("@?", String::as_str));
                rest = &rest[id.len()..];
            } else if is_fingerprint_at(rest) {
                shown.push('#');
                rest = &rest[FINGERPRINT_DIGITS..];
            } else {
                shown.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
        shown
    }
}

fn id_at(text: &str) -> Option<&str> {
    let prefix = PREFIXES.iter().find(|prefix| text.starts_with(**prefix))?;
    let id = text.get(..prefix.len() + ID_DIGITS)?;
    let digit = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    id[prefix.len()..].bytes().all(digit).then_some(id)
}

fn is_fingerprint_at(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.get(..FINGERPRINT_DIGITS).is_some_and(|digits| digits.bytes().all(digit))
}

/// A text with every number after a word replaced by `#`: `at byte 512` becomes `at byte #`.
pub fn without_number_after(text: &str, before: &str) -> String {
    let mut pieces = text.split(before);
    let mut masked = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let rest = piece.trim_start_matches(|each: char| each.is_ascii_digit());
        masked.push_str(before);
        masked.push_str(if rest.len() < piece.len() { "#" } else { "" });
        masked.push_str(rest);
    }
    masked
}
