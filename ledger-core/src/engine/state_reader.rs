//! The state as the rules see it, read from rows and records.

mod rows;

pub use self::rows::{cause_row, donation_row, donor_ids, donor_row, meta, reversed_by};
use super::months::posted_before;
use crate::accounting::account::{Account, AccountType};
use crate::accounting::balance::Balance;
use crate::giving::donation::{Designation, DonationPart, amount_of, parts_of};
use crate::giving::policy::CausePolicies;
use crate::machine::event::{Event, RefundLearned};
use crate::machine::personal::Lookups;
use crate::machine::state::{
    BegunFacts, CauseFacts, DisputeFacts, DonationFacts, DonorFacts, DonorLookup, FeesBorne, ObjectFacts,
    PayoutFacts, RecordFacts, RefundFacts, SettlementFacts, StateView, SuspenseFacts,
};
use crate::records::fold::RangeReader;
use crate::records::record::{Record, RecordReader};
use crate::records::row::{Collecting, DonationRow, HistoryOf, PartRow, Row, RowKey};
use crate::records::rows::RowReader;
use crate::records::sealing::LedgerSecret;
use crate::storage::owners::{OwnerKind, owners};
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{
    CauseId, DisputeId, DonationId, DonorId, IdBits, PaymentId, PayoutId, RefundId, SettlementId, SuspenseId,
};
use crate::vocabulary::money::Amount;

/// Rows and records of one moment.
pub trait Readable: RowReader + RangeReader + RecordReader {}
impl<T: RowReader + RangeReader + RecordReader + ?Sized> Readable for T {}

/// The state of one moment.
pub struct StateReader<'a, R: Readable + ?Sized> {
    /// What is read.
    pub from: &'a R,
    /// For the hashes that find donors.
    pub secret: &'a LedgerSecret,
}

/// The record that captured a donation and the event in it; an id that its record does not know is of no donation.
pub fn donation_record<R: RowReader + RecordReader + ?Sized>(
    from: &R,
    donation: DonationId,
) -> Result<Option<(Record, Event)>, Fault> {
    let Some(record) = from.record(IdBits::from(donation).seq())? else {
        return Ok(None);
    };
    if let Some(event) = captured_in(&record, donation) {
        return Ok(Some((record, event)));
    }
    // It was begun there, and captured later, or not yet.
    let collecting = donation_row(from, donation)?.and_then(|row| row.collecting);
    let Some(seq) = collecting.and_then(|collecting| collecting.captured_in) else { return Ok(None) };
    let Some(record) = from.record(seq)? else { return Ok(None) };
    Ok(captured_in(&record, donation).map(|event| (record, event)))
}

fn captured_in(record: &Record, donation: DonationId) -> Option<Event> {
    let is_it =
        |event: &&Event| matches!(event, Event::DonationCaptured { donation: id, .. } if *id == donation);
    record.events.iter().find(is_it).cloned()
}

/// The facts of a donation that was begun before it was paid.
pub fn begun_facts<R: RowReader + RecordReader + ?Sized>(
    from: &R,
    donation: DonationId,
) -> Result<Option<BegunFacts>, Fault> {
    let Some(record) = from.record(IdBits::from(donation).seq())? else { return Ok(None) };
    let begun = record.events.iter().find_map(|event| {
        if let Event::DonationBegun { donation: id, donor, gift, fee_bearer, visibility } = event
            && *id == donation
        {
            Some((*donor, gift.clone(), *fee_bearer, *visibility))
        } else {
            None
        }
    });
    let Some((donor, gift, fee_bearer, visibility)) = begun else { return Ok(None) };
    let collecting = donation_row(from, donation)?.and_then(|row| row.collecting);
    let lost = || Fault::state("donation that was begun, without a row", record.seq);
    let Collecting { captured_in, captured_by, is_cancelled, payments } = collecting.ok_or_else(lost)?;
    Ok(Some(BegunFacts {
        donation,
        donor,
        gift,
        fee_bearer,
        visibility,
        captured_in,
        captured_by,
        is_cancelled,
        payments,
    }))
}

