//! What follows when more is taken from a cause than it has, by the policy of the cause. Looked at after any command has
//! been decided, whichever it was.

use std::collections::BTreeMap;

use super::held::Held;
use super::takings::Takings;
use super::{Moment, Refusal};
use crate::accounting::account::{Account, AccountName, Side};
use crate::accounting::chart::BookMode;
use crate::accounting::journal_entry::JournalEntry;
use crate::giving::policy::NegativeCause;
use crate::machine::command::Command;
use crate::machine::event::{CauseOverdrawn, Event, OverdraftBorneBy};
use crate::machine::rejection::Rejection;
use crate::machine::state::StateView;
use crate::vocabulary::ids::CauseId;
use crate::vocabulary::money::Amount;

/// Whether it happens because we want it, and so can be refused. What others did is recorded, whatever we wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// We want it.
    Ours,
    /// Others did it.
    NotOurs,
}

impl Wish {
    /// Whose wish a command is.
    pub(super) fn of(command: &Command) -> Self {
        let is_ours = matches!(
            command,
            Command::Refund(_)
                | Command::ForceRefund(_)
                | Command::TakePlatformFee(_)
                | Command::Reallocate(_)
        );
        if is_ours { Self::Ours } else { Self::NotOurs }
    }
}

/// Who bears what entries take from causes beyond what they have.
pub(super) fn borne(
    view: &dyn StateView,
    moment: &Moment,
    wish: Wish,
    entries: &[JournalEntry],
    (takings, held): (&Takings, &Held),
) -> Result<Vec<Event>, Refusal> {
    let mut events = Vec::new();
    if moment.mode == BookMode::Principal {
        return Ok(events);
    }
    for (account, (cause, change_minor)) in changes(entries) {
        // Gifts take nothing: nothing is looked up for them.
        if change_minor >= 0 {
            continue;
        }
        let held_minor = held.minor.get(&cause).copied().unwrap_or(0);
        let had_minor = view.balance(account)?.net_debit_minor().saturating_neg().saturating_add(held_minor);
        let short_minor = had_minor.saturating_add(change_minor).saturating_neg();
        let short = i64::try_from(short_minor).ok().map(|minor| Amount::from_minor(minor, account.currency));
        let Some(Ok(amount)) = short else { continue };
        let borne_by = match view.policies_of(cause)?.on_negative {
            NegativeCause::RecoverFromNextGifts => continue,
            NegativeCause::Block if wish == Wish::Ours => {
                return Err(Rejection::CauseWouldOwe { cause, amount }.into());
            }
            NegativeCause::Block | NegativeCause::AllowAsReceivable => OverdraftBorneBy::Cause,
            NegativeCause::AbsorbByPlatform => OverdraftBorneBy::Platform,
        };
        let mut taken = takings.iter().filter(|((_, from), minor)| *from == cause && **minor > 0);
        let donation = taken.next().map(|((donation, _), _)| *donation);
        events.push(Event::CauseOverdrawn(CauseOverdrawn { cause, amount, borne_by, donation }));
    }
    Ok(events)
}

/// What entries add to, or take from, what is available to causes.
fn changes(entries: &[JournalEntry]) -> BTreeMap<&Account, (CauseId, i128)> {
    let mut changes: BTreeMap<&Account, (CauseId, i128)> = BTreeMap::new();
    for posting in entries.iter().flat_map(JournalEntry::postings) {
        let AccountName::CauseAvailable { cause } = posting.account.name else { continue };
        let (_, sum) = changes.entry(&posting.account).or_insert((cause, 0));
        let minor = i128::from(posting.amount_minor);
        *sum = match posting.side {
            Side::Credit => sum.saturating_add(minor),
            Side::Debit => sum.saturating_sub(minor),
        };
    }
    changes
}
