//! Posting rules of what causes owe, of fees given back, of money that is nobody's gift, and of exchanges.
//! `docs/payments.md` shows them as a table.

use crate::accounting::account::AccountName;
use crate::accounting::chart::{BookMode, Chart};
use crate::accounting::journal_entry::Posting;
use crate::giving::donation::Designation;
use crate::giving::policy::{FeeGivenBack, SettledBy};
use crate::machine::event::{
    CauseOverdrawn, CurrencyExchanged, FeesGivenBack, GiftSetAside, OverdraftBorneBy, OverdraftReturned,
    ReceivableSettled, SetAsideAgain, SetAsideReleased, UnidentifiedReceived, UnidentifiedReturned,
};
use crate::vocabulary::money::Amount;

/// What moves from one account to another in a currency.
fn moved(mode: BookMode, amount: Amount, debit: AccountName, credit: AccountName) -> Vec<Vec<Posting>> {
    let (chart, minor) = (Chart::new(mode, amount.currency()), amount.minor().unsigned_abs());
    vec![vec![Posting::debit(chart.account(debit), minor), Posting::credit(chart.account(credit), minor)]]
}

pub(super) fn overdrawn(mode: BookMode, overdrawn: &CauseOverdrawn) -> Vec<Vec<Posting>> {
    let cause = overdrawn.cause;
    let borne = match overdrawn.borne_by {
        OverdraftBorneBy::Cause => AccountName::CauseReceivable { cause },
        OverdraftBorneBy::Platform => AccountName::BadDebt,
    };
    moved(mode, overdrawn.amount, borne, AccountName::CauseAvailable { cause })
}

pub(super) fn overdraft_returned(mode: BookMode, returned: &OverdraftReturned) -> Vec<Vec<Posting>> {
    let cause = returned.cause;
    moved(mode, returned.amount, AccountName::CauseAvailable { cause }, AccountName::BadDebt)
}

pub(super) fn settled(mode: BookMode, settled: &ReceivableSettled) -> Vec<Vec<Posting>> {
    let cause = settled.cause;
    let from = match &settled.by {
        SettledBy::Repayment { bank } => AccountName::Bank { bank: bank.clone() },
        SettledBy::SetOff => AccountName::CauseAvailable { cause },
        SettledBy::WriteOff => AccountName::BadDebt,
    };
    moved(mode, settled.amount, from, AccountName::CauseReceivable { cause })
}

pub(super) fn given_back(mode: BookMode, given: &FeesGivenBack) -> Vec<Vec<Posting>> {
    let Some(first) = given.to.first() else { return Vec::new() };
    let chart = Chart::new(mode, first.amount.currency());
    let minor = |each: &Designation| each.amount.minor().unsigned_abs();
    let sum = given.to.iter().map(minor).fold(0, u64::saturating_add);
    let borne = chart.account(match given.fee {
        FeeGivenBack::OfProcessor => AccountName::FeeCover,
        FeeGivenBack::OfPlatform => AccountName::PlatformFees,
    });
    let mut postings = vec![Posting::debit(borne, sum)];
    postings.extend(given.to.iter().map(|each| Posting::credit(chart.fees_of(each.cause), minor(each))));
    vec![postings]
}

pub(super) fn received(mode: BookMode, received: &UnidentifiedReceived) -> Vec<Vec<Posting>> {
    moved(mode, received.amount, received.method.money_account(), AccountName::Unidentified)
}

pub(super) fn returned(mode: BookMode, returned: &UnidentifiedReturned) -> Vec<Vec<Posting>> {
    moved(mode, returned.amount, AccountName::Unidentified, returned.method.money_account())
}

pub(super) fn set_aside(mode: BookMode, aside: &GiftSetAside) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, aside.amount.currency());
    moved(mode, aside.amount, chart.gifts_to(aside.cause).name, AccountName::Unidentified)
}

pub(super) fn set_aside_again(mode: BookMode, again: &SetAsideAgain) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, again.amount.currency());
    moved(mode, again.amount, chart.gifts_to(again.cause).name, AccountName::Unidentified)
}

pub(super) fn released(mode: BookMode, released: &SetAsideReleased) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, released.amount.currency());
    moved(mode, released.amount, AccountName::Unidentified, chart.gifts_to(released.to).name)
}

/// One currency goes to the processor's trade, the other comes from it: each balances for itself.
pub(super) fn exchanged(mode: BookMode, exchanged: &CurrencyExchanged) -> Vec<Vec<Posting>> {
    let at = || AccountName::ProcessorPending { processor: exchanged.processor.clone() };
    let mut postings = moved(mode, exchanged.from, AccountName::FxTrading, at());
    postings.extend(moved(mode, exchanged.to, at(), AccountName::FxTrading));
    vec![postings.into_iter().flatten().collect()]
}
