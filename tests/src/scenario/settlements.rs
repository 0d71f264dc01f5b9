//! Steps about what settlements consist of, and how that agrees with the books.

use ledger_core::{
    Command, Event, LedgerError, ProviderTarget, Reconciled, RecordSettlementLines, SettlementLine,
};

use super::commands::Fields;
use super::names::Names;
use super::parse::{self, Step};
use super::played::Played;
use super::run::Answer;

/// The steps that make a command.
pub const VERBS: [&str; 1] = ["settlement_lines"];

/// The steps that read.
pub const READS: [&str; 3] = ["settlement", "reconcile", "unsettled"];

/// The command of a step of these; lines stand in the rows after it.
pub fn command(fields: &Fields<'_>, rows: &[String], names: &Names) -> Result<Command, LedgerError> {
    let repeat = fields.number("repeat").unwrap_or(1);
    let numbered = |number: usize| rows.iter().map(move |row| row.replace("{n}", &number.to_string()));
    Ok(Command::RecordSettlementLines(RecordSettlementLines {
        key: fields.text("key").unwrap_or_default(),
        settlement: fields.first_id()?,
        lines: (1..=repeat).flat_map(numbered).map(|row| line(&row, names)).collect(),
    }))
}

fn line(row: &str, names: &Names) -> SettlementLine {
    let step = parse::row(row);
    let fields = Fields::new(&step, names);
    let line = SettlementLine {
        id: step.words.first().cloned().unwrap_or_default(),
        about: fields.text("about").map(|_| fields.known_as("about")),
        gross_minor: fields.number("gross").unwrap_or(0),
        fee_minor: fields.number("fee").unwrap_or(0),
    };
    fields.finish();
    line
}

/// What an event changed, in short.
pub fn changed(event: &Event) -> Option<String> {
    let Event::SettlementLinesRecorded(of) = event else { return None };
    Some(format!("{} of {}", of.lines.len(), of.settlement))
}

/// Answers a step that reads.
pub fn read(ledger: &Played, names: &Names, step: &Step) -> Answer {
    let fields = Fields::new(step, names);
    let lines = match step.verb.as_str() {
        "settlement" => match ledger.settlement(fields.first_id()?)? {
            None => vec!["nothing".to_owned()],
            Some(of) => {
                let figure = |minor: i64| of.amount.currency().decimal_string(minor.into());
                let (net, rest) = (figure(of.lines_net_minor), figure(of.unexplained_minor()));
                let arrived = if of.is_returned { "returned" } else { "paid" };
                let (from, to, lines) = (&of.processor, &of.bank, of.lines);
                vec![format!(
                    "{} {from} to {to} {arrived}, {lines} lines {net}, unexplained {rest}",
                    of.amount
                )]
            }
        },
        "reconcile" => {
            let skip = fields.number("skip").unwrap_or(0);
            let limit = fields.number("limit").unwrap_or(100);
            let found = ledger.reconcile_settlement(fields.first_id()?, skip, limit)?;
            let told = found.iter().map(|of| {
                let about = of.about.as_ref().map_or_else(|| "about nothing".to_owned(), told);
                let agrees = if of.agrees() { "agrees" } else { "DIFFERS" };
                format!("{} {} {}: {agrees}, {about}", of.line.id, of.line.gross_minor, of.line.fee_minor)
            });
            told.collect()
        }
        _ => {
            let processor = fields.text("processor").unwrap_or_else(|| "stripe".to_owned());
            let day = |name| -> Result<_, LedgerError> { Ok(fields.date(name)?.expect("a day")) };
            let found = ledger.unsettled(&processor, fields.currency()?, day("from")?, day("to")?)?;
            let told = found
                .iter()
                .map(|of| format!("record {} of {}: {}", of.seq, of.donation, told(&of.reconciled)));
            told.collect()
        }
    };
    fields.finish();
    Ok(lines)
}

fn told(of: &Reconciled) -> String {
    let is = match of.is {
        Some(ProviderTarget::Payment { payment }) => payment.to_string(),
        Some(ProviderTarget::Refund { refund }) => refund.to_string(),
        Some(ProviderTarget::Dispute { dispute }) => dispute.to_string(),
        Some(_) => "neither payment, refund nor dispute".to_owned(),
        None => "not known".to_owned(),
    };
    format!(
        "{} is {is}: booked {} fee {}, settled {} fee {}, difference {}",
        of.object.as_deref().unwrap_or("-"),
        of.booked_gross_minor,
        of.booked_fee_minor,
        of.settled_gross_minor,
        of.settled_fee_minor,
        of.difference_minor()
    )
}
