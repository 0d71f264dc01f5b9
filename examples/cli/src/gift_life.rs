//! The whole life of a gift, as `ledger donation show` prints it.

use std::process::ExitCode;

use ledger_core::{BegunState, Beneficiary, Currency, GiftLife, Ledger};

use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;
use crate::standing::label;

pub fn show(
    ledger: &Ledger,
    life: &GiftLife,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(life)?;
        return Ok(ExitCode::SUCCESS);
    }
    let donor = life.donation.as_ref().map(|donation| donation.donor);
    let donor = donor.or(life.begun.as_ref().map(|begun| begun.donor));
    let donor = donor.map(|donor| format!(" of {donor}")).unwrap_or_default();
    screen.line(&format!("{}{donor}: {}", life.id, state(life)))?;
    screen.table(&parts(ledger, life)?)?;
    screen.table(&happenings(life))?;
    Ok(ExitCode::SUCCESS)
}

fn state(life: &GiftLife) -> String {
    match (&life.donation, &life.begun) {
        (Some(donation), _) => match donation.reversed_by {
            Some(by) => format!("taken back by record {by}"),
            None => format!("captured in record {}, on {}", donation.seq, donation.day),
        },
        (None, Some(begun)) if begun.state == BegunState::Cancelled => "given up".to_owned(),
        (None, _) => "awaiting payment".to_owned(),
    }
}

/// What each was given and what became of it; what each is meant to be given, before the gift is paid.
fn parts(ledger: &Ledger, life: &GiftLife) -> Result<Vec<Vec<String>>, Problem> {
    let (Some(donation), Some(currency)) = (&life.donation, life.currency) else {
        return meant(ledger, life);
    };
    let row = |name: String, figures: [u64; 4]| {
        let figures = figures.map(|minor| currency.decimal_string(minor.into()));
        [name].into_iter().chain(figures).chain([currency.to_string()]).collect::<Vec<_>>()
    };
    let mut rows = vec![["", "given", "refunded", "disputed", "left", ""].map(str::to_owned).to_vec()];
    let mut sums = [0_u64; 4];
    for part in &donation.parts {
        let name = match part.beneficiary {
            Beneficiary::Cause { cause } => label(ledger, cause)?,
            Beneficiary::Platform => "tip".to_owned(),
        };
        let figures = [part.given_minor, part.refunded_minor, part.disputed_minor, part.refundable_minor()];
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum = sum.saturating_add(figure));
        rows.push(row(name, figures));
    }
    rows.push(row("all".to_owned(), sums));
    rows.push(vec!["fees".to_owned(), currency.decimal_string(life.fees_minor.into())]);
    Ok(rows)
}

fn meant(ledger: &Ledger, life: &GiftLife) -> Result<Vec<Vec<String>>, Problem> {
    let Some(begun) = &life.begun else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for designation in &begun.gift.designations {
        rows.push(vec![label(ledger, designation.cause)?, designation.amount.to_string()]);
    }
    rows.extend(begun.gift.tip.map(|tip| vec!["tip".to_owned(), tip.to_string()]));
    Ok(rows)
}

/// Attempts, refunds and disputes, one a row.
fn happenings(life: &GiftLife) -> Vec<Vec<String>> {
    let row = |what: &str, id: String, state: &str, more: [String; 2]| {
        [what.to_owned(), id, state.to_owned()].into_iter().chain(more).collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    for payment in life.begun.iter().flat_map(|begun| &begun.payments) {
        let more = [payment.processor.clone(), String::new()];
        rows.push(row("payment", payment.id.to_string(), payment.state.word(), more));
    }
    let money =
        |minor: u64, currency: Currency| format!("{} {currency}", currency.decimal_string(minor.into()));
    for refund in &life.refunds {
        let minor = refund.shares.iter().map(|share| share.share_minor).fold(0, u64::saturating_add);
        let amount = life.currency.map(|currency| money(minor, currency)).unwrap_or_default();
        rows.push(row("refund", refund.id.to_string(), refund.state.word(), [amount, String::new()]));
    }
    // Those that were done at once have no state of their own.
    let at_once = life.donation.iter().flat_map(|donation| &donation.refunds);
    for id in at_once.filter(|id| life.refunds.iter().all(|known| known.id != **id)) {
        rows.push(row("refund", id.to_string(), "done", [String::new(), String::new()]));
    }
    for dispute in &life.disputes {
        let fee = format!("fee {}", money(dispute.fee_minor, dispute.amount.currency()));
        let more = [dispute.amount.to_string(), fee];
        rows.push(row("dispute", dispute.id.to_string(), dispute.state.word(), more));
    }
    rows
}
