//! `ledger reconcile`: a processor's account of its settlements is loaded, and compared with the books.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use csv::StringRecord;
use ledger_core::{
    Currency, Ledger, ProviderTarget, RecordSettlementLines, Rejection, SettlementId, SettlementLine,
};

use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;
use crate::settlements;

/// Most lines of one record.
const LINES_OF_RECORD: usize = 1_000;

/// Loading and comparing.
#[derive(clap::Args)]
pub struct Reconcile {
    /// The file, with a head line.
    pub file: PathBuf,
    /// The account at the processor.
    #[arg(long)]
    pub processor: String,
    /// The settlement that the whole file is about, where it does not say by the processor's id.
    #[arg(long)]
    pub settlement: Option<String>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

pub fn run(ledger: &Ledger, task: &Reconcile, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let rows = read(task)?;
    let mut settlements = BTreeMap::<SettlementId, Vec<Row>>::new();
    for row in rows {
        settlements.entry(settlement_of(ledger, task, &row)?).or_default().push(row);
    }
    // Everything that can be wrong with the file shows before the first line is recorded.
    let mut lines = Vec::new();
    for (id, rows) in settlements {
        lines.push((id, lines_of(ledger, task, id, &rows)?));
    }
    let mut agrees = true;
    for (id, lines) in lines {
        record(ledger, task, id, &lines)?;
        agrees = settlements::show(ledger, id, task.output, screen)? && agrees;
    }
    Ok(if agrees { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A row as the file has it.
struct Row {
    number: u64,
    line: String,
    about: Option<String>,
    gross: String,
    fee: String,
    currency: String,
    settlement: Option<String>,
}

fn read(task: &Reconcile) -> Result<Vec<Row>, Problem> {
    let path = task.file.display();
    let unread = |error: csv::Error| Problem::Plain(format!("{path}: {error}"));
    let mut file = csv::Reader::from_path(&task.file).map_err(unread)?;
    let columns = Columns::of(file.headers().map_err(unread)?)?;
    let mut rows = Vec::new();
    // The head is the first line of the file.
    for (record, number) in file.records().zip(2_u64..) {
        rows.extend(columns.row(&record.map_err(unread)?, number));
    }
    Ok(rows)
}

/// Where the columns are.
struct Columns {
    line: usize,
    about: Option<usize>,
    payment: Option<usize>,
    source: Option<usize>,
    category: Option<usize>,
    gross: usize,
    fee: usize,
    currency: usize,
    settlement: Option<usize>,
}

impl Columns {
    fn of(head: &StringRecord) -> Result<Self, Problem> {
        let find = |names: &[&str]| head.iter().position(|found| names.contains(&found.trim()));
        let needed = |names: &[&str]| {
            let missing = || Problem::Plain(format!("the file has no column {}", names.join(" or ")));
            find(names).ok_or_else(missing)
        };
        Ok(Self {
            line: needed(&["line", "balance_transaction_id"])?,
            about: find(&["about"]),
            payment: find(&["payment_intent_id"]),
            source: find(&["source_id"]),
            category: find(&["reporting_category"]),
            gross: needed(&["gross"])?,
            fee: needed(&["fee"])?,
            currency: needed(&["currency"])?,
            settlement: find(&["settlement", "automatic_payout_id"]),
        })
    }

    /// A row; none for the payout itself, which is what the others add up to.
    fn row(&self, record: &StringRecord, number: u64) -> Option<Row> {
        let text = |column: usize| record.get(column).map(str::trim).filter(|text| !text.is_empty());
        let maybe = |column: Option<usize>| column.and_then(text);
        let category = maybe(self.category);
        if category.is_some_and(|category| category.starts_with("payout")) {
            return None;
        }
        // A charge is the payment that it belongs to; whatever else has one is about something of its own.
        let payment = maybe(self.payment).filter(|_| category.is_none_or(|of| of == "charge"));
        let about = maybe(self.about).or(payment).or_else(|| maybe(self.source));
        let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
        Some(Row {
            number,
            line: owned(text(self.line)),
            about: about.map(str::to_owned),
            gross: owned(text(self.gross)),
            fee: owned(text(self.fee)),
            currency: owned(text(self.currency)).to_uppercase(),
            settlement: maybe(self.settlement).map(str::to_owned),
        })
    }
}

/// The settlement of a row: the one that was said, or what the processor's id of it is here.
fn settlement_of(ledger: &Ledger, task: &Reconcile, row: &Row) -> Result<SettlementId, Problem> {
    if let Some(settlement) = &task.settlement {
        return Ok(settlement.parse()?);
    }
    let number = row.number;
    let unsaid = || Problem::usage(&format!("line {number} says no settlement: say it with --settlement"));
    let object = row.settlement.as_deref().ok_or_else(unsaid)?;
    match ledger.provider_object(&task.processor, object)? {
        Some(ProviderTarget::Settlement { settlement }) => Ok(settlement),
        _ => Err(Problem::Plain(format!(
            "line {number}: {object} is no settlement of {} here: say with --settlement which it is, or attach it (ledger attach set_… {object})",
            task.processor
        ))),
    }
}

/// The lines that are not in the settlement yet.
fn lines_of(
    ledger: &Ledger,
    task: &Reconcile,
    id: SettlementId,
    rows: &[Row],
) -> Result<Vec<SettlementLine>, Problem> {
    let settlement = ledger.settlement(id)?.ok_or(Rejection::UnknownSettlement { settlement: id })?;
    let expected = settlement.amount.currency();
    let mut lines = Vec::new();
    for row in rows {
        let at_row = |problem: Problem| Problem::Plain(format!("line {}: {problem}", row.number));
        let found: Currency = row.currency.parse().map_err(|error| at_row(Problem::from(error)))?;
        if found != expected {
            return Err(at_row(Problem::Plain(format!("{found} in a settlement of {expected}"))));
        }
        let minor = |text: &str| expected.parse_minor(text).map_err(|error| at_row(Problem::from(error)));
        let (gross_minor, fee_minor) = (minor(&row.gross)?, minor(&row.fee)?);
        match ledger.settlement_of_line(&task.processor, &row.line)? {
            Some(known) if known == id => {}
            Some(other) => {
                return Err(at_row(Problem::Plain(format!("{} is in {other} already", row.line))));
            }
            None => lines.push(SettlementLine {
                id: row.line.clone(),
                about: row.about.clone(),
                gross_minor,
                fee_minor,
            }),
        }
    }
    Ok(lines)
}

fn record(
    ledger: &Ledger,
    task: &Reconcile,
    id: SettlementId,
    lines: &[SettlementLine],
) -> Result<(), Problem> {
    for lines in lines.chunks(LINES_OF_RECORD) {
        // A line is in one settlement, once: whoever loads the file again has other lines, or none.
        let first = lines.first().map(|line| line.id.as_str()).unwrap_or_default();
        let key = format!("lines:{}:{first}", task.processor);
        let lines = lines.to_vec();
        ledger.record_settlement_lines(RecordSettlementLines { key, settlement: id, lines })?;
    }
    Ok(())
}
