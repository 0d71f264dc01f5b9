//! What donors gave, counted apart from all totals: gifts less what was taken back of them, from the donations alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::accounting::account::Side;
use crate::engine::state_reader::{begun_facts, donation_facts};
use crate::giving::donation::DonationPart;
use crate::giving::totals::Totals;
use crate::machine::event::Event;
use crate::machine::state::DonationFacts;
use crate::records::record::{Record, RecordHead, RecordReader};
use crate::records::row::{DonorRow, HistoryOf, Row, RowKey};
use crate::records::rows::{RowReader, RowTable};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::{DonationId, DonorId};
use crate::vocabulary::money::{Amount, Currency};

/// What each donor gave so far and was not undone, before what was taken back of gifts.
#[derive(Default)]
pub(super) struct Giving {
    net_minor: BTreeMap<(DonorId, Currency), i128>,
}

impl Giving {
    /// Counts the events of a record.
    pub(super) fn count(&mut self, events: &[Event]) {
        for event in events {
            if let Event::Reversed { what, .. } = event {
                what.iter().for_each(|undone| self.add(undone, i128::saturating_sub));
            } else {
                self.add(event, i128::saturating_add);
            }
        }
    }

    fn add(&mut self, event: &Event, add: fn(i128, i128) -> i128) {
        #[allow(clippy::wildcard_enum_match_arm, reason = "in no other do donors give")]
        let given: Vec<(DonorId, Amount, Side)> = match event {
            Event::DonationCaptured { donor, designations, tip, .. } => {
                let amounts = designations.iter().map(|to| to.amount).chain(*tip);
                amounts.map(|amount| (*donor, amount, Side::Credit)).collect()
            }
            Event::GivingAdjusted { donor, amount, reason, .. } => {
                vec![(*donor, *amount, reason.side_of_cause())]
            }
            _ => Vec::new(),
        };
        for (donor, amount, side) in given {
            let minor = i128::from(amount.minor());
            let minor = if side == Side::Credit { minor } else { minor.saturating_neg() };
            let sum = self.net_minor.entry((donor, amount.currency())).or_default();
            *sum = add(*sum, minor);
        }
    }

    /// The first thing that is not as it must be, once all records are counted: a donation of which more was taken than was
    /// given, something recorded of a donation that nobody gave or began, or a donor whose totals say otherwise.
    pub(super) fn difference(
        mut self,
        expected: &RowTable,
        records: &dyn RecordReader,
    ) -> Result<Option<String>, Fault> {
        let journal = Journal { rows: expected, records };
        for id in donations_in(expected) {
            match donation_facts(&journal, id)? {
                Some(facts) => {
                    if facts.parts.iter().any(|part| taken_minor(part) > u128::from(part.given_minor)) {
                        return Ok(Some(format!("more was taken of {id} than was given")));
                    }
                    self.take(&facts);
                }
                None if begun_facts(&journal, id)?.is_none() => {
                    return Ok(Some(format!("{id} has fees, refunds or disputes, and nobody gave it")));
                }
                None => {}
            }
        }
        Ok(self.differing_donor(expected))
    }

    fn take(&mut self, facts: &DonationFacts) {
        let taken = facts.parts.iter().map(taken_minor).fold(0, u128::saturating_add);
        let sum = self.net_minor.entry((facts.donor, facts.currency)).or_default();
        *sum = sum.saturating_sub(i128::try_from(taken).unwrap_or(i128::MAX));
    }

    fn differing_donor(&self, expected: &RowTable) -> Option<String> {
        let says = |donor: DonorId, totals: &Totals| {
            let gave = self.net_minor.get(&(donor, totals.currency)).copied().unwrap_or(0);
            let net = totals.net_minor();
            (gave != net).then(|| format!("{donor} gave {gave} minor units net, totals say {net}"))
        };
        let of_row =
            |donor: DonorId, row: &DonorRow| row.totals.iter().find_map(|totals| says(donor, totals));
        expected.iter().find_map(|(key, row)| match (key, row.as_ref()) {
            (RowKey::Owner(HistoryOf::Donor(donor)), Row::Donor(row)) => of_row(*donor, row),
            _ => None,
        })
    }
}

fn taken_minor(part: &DonationPart) -> u128 {
    u128::from(part.refunded_minor).saturating_add(part.disputed_minor.into())
}

fn donations_in(expected: &RowTable) -> Vec<DonationId> {
    let id = |key: &RowKey| if let RowKey::Donation(id) = key { Some(*id) } else { None };
    let mut ids: Vec<DonationId> = expected.iter().filter_map(|(key, _)| id(key)).collect();
    ids.sort_unstable();
    ids
}

/// The journal, with the rows that it makes.
struct Journal<'a> {
    rows: &'a RowTable,
    records: &'a dyn RecordReader,
}

impl RowReader for Journal<'_> {
    fn row(&self, key: &RowKey) -> Result<Option<Arc<Row>>, Fault> {
        Ok(self.rows.get(key).cloned())
    }
}

impl RecordReader for Journal<'_> {
    fn record(&self, seq: u64) -> Result<Option<Record>, Fault> {
        self.records.record(seq)
    }

    fn record_head(&self, seq: u64) -> Result<Option<Arc<RecordHead>>, Fault> {
        self.records.record_head(seq)
    }
}
