//! What is held of causes for open disputes of a gift is there for whatever else is taken of that gift: less is held then.

use std::collections::{BTreeMap, BTreeSet};

use super::takings::Takings;
use super::{Refusal, Step};
use crate::machine::event::Event;
use crate::machine::state::StateView;
use crate::vocabulary::ids::CauseId;

/// What is held for gifts of which something is taken.
#[derive(Default)]
pub(super) struct Held {
    /// By cause, in minor units.
    pub(super) minor: BTreeMap<CauseId, i128>,
    /// What is held of them is decided anew, once it is taken.
    pub(super) anew: Vec<Step>,
}

/// What is held for the gifts of which events take. A division anew decides by itself what is held.
pub(super) fn for_gifts(view: &dyn StateView, events: &[Event], takings: &Takings) -> Result<Held, Refusal> {
    let mut held = Held::default();
    if events.iter().any(|event| matches!(event, Event::TakingsRedivided(_))) {
        return Ok(held);
    }
    // What was held for a dispute that is decided is free with that.
    let decided = events.iter().filter_map(|event| {
        if let Event::DisputeChanged(changed) = event { Some(changed.dispute) } else { None }
    });
    let decided: BTreeSet<_> = decided.collect();
    let takes = takings.iter().filter(|(_, minor)| **minor > 0);
    let gifts: BTreeSet<_> = takes.map(|((donation, _), _)| *donation).collect();
    for donation in gifts {
        let disputes = view.donation(donation)?.map(|facts| facts.disputes).unwrap_or_default();
        let open = disputes.iter().filter(|of| of.state.is_withdrawn() && !decided.contains(&of.dispute));
        for each in open.clone().flat_map(|of| &of.held) {
            let minor = held.minor.entry(each.cause).or_default();
            *minor = minor.saturating_add(each.amount.minor().into());
        }
        held.anew.extend(open.take(1).map(|_| Step::Redivide { donation }));
    }
    Ok(held)
}
