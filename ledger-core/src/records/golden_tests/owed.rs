//! Events and commands about disputes, what causes owe, and money that is nobody's gift.

use super::samples::{amount, cause, donation, donor};
use crate::accounting::account::AccountName;
use crate::giving::dispute::{DisputeBegins, DisputeFeeFlow, DisputeReport, DisputeState};
use crate::giving::donation::{Beneficiary, Designation, FeeBearer, Method, Visibility};
use crate::giving::policy::{CausePolicies, ClosedCause, FeeGivenBack, NegativeCause, SettledBy};
use crate::giving::provider::MadeThere;
use crate::giving::refund::RefundScope;
use crate::machine::command::*;
use crate::machine::event::*;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DisputeId, ExchangeId, PaymentId, SuspenseId};
use crate::vocabulary::money::Amount;
use crate::vocabulary::time::Timestamp;

pub(super) fn dispute() -> DisputeId {
    DisputeId::from_bytes([0xD5; 16])
}

pub(super) fn item() -> SuspenseId {
    SuspenseId::from_bytes([0x55; 16])
}

fn payment() -> PaymentId {
    PaymentId::from_bytes([0x9A; 16])
}

pub(super) fn method() -> Method {
    Method::Processor { processor: "stripe".into() }
}

fn dollars() -> Amount {
    Amount::from_minor(10_000, "USD".parse().unwrap()).unwrap()
}

fn key() -> String {
    "order-1".into()
}

fn day() -> Option<Date> {
    "2026-01-31".parse().ok()
}

pub(super) fn made() -> MadeThere {
    MadeThere { at: Timestamp::from_micros(1_769_853_600_000_000), object: "re_1".into() }
}

pub(super) fn designation() -> Designation {
    Designation { cause: cause(), amount: amount(3334) }
}

pub(super) fn policies() -> CausePolicies {
    let on_closed = ClosedCause::PassTo { cause: CauseId::from_bytes([0xCB; 16]) };
    CausePolicies { on_negative: NegativeCause::AllowAsReceivable, on_closed }
}

/// The accounts that these are posted to, besides those of before.
pub(super) fn accounts() -> [AccountName; 9] {
    [
        AccountName::DisputeHeld { dispute: dispute() },
        AccountName::CauseHeld { cause: cause() },
        AccountName::CauseReceivable { cause: cause() },
        AccountName::DisputeFees,
        AccountName::FeeCover,
        AccountName::BadDebt,
        AccountName::BeyondGift,
        AccountName::Unidentified,
        AccountName::FxTrading,
    ]
}

/// Every event about these.
pub(super) fn events() -> Vec<(&'static str, Event)> {
    super::facts::events().into_iter().chain(of_disputes()).chain(of_causes()).chain(of_suspense()).collect()
}

fn of_disputes() -> Vec<(&'static str, Event)> {
    let (dispute, donation, donor, amount) = (dispute(), donation(), donor(), amount(7500));
    let (method, held) = (method(), vec![designation()]);
    let shares = vec![PartShare { beneficiary: Beneficiary::Platform, share_minor: 7 }];
    let opened = DisputeOpened {
        dispute,
        donation,
        donor,
        amount,
        method: method.clone(),
        state: DisputeState::Opened,
        held: held.clone(),
        made: Some(made()),
    };
    let (from, to, flow) = (DisputeState::UnderReview, DisputeState::Lost, DisputeFeeFlow::Charged);
    let changed =
        DisputeChanged { dispute, donation, donor, amount, method: method.clone(), from, to, held, shares };
    let booked =
        DisputeFeeBooked { dispute, donation, donor, fee: super::samples::amount(1500), flow, method };
    vec![
        ("dispute_opened", Event::DisputeOpened(opened)),
        ("dispute_changed", Event::DisputeChanged(changed)),
        ("dispute_fee_booked", Event::DisputeFeeBooked(booked)),
    ]
}

fn of_causes() -> Vec<(&'static str, Event)> {
    let (cause, amount) = (cause(), amount(953));
    let given = FeesGivenBack {
        donation: donation(),
        donor: donor(),
        fee: FeeGivenBack::OfPlatform,
        to: vec![designation()],
    };
    let settled = ReceivableSettled { cause, amount, by: SettledBy::Repayment { bank: "main".into() } };
    let donation = donation();
    let borne_by = OverdraftBorneBy::Platform;
    let overdrawn = CauseOverdrawn { cause, amount, borne_by, donation: Some(donation) };
    let returned = OverdraftReturned { donation, cause, amount };
    vec![
        (
            "cause_policies_set",
            Event::CausePoliciesSet(CausePoliciesSet { cause: Some(cause), policies: policies() }),
        ),
        ("cause_overdrawn", Event::CauseOverdrawn(overdrawn)),
        ("overdraft_returned", Event::OverdraftReturned(returned)),
        ("receivable_settled", Event::ReceivableSettled(settled)),
        ("fees_given_back", Event::FeesGivenBack(given)),
        ("goal_reached", Event::GoalReached(GoalReached { cause, goal: amount })),
    ]
}