/// The facts of a donation.
pub fn donation_facts<R: RowReader + RecordReader + ?Sized>(
    from: &R,
    donation: DonationId,
) -> Result<Option<DonationFacts>, Fault> {
    let Some((record, event)) = donation_record(from, donation)? else {
        return Ok(None);
    };
    let Event::DonationCaptured {
        donor, designations, tip, fee, fee_bearer, fee_shares_minor, method, ..
    } = event
    else {
        return Ok(None);
    };
    let no_parts = || Fault::state("donation without a designation", record.seq);
    let currency = designations.first().map(|first| first.amount.currency()).ok_or_else(no_parts)?;
    let row = donation_row(from, donation)?;
    let parts = parts_now(&designations, tip, row.as_ref());
    let (mut refunds, mut refunds_undone) = (0, 0);
    let mut fees_minor = fee.map_or(0, |fee| fee.minor().unsigned_abs());
    let at_capture = fee_shares_minor.into_iter().chain(core::iter::repeat(0)).take(parts.len());
    let mut borne: Vec<FeesBorne> = at_capture
        .map(|of_processor_minor| FeesBorne { of_processor_minor, ..FeesBorne::default() })
        .collect();
    let (mut absorbed_minor, mut disputes) = (vec![0; parts.len()], Vec::new());
    if let Some(row) = row {
        let undone = row.returning.iter().filter(|facts| facts.state.is_undone()).count();
        let live = row.refunds.len().saturating_add(row.returning.len()).saturating_sub(undone);
        refunds = u64::try_from(live).unwrap_or(u64::MAX);
        refunds_undone = u64::try_from(undone).unwrap_or(u64::MAX);
        fees_minor = fees_minor.saturating_add(row.fees_minor);
        for ((part, borne), absorbed) in parts.iter().zip(&mut borne).zip(&mut absorbed_minor) {
            if let Some(became) = row.part(part.beneficiary) {
                (*borne, *absorbed) = (borne_now(*borne, became), became.absorbed_minor);
            }
        }
        disputes = row.disputes;
    }
    debug_assert!(parts.iter().all(|part| amount_of(part.given_minor, currency).is_some()));
    let reversed_by = reversed_by(from, record.seq)?;
    Ok(Some(DonationFacts {
        donation,
        donor,
        currency,
        parts,
        borne,
        absorbed_minor,
        method,
        fee_bearer,
        fees_minor,
        refunds,
        refunds_undone,
        disputes,
        reversed_by,
    }))
}

/// The parts of a gift as they stand, with the row of what became of it.
pub fn parts_now(
    designations: &[Designation],
    tip: Option<Amount>,
    row: Option<&DonationRow>,
) -> Vec<DonationPart> {
    let now = |part: DonationPart| match row.and_then(|row| row.part(part.beneficiary)) {
        Some(became) => DonationPart {
            refunded_minor: became.refunded_minor,
            disputed_minor: became.disputed_minor,
            ..part
        },
        None => part,
    };
    parts_of(designations, tip).map(now).collect()
}

/// What a part bears of fees, after what was booked and given back since the gift was captured.
fn borne_now(at_capture: FeesBorne, became: &PartRow) -> FeesBorne {
    let net = |borne: u64, more: u64, back: u64| borne.saturating_add(more).saturating_sub(back);
    FeesBorne {
        of_processor_minor: net(at_capture.of_processor_minor, became.fees_minor, became.fees_back_minor),
        of_platform_minor: net(0, became.platform_fees_minor, became.platform_fees_back_minor),
    }
}

