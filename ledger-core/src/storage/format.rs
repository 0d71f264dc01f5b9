//! `FORMAT`: what a ledger is, in lines that a person can read, ended by a checksum.

use super::Identity;
use super::medium::{Medium, read_whole, write_whole};
use crate::accounting::chart::BookMode;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::time::Timestamp;

/// The name of the file.
pub const FILE: &str = "FORMAT";
/// The version of everything on disk that this library writes.
pub const VERSION: u32 = 1;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// No ledger.
    Nothing,
    /// A ledger of this version.
    Ledger(Identity),
    /// A ledger of a version that is newer than this library.
    Newer(u32),
}

/// Writes the file; the last step of creating a ledger.
pub fn write(medium: &dyn Medium, identity: &Identity) -> Result<(), Fault> {
    let lines = format!(
        "donation-ledger format {VERSION}\nledger {}\nmode {}\ncreated {}\n",
        identity.ledger,
        identity.mode.word(),
        identity.created,
    );
    let text = format!("{lines}crc32c {:08x}\n", crc32c::crc32c(lines.as_bytes()));
    write_whole(medium, FILE, text.as_bytes())
}

/// Reads the file.
pub fn read(medium: &dyn Medium) -> Result<Found, Fault> {
    let Some(bytes) = read_whole(medium, FILE)? else {
        return Ok(Found::Nothing);
    };
    let damaged = || Fault::damaged("unreadable format file", FILE, 0, 0);
    let text = String::from_utf8(bytes).map_err(|_| damaged())?;
    let first = text.lines().next().and_then(|line| line.strip_prefix("donation-ledger format "));
    let version: u32 = first.and_then(|version| version.parse().ok()).ok_or_else(damaged)?;
    if version > VERSION {
        return Ok(Found::Newer(version));
    }
    if version < VERSION {
        return Err(damaged());
    }
    let (lines, crc) = text.split_once("crc32c ").ok_or_else(damaged)?;
    if crc.trim_end() != format!("{:08x}", crc32c::crc32c(lines.as_bytes())) {
        return Err(damaged());
    }
    let field = |name: &str| lines.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let identity = || {
        Some(Identity {
            ledger: field("ledger")?.parse().ok()?,
            mode: BookMode::from_word(field("mode")?)?,
            created: Timestamp::parse(field("created")?)?,
        })
    };
    identity().map(Found::Ledger).ok_or_else(damaged)
}
