//! Texts that come from others, made fit for a card. Escaping is the drawing's.

use unicode_width::UnicodeWidthChar;

use crate::machine::decide::texts::check_line;
use crate::machine::rejection::Rejection;

/// Longest link, in bytes.
const LINK_BYTES_MAX: usize = 2_000;

/// A link goes to the web, and does not break out of where an app puts it.
pub(super) fn check_link(link: &str) -> Result<(), Rejection> {
    check_line("link", link, LINK_BYTES_MAX)?;
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let is_foreign =
        |each: char| each.is_whitespace() || turns(each) || matches!(each, '"' | '\'' | '`' | '<' | '>');
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(is_foreign) => Ok(()),
        Some(_) | None => Err(Rejection::InvalidLink),
    }
}

/// Whether a character changes the direction of what stands beside it. Letters have directions of their own and need none.
fn turns(each: char) -> bool {
    matches!(each, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
}

/// A text on one line without what cannot be drawn, what no XML may hold and what turns its surroundings around; none
/// where nothing is left to be seen.
pub(super) fn legible(text: &str) -> Option<String> {
    let is_kept =
        |each: &char| !each.is_control() && !turns(*each) && !matches!(each, '\u{fffe}' | '\u{ffff}');
    let words = text.split_whitespace().map(|word| word.chars().filter(is_kept).collect::<String>());
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (columns(&text) > 0).then_some(text)
}

/// How wide a character is, in half columns. A letter takes one column, a capital half as much again, an ideograph two, and
/// an accent none: it stays with its letter.
fn half_columns(each: char) -> usize {
    each.width().unwrap_or(0).saturating_mul(2).saturating_add(usize::from(each.is_uppercase()))
}

/// How many columns a text takes, rounded up.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(half_columns).fold(0, usize::saturating_add).div_ceil(2)
}

/// How many bytes of a text fit into so many columns.
fn fitting(text: &str, columns: usize) -> usize {
    let mut left = columns.saturating_mul(2);
    let fits = |each: &char| match left.checked_sub(half_columns(*each)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    text.chars().take_while(fits).map(char::len_utf8).fold(0, usize::saturating_add)
}

/// A text of at most so many columns; what is too long ends in an ellipsis.
pub(super) fn shortened(text: &str, columns: usize) -> String {
    if fitting(text, columns) == text.len() {
        return text.to_owned();
    }
    let kept = text.split_at_checked(fitting(text, columns.saturating_sub(1)));
    format!("{}…", kept.map_or("", |(kept, _)| kept).trim_end())
}

/// A text on one line, or two, each of at most so many columns.
pub(super) fn on_two_lines(text: &str, columns: usize) -> Vec<String> {
    let fits = fitting(text, columns);
    if fits == text.len() {
        return vec![text.to_owned()];
    }
    // Between words, or where there are none within the first line.
    let first = text.split_at_checked(fits).and_then(|(first, rest)| match first.rsplit_once(' ') {
        Some((words, _)) if !rest.starts_with(' ') => text.split_at_checked(words.len()),
        Some(_) | None => Some((first, rest)),
    });
    let (first, rest) = first.unwrap_or((text, ""));
    vec![first.to_owned(), shortened(rest.trim_start(), columns)]
}

/// `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`.
pub(super) fn listed(items: &[String], named_max: usize) -> String {
    let mut named: Vec<String> = items.iter().take(named_max).cloned().collect();
    let more = items.len().saturating_sub(named_max);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    match named.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_drawn_is_left_out() {
        let name = "  Ada\u{7}\u{202e}\n\tof\u{2028}\u{2066}\u{fffe} \u{1b}[31mKitui\u{200f} ";
        assert_eq!(legible(name).as_deref(), Some("Ada of [31mKitui"));
        assert_eq!(legible("עדה Ада 愛達").as_deref(), Some("עדה Ада 愛達"));
        for nothing in ["", " \n", "\u{202e}\u{0}", "\u{200b}\u{301}"] {
            assert_eq!(legible(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn long_texts_end_in_an_ellipsis_between_characters() {
        assert_eq!(shortened("wells", 5), "wells");
        assert_eq!(shortened("wells for kitui", 7), "wells…");
        // Capitals are wide, ideographs wider, and an accent stays with its letter.
        assert_eq!(shortened("WELLS", 5), "WE…");
        assert_eq!(shortened("愛達愛達", 7), "愛達愛…");
        assert_eq!(shortened("愛達愛達", 6), "愛達…");
        assert_eq!(shortened("e\u{301}e\u{301}e\u{301}", 2), "e\u{301}…");
        assert_eq!(shortened("wells", 0), "…");
        assert_eq!(["", "wells", "Wells", "EUR", "愛達"].map(columns), [0, 5, 6, 5, 4]);
    }

    #[test]
    fn two_lines_break_between_words_where_there_are_words() {
        assert_eq!(on_two_lines("wells", 5), ["wells"]);
        assert_eq!(on_two_lines("wells for kitui", 9), ["wells for", "kitui"]);
        assert_eq!(on_two_lines("wells for kitui", 8), ["wells", "for kit…"]);
        assert_eq!(on_two_lines("愛達愛達愛", 4), ["愛達", "愛…"]);
        assert_eq!(on_two_lines("w", 0), ["", "…"]);
    }

    #[test]
    fn lists_say_how_many_more_there_are() {
        let items = ["a", "b", "c", "d"].map(str::to_owned);
        let listed = |count| listed(items.get(..count).unwrap(), 3);
        assert_eq!([0, 1, 2, 3, 4].map(listed), ["", "a", "a and b", "a, b and c", "a, b, c and 1 more"]);
    }
}
