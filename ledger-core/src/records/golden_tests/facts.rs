//! Events and commands about what a provider says, and about notices.

use super::owed::{designation, dispute, made};
use super::payments::refund;
use super::samples::{amount, donation, donor, eur};
use crate::giving::dispute::DisputeState;
use crate::giving::donation::Beneficiary;
use crate::giving::payment::PaymentReport;
use crate::giving::provider::{FactSays, ProviderFact, ProviderTarget, SettlementOutcome};
use crate::giving::refund::RefundReport;
use crate::giving::settlement::SettlementLine;
use crate::machine::command::*;
use crate::machine::event::*;
use crate::vocabulary::ids::{PaymentId, SettlementId};

fn stripe() -> String {
    "stripe".into()
}

fn payment() -> PaymentId {
    PaymentId::from_bytes([0x9A; 16])
}

pub(super) fn settlement() -> SettlementId {
    SettlementId::from_bytes([0x5E; 16])
}

/// One fact of every kind.
pub(super) fn facts() -> Vec<ProviderFact> {
    let (fifty, of_payment, made_at) = (amount(5000), || "pi_1".to_owned(), made().at);
    let says = [
        FactSays::Payment {
            payment: Some(payment()),
            report: PaymentReport::Captured,
            captured: Some(fifty),
        },
        FactSays::Exchanged {
            of_payment: of_payment(),
            captured: Some(fifty),
            settled: fifty,
            rate: Some("0.92".into()),
        },
        FactSays::Fee { of_payment: of_payment(), fee: fifty },
        FactSays::Refund {
            of_payment: of_payment(),
            refund: Some(refund()),
            amount: fifty,
            report: RefundReport::Succeeded,
            made_at,
        },
        FactSays::Dispute { of_payment: of_payment(), amount: fifty, state: DisputeState::Won, made_at },
        FactSays::DisputeFee { charged: Some(fifty), returned: None },
        FactSays::Settlement { bank: "main".into(), amount: fifty, outcome: SettlementOutcome::Returned },
    ];
    let facts = (1..).zip(says).map(|(number, says)| ProviderFact { object: format!("ob_{number}"), says });
    facts.collect()
}

/// Every target of an object.
pub(super) fn targets() -> [ProviderTarget; 5] {
    [
        ProviderTarget::Payment { payment: payment() },
        ProviderTarget::Refund { refund: refund() },
        ProviderTarget::Dispute { dispute: dispute() },
        ProviderTarget::Fee { donation: donation() },
        ProviderTarget::Settlement { settlement: settlement() },
    ]
}

/// Every event about these.
pub(super) fn events() -> Vec<(&'static str, Event)> {
    let names = [
        "object_attached_payment",
        "object_attached_refund",
        "object_attached_dispute",
        "object_attached_fee",
        "object_attached_settlement",
    ];
    let attached =
        |to| ObjectAttached { processor: stripe(), object: "pi_1".into(), to, donation: Some(donation()) };
    let attached = names.into_iter().zip(targets().map(|to| Event::ObjectAttached(attached(to))));
    attached.chain(of_parking()).chain(of_takings()).collect()
}

fn of_parking() -> Vec<(&'static str, Event)> {
    let names = [
        "fact_parked_payment",
        "fact_parked_exchanged",
        "fact_parked_fee",
        "fact_parked_refund",
        "fact_parked_dispute",
        "fact_parked_dispute_fee",
        "fact_parked_settlement",
    ];
    let parked = |fact| FactParked { processor: stripe(), waits_for: "pi_1".into(), fact };
    let mut all: Vec<_> =
        names.into_iter().zip(facts().into_iter().map(|fact| Event::FactParked(parked(fact)))).collect();
    let refused = FactRefused { processor: stripe(), code: 1006, fact: facts().remove(2) };
    let taken = FactsTakenUp { processor: stripe(), object: "pi_1".into(), count: 3 };
    let acknowledged = NoticesAcknowledged { consumer: "mailer".into(), through: 12 };
    all.push(("facts_taken_up", Event::FactsTakenUp(taken)));
    all.push(("fact_refused", Event::FactRefused(refused)));
    all.push(("notices_acknowledged", Event::NoticesAcknowledged(acknowledged)));
    all
}

fn of_takings() -> Vec<(&'static str, Event)> {
    let share = |share_minor| vec![PartShare { beneficiary: Beneficiary::Platform, share_minor }];
    let learned = RefundLearned {
        refund: refund(),
        donation: donation(),
        donor: donor(),
        amount: amount(5000),
        shares: share(4000),
        made: made(),
    };
    let takings = [Taking::Refund { refund: refund() }, Taking::Dispute { dispute: dispute() }];
    let takings = takings.map(|taking| Redivided { taking, before: share(5), after: share(6) });
    let held = HeldAnew { dispute: dispute(), before: vec![], after: vec![designation()] };
    let anew = TakingsRedivided {
        donation: donation(),
        donor: donor(),
        currency: eur(),
        takings: takings.to_vec(),
        held: vec![held],
    };
    let returned = SettlementReturned {
        settlement: settlement(),
        processor: stripe(),
        object: "po_1".into(),
        bank: "main".into(),
        amount: amount(5000),
    };
    vec![
        ("refund_learned", Event::RefundLearned(learned)),
        ("takings_redivided", Event::TakingsRedivided(anew)),
        ("settlement_returned", Event::SettlementReturned(returned)),
        (
            "settlement_lines_recorded",
            Event::SettlementLinesRecorded(SettlementLinesRecorded {
                settlement: settlement(),
                processor: stripe(),
                lines: lines(),
            }),
        ),
    ]
}

fn lines() -> Vec<SettlementLine> {
    let about = || Some("dp_1".to_owned());
    vec![
        SettlementLine { id: "txn_1".into(), about: about(), gross_minor: -7500, fee_minor: 1500 },
        SettlementLine { id: "txn_2".into(), about: None, gross_minor: 0, fee_minor: -1 },
    ]
}

/// Every command about these.
pub(super) fn commands() -> Vec<(&'static str, Command)> {
    let key = || "order-1".to_owned();
    let ingest = IngestFacts {
        key: key(),
        processor: stripe(),
        facts: facts(),
        occurred_on: "2026-01-31".parse().ok(),
    };
    let to = ProviderTarget::Payment { payment: payment() };
    vec![
        ("ingest_facts", Command::IngestFacts(ingest)),
        ("attach_object", Command::AttachObject(AttachObject { key: key(), object: "pi_1".into(), to })),
        (
            "record_settlement_lines",
            Command::RecordSettlementLines(RecordSettlementLines {
                key: key(),
                settlement: settlement(),
                lines: lines(),
            }),
        ),
        (
            "acknowledge_notices",
            Command::AcknowledgeNotices(AcknowledgeNotices { consumer: "mailer".into(), through: 12 }),
        ),
    ]
}
