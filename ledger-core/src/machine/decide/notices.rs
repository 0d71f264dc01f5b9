//! Rules of notices: a consumer goes on, never back.

use super::texts;
use super::{Decision, Moment, Refusal};
use crate::machine::command::AcknowledgeNotices;
use crate::machine::event::{Event, NoticesAcknowledged};
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;

/// Longest name of a consumer, in bytes.
const CONSUMER_BYTES_MAX: usize = 40;

pub(super) fn acknowledge(
    view: &dyn StateView,
    moment: &Moment,
    command: &AcknowledgeNotices,
) -> Result<Decision, Refusal> {
    let (consumer, through) = (command.consumer.clone(), command.through);
    texts::check_line("consumer", &consumer, CONSUMER_BYTES_MAX)?;
    let last = moment.seq.saturating_sub(1);
    if through > last {
        return Err(Rejection::RecordNotReached { seq: through, last }.into());
    }
    if view.acknowledged(&consumer)?.is_some_and(|known| known >= through) {
        return Ok(Decision::default());
    }
    Ok(Decision::of(Event::NoticesAcknowledged(NoticesAcknowledged { consumer, through })))
}