impl<R: Readable + ?Sized> StateView for StateReader<'_, R> {
    fn donor(&self, donor: DonorId) -> Result<Option<DonorFacts>, Fault> {
        match self.from.row(&RowKey::Owner(HistoryOf::Donor(donor)))?.as_deref() {
            Some(Row::Donor(row)) => Ok(Some(DonorFacts {
                donor,
                kind: row.kind,
                standing: row.standing,
                lookups: row.lookups,
                erased: row.erased,
                has_pending: row.totals.iter().any(|totals| totals.pending_minor != 0),
                merged_into: row.merged_into,
            })),
            Some(_) => Err(Fault::state("row that should be Donor", 0)),
            None => Ok(None),
        }
    }

    fn ids_of(&self, donor: DonorId) -> Result<Vec<DonorId>, Fault> {
        Ok(donor_ids(self.from, donor)?.into_iter().map(|(id, _)| id).collect())
    }

    fn donor_by(&self, lookup: DonorLookup) -> Result<Option<DonorId>, Fault> {
        match self.from.row(&RowKey::DonorLookup(lookup))?.as_deref() {
            Some(Row::DonorLookup(row)) => Ok(row.holder()),
            Some(_) | None => Ok(None),
        }
    }

    fn lookups_of(&self, email: Option<&str>, external_id: Option<&str>) -> Lookups {
        self.secret.lookups_of(email, external_id)
    }

    fn cause(&self, cause: CauseId) -> Result<Option<CauseFacts>, Fault> {
        match self.from.row(&RowKey::Owner(HistoryOf::Cause(cause)))?.as_deref() {
            Some(Row::Cause(row)) => Ok(Some(CauseFacts {
                cause,
                currency: row.currency,
                status: row.status,
                dates: row.details.dates(),
                goal: row.details.goal,
                raised_minor: row.totals.raised_minor(),
            })),
            Some(_) => Err(Fault::state("row that should be Cause", 0)),
            None => Ok(None),
        }
    }

    fn policies_of(&self, cause: CauseId) -> Result<CausePolicies, Fault> {
        let own = cause_row(self.from, cause)?.and_then(|row| row.policies);
        own.map_or_else(|| Ok(meta(self.from)?.policies), Ok)
    }

    fn external_id_of(&self, cause: CauseId) -> Result<Option<String>, Fault> {
        Ok(cause_row(self.from, cause)?.and_then(|row| row.details.external_id))
    }

    fn cause_by_external_id(&self, external_id: &str) -> Result<Option<CauseId>, Fault> {
        match self.from.row(&RowKey::CauseLookup(external_id.to_owned()))?.as_deref() {
            Some(Row::CauseLookup(row)) => Ok(row.holder()),
            Some(_) | None => Ok(None),
        }
    }

    fn closed_through(&self) -> Result<Option<Date>, Fault> {
        Ok(meta(self.from)?.closed_through)
    }

    fn epoch(&self) -> Result<u64, Fault> {
        Ok(meta(self.from)?.epoch())
    }

    fn results_through(&self, day: Date) -> Result<Vec<(Account, Balance)>, Fault> {
        let mut results = Vec::new();
        for (owner, _) in owners(self.from, None, OwnerKind::Accounts, usize::MAX)? {
            let HistoryOf::Account(account) = owner else { continue };
            if matches!(account.name.account_type(), AccountType::Revenue | AccountType::Expense) {
                let (balance, _) = posted_before(self.from, &account, day.next())?;
                results.push((account, balance));
            }
        }
        Ok(results)
    }

    fn donation(&self, donation: DonationId) -> Result<Option<DonationFacts>, Fault> {
        donation_facts(self.from, donation)
    }

    fn begun(&self, donation: DonationId) -> Result<Option<BegunFacts>, Fault> {
        begun_facts(self.from, donation)
    }

    fn donation_of(&self, payment: PaymentId) -> Result<Option<DonationId>, Fault> {
        let record = self.from.record(IdBits::from(payment).seq())?;
        let events = record.map(|record| record.events).unwrap_or_default();
        Ok(events.iter().find_map(|event| {
            if let Event::PaymentStarted { payment: id, donation, .. } = event
                && *id == payment
            {
                Some(*donation)
            } else {
                None
            }
        }))
    }

    fn refund(&self, refund: RefundId) -> Result<Option<(DonationId, RefundFacts)>, Fault> {
        let record = self.from.record(IdBits::from(refund).seq())?;
        let events = record.map(|record| record.events).unwrap_or_default();
        let of = events.iter().find_map(|event| {
            let (Event::RefundRequested { refund: id, donation, .. }
            | Event::RefundLearned(RefundLearned { refund: id, donation, .. })) = event
            else {
                return None;
            };
            (*id == refund).then_some(*donation)
        });
        let Some(donation) = of else { return Ok(None) };
        let found = self.refunds_of(donation)?.into_iter().find(|facts| facts.refund == refund);
        Ok(found.map(|facts| (donation, facts)))
    }

    fn refunds_of(&self, donation: DonationId) -> Result<Vec<RefundFacts>, Fault> {
        Ok(donation_row(self.from, donation)?.map(|row| row.returning).unwrap_or_default())
    }

    fn object(&self, processor: &str, object: &str) -> Result<ObjectFacts, Fault> {
        match self.from.row(&RowKey::Object(processor.to_owned(), object.to_owned()))?.as_deref() {
            Some(Row::Object(row)) => Ok(row.facts.clone()),
            Some(_) => Err(Fault::state("row that should be Object", 0)),
            None => Ok(ObjectFacts::default()),
        }
    }

    fn acknowledged(&self, consumer: &str) -> Result<Option<u64>, Fault> {
        match self.from.row(&RowKey::Consumer(consumer.to_owned()))?.as_deref() {
            Some(Row::Consumer(row)) => Ok(Some(row.through)),
            Some(_) => Err(Fault::state("row that should be Consumer", 0)),
            None => Ok(None),
        }
    }

    fn dispute(&self, dispute: DisputeId) -> Result<Option<(DonationId, DisputeFacts)>, Fault> {
        let donation = match self.from.row(&RowKey::Dispute(dispute))?.as_deref() {
            Some(Row::Dispute(row)) => row.donation,
            Some(_) => return Err(Fault::state("row that should be Dispute", 0)),
            None => return Ok(None),
        };
        let row = donation_row(self.from, donation)?;
        let mut disputes = row.map(|row| row.disputes).unwrap_or_default().into_iter();
        Ok(disputes.find(|facts| facts.dispute == dispute).map(|facts| (donation, facts)))
    }

    fn suspense(&self, item: SuspenseId) -> Result<Option<SuspenseFacts>, Fault> {
        match self.from.row(&RowKey::Suspense(item))?.as_deref() {
            Some(Row::Suspense(row)) => Ok(Some(row.facts.clone())),
            Some(_) => Err(Fault::state("row that should be Suspense", 0)),
            None => Ok(None),
        }
    }

    fn settlement(&self, settlement: SettlementId) -> Result<Option<SettlementFacts>, Fault> {
        match self.from.row(&RowKey::Settlement(settlement))?.as_deref() {
            Some(Row::Settlement(row)) => Ok(Some(row.facts.clone())),
            Some(_) => Err(Fault::state("row that should be Settlement", 0)),
            None => Ok(None),
        }
    }

    fn payout(&self, payout: PayoutId) -> Result<Option<PayoutFacts>, Fault> {
        match self.from.row(&RowKey::Payout(payout))?.as_deref() {
            Some(Row::Payout(row)) => Ok(Some(row.facts.clone())),
            Some(_) => Err(Fault::state("row that should be Payout", 0)),
            None => Ok(None),
        }
    }

    fn balance(&self, account: &Account) -> Result<Balance, Fault> {
        match self.from.row(&RowKey::Owner(HistoryOf::Account(account.clone())))?.as_deref() {
            Some(Row::Account(row)) => Ok(row.balance),
            Some(_) => Err(Fault::state("row that should be Account", 0)),
            None => Ok(Balance::default()),
        }
    }

    fn recorded(&self, seq: u64) -> Result<Option<RecordFacts>, Fault> {
        let Some(record) = self.from.record(seq)? else { return Ok(None) };
        let (day, reversed_by) = (record.day(), reversed_by(self.from, seq)?);
        Ok(Some(RecordFacts { day, events: record.events, reversed_by }))
    }
}
