//! Histories: for each donor, cause and account the places in the journal where it appears, in order, each
//! with its day, so that the lines of a period are found without reading all records.
//!
//! The last 63 stand in the owner's row, older ones in rows of 64 that never change again.

use bincode::de::Decoder;
use bincode::enc::Encoder;
use bincode::error::{DecodeError, EncodeError};
use bincode::{Decode, Encode};

use crate::vocabulary::date::Date;

/// How many places a full chunk has.
pub const CHUNK: u64 = 64;

/// A place in the journal: a record and the position of an event or a posted line in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The record.
    pub seq: u64,
    /// The event (histories of donors and causes) or the posted line (histories of accounts).
    pub ordinal: u16,
    /// The day on which it happened.
    pub day: Date,
}

/// Places in rising order, stored as differences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places(pub Vec<Place>);

impl Encode for Places {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
        let (mut seq, mut day) = (0_u64, 0_i64);
        u64::try_from(self.0.len()).unwrap_or(u64::MAX).encode(encoder)?;
        for place in &self.0 {
            let packed = i64::from(place.day.packed());
            let step = (place.seq.saturating_sub(seq), place.ordinal, packed.saturating_sub(day));
            step.encode(encoder)?;
            (seq, day) = (place.seq, packed);
        }
        Ok(())
    }
}

bincode::impl_borrow_decode!(Places);

impl<Context> Decode<Context> for Places {
    fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let (mut seq, mut packed) = (0_u64, 0_i64);
        let steps: Vec<(u64, u16, i64)> = Vec::decode(decoder)?;
        let places = steps.into_iter().map(|(step, ordinal, days)| {
            seq = seq.saturating_add(step);
            packed = packed.saturating_add(days);
            let day = u32::try_from(packed).ok().and_then(Date::unpacked);
            Ok(Place { seq, ordinal, day: day.ok_or(DecodeError::Other("no such day"))? })
        });
        places.collect::<Result<_, _>>().map(Self)
    }
}

/// The recent part of a history, and how long the whole is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct HistoryTail {
    /// How many places the history has.
    pub count: u64,
    /// The last `count % 64` of them.
    pub recent: Places,
}

/// A chunk that became full: its number, from 0, and its 64 places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullChunk {
    /// Its number.
    pub number: u64,
    /// Its places.
    pub places: Places,
}

impl HistoryTail {
    /// Appends a place; gives the chunk that became full by it.
    pub fn push(&mut self, place: Place) -> Option<FullChunk> {
        self.recent.0.push(place);
        self.count = self.count.saturating_add(1);
        if self.count.checked_rem(CHUNK) != Some(0) {
            return None;
        }
        let number = self.count.checked_div(CHUNK)?.saturating_sub(1);
        Some(FullChunk { number, places: core::mem::take(&mut self.recent) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_64th_place_fills_a_chunk() {
        let mut tail = HistoryTail::default();
        let mut chunks = Vec::new();
        for seq in 1..=130 {
            chunks.extend(tail.push(Place { seq, ordinal: 0, day: Date::EPOCH }));
        }
        assert_eq!(
            chunks.iter().map(|chunk| (chunk.number, chunk.places.0.len())).collect::<Vec<_>>(),
            [(0, 64), (1, 64)]
        );
        assert_eq!(chunks[1].places.0[0].seq, 65);
        assert_eq!((tail.count, tail.recent.0.len()), (130, 2));
    }
}
