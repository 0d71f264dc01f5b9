//! What the audit counts apart from the state: rows and records that no ledger makes are found.

use std::sync::Arc;

use super::giving::Giving;
use super::objects::stand_twice;
use crate::giving::donation::*;
use crate::giving::donor::{DonorKind, DonorStanding};
use crate::giving::provider::ProviderTarget;
use crate::giving::settlement::SettlementLine;
use crate::giving::totals::Totals;
use crate::machine::event::*;
use crate::machine::personal::Lookups;
use crate::machine::state::ObjectFacts;
use crate::records::history::HistoryTail;
use crate::records::record::*;
use crate::records::row::*;
use crate::records::rows::RowTable;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::*;
use crate::vocabulary::money::{Amount, Currency};
use crate::vocabulary::time::Timestamp;

fn eur() -> Currency {
    "EUR".parse().unwrap()
}

fn cause() -> CauseId {
    CauseId::from_bytes([0xCA; 16])
}

fn donor() -> DonorId {
    DonorId::from_bytes([0xD0; 16])
}

/// The donation that record 1 made.
fn donation() -> DonationId {
    DonationId::from(IdBits::made_by(Timestamp::from_micros(0), 1, 0, 7))
}

/// A gift of 10.00 and a tip of 1.00.
fn captured() -> Event {
    let amount = |minor| Amount::from_minor(minor, eur()).unwrap();
    Event::DonationCaptured {
        donation: donation(),
        donor: donor(),
        designations: vec![Designation { cause: cause(), amount: amount(1000) }],
        tip: Some(amount(100)),
        fee: None,
        fee_bearer: FeeBearer::Causes,
        fee_shares_minor: Vec::new(),
        method: Method::Imported,
        visibility: Visibility::Public,
    }
}

/// A journal of one record.
struct One(Record);

impl One {
    fn of(event: Event) -> Self {
        Self(Record {
            seq: 1,
            recorded_at: Timestamp::from_micros(0),
            clock: ClockReading::Steady,
            key: None,
            content_version: 1,
            fingerprint: [0; 16],
            personal_mark: None,
            occurred_on: None,
            events: vec![event],
            sealed: Vec::new(),
            entries: Vec::new(),
        })
    }
}

impl RecordReader for One {
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault> {
        Ok((seq == 1).then(|| self.0.clone()))
    }

    fn record_head(&self, seq: u64) -> Result<Option<Arc<RecordHead>>, Fault> {
        Ok(self.record(seq)?.map(|record| Arc::new(RecordHead::of(&record))))
    }
}

/// Rows in which 4.00 of the gift were given back, and the donor's totals say so.
fn rows(refunded_minor: u64, disputed_minor: u64, totals_say: i128) -> RowTable {
    let mut rows = RowTable::default();
    let mut donation_row = DonationRow::default();
    donation_row.change_part(Beneficiary::Cause { cause: cause() }, |part| {
        (part.refunded_minor, part.disputed_minor) = (refunded_minor, disputed_minor);
    });
    rows.put(1, RowKey::Donation(donation()), Row::Donation(donation_row));
    let mut totals = Totals::zero(eur());
    totals.add_gift(1100, 0);
    totals.refunded_minor = 1100 - totals_say;
    let row = DonorRow {
        seq: 1,
        kind: DonorKind::Person,
        standing: DonorStanding::Registered,
        slot: None,
        profile: None,
        lookups: Lookups::default(),
        erased: None,
        merged_into: None,
        absorbed: Vec::new(),
        totals: vec![totals],
        history: HistoryTail::default(),
    };
    rows.put(1, RowKey::Owner(HistoryOf::Donor(donor())), Row::Donor(row));
    rows
}

fn difference(event: Event, rows: &RowTable) -> Option<String> {
    let journal = One::of(event);
    let mut giving = Giving::default();
    giving.count(&journal.0.events);
    giving.difference(rows, &journal).unwrap()
}

#[test]
fn a_donor_whose_totals_say_another_sum_than_the_gifts_is_found() {
    assert_eq!(difference(captured(), &rows(400, 0, 700)), None);
    let found = difference(captured(), &rows(400, 0, 701)).unwrap();
    assert!(found.ends_with("gave 700 minor units net, totals say 701"), "{found}");
    let found = difference(captured(), &rows(400, 100, 700)).unwrap();
    assert!(found.ends_with("gave 600 minor units net, totals say 700"), "{found}");
}

#[test]
fn a_part_of_which_more_was_taken_than_was_given_is_found() {
    assert_eq!(difference(captured(), &rows(600, 400, 100)), None);
    let found = difference(captured(), &rows(600, 401, 99)).unwrap();
    assert!(found.contains("more was taken"), "{found}");
}

#[test]
fn what_was_recorded_of_a_donation_that_nobody_gave_is_found() {
    let found = difference(Event::EpochBegun { epoch: 2 }, &rows(400, 0, 700)).unwrap();
    assert!(found.contains("nobody gave it"), "{found}");
}

#[test]
fn what_is_reversed_was_not_given() {
    let reversed = |undone| Event::Reversed {
        reversal: ReversalId::from_bytes([1; 16]),
        reason: crate::CorrectionReason::NeverHappened,
        record: 1,
        day: crate::Date::EPOCH,
        what: TakenBack::one(undone),
    };
    let journal = One::of(captured());
    let mut giving = Giving::default();
    giving.count(&journal.0.events);
    giving.count(&[reversed(captured())]);
    assert_eq!(giving.difference(&rows(0, 0, 0), &journal).unwrap(), None);
}

#[test]
fn an_object_or_a_line_that_stands_twice_is_found() {
    let settlement = SettlementId::from_bytes([5; 16]);
    let row = |facts| Row::Object(ObjectRow { seq: 1, facts });
    let key = |object: &str| RowKey::Object("stripe".into(), object.into());
    let mut rows = RowTable::default();
    let is = Some(ProviderTarget::Settlement { settlement });
    rows.put(1, key("po_1"), row(ObjectFacts { is, ..ObjectFacts::default() }));
    rows.put(1, key("txn_1"), row(ObjectFacts { line_of: Some(settlement), ..ObjectFacts::default() }));
    let other = SettlementId::from_bytes([6; 16]);
    let attached_to = |object: &str, settlement| {
        let (processor, object) = ("stripe".to_owned(), object.to_owned());
        let to = ProviderTarget::Settlement { settlement };
        Event::ObjectAttached(ObjectAttached { processor, object, to, donation: None })
    };
    let line = |id: &str| {
        let lines = vec![SettlementLine { id: id.into(), about: None, gross_minor: 1, fee_minor: 0 }];
        let processor = "stripe".to_owned();
        Event::SettlementLinesRecorded(SettlementLinesRecorded { settlement, processor, lines })
    };
    let attached = |object: &str| attached_to(object, other);
    assert!(stand_twice(&rows, &[attached("po_1")]));
    assert!(!stand_twice(&rows, &[attached_to("po_1", settlement)]), "said once more");
    assert!(stand_twice(&rows, &[line("txn_1")]));
    assert!(!stand_twice(&rows, &[attached("po_2"), attached("txn_1"), line("po_1"), line("txn_2")]));
}
