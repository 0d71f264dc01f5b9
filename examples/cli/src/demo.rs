//! `ledger demo`: a small invented appeal, start to finish.

use std::process::ExitCode;

use ledger_core::{
    Amount, CauseDetails, CauseId, Committed, Currency, Designation, Donate, DonorId, DonorProfile,
    FeeBearer, Ledger, LedgerError, Method, OpenCause, Options, Refund, RefundScope, RegisterDonor,
    Visibility,
};

use crate::args::{HistoryOf, Output};
use crate::lists::List;
use crate::past::{self, Balances, StatementTask};
use crate::problem::Problem;
use crate::screen::Screen;
use crate::{lists, reading};

const LINES: Output = Output { json: false };

pub fn run(screen: &mut Screen) -> Result<ExitCode, Problem> {
    let folder = tempfile::tempdir()?;
    let ledger = Ledger::open(folder.path(), Options::new())?;
    let eur: Currency = "EUR".parse()?;

    screen.line("An appeal for three causes, in a new ledger:")?;
    let water = cause(&ledger, "water", "Wells for Kitui", eur)?;
    let school = cause(&ledger, "school", "A school roof", eur)?;
    let forest = cause(&ledger, "forest", "Ten thousand trees", eur)?;
    let ada = donor(&ledger, "Ada Example", "ada@example.org")?;
    let ben = donor(&ledger, "Ben Example", "ben@example.org")?;

    screen.line("\nAda gives 100.00 EUR to all three and 5.00 on top; the processor keeps 3.35:")?;
    let to = |cause, minor| Ok::<_, Problem>(Designation { cause, amount: Amount::from_minor(minor, eur)? });
    let mut gift = Donate {
        key: "order-1".to_owned(),
        donor: ada,
        designations: vec![to(water, 33_34)?, to(school, 33_33)?, to(forest, 33_33)?],
        tip: Some(Amount::from_minor(5_00, eur)?),
        fee: Some(Amount::from_minor(3_35, eur)?),
        fee_bearer: FeeBearer::Causes,
        method: Method::CapturedElsewhere { bank: "main".to_owned() },
        occurred_on: None,
        visibility: Visibility::Public,
        memo: Some("Good luck!".to_owned()),
    };
    let given = ledger.donate(gift.clone())?;
    show_balances(&ledger, &given, screen)?;

    screen.line("\nThe app retries the call. The same key, the same record, no second gift:")?;
    let again = ledger.donate(gift.clone())?;
    screen.line(&format!(
        "    record {} {:?}, then record {} {:?}",
        given.seq, given.delivery, again.seq, again.delivery
    ))?;

    screen.line("\nThe same key with another amount is refused:")?;
    gift.tip = None;
    match ledger.donate(gift) {
        Err(error) => screen.line(&format!("    error {}: {error}", error.code().number()))?,
        Ok(_) => return Err(Problem::usage("the demo expected a conflict")),
    }

    screen.line(
        "\nBen gives 20.00 EUR for water in cash; Ada gets 30.00 EUR back, shared over what is left:",
    )?;
    ledger.donate(Donate {
        key: "order-2".to_owned(),
        donor: ben,
        designations: vec![to(water, 20_00)?],
        tip: None,
        fee: None,
        fee_bearer: FeeBearer::Causes,
        method: Method::Offline { bank: "till".to_owned() },
        occurred_on: None,
        visibility: Visibility::Anonymous,
        memo: None,
    })?;
    let amount = Amount::from_minor(30_00, eur)?;
    let donation = given.donation().ok_or_else(|| Problem::usage("the demo expected a donation"))?;
    let scope = RefundScope::Proportional { amount };
    let refund = Refund { key: "refund-1".to_owned(), donation, scope, occurred_on: None, memo: None };
    let refunded = ledger.refund(refund)?;
    show_balances(&ledger, &refunded, screen)?;

    let code = show_the_books(&ledger, &given, screen)?;
    ledger.close()?;
    Ok(code)
}

/// Everything an accountant asks for next, and the proof that it all holds.
fn show_the_books(ledger: &Ledger, given: &Committed, screen: &mut Screen) -> Result<ExitCode, Problem> {
    screen.line("\nStatement of the wells, of today:")?;
    let today = given.recorded_at.date().to_string();
    let of = HistoryOf { donor: None, cause: Some("water".to_owned()), account: None };
    let task = StatementTask { of, from: today.clone(), to: today, currency: None, output: LINES };
    past::statement(ledger, &task, screen)?;
    screen.line("\nAll causes:")?;
    lists::causes(ledger, &List { top: None, output: LINES }, screen)?;
    screen.line("\nTrial balance:")?;
    past::balances(ledger, &Balances { at: None, at_seq: None, output: LINES }, screen)?;
    screen.line("\nVerify:")?;
    reading::verify(ledger, LINES, screen)
}

/// What the accounts came to by a write, causes by their external ids.
fn show_balances(ledger: &Ledger, committed: &Committed, screen: &mut Screen) -> Result<(), Problem> {
    for each in &committed.balances {
        let cause = each.account.name.cause().map_or(Ok(None), |cause| ledger.cause(cause))?;
        let label = cause.and_then(|cause| cause.details.external_id);
        let name = each.account.name.shown_with(|id| label.unwrap_or_else(|| id.to_string()));
        let net = each.account.currency.decimal_string(each.net_minor());
        screen.line(&format!("    {name} now {net} {}", each.account.currency))?;
    }
    Ok(())
}

fn cause(ledger: &Ledger, external_id: &str, name: &str, currency: Currency) -> Result<CauseId, LedgerError> {
    let (name, external_id) = (name.to_owned(), Some(external_id.to_owned()));
    let details = CauseDetails { name, external_id, ..CauseDetails::default() };
    let opened = ledger.open_cause(OpenCause { key: None, currency, details })?;
    opened.cause().ok_or_else(|| LedgerError::Closed { why: "no cause was opened".to_owned() })
}

fn donor(ledger: &Ledger, name: &str, email: &str) -> Result<DonorId, LedgerError> {
    let (name, email) = (Some(name.to_owned()), Some(email.to_owned()));
    let profile = DonorProfile { name, email, ..DonorProfile::default() };
    let registered = ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() })?;
    registered.donor().ok_or_else(|| LedgerError::Closed { why: "no donor was registered".to_owned() })
}
