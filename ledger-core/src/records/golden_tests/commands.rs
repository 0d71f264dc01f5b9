//! Every command, in every form that its content has.

use super::rows::personal;
use super::samples::{amount, cause, details, donation, donor, eur};
use crate::giving::adjustment::AdjustmentReason;
use crate::giving::cause::CauseStatus;
use crate::giving::correction::WhyNothing;
use crate::giving::donation::{Designation, FeeBearer, Method, Visibility};
use crate::giving::donor::{DonorKind, DonorProfile, DonorStanding, ErasureReason};
use crate::giving::refund::RefundScope;
use crate::machine::command::*;
use crate::machine::personal::Personal;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{AdjustmentId, CauseId, DonorId, ReallocationId, RefundId};

fn day() -> Option<Date> {
    "2026-01-31".parse().ok()
}

fn memo() -> String {
    "Good luck".into()
}

fn key() -> String {
    "order-1".into()
}

fn other_donor() -> DonorId {
    DonorId::from_bytes([0xD2; 16])
}

fn designation() -> Designation {
    Designation { cause: cause(), amount: amount(3334) }
}

fn profile() -> DonorProfile {
    let found = personal().into_iter().find_map(|(_, content)| match content {
        Personal::Profile { profile, .. } => Some(profile),
        Personal::Memo { .. } => None,
    });
    found.unwrap()
}

fn donate() -> Donate {
    Donate {
        key: key(),
        donor: donor(),
        designations: vec![designation()],
        tip: Some(amount(500)),
        fee: Some(amount(335)),
        fee_bearer: FeeBearer::Platform,
        method: Method::CapturedElsewhere { bank: "main".into() },
        occurred_on: day(),
        visibility: Visibility::Anonymous,
        memo: Some(memo()),
    }
}

fn refund(scope: RefundScope) -> Refund {
    Refund { key: key(), donation: donation(), scope, occurred_on: day(), memo: Some(memo()) }
}

fn adjust() -> Adjust {
    Adjust {
        key: key(),
        donor: donor(),
        cause: cause(),
        amount: amount(77),
        reason: AdjustmentReason::VoidedRefund,
        method: Method::Imported,
        occurred_on: day(),
        entry: EntryKind::Adjusting,
        memo: Some(memo()),
    }
}

fn reallocate() -> Reallocate {
    Reallocate {
        key: key(),
        from: cause(),
        to: CauseId::from_bytes([0xC2; 16]),
        amount: amount(5),
        occurred_on: day(),
        entry: EntryKind::Ordinary,
    }
}

fn take_over(recorded_as: RecordedAs) -> Command {
    Command::TakeOver(TakeOver {
        key: "row-1".into(),
        recorded_as,
        donor_external_id: "u-17".into(),
        donor_kind: DonorKind::Organisation,
        donor_name: Some("Guild".into()),
        cause_external_id: "water".into(),
        cause_name: Some("Water".into()),
        currency: eur(),
        amount: Some(amount(4_242)),
        occurred_on: day(),
        memo: Some(memo()),
    })
}

fn correct(wrong: Wrong, right: Right) -> Command {
    Command::Correct(Correct { wrong, right, reversed_on: day(), entry: EntryKind::Adjusting })
}

/// Commands about donors and causes.
fn people() -> Vec<(&'static str, Command)> {
    let register = RegisterDonor {
        key: Some(key()),
        kind: DonorKind::Organisation,
        standing: DonorStanding::Guest,
        profile: profile(),
    };
    let erase = EraseDonor { key: Some(key()), donor: donor(), reason: ErasureReason::Mistake };
    let update = UpdateDonor { key: Some(key()), donor: donor(), profile: profile() };
    let merge = MergeDonors { key: Some(key()), keep: donor(), gone: other_donor() };
    let open = OpenCause { key: Some(key()), currency: eur(), details: details() };
    let status = CauseStatus::Paused;
    let change = UpdateCause { key: Some(key()), cause: cause(), details: details(), status };
    vec![
        ("register_donor", Command::RegisterDonor(register)),
        ("register_nobody", Command::RegisterDonor(RegisterDonor::default())),
        ("update_donor", Command::UpdateDonor(update)),
        ("erase_donor", Command::EraseDonor(erase)),
        ("merge_donors", Command::MergeDonors(merge)),
        ("undo_merge", Command::UndoMerge(UndoMerge { key: Some(key()), gone: other_donor() })),
        ("open_cause", Command::OpenCause(open)),
        ("update_cause", Command::UpdateCause(change)),
    ]
}

/// Commands that move money.
fn money() -> Vec<(&'static str, Command)> {
    let part = RefundScope::Proportional { amount: amount(9) };
    let chosen = RefundScope::Causes { from: vec![designation()] };
    let adjustment = RecordedAs::Adjustment { reason: AdjustmentReason::Chargeback };
    let close = ClosePeriod { key: key(), through: "2025-12-31".parse().unwrap() };
    vec![
        ("donate", Command::Donate(donate())),
        ("refund_everything", Command::Refund(refund(RefundScope::Everything))),
        ("refund_proportional", Command::Refund(refund(part))),
        ("refund_causes", Command::Refund(refund(chosen))),
        ("adjust", Command::Adjust(adjust())),
        ("reallocate", Command::Reallocate(reallocate())),
        ("close_period", Command::ClosePeriod(close)),
        ("begin_epoch", Command::BeginEpoch(BeginEpoch { key: Some(key()) })),
        ("take_over_gift", take_over(RecordedAs::Gift)),
        ("take_over_adjustment", take_over(adjustment)),
        ("take_over_nothing", take_over(RecordedAs::Nothing)),
    ]
}

/// Corrections, of every kind of entry by every kind of entry.
fn corrections() -> Vec<(&'static str, Command)> {
    let gift = Wrong::Donation { donation: donation() };
    let nothing = Right::Nothing { key: key(), why: WhyNothing::NeverHappened };
    let refunded = Wrong::Refund { refund: RefundId::from_bytes([0x4E; 16]) };
    let adjusted = Wrong::Adjustment { adjustment: AdjustmentId::from_bytes([0xAD; 16]) };
    let moved = Wrong::Reallocation { reallocation: ReallocationId::from_bytes([0xA1; 16]) };
    vec![
        ("correct_to_nothing", correct(gift, nothing)),
        ("correct_donation", correct(gift, Right::Donation(donate()))),
        ("correct_refund", correct(refunded, Right::Refund(refund(RefundScope::Everything)))),
        ("correct_adjustment", correct(adjusted, Right::Adjustment(adjust()))),
        ("correct_reallocation", correct(moved, Right::Reallocation(reallocate()))),
    ]
}

/// Every command.
pub(super) fn commands() -> Vec<(&'static str, Command)> {
    let payments = super::payments::commands();
    let owed = super::owed::commands();
    people().into_iter().chain(money()).chain(corrections()).chain(payments).chain(owed).collect()
}
