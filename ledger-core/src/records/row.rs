//! Rows of the derived state, and the keys under which they are stored.
//!
//! Key kinds sort so that a checkpoint which writes in key order puts what others are rebuilt from last:
//! chunks and blocks before the owners' rows, the owners' rows before the meta row.

mod donation;
mod lookup;
mod of_ids;

use bincode::{Decode, Encode};

pub use self::donation::{Collecting, DonationRow, PartRow};
pub use self::lookup::LookupRow;
pub use self::of_ids::{
    ConsumerRow, DisputeRow, ObjectRow, PayoutRow, ReversalRow, SettlementRow, SuspenseRow,
};
use super::history::{HistoryTail, Places};
use super::sealed::SealedField;
use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::giving::cause::{CauseDetails, CauseStatus};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::giving::policy::CausePolicies;
use crate::giving::totals::Totals;
use crate::machine::personal::Lookups;
use crate::machine::state::DonorLookup;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DisputeId, DonationId, DonorId, PayoutId, SettlementId, SuspenseId};
use crate::vocabulary::money::Currency;
use crate::vocabulary::month::Month;
use crate::vocabulary::time::Timestamp;

/// Whose history it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HistoryOf {
    /// A donor's: gifts, refunds and adjustments, and changes of the profile.
    Donor(DonorId),
    /// A cause's.
    Cause(CauseId),
    /// An account's: every posted line.
    Account(Account),
}

/// Whose months are summed up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthOf {
    /// An account's postings, by day.
    Account(Account),
    /// The totals of all causes in a currency.
    AllCauses(Currency),
}

/// How many records share a row of places in the journal.
pub const RECORDS_PER_PLACEMENT: u64 = 64;

/// The key of a row. The order of kinds is the order on disk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// 64 places of a history, by owner and number of the chunk.
    Chunk(HistoryOf, u64),
    /// Where 64 records lie in the journal, by `(seq - 1) / 64`. Kept by stores that keep a journal file.
    Placement(u64),
    /// The keys claimed by 512 records, by `seq / 512`.
    KeyBlock(u64),
    /// The donor found by an e-mail address or an external id.
    DonorLookup(DonorLookup),
    /// The cause found by an external id.
    CauseLookup(String),
    /// What was refunded of a donation, and how it is being paid. One that came in paid, and of which nothing ever was
    /// refunded, has no row.
    Donation(DonationId),
    /// That the entries of a record were taken back, by its seq.
    Reversal(u64),
    /// A payout.
    Payout(PayoutId),
    /// Money that is not known to be anybody's gift.
    Suspense(SuspenseId),
    /// The donation of a dispute, so that disputes are listed.
    Dispute(DisputeId),
    /// What the days of a month add up to, by the days on which things happened.
    Month(MonthOf, Month),
    /// An object of a provider, by the account at the processor and its id there.
    Object(String, String),
    /// A consumer of notices, by name.
    Consumer(String),
    /// A settlement.
    Settlement(SettlementId),
    /// A donor, a cause or an account.
    Owner(HistoryOf),
    /// The one row that says up to which record the rows go.
    Meta,
}

impl RowKey {
    /// Whether rows of its kind are read by ranges of keys.
    pub fn is_ranged(&self) -> bool {
        matches!(
            self,
            Self::Owner(_)
                | Self::Month(..)
                | Self::Suspense(_)
                | Self::Dispute(_)
                | Self::Object(..)
                | Self::Settlement(_)
        )
    }
}

/// A row. Every row is a function of its own former value and the record: it keeps the seq that last
/// changed it, and a record at or below that changes nothing. So folding again does no harm.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Row {
    /// See [`RowKey::Chunk`].
    Chunk(Places),
    /// See [`RowKey::Placement`].
    Placement(Vec<Extent>),
    /// See [`RowKey::KeyBlock`].
    KeyBlock(Vec<ClaimedKey>),
    /// See [`RowKey::DonorLookup`].
    DonorLookup(LookupRow<DonorId>),
    /// See [`RowKey::CauseLookup`].
    CauseLookup(LookupRow<CauseId>),
    /// See [`RowKey::Donation`].
    Donation(DonationRow),
    /// See [`RowKey::Owner`].
    Donor(DonorRow),
    /// See [`RowKey::Owner`].
    Cause(CauseRow),
    /// See [`RowKey::Owner`].
    Account(AccountRow),
    /// See [`RowKey::Meta`].
    Meta(MetaRow),
    /// See [`RowKey::Month`].
    AccountMonth(AccountMonthRow),
    /// See [`RowKey::Month`].
    TotalsMonth(TotalsMonthRow),
    /// See [`RowKey::Reversal`].
    Reversal(ReversalRow),
    /// See [`RowKey::Payout`].
    Payout(PayoutRow),
    /// See [`RowKey::Suspense`].
    Suspense(SuspenseRow),
    /// See [`RowKey::Dispute`].
    Dispute(DisputeRow),
    /// See [`RowKey::Object`].
    Object(ObjectRow),
    /// See [`RowKey::Consumer`].
    Consumer(ConsumerRow),
    /// See [`RowKey::Settlement`].
    Settlement(SettlementRow),
}

