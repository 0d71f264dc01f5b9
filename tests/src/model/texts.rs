//! Limits on texts, written a second time.

use ledger_core::DonorProfile;

/// A text on one line, or on several.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    One,
    Many,
}

pub(super) fn check_key(key: &str) -> Result<(), u16> {
    if key.is_empty() || key.len() > 200 || key.chars().any(char::is_control) {
        return Err(1009);
    }
    Ok(())
}

pub(super) fn check(text: Option<&str>, limit: usize, lines: Lines) -> Result<(), u16> {
    let Some(text) = text else { return Ok(()) };
    if text.chars().all(char::is_whitespace) {
        return Err(1010);
    }
    if text.len() > limit {
        return Err(1011);
    }
    let is_break = |each: char| lines == Lines::Many && (each == '\n' || each == '\t');
    if text.chars().any(|each| each.is_control() && !is_break(each)) {
        return Err(1012);
    }
    Ok(())
}

pub(super) fn check_memo(memo: Option<&String>) -> Result<(), u16> {
    check(memo.map(String::as_str), 1000, Lines::Many)
}

pub(super) fn check_profile(profile: &DonorProfile) -> Result<(), u16> {
    for text in [&profile.name, &profile.external_id, &profile.location] {
        check(text.as_deref(), 200, Lines::One)?;
    }
    if let Some(email) = &profile.email {
        check(Some(email), 254, Lines::One)?;
        check_email(email.trim())?;
    }
    if profile.attributes.len() > 32 {
        return Err(1014);
    }
    for (place, attribute) in profile.attributes.iter().enumerate() {
        check(Some(&attribute.name), 64, Lines::One)?;
        check(Some(&attribute.value), 500, Lines::Many)?;
        let before = &profile.attributes[..place];
        if before.iter().any(|earlier| earlier.name == attribute.name) {
            return Err(1015);
        }
    }
    Ok(())
}

/// Something before the last at sign, something after it, no blank anywhere.
fn check_email(email: &str) -> Result<(), u16> {
    let at = email.rfind('@').ok_or(1013_u16)?;
    let is_whole = at > 0 && at + 1 < email.len();
    if is_whole && !email.chars().any(char::is_whitespace) { Ok(()) } else { Err(1013) }
}
