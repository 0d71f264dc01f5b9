//! Commands that move money, take it back, or close what was moved.

use ledger_core::{
    Adjust, AdjustmentReason, ClosePeriod, Correct, Date, Designation, Donate, EntryKind, FeeBearer, Method,
    Reallocate, RecordedAs, Refund, RefundScope, Right, TakeOver, Timestamp, Visibility, WhyNothing, Wrong,
};

use super::Draw;

impl Draw<'_, '_> {
    fn method(&mut self) -> Method {
        let bank = if self.once_in(12) { self.text("till") } else { "main".to_owned() };
        match self.below(4) {
            3 => Method::Processor { processor: self.processor() },
            0 => Method::Offline { bank },
            1 => Method::CapturedElsewhere { bank },
            _ => Method::Imported,
        }
    }

    fn entry_kind(&mut self) -> EntryKind {
        if self.once_in(3) { EntryKind::Adjusting } else { EntryKind::Ordinary }
    }

    pub(super) fn designations(&mut self) -> Vec<Designation> {
        let count = match self.below(32) {
            30 => 0,
            31 => 101,
            few => 1 + few % 4,
        };
        let (first, currency) = self.cause();
        let like_first: Vec<_> = self
            .known
            .causes
            .iter()
            .filter(|(id, other)| *other == currency && *id != first)
            .map(|(id, _)| *id)
            .collect();
        let mut causes = vec![first];
        causes.extend((1..count).filter_map(|_| self.any(&like_first)));
        if count != 101 && !self.once_in(12) {
            causes.sort_unstable();
            causes.dedup();
        }
        causes.truncate(count);
        causes.into_iter().map(|cause| Designation { cause, amount: self.amount(currency) }).collect()
    }

    pub(super) fn donate(&mut self) -> Donate {
        let designations = self.designations();
        let currency = designations.first().map(|to| to.amount.currency()).filter(|_| !self.once_in(24));
        let currency = currency.unwrap_or_else(|| self.currency());
        Donate {
            key: self.key(),
            donor: self.donor(),
            designations,
            tip: self.once_in(3).then(|| self.amount(currency)),
            fee: self.once_in(3).then(|| self.amount(currency)),
            fee_bearer: self.pick(&[FeeBearer::Causes, FeeBearer::Platform]),
            method: self.method(),
            occurred_on: self.day(),
            visibility: self.pick(&[Visibility::Public, Visibility::Anonymous]),
            memo: self.some_text("for Ada"),
        }
    }

    pub(super) fn refund(&mut self) -> Refund {
        let gift = if self.once_in(24) { None } else { self.any(&self.known.gifts) };
        let (donation, given) = match gift {
            Some(gift) => (gift.donation, gift.designations),
            None => (self.strange_id("gft_"), self.designations()),
        };
        let currency = given.first().map_or_else(|| self.currency(), |to| to.amount.currency());
        let scope = match self.below(4) {
            0 => RefundScope::Everything,
            1 | 2 => RefundScope::Proportional { amount: self.amount(currency) },
            _ => {
                let some: Vec<_> = given.iter().filter(|_| !self.once_in(3)).cloned().collect();
                let from = some.into_iter().map(|to| Designation { amount: self.amount(currency), ..to });
                RefundScope::Causes { from: from.collect() }
            }
        };
        Refund { key: self.key(), donation, scope, occurred_on: self.day(), memo: self.some_text("sorry") }
    }

    pub(super) fn adjust(&mut self) -> Adjust {
        let (cause, currency) = self.cause();
        Adjust {
            key: self.key(),
            donor: self.donor(),
            cause,
            amount: self.amount(currency),
            reason: self.pick(&AdjustmentReason::ALL),
            method: self.method(),
            occurred_on: self.day(),
            entry: self.entry_kind(),
            memo: self.some_text("letter of May"),
        }
    }

    pub(super) fn reallocate(&mut self) -> Reallocate {
        let ((from, currency), (to, _)) = (self.cause(), self.cause());
        let (amount, entry) = (self.amount(currency), self.entry_kind());
        Reallocate { key: self.key(), from, to, amount, occurred_on: self.day(), entry }
    }

    pub(super) fn take_over(&mut self) -> TakeOver {
        let currency = self.currency();
        let recorded_as = match self.below(4) {
            0 | 1 => RecordedAs::Gift,
            2 => RecordedAs::Adjustment { reason: self.pick(&AdjustmentReason::ALL) },
            _ => RecordedAs::Nothing,
        };
        let has_amount = (recorded_as == RecordedAs::Nothing) == self.once_in(16);
        TakeOver {
            key: self.key(),
            recorded_as,
            donor_external_id: self.external_id(),
            donor_kind: self.donor_kind(),
            donor_name: self.some_text("Ada"),
            cause_external_id: self.external_id(),
            cause_name: self.some_text("Water"),
            currency,
            amount: has_amount.then(|| self.amount(currency)),
            occurred_on: self.day(),
            memo: self.some_text("row 7"),
        }
    }

    pub(super) fn close_period(&mut self) -> ClosePeriod {
        let yesterday = || Timestamp::from_micros(self.known.clock.saturating_sub(86_400_000_000)).date();
        let yesterday: Date = yesterday();
        ClosePeriod { key: self.key(), through: self.day().unwrap_or(yesterday) }
    }

    pub(super) fn correct(&mut self) -> Correct {
        let known = if self.once_in(24) { None } else { self.any(&self.known.entries) };
        let wrong = known.unwrap_or_else(|| match self.below(4) {
            0 => Wrong::Donation { donation: self.strange_id("gft_") },
            1 => Wrong::Refund { refund: self.strange_id("ref_") },
            2 => Wrong::Adjustment { adjustment: self.strange_id("adj_") },
            _ => Wrong::Reallocation { reallocation: self.strange_id("rea_") },
        });
        let right = match self.below(5) {
            0 => Right::Nothing {
                key: self.key(),
                why: self.pick(&[WhyNothing::EnteredTwice, WhyNothing::NeverHappened]),
            },
            1 => Right::Donation(self.donate()),
            2 => Right::Refund(self.refund()),
            3 => Right::Adjustment(self.adjust()),
            _ => Right::Reallocation(self.reallocate()),
        };
        Correct { wrong, right, reversed_on: self.day(), entry: self.entry_kind() }
    }
}