impl Row {
    /// The record that last changed the row; `None` for rows that are only ever filled.
    pub fn seq(&self) -> Option<u64> {
        match self {
            Self::Chunk(_) | Self::Placement(_) | Self::KeyBlock(_) => None,
            Self::DonorLookup(row) => Some(row.seq),
            Self::CauseLookup(row) => Some(row.seq),
            Self::Donation(row) => Some(row.seq),
            Self::Donor(row) => Some(row.seq),
            Self::Cause(row) => Some(row.seq),
            Self::Account(row) => Some(row.seq),
            Self::Meta(row) => Some(row.seq),
            Self::AccountMonth(row) => Some(row.seq),
            Self::TotalsMonth(row) => Some(row.seq),
            Self::Reversal(row) => Some(row.seq),
            Self::Payout(row) => Some(row.seq),
            Self::Suspense(row) => Some(row.seq),
            Self::Dispute(row) => Some(row.seq),
            Self::Object(row) => Some(row.seq),
            Self::Consumer(row) => Some(row.seq),
            Self::Settlement(row) => Some(row.seq),
        }
    }

    /// Notes that a record changes the row.
    pub fn set_seq(&mut self, seq: u64) {
        match self {
            Self::Chunk(_) | Self::Placement(_) | Self::KeyBlock(_) => {}
            Self::DonorLookup(row) => row.seq = seq,
            Self::CauseLookup(row) => row.seq = seq,
            Self::Donation(row) => row.seq = seq,
            Self::Donor(row) => row.seq = seq,
            Self::Cause(row) => row.seq = seq,
            Self::Account(row) => row.seq = seq,
            Self::Meta(row) => row.seq = seq,
            Self::AccountMonth(row) => row.seq = seq,
            Self::TotalsMonth(row) => row.seq = seq,
            Self::Reversal(row) => row.seq = seq,
            Self::Payout(row) => row.seq = seq,
            Self::Suspense(row) => row.seq = seq,
            Self::Dispute(row) => row.seq = seq,
            Self::Object(row) => row.seq = seq,
            Self::Consumer(row) => row.seq = seq,
            Self::Settlement(row) => row.seq = seq,
        }
    }
}

/// Where a record lies in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Extent {
    /// The segment.
    pub segment: u32,
    /// The offset of its length field in the segment.
    pub offset: u32,
}

/// A key that a record claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct ClaimedKey {
    /// Its keyed hash. Two keys may share one: a candidate counts only when its record says the same key.
    pub hash: u64,
    /// The record.
    pub seq: u64,
}

/// A donor.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct DonorRow {
    /// The record that last changed it.
    pub seq: u64,
    /// Person or organisation.
    pub kind: DonorKind,
    /// Registered, guest or anonymous.
    pub standing: DonorStanding,
    /// The key slot of what is personal, once there is something.
    pub slot: Option<u32>,
    /// The profile, still sealed; none where nothing is known.
    pub profile: Option<SealedField>,
    /// By what the donor is found.
    pub lookups: Lookups,
    /// Why the donor was erased, if so.
    pub erased: Option<ErasureReason>,
    /// The donor that its id means, if it was merged.
    pub merged_into: Option<DonorId>,
    /// The donors whose ids mean this one, in the order in which they were merged.
    pub absorbed: Vec<DonorId>,
    /// Totals of what was recorded for this id, in order of currency.
    pub totals: Vec<Totals>,
    /// What was recorded for this id.
    pub history: HistoryTail,
}

/// A cause.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct CauseRow {
    /// The record that last changed it.
    pub seq: u64,
    /// Its currency.
    pub currency: Currency,
    /// Open, paused or closed.
    pub status: CauseStatus,
    /// What is said of it.
    pub details: CauseDetails,
    /// The policies of its own, if it has some.
    pub policies: Option<CausePolicies>,
    /// Its totals.
    pub totals: Totals,
    /// Its history.
    pub history: HistoryTail,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct AccountRow {
    /// The record that last changed it.
    pub seq: u64,
    /// Its balance.
    pub balance: Balance,
    /// Its history.
    pub history: HistoryTail,
}

/// What was posted to an account in a month.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
pub struct AccountMonthRow {
    /// The record that last changed it.
    pub seq: u64,
    /// The days with postings, in order.
    pub days: Vec<DayBalance>,
}

/// What was posted on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct DayBalance {
    /// The day of the month, from 1.
    pub day: i8,
    /// Debits and credits of that day alone.
    pub posted: Balance,
    /// In how many lines.
    pub lines: u64,
}

/// What all causes together received in a month.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct TotalsMonthRow {
    /// The record that last changed it.
    pub seq: u64,
    /// What was added in that month alone.
    pub totals: Totals,
}

/// Up to which record the rows go, and what was counted on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Encode, Decode)]
pub struct MetaRow {
    /// The last record folded in.
    pub seq: u64,
    /// Donors registered.
    pub donors: u64,
    /// Causes opened.
    pub causes: u64,
    /// Donations captured.
    pub donations: u64,
    /// Journal entries posted.
    pub entries: u64,
    /// The latest time of any record: ids go on from it, so that they rise although a clock jumped back.
    pub latest: Timestamp,
    /// Key slots used: one more than the highest.
    pub slots: u32,
    /// The last day that is closed.
    pub closed_through: Option<Date>,
    /// The epoch that was begun last, if one ever was.
    pub epoch_begun: Option<u64>,
    /// The policies of causes that have none of their own.
    pub policies: CausePolicies,
}

impl MetaRow {
    /// The epoch: a ledger begins in the first.
    pub fn epoch(&self) -> u64 {
        self.epoch_begun.unwrap_or(1)
    }
}
