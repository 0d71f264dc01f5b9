//! Rules of corrections: an entry is taken back once, whole, and the right one decided by its own rules on a
//! book in which the wrong one is gone.

use super::{Decision, Moment, Refusal, Step, adjustments, disputes, donations, reallocations, refunds};
use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::giving::cause::CauseStatus;
use crate::giving::donation::Method;
use crate::giving::policy::CausePolicies;
use crate::machine::command::{Correct, Right, Wrong};
use crate::machine::event::{Event, TakenBack};
use crate::machine::personal::Lookups;
use crate::machine::rejection::Rejection;
use crate::machine::state::{
    BegunFacts, CauseFacts, DisputeFacts, DonationFacts, DonorFacts, DonorLookup, ObjectFacts, PayoutFacts,
    RecordFacts, RefundFacts, SettlementFacts, StateView, SuspenseFacts,
};
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{
    CauseId, DisputeId, DonationId, DonorId, IdBits, PaymentId, PayoutId, RefundId, ReversalId, SettlementId,
    SuspenseId,
};
use crate::vocabulary::money::Amount;

/// The right entry has the ordinal that it would have had alone.
const REVERSAL_ORDINAL: u16 = 3;

pub(super) fn correct(view: &dyn StateView, moment: &Moment, command: &Correct) -> Result<Decision, Refusal> {
    let (record, facts, wrong) = find(view, command.wrong)?;
    if let Some(by) = facts.reversed_by {
        return Err(Rejection::EntryReversed { entry: wrong.made().unwrap_or_default(), by }.into());
    }
    if let Event::DonationCaptured { donation, .. } = wrong {
        let facts = view.donation(donation)?;
        if let Some(refunds) = facts.as_ref().map(|facts| facts.refunds).filter(|refunds| *refunds > 0) {
            return Err(Rejection::DonationHasRefunds { donation, refunds }.into());
        }
        if let Some(first) = facts.as_ref().and_then(|facts| facts.disputes.first()) {
            return Err(Rejection::DonationDisputed { donation, dispute: first.dispute }.into());
        }
    }
    if let Event::DonationRefunded { amount, method: Method::Identified { item }, .. } = wrong {
        check_left(view, item, amount)?;
    }
    let gone =
        WithoutEntry { view, wrong: &wrong, by: moment.seq, of_erased: is_silent_gift(&command.right) };
    let (own, reversed_on) =
        (command.right.clone().on_or(facts.day), command.reversed_on.unwrap_or(facts.day));
    let right = match &own {
        Right::Nothing { .. } => Decision::default(),
        Right::Donation(right) => donations::donate(&gone, moment, right)?,
        Right::Refund(right) => refunds::refund(&gone, moment, right)?,
        Right::Adjustment(right) => adjustments::adjust(&gone, moment, right)?,
        Right::Reallocation(right) => reallocations::reallocate(&gone, moment, right)?,
    };
    let room_in = if let Event::DonationRefunded { donation, .. } = wrong { Some(donation) } else { None };
    let mut decision = Decision::of(Event::Reversed {
        reversal: ReversalId::from(moment.id(REVERSAL_ORDINAL)),
        reason: own.reason(),
        record,
        day: reversed_on,
        what: TakenBack::one(wrong),
    });
    decision.occurred_on = own.occurred_on().or(Some(reversed_on));
    decision.append(right);
    // What was lost beyond the gift has room in it again.
    if let Some(donation) = room_in.filter(|_| decision.then.is_empty())
        && disputes::lost_beyond(view, donation)?
    {
        decision.then.push(Step::Redivide { donation });
    }
    Ok(decision)
}

/// What a refund had put back among unidentified money must still be there to be taken out again.
fn check_left(view: &dyn StateView, item: SuspenseId, amount: Amount) -> Result<(), Refusal> {
    let facts = view.suspense(item)?.ok_or(Rejection::UnknownSuspense { item })?;
    if amount.minor().unsigned_abs() > facts.left_minor {
        let left = amount.currency().decimal_string(facts.left_minor.into());
        return Err(Rejection::ExceedsSuspense { item, amount, left }.into());
    }
    Ok(())
}

/// A gift without words: it can be put right whoever was erased since, because nothing is kept of them by it.
fn is_silent_gift(right: &Right) -> bool {
    if let Right::Donation(right) = right { right.memo.is_none() } else { false }
}

/// The record of a wrong entry, what is known of it, and the entry in it.
fn find(view: &dyn StateView, wrong: Wrong) -> Result<(u64, RecordFacts, Event), Refusal> {
    let (id, bits, unknown) = match wrong {
        Wrong::Donation { donation } => {
            (donation.to_string(), IdBits::from(donation), Rejection::UnknownDonation { donation })
        }
        Wrong::Refund { refund } => of_entry(refund.to_string(), IdBits::from(refund)),
        Wrong::Adjustment { adjustment } => of_entry(adjustment.to_string(), IdBits::from(adjustment)),
        Wrong::Reallocation { reallocation } => {
            of_entry(reallocation.to_string(), IdBits::from(reallocation))
        }
    };
    if let Wrong::Donation { donation } = wrong
        && view.begun(donation)?.is_some()
    {
        return Err(Rejection::CollectedHere { donation }.into());
    }
    if let Wrong::Refund { refund } = wrong
        && let Some((donation, _)) = view.refund(refund)?
    {
        return Err(Rejection::CollectedHere { donation }.into());
    }
    let record = bits.seq();
    let found = view.recorded(record)?.and_then(|facts| {
        let event = facts.events.iter().find(|event| event.made().as_ref() == Some(&id)).cloned()?;
        Some((record, facts, event))
    });
    Ok(found.ok_or(unknown)?)
}