fn of_suspense() -> Vec<(&'static str, Event)> {
    let (item, cause, donation) = (item(), cause(), donation());
    let (fifty, payment, method) = (amount(5000), Some(payment()), method());
    let captured = |method| Event::DonationCaptured {
        donation,
        donor: donor(),
        designations: vec![designation()],
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Platform,
        fee_shares_minor: Vec::new(),
        method,
        visibility: Visibility::Public,
    };
    let exchanged = CurrencyExchanged {
        exchange: ExchangeId::from_bytes([0xEC; 16]),
        processor: "stripe".into(),
        from: dollars(),
        to: fifty,
        rate: Some("0.92".into()),
        donation: Some(donation),
    };
    let received = UnidentifiedReceived {
        item,
        amount: fifty,
        method: method.clone(),
        payment,
        donor: Some(donor()),
        object: Some("pi_2".into()),
    };
    vec![
        ("donation_captured_identified", captured(Method::Identified { item })),
        (
            "donation_captured_exchanged",
            captured(Method::Exchanged { processor: "stripe".into(), given: dollars() }),
        ),
        ("unidentified_received", Event::UnidentifiedReceived(received)),
        (
            "unidentified_returned",
            Event::UnidentifiedReturned(UnidentifiedReturned { item, amount: fifty, method }),
        ),
        ("gift_set_aside", Event::GiftSetAside(GiftSetAside { item, donation, cause, amount: fifty })),
        ("set_aside_released", Event::SetAsideReleased(SetAsideReleased { item, to: cause, amount: fifty })),
        ("set_aside_again", Event::SetAsideAgain(SetAsideAgain { item, cause, amount: fifty })),
        ("currency_exchanged", Event::CurrencyExchanged(exchanged)),
    ]
}

/// Every command about these.
pub(super) fn commands() -> Vec<(&'static str, Command)> {
    let facts = super::facts::commands();
    about_disputes().into_iter().chain(about_causes()).chain(about_suspense()).chain(facts).collect()
}

fn about_disputes() -> Vec<(&'static str, Command)> {
    let (dispute, occurred_on, key) = (dispute(), day(), key());
    let open = OpenDispute {
        key: key.clone(),
        donation: donation(),
        amount: amount(7500),
        begins: DisputeBegins::WithMoney,
        fee: Some(amount(1500)),
        occurred_on,
    };
    let report = ReportDispute { key: key.clone(), dispute, report: DisputeReport::Lost, occurred_on };
    let (fee, flow) = (amount(1500), DisputeFeeFlow::Returned);
    let forced = Refund {
        key: key.clone(),
        donation: donation(),
        scope: RefundScope::Everything,
        occurred_on,
        memo: Some("Good luck".into()),
    };
    vec![
        ("open_dispute", Command::OpenDispute(open)),
        ("report_dispute", Command::ReportDispute(report)),
        (
            "book_dispute_fee",
            Command::BookDisputeFee(BookDisputeFee { key, dispute, fee, flow, occurred_on }),
        ),
        ("force_refund", Command::ForceRefund(forced)),
    ]
}

fn about_causes() -> Vec<(&'static str, Command)> {
    let (cause, occurred_on, key) = (cause(), day(), key());
    let back = GiveBackFees {
        key: key.clone(),
        donation: donation(),
        fee: FeeGivenBack::OfProcessor,
        to: vec![designation()],
        occurred_on,
    };
    let policies = policies();
    vec![
        (
            "set_cause_policies",
            Command::SetCausePolicies(SetCausePolicies { key: key.clone(), cause: Some(cause), policies }),
        ),
        (
            "settle_receivable",
            Command::SettleReceivable(SettleReceivable {
                key,
                cause,
                amount: amount(953),
                by: SettledBy::WriteOff,
                occurred_on,
            }),
        ),
        ("give_back_fees", Command::GiveBackFees(back)),
    ]
}

fn about_suspense() -> Vec<(&'static str, Command)> {
    let (item, amount, occurred_on) = (item(), amount(5000), day());
    let receive = ReceiveUnidentified { key: key(), amount, method: method(), occurred_on };
    let identify = Identify {
        key: key(),
        item,
        donor: donor(),
        designations: vec![designation()],
        tip: Some(amount),
        occurred_on,
        visibility: Visibility::Anonymous,
        memo: Some("Good luck".into()),
    };
    let begin = BeginDonation {
        key: key(),
        donor: donor(),
        designations: vec![designation()],
        tip: None,
        fee_bearer: FeeBearer::Causes,
        visibility: Visibility::Public,
        memo: None,
    };
    let rate = Some("0.92".to_owned());
    let capture = CaptureExchanged {
        key: key(),
        payment: payment(),
        settled: amount,
        rate: rate.clone(),
        fee: Some(amount),
        occurred_on,
    };
    let (processor, from) = ("stripe".to_owned(), dollars());
    vec![
        ("receive_unidentified", Command::ReceiveUnidentified(receive)),
        ("identify", Command::Identify(identify)),
        (
            "return_unidentified",
            Command::ReturnUnidentified(ReturnUnidentified { key: key(), item, amount, occurred_on }),
        ),
        (
            "release_set_aside",
            Command::ReleaseSetAside(ReleaseSetAside { key: key(), item, to: cause(), amount, occurred_on }),
        ),
        ("begin_foreign_donation", Command::BeginForeignDonation(begin)),
        ("capture_exchanged", Command::CaptureExchanged(capture)),
        (
            "exchange_money",
            Command::ExchangeMoney(ExchangeMoney {
                key: key(),
                processor,
                from,
                to: amount,
                rate,
                occurred_on,
            }),
        ),
    ]
}
