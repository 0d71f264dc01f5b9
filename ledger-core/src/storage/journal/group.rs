//! Groups: the unit of writing. A header, then frames of records; whole or not there.
//!
//! Header, 68 bytes: magic (4), first seq (8), count (4), body length (4), time (8), tree root before (32),
//! crc32c of the body (4), crc32c of the header (4). Frame: length (4), crc32c of the record (4), the
//! record. Little endian.

use super::merkle::Hash;
use super::{Fields, with_crc, without_crc};
use crate::vocabulary::time::Timestamp;

/// What a group begins with.
pub const MAGIC: [u8; 4] = *b"DLGR";
/// Length of a header.
pub const HEADER_LENGTH: usize = 68;
/// Length of what stands before a record.
pub const FRAME_LENGTH: usize = 8;

/// What stands at the start of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupHeader {
    /// Its first record.
    pub first_seq: u64,
    /// How many records.
    pub count: u32,
    /// Bytes of the frames.
    pub body_length: u32,
    /// The time that all records carry.
    pub time: Timestamp,
    /// The root of the tree before the first record.
    pub root_before: Hash,
    /// The checksum of the frames.
    pub body_crc: u32,
}

impl GroupHeader {
    /// The header as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_LENGTH);
        bytes.extend(MAGIC);
        bytes.extend(self.first_seq.to_le_bytes());
        bytes.extend(self.count.to_le_bytes());
        bytes.extend(self.body_length.to_le_bytes());
        bytes.extend(self.time.micros().to_le_bytes());
        bytes.extend(self.root_before);
        bytes.extend(self.body_crc.to_le_bytes());
        with_crc(bytes)
    }

    /// The header at the start of bytes; `None` when there is none that is whole and right.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let mut fields = Fields(without_crc(bytes.get(..HEADER_LENGTH)?)?);
        (fields.take::<4>()? == MAGIC).then_some(())?;
        let (first_seq, count, body_length) = (fields.u64()?, fields.u32()?, fields.u32()?);
        let time = Timestamp::from_micros(fields.take().map(i64::from_le_bytes)?);
        Some(Self {
            first_seq,
            count,
            body_length,
            time,
            root_before: fields.take()?,
            body_crc: fields.u32()?,
        })
    }
}

/// A group as bytes, and the offset of each record's frame in them. `None` beyond 4 GiB.
pub fn encode_group(
    first_seq: u64,
    time: Timestamp,
    root_before: &Hash,
    records: &[Vec<u8>],
) -> Option<(Vec<u8>, Vec<u32>)> {
    let frames = records.iter().map(|record| record.len().saturating_add(FRAME_LENGTH)).sum::<usize>();
    let mut bytes = Vec::with_capacity(frames.saturating_add(HEADER_LENGTH));
    // The header's place: it is known when its body is.
    bytes.resize(HEADER_LENGTH, 0);
    let mut offsets = Vec::with_capacity(records.len());
    for record in records {
        offsets.push(u32::try_from(bytes.len()).ok()?);
        bytes.extend_from_slice(&u32::try_from(record.len()).ok()?.to_le_bytes());
        bytes.extend_from_slice(&crc32c::crc32c(record).to_le_bytes());
        bytes.extend_from_slice(record);
    }
    let (place, body) = bytes.split_at_mut_checked(HEADER_LENGTH)?;
    let header = GroupHeader {
        first_seq,
        count: u32::try_from(records.len()).ok()?,
        body_length: u32::try_from(body.len()).ok()?,
        time,
        root_before: *root_before,
        body_crc: crc32c::crc32c(body),
    };
    place.copy_from_slice(&header.encode());
    Some((bytes, offsets))
}

/// The record in the frame at the start of bytes and the length of the frame; `None` when it is not right.
pub fn decode_frame(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let mut fields = Fields(bytes);
    let (length, crc) = (usize::try_from(fields.u32()?).ok()?, fields.u32()?);
    let record = fields.bytes(length)?;
    (crc32c::crc32c(record) == crc).then_some((record, length.checked_add(FRAME_LENGTH)?))
}
