//! `ledger balances`, `statement` and `totals`: the book now and in the past.

use std::process::ExitCode;

use clap::ValueEnum;
use ledger_core::{
    AsOf, Balance, BalanceSheet, Currency, Date, Ledger, Period, PeriodTotals, Statement, StatementOf,
    TrialBalance,
};

use crate::args::{HistoryOf, Output};
use crate::problem::Problem;
use crate::reading::{account, find_cause, find_donor, word_of};
use crate::screen::Screen;

const DONE: Result<ExitCode, Problem> = Ok(ExitCode::SUCCESS);

/// All balances, now or at a moment of the past.
#[derive(clap::Args)]
pub struct Balances {
    /// As of the end of a day, as 2026-01-31: what happened up to then, as it is known now.
    #[arg(long, value_name = "DATE", conflicts_with = "at_seq")]
    pub at: Option<String>,
    /// As of a record: the book as it stood then.
    #[arg(long, value_name = "SEQ")]
    pub at_seq: Option<u64>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// The lines of a period.
#[derive(clap::Args)]
#[group(skip)]
pub struct StatementTask {
    /// Whose.
    #[command(flatten)]
    pub of: HistoryOf,
    /// The first day, as 2026-01-01.
    #[arg(long)]
    pub from: String,
    /// The last day.
    #[arg(long)]
    pub to: String,
    /// The currency, of an account or a donor that has several.
    #[arg(long)]
    pub currency: Option<String>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Totals by period.
#[derive(clap::Args)]
pub struct Totals {
    /// By what.
    #[arg(long)]
    pub by: By,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// By what totals are summed up.
#[derive(Clone, Copy, ValueEnum)]
pub enum By {
    /// By calendar month.
    Month,
    /// By calendar year.
    Year,
}

/// What the book owns, owes and has of its own.
#[derive(clap::Args)]
pub struct Sheet {
    /// At the end of this day, as 2026-01-31.
    #[arg(long, value_name = "DATE")]
    pub at: String,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

pub fn balances(ledger: &Ledger, task: &Balances, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let day: Option<Date> = task.at.as_deref().map(str::parse).transpose()?;
    let as_of = day.map(AsOf::Day).or(task.at_seq.map(AsOf::Record));
    let trial = as_of.map_or_else(|| ledger.trial_balance(), |as_of| ledger.trial_balance_as_of(as_of))?;
    if task.output.json {
        screen.json(&trial)?;
        return DONE;
    }
    screen.table(&table(&trial))?;
    let at_end_of = day.map(|day| format!("at the end of {day}, ")).unwrap_or_default();
    screen.line(&format!("{at_end_of}as of record {}", trial.seq))?;
    DONE
}

fn table(trial: &TrialBalance) -> Vec<Vec<String>> {
    let row = |name: String, balance: Balance, net: String, currency: Currency| {
        let text = |minor: u128| currency.decimal_string(i128::try_from(minor).unwrap_or(i128::MAX));
        vec![name, text(balance.debits_minor), text(balance.credits_minor), net, currency.to_string()]
    };
    let mut rows = vec![["account", "debits", "credits", "net", ""].map(str::to_owned).to_vec()];
    for each in &trial.balances {
        let currency = each.account.currency;
        let net = currency.decimal_string(each.net_minor());
        rows.push(row(each.account.name.to_string(), each.balance, net, currency));
    }
    for sum in &trial.sums {
        let balance = Balance { debits_minor: sum.debits_minor, credits_minor: sum.credits_minor };
        rows.push(row("all accounts".to_owned(), balance, String::new(), sum.currency));
    }
    rows
}

pub fn statement(ledger: &Ledger, task: &StatementTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let (from, to) = (task.from.parse()?, task.to.parse()?);
    let of = match (&task.of.donor, &task.of.cause, &task.of.account) {
        (Some(donor), _, _) => {
            let donor = find_donor(ledger, donor)?;
            StatementOf::Donor {
                donor,
                currency: currency_of_donor(ledger, donor, task.currency.as_deref())?,
            }
        }
        (None, Some(cause), _) => StatementOf::Cause(find_cause(ledger, cause)?),
        (None, None, Some(name)) => StatementOf::Account(account(ledger, name, task.currency.as_deref())?),
        (None, None, None) => return Err(Problem::usage("statement needs --donor, --cause or --account")),
    };
    let statement = ledger.statement(&of, from, to)?;
    if task.output.json {
        screen.json(&statement)?;
        return DONE;
    }
    show(&statement, screen)
}

/// The currency that is named, or the only one in which the donor gave.
fn currency_of_donor(
    ledger: &Ledger,
    donor: ledger_core::DonorId,
    named: Option<&str>,
) -> Result<Currency, Problem> {
    if let Some(named) = named {
        return Ok(named.parse()?);
    }
    let totals = ledger.donor(donor)?.map(|donor| donor.totals).unwrap_or_default();
    match totals.as_slice() {
        [only] => Ok(only.currency),
        [] => Err(Problem::Plain("the donor has not given yet: name a currency with --currency".to_owned())),
        [first, second, ..] => Err(Problem::Plain(format!(
            "the donor gave in several currencies, among them {} and {}: name one with --currency",
            first.currency, second.currency
        ))),
    }
}

fn show(statement: &Statement, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let text = |minor| statement.currency.decimal_string(minor);
    let bound = |day: Date, word: &str, minor| {
        [day.to_string(), String::new(), word.to_owned(), String::new(), text(minor)].to_vec()
    };
    let mut rows = vec![["day", "record", "what", "change", "balance"].map(str::to_owned).to_vec()];
    rows.push(bound(statement.from, "opening", statement.opening_minor));
    for line in &statement.lines {
        let what = &line.what;
        let (change, balance) = (text(line.change_minor), text(line.balance_minor));
        rows.push(vec![what.day.to_string(), what.seq.to_string(), word_of(what), change, balance]);
    }
    rows.push(bound(statement.to, "closing", statement.closing_minor));
    screen.table(&rows)?;
    screen.line(&format!("in {}, as of record {}", statement.currency, statement.seq))?;
    DONE
}

pub fn totals(ledger: &Ledger, task: &Totals, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let by = match task.by {
        By::Month => Period::Month,
        By::Year => Period::Year,
    };
    let periods = ledger.totals_by(by)?;
    if task.output.json {
        screen.json(&periods)?;
        return DONE;
    }
    let header = ["period", "gross", "refunded", "disputed", "fees", "adjusted", "net", "gifts", ""];
    let row = |of: &PeriodTotals| {
        let totals = &of.totals;
        let text = |minor| totals.currency.decimal_string(minor);
        let (gifts, currency) = (totals.donations.to_string(), totals.currency.to_string());
        let figures = [
            totals.gross_minor,
            totals.refunded_minor,
            totals.disputed_minor,
            totals.fees_minor,
            totals.adjusted_minor,
            totals.net_minor(),
        ];
        let figures = figures.map(text);
        [of.period.clone()].into_iter().chain(figures).chain([gifts, currency]).collect::<Vec<_>>()
    };
    let rows = [header.map(str::to_owned).to_vec()].into_iter().chain(periods.iter().map(row));
    screen.table(&rows.collect::<Vec<_>>())?;
    DONE
}

pub fn sheet(ledger: &Ledger, task: &Sheet, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let sheets = ledger.balance_sheets(task.at.parse()?)?;
    if task.output.json {
        screen.json(&sheets)?;
        return DONE;
    }
    for sheet in &sheets {
        screen.table(&rows_of_sheet(sheet))?;
    }
    DONE
}

fn rows_of_sheet(sheet: &BalanceSheet) -> Vec<Vec<String>> {
    let row = |name: &str, minor| {
        vec![name.to_owned(), sheet.currency.decimal_string(minor), sheet.currency.to_string()]
    };
    let accounts =
        sheet.balances.iter().map(|each| row(&format!("  {}", each.account.name), each.net_minor()));
    let sums = [
        row("assets", sheet.assets_minor),
        row("liabilities", sheet.liabilities_minor),
        row("net assets of closed periods", sheet.net_assets_minor),
        row("result that no period has closed", sheet.result_minor),
    ];
    accounts.chain(sums).collect()
}
