//! Limits on texts, stated once.

use crate::machine::rejection::Rejection;

/// Longest idempotency key, in bytes.
pub const KEY_BYTES_MAX: usize = 200;
/// Longest name, location or external id, in bytes.
pub const NAME_BYTES_MAX: usize = 200;
/// Longest e-mail address, in bytes (RFC 3696, erratum 1690).
pub const EMAIL_BYTES_MAX: usize = 254;
/// Longest memo, in bytes.
pub const MEMO_BYTES_MAX: usize = 1_000;
/// Longest description of a cause, in bytes.
pub const DESCRIPTION_BYTES_MAX: usize = 4_000;
/// Longest name of an attribute, in bytes.
pub const ATTRIBUTE_NAME_BYTES_MAX: usize = 64;
/// Longest value of an attribute, in bytes.
pub const ATTRIBUTE_VALUE_BYTES_MAX: usize = 500;
/// Most attributes of a donor.
pub const ATTRIBUTES_MAX: usize = 32;
/// Most causes of one donation or refund.
pub const DESIGNATIONS_MAX: usize = 100;

/// A count as the messages carry it.
pub fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}

/// A key has 1 to 200 bytes, none of them a control character.
pub fn check_key(key: &str) -> Result<(), Rejection> {
    let fits = (1..=KEY_BYTES_MAX).contains(&key.len()) && !key.chars().any(char::is_control);
    if fits { Ok(()) } else { Err(Rejection::InvalidKey { length: count(key.len()) }) }
}

/// A text on one line: not blank, within its limit, without control characters.
pub fn check_line(field: &'static str, text: &str, limit: usize) -> Result<(), Rejection> {
    check_length(field, text, limit)?;
    if text.chars().any(char::is_control) {
        return Err(Rejection::TextNotPrintable { field });
    }
    Ok(())
}

/// A text that may have several lines: not blank, within its limit, no control characters but line breaks and tabs.
pub fn check_lines(field: &'static str, text: &str, limit: usize) -> Result<(), Rejection> {
    check_length(field, text, limit)?;
    if text.chars().any(|each| each.is_control() && each != '\n' && each != '\t') {
        return Err(Rejection::TextNotPrintable { field });
    }
    Ok(())
}

/// The memo of a command, where it has one.
pub fn check_memo(memo: Option<&str>) -> Result<(), Rejection> {
    memo.map_or(Ok(()), |memo| check_lines("memo", memo, MEMO_BYTES_MAX))
}

fn check_length(field: &'static str, text: &str, limit: usize) -> Result<(), Rejection> {
    if text.trim().is_empty() {
        return Err(Rejection::EmptyText { field });
    }
    if text.len() > limit {
        return Err(Rejection::TextTooLong { field, length: count(text.len()), limit: count(limit) });
    }
    Ok(())
}
