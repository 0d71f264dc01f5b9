//! Mutations of what is disputed, unidentified, settled, and told by processors.

use super::*;
use crate::giving::dispute::DisputeState;
use crate::giving::policy::NegativeCause;
use crate::giving::refund::RefundState;
use crate::machine::state::SettlementFacts;
use crate::vocabulary::ids::{DonationId, SettlementId};

impl Keys {
    pub(super) fn of_trouble(&self) -> Vec<Mutation> {
        vec![
            donation("the state of a refund", &self.collected, |row| {
                row.returning[0].state = RefundState::Succeeded;
            }),
            donation("what a refund gives back", &self.collected, |row| row.returning[0].amount_minor += 1),
            donation("the state of a dispute", &self.collected, |row| {
                row.disputes[0].state = DisputeState::Won;
            }),
            donation("what is held for a dispute", &self.collected, |row| row.disputes[0].held.clear()),
            donation("what a dispute cost", &self.collected, |row| row.disputes[0].charged_minor -= 1),
            donation("the record of a payment", &self.collected, |row| {
                row.collecting.as_mut().unwrap().payments[1].captured_in = None;
            }),
            donation("the object of a payment", &self.collected, |row| {
                row.collecting.as_mut().unwrap().payments[1].object = None;
            }),
            dispute("the donation of a dispute", &self.dispute, |row| {
                row.donation = DonationId::from_bytes([7; 16]);
            }),
            delete("a dispute deleted", &self.dispute),
            suspense("what is left of unidentified money", &self.item, |row| row.facts.left_minor -= 1),
            delete("unidentified money deleted", &self.item),
            cause("a policy of a cause", &self.water, |row| {
                row.policies.as_mut().unwrap().on_negative = NegativeCause::Block;
            }),
        ]
    }

    pub(super) fn of_processors(&self) -> Vec<Mutation> {
        let of = |name: &str| RowKey::Object(book::PROCESSOR.into(), name.into());
        let (paid, line, awaited) = (of(book::OBJECT), of(book::LINE), of("pi_2"));
        let consumer_key = RowKey::Consumer(book::CONSUMER.into());
        let unknown = RowKey::Settlement(SettlementId::from_bytes([7; 16]));
        let facts = SettlementFacts {
            processor: book::PROCESSOR.into(),
            bank: book::BANK.into(),
            amount: book::money("1.00", "EUR"),
            is_returned: false,
            lines_in: Vec::new(),
            lines: 0,
            net_minor: 0,
        };
        let added = Row::Settlement(SettlementRow { seq: 1, facts });
        vec![
            settlement("the bank of a settlement", &self.settlement, |row| row.facts.bank.push('x')),
            settlement("a settlement that came back", &self.settlement, |row| row.facts.is_returned = true),
            settlement("the sum of a settlement's lines", &self.settlement, |row| row.facts.net_minor += 1),
            settlement("the lines of a settlement", &self.settlement, |row| row.facts.lines_in.clear()),
            delete("a settlement deleted", &self.settlement),
            add("a settlement added", &unknown, added),
            object("what an object is", &paid, |row| row.facts.is = None),
            object("what was settled of an object", &paid, |row| row.facts.settled_gross_minor += 1),
            object("a fee that was settled", &paid, |row| row.facts.settled_fee_minor -= 1),
            object("the settlement of a line", &line, |row| row.facts.line_of = None),
            object("a fact that waits", &awaited, |row| row.facts.parked.clear()),
            delete("an object deleted", &paid),
            consumer("how far a consumer is", &consumer_key, |row| row.through += 1),
            delete("a consumer deleted", &consumer_key),
        ]
    }
}
