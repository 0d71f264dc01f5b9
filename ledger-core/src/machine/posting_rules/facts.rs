//! Posting rules of what a processor did by itself. `docs/payments.md` shows them as a table.

use std::collections::BTreeMap;

use super::from_parts;
use crate::accounting::account::{Account, AccountName, Side};
use crate::accounting::chart::{BookMode, Chart};
use crate::accounting::journal_entry::Posting;
use crate::giving::donation::{Beneficiary, Designation};
use crate::machine::event::{PartShare, RefundLearned, SettlementReturned, TakingsRedivided};

/// Each part gives what is left of it, the platform the rest.
pub(super) fn learned(mode: BookMode, learned: &RefundLearned) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, learned.amount.currency());
    let minor = learned.amount.minor().unsigned_abs();
    let shares = || learned.shares.iter().map(|share| (share.beneficiary, share.share_minor));
    let mut postings = from_parts(chart, shares());
    let of_parts = shares().map(|(_, minor)| minor).fold(0, u64::saturating_add);
    if minor > of_parts {
        let beyond = chart.account(AccountName::BeyondGift);
        postings.push(Posting::debit(beyond, minor.saturating_sub(of_parts)));
    }
    let promised = chart.account(AccountName::RefundPending { refund: learned.refund });
    postings.push(Posting::credit(promised, minor));
    vec![postings]
}

/// What each account gives otherwise than before: an entry of the differences, and one for what is held; none where there
/// is none.
pub(super) fn redivided(mode: BookMode, anew: &TakingsRedivided) -> Vec<Vec<Posting>> {
    let chart = Chart::new(mode, anew.currency);
    let mut taken = Differences::default();
    for of in &anew.takings {
        taken.add_shares(chart, &of.before, Side::Credit);
        taken.add_shares(chart, &of.after, Side::Debit);
    }
    taken.rest_to(chart.account(AccountName::BeyondGift));
    let mut held = Differences::default();
    for of in &anew.held {
        held.add_held(chart, &of.before, Side::Credit);
        held.add_held(chart, &of.after, Side::Debit);
    }
    [taken.postings(), held.postings()].into_iter().filter(|postings| !postings.is_empty()).collect()
}

/// The other way round than it was recorded.
pub(super) fn settlement_returned(mode: BookMode, returned: &SettlementReturned) -> Vec<Vec<Posting>> {
    let (chart, minor) =
        (Chart::new(mode, returned.amount.currency()), returned.amount.minor().unsigned_abs());
    let processor = AccountName::ProcessorPending { processor: returned.processor.clone() };
    let bank = AccountName::Bank { bank: returned.bank.clone() };
    vec![vec![Posting::debit(chart.account(processor), minor), Posting::credit(chart.account(bank), minor)]]
}

/// Debits less credits of accounts.
#[derive(Default)]
struct Differences(BTreeMap<Account, i128>);

impl Differences {
    fn add(&mut self, account: Account, side: Side, minor: u64) {
        let net = self.0.entry(account).or_default();
        *net = match side {
            Side::Debit => net.saturating_add(minor.into()),
            Side::Credit => net.saturating_sub(minor.into()),
        };
    }

    fn add_shares(&mut self, chart: Chart, shares: &[PartShare], side: Side) {
        for share in shares {
            let account = match share.beneficiary {
                Beneficiary::Cause { cause } => chart.gifts_to(cause),
                Beneficiary::Platform => chart.tips(),
            };
            self.add(account, side, share.share_minor);
        }
    }

    /// What is held leaves what is available.
    fn add_held(&mut self, chart: Chart, held: &[Designation], side: Side) {
        for Designation { cause, amount } in held {
            let minor = amount.minor().unsigned_abs();
            self.add(chart.account(AccountName::CauseAvailable { cause: *cause }), side, minor);
            self.add(chart.account(AccountName::CauseHeld { cause: *cause }), side.opposite(), minor);
        }
    }

    /// What does not balance goes to one account.
    fn rest_to(&mut self, account: Account) {
        let rest = self.0.values().copied().fold(0, i128::saturating_add);
        if rest != 0 {
            self.0.insert(account, rest.saturating_neg());
        }
    }

    fn postings(self) -> Vec<Posting> {
        let of_account = |(account, net): (Account, i128)| {
            let amount_minor = u64::try_from(net.unsigned_abs()).unwrap_or(u64::MAX);
            let side = if net > 0 { Side::Debit } else { Side::Credit };
            (amount_minor > 0).then_some(Posting { account, side, amount_minor })
        };
        self.0.into_iter().filter_map(of_account).collect()
    }
}
