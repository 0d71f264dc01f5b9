//! Steps about what a provider says, and about notices.

use ledger_core::{
    AcknowledgeNotices, Amount, AttachObject, Command, DisputeState, Event, FactSays, IngestFacts,
    LedgerError, NoticeKind, ProviderFact, ProviderTarget, SettlementOutcome, Taking, Timestamp,
};

use super::commands::Fields;
use super::names::Names;
use super::parse;
use super::played::Played;
use super::run::Answer;
use super::{payments, show};

/// The steps that make a command.
pub const VERBS: [&str; 3] = ["ingest", "attach", "acknowledge"];

/// The command of a step of these; facts stand in the rows after it.
pub fn command(
    fields: &Fields<'_>,
    verb: &str,
    rows: &[String],
    names: &Names,
) -> Result<Command, LedgerError> {
    let key = fields.text("key").unwrap_or_default();
    Ok(match verb {
        "ingest" => Command::IngestFacts(IngestFacts {
            key,
            processor: fields.text("processor").unwrap_or_else(|| "stripe".to_owned()),
            facts: facts(rows, fields.number("repeat").unwrap_or(1), names)?,
            occurred_on: fields.date("on")?,
        }),
        "attach" => Command::AttachObject(AttachObject {
            key,
            object: fields.text("object").unwrap_or_default(),
            to: match fields.text("to").as_deref() {
                None => ProviderTarget::Payment { payment: fields.first_id()? },
                Some("refund") => ProviderTarget::Refund { refund: fields.first_id()? },
                Some("dispute") => ProviderTarget::Dispute { dispute: fields.first_id()? },
                Some("fee") => ProviderTarget::Fee { donation: fields.first_id()? },
                Some("settlement") => ProviderTarget::Settlement { settlement: fields.first_id()? },
                Some(other) => panic!("to={other}?"),
            },
        }),
        _ => Command::AcknowledgeNotices(AcknowledgeNotices {
            consumer: fields.text("consumer").unwrap_or_default(),
            through: fields.number("through").expect("through=N"),
        }),
    })
}

/// The facts of rows, `repeat` times over with the number of the round for `{n}`.
fn facts(rows: &[String], repeat: usize, names: &Names) -> Result<Vec<ProviderFact>, LedgerError> {
    let numbered = |number: usize| rows.iter().map(move |row| row.replace("{n}", &number.to_string()));
    (1..=repeat).flat_map(numbered).map(|row| fact(&row, names)).collect()
}

/// A fact: what it is of, the object, and what is said.
fn fact(row: &str, names: &Names) -> Result<ProviderFact, LedgerError> {
    let step = parse::row(row);
    let fields = Fields::new(&step, names);
    let object = step.words.first().cloned().unwrap_or_default();
    let word = fields.text("as").unwrap_or_default();
    let of_payment = || fields.text("of").unwrap_or_default();
    let needed = |name: &str| -> Result<Amount, LedgerError> { Ok(fields.amount(name)?.expect("an amount")) };
    let made_at = || Timestamp::parse(&fields.text("made").expect("made=TIME")).expect("a time");
    let says = match step.verb.as_str() {
        "payment" => FactSays::Payment {
            payment: fields.text("payment").map(|_| fields.id("payment")).transpose()?,
            report: payments::payment_report(&word),
            captured: fields.amount("captured")?,
        },
        "exchanged" => FactSays::Exchanged {
            of_payment: of_payment(),
            captured: fields.amount("captured")?,
            settled: needed("settled")?,
            rate: fields.text("rate"),
        },
        "fee" => FactSays::Fee { of_payment: of_payment(), fee: needed("fee")? },
        "refund" => FactSays::Refund {
            of_payment: of_payment(),
            refund: fields.text("refund").map(|_| fields.id("refund")).transpose()?,
            amount: needed("amount")?,
            report: payments::refund_report(&word),
            made_at: made_at(),
        },
        "dispute" => FactSays::Dispute {
            of_payment: of_payment(),
            amount: needed("amount")?,
            state: DisputeState::ALL
                .into_iter()
                .find(|state| state.word() == word)
                .unwrap_or_else(|| panic!("as={word}?")),
            made_at: made_at(),
        },
        "dispute_fee" => {
            FactSays::DisputeFee { charged: fields.amount("charged")?, returned: fields.amount("returned")? }
        }
        "settlement" => FactSays::Settlement {
            bank: fields.text("bank").unwrap_or_else(|| "main".to_owned()),
            amount: needed("amount")?,
            outcome: match word.as_str() {
                "paid" => SettlementOutcome::Paid,
                "returned" => SettlementOutcome::Returned,
                _ => panic!("as={word}?"),
            },
        },
        other => panic!("{other:?} is no fact"),
    };
    fields.finish();
    Ok(ProviderFact { object, says })
}

