//! What a correction takes back: events that do not nest.

use core::ops::Deref;

use bincode::de::Decoder;
use bincode::de::read::Reader;
use bincode::enc::Encoder;
use bincode::error::{DecodeError, EncodeError};
use bincode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::Event;

/// The number of `Event::Reversed` among the events, as it is encoded.
const REVERSED: u8 = 10;

/// Events that a correction takes back, in their order. None of them is a reversal itself, so events do not nest: also
/// bytes that nobody wrote are refused before they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TakenBack(Vec<Event>);

impl TakenBack {
    /// What is taken back with one event.
    pub(crate) fn one(event: Event) -> Self {
        Self(vec![event])
    }

    /// What is taken back together.
    #[cfg(any(test, feature = "uniffi"))]
    pub(crate) fn of(events: Vec<Event>) -> Self {
        Self(events)
    }
}

impl Deref for TakenBack {
    type Target = [Event];

    fn deref(&self) -> &[Event] {
        &self.0
    }
}

impl Encode for TakenBack {
    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), EncodeError> {
        self.0.encode(encoder)
    }
}

bincode::impl_borrow_decode!(TakenBack);

impl<Context> Decode<Context> for TakenBack {
    fn decode<D: Decoder<Context = Context>>(decoder: &mut D) -> Result<Self, DecodeError> {
        let count = u64::decode(decoder)?;
        let mut events = Vec::new();
        for _ in 0..count {
            match decoder.reader().peek_read(1) {
                Some([REVERSED]) => return Err(DecodeError::Other("a reversal of a reversal")),
                Some(_) => events.push(Event::decode(decoder)?),
                None => return Err(DecodeError::UnexpectedEnd { additional: 1 }),
            }
        }
        Ok(Self(events))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::giving::correction::CorrectionReason;
    use crate::vocabulary::date::Date;
    use crate::vocabulary::ids::{DonorId, ReversalId};

    fn reversal(what: Vec<Event>) -> Event {
        let (reversal, reason) = (ReversalId::from_bytes([1; 16]), CorrectionReason::EnteredTwice);
        Event::Reversed { reversal, record: 1, reason, day: Date::EPOCH, what: TakenBack(what) }
    }

    fn decode(event: &Event) -> Result<Event, DecodeError> {
        let bytes = bincode::encode_to_vec(event, bincode::config::standard()).unwrap();
        bincode::decode_from_slice(&bytes, bincode::config::standard()).map(|(event, _)| event)
    }

    #[test]
    fn reversals_are_read_and_do_not_nest() {
        let updated = Event::DonorUpdated { donor: DonorId::from_bytes([2; 16]) };
        let simple = reversal(vec![updated]);
        assert_eq!(decode(&simple).unwrap(), simple);
        let mut nested = simple;
        for _ in 0..50 {
            nested = reversal(vec![nested]);
            assert!(matches!(decode(&nested), Err(DecodeError::Other("a reversal of a reversal"))));
        }
    }
}
