//! What a write returns: where it stands in the journal, what happened, and what the accounts came to.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::accounting::account::Account;
use crate::accounting::balance::Balance;
use crate::machine::event::{Event, GiftSetAside, RefundLearned, UnidentifiedReceived};
use crate::records::record::{PostedLine, Record};
use crate::storage::Durability;
use crate::vocabulary::ids::{
    AdjustmentId, CauseId, DisputeId, DonationId, DonorId, PaymentId, PayoutId, ReallocationId, RefundId,
    ReversalId, SettlementId, SuspenseId,
};
use crate::vocabulary::time::Timestamp;

/// Whether a call did something or repeats what an earlier one did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// This call did it.
    First,
    /// An earlier call with the same key and content did it; this is what it returned.
    Replayed,
}

/// The balance of an account after a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct AccountBalance {
    /// The account.
    pub account: Account,
    /// Its running totals.
    pub balance: Balance,
    /// How many lines were posted to it.
    pub lines: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AccountBalance {
    /// The net on the account's normal side, in minor units: positive means "as usual".
    pub fn net_minor(&self) -> i128 {
        self.balance.net_minor(self.account.name.account_type())
    }
}

/// Names and decimal strings.
impl Serialize for AccountBalance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let currency = self.account.currency;
        let mut fields = serializer.serialize_struct("AccountBalance", 6)?;
        fields.serialize_field("account", &self.account.name.to_string())?;
        fields.serialize_field("currency", &currency)?;
        self.balance.serialize_into(currency, &mut fields)?;
        fields.serialize_field("net", &currency.figure(self.net_minor()))?;
        fields.serialize_field("lines", &self.lines)?;
        fields.end()
    }
}

/// What a write returns. It holds what the commit wrote: a replayed call returns the balances of then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
#[non_exhaustive]
pub struct Committed {
    /// The record; where nothing had to be recorded, the last one before.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// First or replayed.
    pub delivery: Delivery,
    /// Which loss it survives.
    pub durability: Durability,
    /// What happened; empty where nothing had to.
    pub events: Vec<Event>,
    /// The accounts that it touched, each once, after it.
    pub balances: Vec<AccountBalance>,
}

impl Committed {
    pub(crate) fn of(record: Record, delivery: Delivery, durability: Durability) -> Self {
        let Record { seq, recorded_at, events, entries, .. } = record;
        let mut balances: Vec<AccountBalance> = Vec::new();
        for line in entries.into_iter().flat_map(|entry| entry.lines) {
            let PostedLine { account, balance, number: lines, .. } = line;
            match balances.iter_mut().find(|earlier| earlier.account == account) {
                Some(earlier) => (earlier.balance, earlier.lines) = (balance, lines),
                None => balances.push(AccountBalance { account, balance, lines }),
            }
        }
        Self { seq, recorded_at, delivery, durability, events, balances }
    }

    fn find<T>(&self, pick: impl Fn(&Event) -> Option<T>) -> Option<T> {
        self.events.iter().find_map(pick)
    }

    /// The donor that was registered.
    pub fn donor(&self) -> Option<DonorId> {
        self.find(|event| if let Event::DonorRegistered { donor, .. } = event { Some(*donor) } else { None })
    }

    /// The cause that was opened.
    pub fn cause(&self) -> Option<CauseId> {
        self.find(|event| if let Event::CauseOpened { cause, .. } = event { Some(*cause) } else { None })
    }

    /// The donation that was begun or captured.
    pub fn donation(&self) -> Option<DonationId> {
        self.find(|event| {
            if let Event::DonationCaptured { donation, .. } | Event::DonationBegun { donation, .. } = event {
                Some(*donation)
            } else {
                None
            }
        })
    }

    /// The payment that was started.
    pub fn payment(&self) -> Option<PaymentId> {
        self.find(
            |event| {
                if let Event::PaymentStarted { payment, .. } = event { Some(*payment) } else { None }
            },
        )
    }

    /// The settlement that was recorded.
    pub fn settlement(&self) -> Option<SettlementId> {
        self.find(|event| {
            if let Event::SettlementRecorded { settlement, .. } = event { Some(*settlement) } else { None }
        })
    }

    /// The payout that was proposed.
    pub fn payout(&self) -> Option<PayoutId> {
        self.find(|event| if let Event::PayoutProposed { payout, .. } = event { Some(*payout) } else { None })
    }

    /// The refund that was made or requested.
    pub fn refund(&self) -> Option<RefundId> {
        self.find(|event| {
            if let Event::DonationRefunded { refund, .. }
            | Event::RefundRequested { refund, .. }
            | Event::RefundLearned(RefundLearned { refund, .. }) = event
            {
                Some(*refund)
            } else {
                None
            }
        })
    }

    /// The dispute that was opened.
    pub fn dispute(&self) -> Option<DisputeId> {
        self.find(|event| if let Event::DisputeOpened(opened) = event { Some(opened.dispute) } else { None })
    }

    /// The money that nobody is known to have given, or that was set aside of a gift.
    pub fn suspense(&self) -> Option<SuspenseId> {
        self.find(|event| {
            if let Event::UnidentifiedReceived(UnidentifiedReceived { item, .. })
            | Event::GiftSetAside(GiftSetAside { item, .. }) = event
            {
                Some(*item)
            } else {
                None
            }
        })
    }

    /// The reallocation that was made.
    pub fn reallocation(&self) -> Option<ReallocationId> {
        self.find(|event| {
            if let Event::Reallocated { reallocation, .. } = event { Some(*reallocation) } else { None }
        })
    }

    /// What a correction took back.
    pub fn reversal(&self) -> Option<ReversalId> {
        self.find(|event| if let Event::Reversed { reversal, .. } = event { Some(*reversal) } else { None })
    }

    /// The adjustment that was made.
    pub fn adjustment(&self) -> Option<AdjustmentId> {
        self.find(
            |event| {
                if let Event::GivingAdjusted { adjustment, .. } = event { Some(*adjustment) } else { None }
            },
        )
    }
}