/// What an event changed, in short.
pub fn changed(event: &Event) -> Option<String> {
    Some(match event {
        Event::ObjectAttached(of) => {
            let to = match of.to {
                ProviderTarget::Payment { payment } => payment.to_string(),
                ProviderTarget::Refund { refund } => refund.to_string(),
                ProviderTarget::Dispute { dispute } => dispute.to_string(),
                ProviderTarget::Fee { donation } => format!("fee of {donation}"),
                ProviderTarget::Settlement { settlement } => settlement.to_string(),
                other => panic!("a target that scenarios do not know: {other:?}"),
            };
            format!("{} to {to}", of.object)
        }
        Event::FactParked(of) => format!("{} for {}", of.fact.object, of.waits_for),
        Event::FactsTakenUp(of) => format!("{} for {}", of.count, of.object),
        Event::FactRefused(of) => format!("{} {}", of.code, of.fact.object),
        Event::TakingsRedivided(of) => {
            let taking = |of: &Taking| match of {
                Taking::Refund { refund } => refund.to_string(),
                Taking::Dispute { dispute } => dispute.to_string(),
            };
            let takings: Vec<String> = of.takings.iter().map(|of| taking(&of.taking)).collect();
            let held: Vec<String> = of.held.iter().map(|of| format!("held of {}", of.dispute)).collect();
            format!("of {}: {}", of.donation, [takings, held].concat().join(", "))
        }
        Event::SettlementReturned(of) => of.settlement.to_string(),
        Event::NoticesAcknowledged(of) => format!("{} {}", of.consumer, of.through),
        other => return super::settlements::changed(other),
    })
}

/// A page of notices, and where it ends.
pub fn notices(ledger: &Played, fields: &Fields<'_>) -> Answer {
    let (consumer, after) = (fields.text("consumer"), fields.number("after"));
    let limit = fields.number("limit").unwrap_or(100);
    fields.finish();
    let page = match (consumer, after) {
        (Some(consumer), None) => ledger.next_notices(&consumer, limit)?,
        (None, after) => ledger.notices_after(after.unwrap_or(0), limit)?,
        other => panic!("notices of {other:?}?"),
    };
    let mut lines: Vec<String> =
        page.notices.iter().map(|notice| format!("{} {}", notice.id(), kind(&notice.kind))).collect();
    lines.push(format!("through {}", page.through));
    Ok(lines)
}

fn kind(of: &NoticeKind) -> String {
    match of {
        NoticeKind::DonationCaptured { donation, donor, designations, tip } => {
            let tip = tip.map(|tip| format!("; tip {tip}")).unwrap_or_default();
            format!("donation_captured {donation} of {donor}: {}{tip}", show::designations(designations))
        }
        NoticeKind::PaymentFailed { payment, donation, reason, .. } => {
            let reason = reason.map_or("", |reason| reason.word());
            format!("payment_failed {payment} of {donation} {reason}")
        }
        NoticeKind::DonationRefunded { refund, donation, amount, .. } => {
            format!("donation_refunded {refund} of {donation} {amount}")
        }
        NoticeKind::RefundFailed { refund, donation, amount, .. } => {
            format!("refund_failed {refund} of {donation} {amount}")
        }
        NoticeKind::DisputeOpened { dispute, donation, amount, state, .. } => {
            format!("dispute_opened {dispute} of {donation} {amount} {}", state.word())
        }
        NoticeKind::DisputeDecided { dispute, donation, amount, state, .. } => {
            format!("dispute_decided {dispute} of {donation} {amount} {}", state.word())
        }
        NoticeKind::PayoutPaid { payout, cause, amount } => {
            format!("payout_paid {payout} to {cause} {amount}")
        }
        NoticeKind::PayoutFailed { payout, cause, amount } => {
            format!("payout_failed {payout} to {cause} {amount}")
        }
        NoticeKind::GoalReached { cause, goal } => format!("goal_reached {cause} {goal}"),
        NoticeKind::CauseClosed { cause } => format!("cause_closed {cause}"),
        NoticeKind::MoneyUnidentified { item, amount } => format!("money_unidentified {item} {amount}"),
        NoticeKind::FactRefused { object, code } => format!("fact_refused {object} {code}"),
        other => panic!("a notice that scenarios do not know: {other:?}"),
    }
}
