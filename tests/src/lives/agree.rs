//! Comparing the ledger with the model.

use std::collections::BTreeMap;

use ledger_core::{CauseId, Ledger};

use super::{Lives, Sums};

impl Lives {
    /// Every balance, every total, every state.
    pub(super) fn agrees(&self, ledger: &Ledger, when: &str) {
        let mut found = BTreeMap::new();
        for each in ledger.trial_balance().unwrap().balances {
            let minor = |minor: u128| i128::try_from(minor).unwrap();
            let net = minor(each.balance.debits_minor) - minor(each.balance.credits_minor);
            found.insert(each.account.name.to_string(), net);
        }
        let is_there = |accounts: &BTreeMap<String, i128>| -> BTreeMap<String, i128> {
            accounts.iter().filter(|(_, net)| **net != 0).map(|(name, net)| (name.clone(), *net)).collect()
        };
        assert_eq!(is_there(&found), is_there(&self.accounts), "{when}");
        for (id, wanted) in &self.causes {
            let totals = ledger.cause(*id).unwrap().unwrap().totals;
            assert_eq!(sums(&totals), *wanted, "{when}: {id}");
            assert_eq!(totals.held_minor(), -net_of(&self.accounts, *id), "{when}: {id}");
        }
        for (id, wanted) in &self.donors {
            let totals = ledger.donor(*id).unwrap().unwrap().totals;
            assert_eq!(totals.first().map(sums).unwrap_or_default(), *wanted, "{when}: {id}");
        }
        for gift in &self.gifts {
            let begun = ledger.begun_donation(gift.id).unwrap().unwrap();
            let payments: Vec<_> = begun.payments.iter().map(|own| (own.id, own.state.word())).collect();
            assert_eq!(payments, gift.payments, "{when}");
            let donation = ledger.donation(gift.id).unwrap();
            assert_eq!(donation.is_some(), gift.is_captured, "{when}");
            if let Some(donation) = donation {
                let back: Vec<u64> = donation.parts.iter().map(|part| part.refunded_minor).collect();
                assert_eq!(back, gift.parts.iter().map(|part| part.back).collect::<Vec<_>>(), "{when}");
                let lost: Vec<u64> = donation.parts.iter().map(|part| part.disputed_minor).collect();
                assert_eq!(lost, gift.parts.iter().map(|part| part.lost).collect::<Vec<_>>(), "{when}");
            }
            for (refund, _, state) in &gift.refunds {
                let found = ledger.refund_under_way(*refund).unwrap().unwrap();
                assert_eq!(found.state.word(), *state, "{when}: {refund}");
            }
        }
        self.disputes_agree(ledger, when);
        for (payout, _, _, state) in &self.payouts {
            assert_eq!(ledger.payout(*payout).unwrap().unwrap().state.word(), *state, "{when}: {payout}");
        }
        assert_eq!(ledger.stats().unwrap().seq, self.records, "{when}");
    }
}

pub(super) fn sum(shares: &[u64]) -> i128 {
    shares.iter().map(|share| i128::from(*share)).sum()
}

fn sums(totals: &ledger_core::Totals) -> Sums {
    assert_eq!(totals.adjusted_minor, 0);
    Sums {
        gross: totals.gross_minor,
        refunded: totals.refunded_minor,
        disputed: totals.disputed_minor,
        fees: totals.fees_minor,
        pending: totals.pending_minor,
        paid_out: totals.paid_out_minor,
        written_off: totals.written_off_minor,
    }
}

fn net_of(accounts: &BTreeMap<String, i128>, cause: CauseId) -> i128 {
    let (of_cause, owed) =
        (format!("liabilities:cause:{cause}:"), format!("assets:receivable:cause:{cause}"));
    let is_its = |name: &str| name.starts_with(&of_cause) || name == owed;
    accounts.iter().filter(|(name, _)| is_its(name)).map(|(_, net)| net).sum()
}
