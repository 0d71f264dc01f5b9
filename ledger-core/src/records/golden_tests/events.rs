//! Every event, in a record that posts to every account.

use super::samples::{amount, cause, details, donation, donor, eur, sealed};
use crate::accounting::account::{Account, AccountName, Side};
use crate::accounting::balance::Balance;
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::cause::CauseStatus;
use crate::giving::correction::CorrectionReason;
use crate::giving::donation::{Beneficiary, Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorStanding, ErasureReason};
use crate::machine::event::{ClosedAccount, Event, RefundedPart, TakenBack};
use crate::records::record::{ClockReading, PostedEntry, PostedLine, Record};
use crate::vocabulary::ids::{AdjustmentId, CauseId, DonorId, ReallocationId, RefundId, ReversalId};
use crate::vocabulary::time::Timestamp;

/// Every event.
pub(super) fn events() -> Vec<(&'static str, Event)> {
    giving()
        .into_iter()
        .chain(bookkeeping())
        .chain(super::payments::events())
        .chain(super::owed::events())
        .collect()
}

/// Events of giving.
fn giving() -> Vec<(&'static str, Event)> {
    let bank = || Method::Offline { bank: "main".into() };
    let parts = [Beneficiary::Cause { cause: cause() }, Beneficiary::Platform];
    let part = |beneficiary| RefundedPart { beneficiary, share_minor: 5, refunded_minor: 9 };
    vec![
        (
            "donor_registered",
            Event::DonorRegistered {
                donor: donor(),
                kind: DonorKind::Organisation,
                standing: DonorStanding::Guest,
            },
        ),
        ("donor_updated", Event::DonorUpdated { donor: donor() }),
        ("cause_opened", Event::CauseOpened { cause: cause(), currency: eur(), details: details() }),
        (
            "cause_updated",
            Event::CauseUpdated {
                cause: cause(),
                details: details(),
                status: CauseStatus::Paused,
                released_external_id: Some("old".into()),
            },
        ),
        (
            "donation_captured",
            Event::DonationCaptured {
                donation: donation(),
                donor: donor(),
                designations: vec![Designation { cause: cause(), amount: amount(3334) }],
                tip: Some(amount(500)),
                fee: Some(amount(335)),
                fee_bearer: FeeBearer::Causes,
                fee_shares_minor: vec![291, 44],
                method: Method::CapturedElsewhere { bank: "main".into() },
                visibility: Visibility::Anonymous,
            },
        ),
        (
            "donation_refunded",
            Event::DonationRefunded {
                refund: RefundId::from_bytes([0x4E; 16]),
                donation: donation(),
                donor: donor(),
                amount: amount(10),
                parts: parts.map(part).to_vec(),
                method: bank(),
            },
        ),
        (
            "giving_adjusted",
            Event::GivingAdjusted {
                adjustment: AdjustmentId::from_bytes([0xAD; 16]),
                donor: donor(),
                cause: cause(),
                amount: amount(77),
                reason: AdjustmentReason::Chargeback,
                method: Method::Imported,
            },
        ),
    ]
}

/// Events of bookkeeping.
fn bookkeeping() -> Vec<(&'static str, Event)> {
    vec![
        (
            "reallocated",
            Event::Reallocated {
                reallocation: ReallocationId::from_bytes([0xA1; 16]),
                from: cause(),
                to: CauseId::from_bytes([0xC2; 16]),
                amount: amount(5),
            },
        ),
        (
            "period_closed",
            Event::PeriodClosed { through: "2025-12-31".parse().unwrap(), closed: vec![closed_account()] },
        ),
        (
            "reversed",
            Event::Reversed {
                reversal: ReversalId::from_bytes([0x4F; 16]),
                reason: CorrectionReason::EnteredTwice,
                record: 5,
                day: "2026-01-30".parse().unwrap(),
                what: TakenBack::of(giving().into_iter().map(|(_, event)| event).skip(6).collect()),
            },
        ),
        ("donors_merged", Event::DonorsMerged { keep: donor(), gone: DonorId::from_bytes([0xD2; 16]) }),
        ("merge_undone", Event::MergeUndone { keep: donor(), gone: DonorId::from_bytes([0xD2; 16]) }),
        ("donor_erased", Event::DonorErased { donor: donor(), reason: ErasureReason::Requested }),
        ("epoch_begun", Event::EpochBegun { epoch: 2 }),
    ]
}

fn closed_account() -> ClosedAccount {
    let account = |name| Account { name, currency: eur() };
    let into = account(AccountName::Unrestricted);
    ClosedAccount { account: account(AccountName::Tips), side: Side::Debit, amount_minor: 9, into }
}

pub(super) fn record(event: Event) -> Record {
    let mut names = vec![
        AccountName::Bank { bank: "main".into() },
        AccountName::Imported,
        AccountName::CauseAvailable { cause: cause() },
        AccountName::Tips,
        AccountName::ProcessorFees,
        AccountName::TipShareOfFees,
        AccountName::Contributions { cause: cause() },
        AccountName::FeesOfCause { cause: cause() },
        AccountName::Restricted { cause: cause() },
        AccountName::Unrestricted,
    ];
    // Vectors of before stand still.
    let is_among = |others: Vec<(&str, Event)>| others.iter().any(|(_, other)| *other == event);
    let is_owed = is_among(super::owed::events());
    if is_owed || is_among(super::payments::events()) {
        names.push(AccountName::ProcessorPending { processor: "stripe".into() });
        names.push(AccountName::CauseInTransit { cause: cause() });
        names.push(AccountName::PlatformFees);
        names.push(AccountName::RefundPending { refund: super::payments::refund() });
    }
    if is_owed {
        names.extend(super::owed::accounts());
    }
    let line = |(number, name)| PostedLine {
        account: Account { name, currency: eur() },
        side: if number % 2 == 0 { Side::Debit } else { Side::Credit },
        amount_minor: 300,
        balance: Balance { debits_minor: 70_000, credits_minor: 1 << 70 },
        number,
    };
    Record {
        seq: 7,
        recorded_at: Timestamp::from_micros(1_769_853_600_000_000),
        clock: ClockReading::Steady,
        key: Some("order-1".into()),
        content_version: 1,
        fingerprint: [0xF1; 16],
        personal_mark: Some([0x99; 16]),
        occurred_on: "2026-01-31".parse().ok(),
        events: vec![event],
        sealed: vec![sealed()],
        entries: vec![PostedEntry { lines: (1..).zip(names).map(line).collect() }],
    }
}
