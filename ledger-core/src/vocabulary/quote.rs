//! What of a text may stand in a message: figures and signs, never words, which may be somebody's name.

/// The text, if it has figures and signs only and is short; otherwise word that it is not shown.
pub fn figures_only(text: &str) -> String {
    let is_figure = |each: char| each.is_ascii_digit() || ".,+-/: eE".contains(each);
    let shown = text.chars().count() <= 40 && text.chars().all(is_figure);
    if shown { format!("{text:?}") } else { format!("(a text of {} characters)", text.chars().count()) }
}

#[cfg(test)]
mod tests {
    use super::figures_only;

    #[test]
    fn words_are_not_quoted() {
        assert_eq!(figures_only("1,000.0"), "\"1,000.0\"");
        assert_eq!(figures_only("Ada Byron"), "(a text of 9 characters)");
    }
}