fn of_entry(id: String, bits: IdBits) -> (String, IdBits, Rejection) {
    (id.clone(), bits, Rejection::UnknownEntry { entry: id })
}

/// The state as if a wrong entry had been taken back already.
struct WithoutEntry<'a> {
    view: &'a dyn StateView,
    wrong: &'a Event,
    by: u64,
    /// Whether the donor of the wrong entry counts although erased.
    of_erased: bool,
}

impl StateView for WithoutEntry<'_> {
    fn donation(&self, donation: DonationId) -> Result<Option<DonationFacts>, Fault> {
        let mut known = self.view.donation(donation)?;
        let Some(facts) = &mut known else { return Ok(None) };
        if let Event::DonationCaptured { donation: wrong, .. } = self.wrong
            && *wrong == donation
        {
            facts.reversed_by = Some(self.by);
        }
        if let Event::DonationRefunded { donation: of, parts, .. } = self.wrong
            && *of == donation
        {
            facts.refunds = facts.refunds.saturating_sub(1);
            for (part, back) in facts.parts.iter_mut().zip(parts) {
                part.refunded_minor = part.refunded_minor.saturating_sub(back.share_minor);
            }
        }
        Ok(known)
    }

    /// Whatever a cause takes now, the money came in before.
    fn cause(&self, cause: CauseId) -> Result<Option<CauseFacts>, Fault> {
        let known = self.view.cause(cause)?;
        Ok(known.map(|facts| CauseFacts { status: CauseStatus::Open, ..facts }))
    }

    fn donor(&self, donor: DonorId) -> Result<Option<DonorFacts>, Fault> {
        let mut known = self.view.donor(donor)?;
        if let Some(facts) = known.as_mut().filter(|_| self.of_erased && self.wrong.donor() == Some(donor)) {
            facts.erased = None;
        }
        Ok(known)
    }

    fn policies_of(&self, cause: CauseId) -> Result<CausePolicies, Fault> {
        self.view.policies_of(cause)
    }

    fn external_id_of(&self, cause: CauseId) -> Result<Option<String>, Fault> {
        self.view.external_id_of(cause)
    }

    fn ids_of(&self, donor: DonorId) -> Result<Vec<DonorId>, Fault> {
        self.view.ids_of(donor)
    }

    fn donor_by(&self, lookup: DonorLookup) -> Result<Option<DonorId>, Fault> {
        self.view.donor_by(lookup)
    }

    fn lookups_of(&self, email: Option<&str>, external_id: Option<&str>) -> Lookups {
        self.view.lookups_of(email, external_id)
    }

    fn cause_by_external_id(&self, external_id: &str) -> Result<Option<CauseId>, Fault> {
        self.view.cause_by_external_id(external_id)
    }

    fn closed_through(&self) -> Result<Option<Date>, Fault> {
        self.view.closed_through()
    }

    fn epoch(&self) -> Result<u64, Fault> {
        self.view.epoch()
    }

    fn results_through(&self, day: Date) -> Result<Vec<(Account, Balance)>, Fault> {
        self.view.results_through(day)
    }

    fn begun(&self, donation: DonationId) -> Result<Option<BegunFacts>, Fault> {
        self.view.begun(donation)
    }

    fn donation_of(&self, payment: PaymentId) -> Result<Option<DonationId>, Fault> {
        self.view.donation_of(payment)
    }

    fn refund(&self, refund: RefundId) -> Result<Option<(DonationId, RefundFacts)>, Fault> {
        self.view.refund(refund)
    }

    fn refunds_of(&self, donation: DonationId) -> Result<Vec<RefundFacts>, Fault> {
        self.view.refunds_of(donation)
    }

    fn object(&self, processor: &str, object: &str) -> Result<ObjectFacts, Fault> {
        self.view.object(processor, object)
    }

    fn acknowledged(&self, consumer: &str) -> Result<Option<u64>, Fault> {
        self.view.acknowledged(consumer)
    }

    fn dispute(&self, dispute: DisputeId) -> Result<Option<(DonationId, DisputeFacts)>, Fault> {
        self.view.dispute(dispute)
    }

    fn suspense(&self, item: SuspenseId) -> Result<Option<SuspenseFacts>, Fault> {
        self.view.suspense(item)
    }

    fn settlement(&self, settlement: SettlementId) -> Result<Option<SettlementFacts>, Fault> {
        self.view.settlement(settlement)
    }

    fn payout(&self, payout: PayoutId) -> Result<Option<PayoutFacts>, Fault> {
        self.view.payout(payout)
    }

    fn balance(&self, account: &Account) -> Result<Balance, Fault> {
        self.view.balance(account)
    }

    fn recorded(&self, seq: u64) -> Result<Option<RecordFacts>, Fault> {
        self.view.recorded(seq)
    }
}
