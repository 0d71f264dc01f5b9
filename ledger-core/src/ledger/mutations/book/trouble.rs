//! What the book holds beside gifts that went well: a dispute, a refund under way, money that is nobody's, a settlement.

use super::{BANK, money};
use crate::*;

pub(in crate::ledger::mutations) const PROCESSOR: &str = "stripe";
/// What the processor calls the captured payment.
pub(in crate::ledger::mutations) const OBJECT: &str = "pi_1";
/// A line of the settlement.
pub(in crate::ledger::mutations) const LINE: &str = "txn_1";
pub(in crate::ledger::mutations) const CONSUMER: &str = "mailer";

/// What is disputed, unidentified and settled.
pub(in crate::ledger::mutations) struct Trouble {
    pub(in crate::ledger::mutations) dispute: DisputeId,
    pub(in crate::ledger::mutations) item: SuspenseId,
    pub(in crate::ledger::mutations) settlement: SettlementId,
}

pub(super) fn write(ledger: &Ledger, donation: DonationId, cause: CauseId) -> Trouble {
    let scope = RefundScope::Proportional { amount: money("1.00", "EUR") };
    let refund = Refund { key: "asked".into(), donation, scope, occurred_on: None, memo: None };
    ledger.refund(refund).unwrap();
    let open = OpenDispute {
        key: "taken".into(),
        donation,
        amount: money("3.00", "EUR"),
        begins: DisputeBegins::WithMoney,
        fee: Some(money("15.00", "EUR")),
        occurred_on: None,
    };
    let dispute = ledger.open_dispute(open).unwrap().dispute().unwrap();
    let receive = ReceiveUnidentified {
        key: "found".into(),
        amount: money("50.00", "EUR"),
        method: Method::Offline { bank: BANK.into() },
        occurred_on: None,
    };
    let item = ledger.receive_unidentified(receive).unwrap().suspense().unwrap();
    let policies =
        CausePolicies { on_negative: NegativeCause::AllowAsReceivable, ..CausePolicies::default() };
    let set = SetCausePolicies { key: "policies".into(), cause: Some(cause), policies };
    ledger.set_cause_policies(set).unwrap();
    let settlement = settled(ledger);
    // A fact that waits for a payment which nobody knows yet.
    let fee = FactSays::Fee { of_payment: "pi_2".into(), fee: money("0.30", "EUR") };
    let facts = vec![ProviderFact { object: "txn_9".into(), says: fee }];
    let early = IngestFacts { key: "early".into(), processor: PROCESSOR.into(), facts, occurred_on: None };
    ledger.ingest_facts(early).unwrap();
    ledger.acknowledge_notices(CONSUMER, 5).unwrap();
    Trouble { dispute, item, settlement }
}

fn settled(ledger: &Ledger) -> SettlementId {
    let settle = RecordSettlement {
        key: "paid out".into(),
        processor: PROCESSOR.into(),
        bank: BANK.into(),
        amount: money("19.45", "EUR"),
        occurred_on: None,
    };
    let settlement = ledger.record_settlement(settle).unwrap().settlement().unwrap();
    let line =
        SettlementLine { id: LINE.into(), about: Some(OBJECT.into()), gross_minor: 2000, fee_minor: 55 };
    let lines = RecordSettlementLines { key: "lines".into(), settlement, lines: vec![line] };
    ledger.record_settlement_lines(lines).unwrap();
    settlement
}
