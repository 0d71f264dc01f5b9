//! Export: the whole journal as a text that other tools check, streamed up to a fixed head in constant memory
//! (the names of accounts aside).

mod beancount;
mod csv_rows;
mod json_lines;
mod labels;
mod of_donor;
mod plain_text;

use serde::{Deserialize, Serialize};
use std::io::Write;

use self::labels::Labels;
use crate::engine::changes::{Change, ChangeEntry};
use crate::engine::error::{LedgerError, Outcome};
use crate::giving::dispute::DisputeState;
use crate::ledger::Ledger;
use crate::machine::event::{Event, GiftSetAside, RefundLearned, SetAsideAgain};
use crate::vocabulary::ids::{DisputeId, DonationId};

/// Records that are read at once.
const PAGE: u32 = 1_000;

/// In which form the journal is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExportFormat {
    /// Plain-text accounting that both hledger and ledger read.
    Hledger,
    /// beancount, version 3.
    Beancount,
    /// One line a posting, guarded against formula injection.
    Csv,
    /// One JSON document a record.
    JsonLines,
}

/// What writes one form.
trait Form {
    fn begin(&mut self, labels: &Labels, out: &mut dyn Write) -> std::io::Result<()>;
    fn change(&mut self, change: &Change, labels: &Labels, out: &mut dyn Write) -> std::io::Result<()>;
    fn end(&mut self, labels: &Labels, out: &mut dyn Write) -> std::io::Result<()>;
}

impl Ledger {
    /// Writes the whole journal in a form that other tools read; returns the last record in it. What is
    /// committed meanwhile is not in it.
    pub fn export(&self, format: ExportFormat, out: &mut dyn Write) -> Result<u64, LedgerError> {
        let mut form: Box<dyn Form> = match format {
            ExportFormat::Hledger => Box::new(plain_text::PlainText::default()),
            ExportFormat::Beancount => Box::new(beancount::Beancount::default()),
            ExportFormat::Csv => Box::new(csv_rows::CsvRows),
            ExportFormat::JsonLines => Box::new(json_lines::JsonLines),
        };
        let failed = write_failed;
        let labels = Labels::of(self)?;
        form.begin(&labels, out).map_err(failed)?;
        let mut seq = 0;
        while seq < labels.seq {
            for change in self.changes(seq, PAGE)?.into_iter().take_while(|change| change.seq <= labels.seq) {
                seq = change.seq;
                form.change(&change, &labels, out).map_err(failed)?;
            }
        }
        form.end(&labels, out).map_err(failed)?;
        out.flush().map_err(failed)?;
        Ok(seq)
    }
}

/// The caller's stream failed; nothing of the ledger did.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn write_failed(error: std::io::Error) -> LedgerError {
    LedgerError::Storage { outcome: Outcome::ReadFailed, what: format!("write export failed: {error}") }
}

/// What an entry is about, in a few words without personal data.
fn narration(change: &Change, entry: &ChangeEntry) -> String {
    change.events.get(usize::from(entry.event)).map(told).unwrap_or_default()
}

fn dispute_is(dispute: DisputeId, donation: DonationId, state: DisputeState) -> String {
    format!("dispute {dispute} of {donation}, {}", state.word())
}

fn told(event: &Event) -> String {
    match event {
        Event::DonationCaptured { donation, donor, .. } => format!("donation {donation} of {donor}"),
        Event::DonationRefunded { refund, donation, .. }
        | Event::RefundRequested { refund, donation, .. }
        | Event::RefundLearned(RefundLearned { refund, donation, .. }) => {
            format!("refund {refund} of {donation}")
        }
        Event::RefundChanged { refund, donation, to, .. } => {
            format!("refund {refund} of {donation}, {}", to.word())
        }
        Event::GivingAdjusted { adjustment, donor, reason, .. } => {
            format!("{} {adjustment} of {donor}", reason.word())
        }
        Event::Reallocated { reallocation, from, to, .. } => {
            format!("reallocation {reallocation} from {from} to {to}")
        }
        Event::FeeBooked { donation, .. } => format!("fee of {donation}"),
        Event::PlatformFeeTaken { donation, .. } => format!("platform fee of {donation}"),
        Event::SettlementRecorded { settlement, processor, .. } => {
            format!("settlement {settlement} from {processor}")
        }
        Event::PayoutChanged { payout, cause, to, .. } => {
            format!("payout {payout} to {cause}, {}", to.word())
        }
        Event::PeriodClosed { through, .. } => format!("closing through {through}"),
        Event::Reversed { reversal, reason, record, what, .. } => {
            let undone: Vec<String> = what.iter().map(told).collect();
            format!("reversal {reversal} of record {record} ({}): {}", reason.word(), undone.join(", "))
        }
        Event::DisputeOpened(of) => dispute_is(of.dispute, of.donation, of.state),
        Event::DisputeChanged(of) => dispute_is(of.dispute, of.donation, of.to),
        Event::DisputeFeeBooked(booked) => format!("fee of dispute {}", booked.dispute),
        Event::CauseOverdrawn(overdrawn) => format!("{} has less than nothing", overdrawn.cause),
        Event::OverdraftReturned(returned) => {
            format!("overdraft of {} returned", returned.cause)
        }
        Event::ReceivableSettled(settled) => format!("{} owes less", settled.cause),
        Event::FeesGivenBack(given) => format!("fee of {} given back", given.donation),
        Event::UnidentifiedReceived(received) => format!("unidentified money {}", received.item),
        Event::UnidentifiedReturned(returned) => format!("unidentified money {} returned", returned.item),
        Event::GiftSetAside(GiftSetAside { item, .. }) | Event::SetAsideAgain(SetAsideAgain { item, .. }) => {
            format!("{item} set aside")
        }
        Event::SetAsideReleased(released) => format!("{} released to {}", released.item, released.to),
        Event::CurrencyExchanged(exchanged) => format!("exchange {}", exchanged.exchange),
        Event::TakingsRedivided(anew) => format!("takings of {} divided anew", anew.donation),
        Event::SettlementReturned(returned) => format!("settlement {} returned", returned.settlement),
        Event::CausePoliciesSet(_)
        | Event::GoalReached(_)
        | Event::ObjectAttached(_)
        | Event::FactParked(_)
        | Event::FactsTakenUp(_)
        | Event::FactRefused(_)
        | Event::NoticesAcknowledged(_)
        | Event::SettlementLinesRecorded(_)
        | Event::DonationBegun { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentChanged { .. }
        | Event::DonationCancelled { .. }
        | Event::PayoutProposed { .. }
        | Event::DonorRegistered { .. }
        | Event::DonorErased { .. }
        | Event::DonorsMerged { .. }
        | Event::MergeUndone { .. }
        | Event::EpochBegun { .. }
        | Event::DonorUpdated { .. }
        | Event::CauseOpened { .. }
        | Event::CauseUpdated { .. } => String::new(),
    }
}
