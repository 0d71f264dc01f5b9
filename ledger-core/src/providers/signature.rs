//! Signatures as several providers make them: HMAC-SHA-256 over a time, a dot and the body.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::vocabulary::hex::hex;

/// The signature of a body at a time, as lower-case hexadecimal digits.
pub(super) fn sign(secret: &str, seconds: i64, body: &[u8]) -> String {
    mac(secret, seconds, body).map(|mac| hex(&mac.finalize().into_bytes())).unwrap_or_default()
}

/// The signatures that a body has at a time, by several secrets: each is made once, however many are compared with it.
pub(super) struct Signed(Vec<Hmac<Sha256>>);

impl Signed {
    /// By these secrets. A blank one, such as of a variable that is not set, signs nothing: anybody could.
    pub(super) fn by(secrets: &[String], seconds: i64, body: &[u8]) -> Self {
        let secrets = secrets.iter().filter(|secret| !secret.trim().is_empty());
        Self(secrets.filter_map(|secret| mac(secret, seconds, body)).collect())
    }

    /// Whether a text is one of them. Takes the same time wherever the first difference is.
    pub(super) fn has(&self, signature: &str) -> bool {
        let Some(bytes) = unhex(signature) else { return false };
        self.0.iter().any(|mac| mac.clone().verify_slice(&bytes).is_ok())
    }
}

fn mac(secret: &str, seconds: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    Some(mac)
}

/// Bytes from lower-case hexadecimal digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'a'..=b'f' => byte.checked_sub(b'a').and_then(|digit| digit.checked_add(10)),
        _ => None,
    };
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    let byte = |pair: &[u8]| match pair {
        [high, low] => digit(*high)?.checked_mul(16)?.checked_add(digit(*low)?),
        _ => None,
    };
    pairs.map(byte).collect()
}
