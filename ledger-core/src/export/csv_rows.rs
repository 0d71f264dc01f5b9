//! The form that spreadsheets read: one line a posting. A text that a spreadsheet would take for a formula
//! begins with an apostrophe.

use std::io::{Result, Write};

use super::labels::Labels;
use super::{Form, narration};
use crate::accounting::account::Side;
use crate::engine::changes::Change;

pub(super) struct CsvRows;

const HEADER: [&str; 10] =
    ["seq", "recorded_at", "day", "entry", "narration", "key", "account", "side", "amount", "currency"];

fn write_row(out: &mut dyn Write, row: &[String]) -> Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(row)?;
    let line = writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))?;
    out.write_all(&line)
}

impl Form for CsvRows {
    fn begin(&mut self, _labels: &Labels, out: &mut dyn Write) -> Result<()> {
        write_row(out, &HEADER.map(str::to_owned))
    }

    fn change(&mut self, change: &Change, labels: &Labels, out: &mut dyn Write) -> Result<()> {
        for (number, entry) in (1_u32..).zip(&change.entries) {
            let told = narration(change, entry);
            for line in &entry.lines {
                let side = match line.side {
                    Side::Debit => "debit",
                    Side::Credit => "credit",
                };
                let row = [
                    change.seq.to_string(),
                    change.recorded_at.to_string(),
                    entry.day.to_string(),
                    number.to_string(),
                    guarded(&told),
                    guarded(change.key.as_deref().unwrap_or_default()),
                    guarded(&labels.name(&line.account.name)),
                    side.to_owned(),
                    line.account.currency.decimal_string(line.amount_minor.into()),
                    line.account.currency.to_string(),
                ];
                write_row(out, &row)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, _labels: &Labels, _out: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

/// A text that no spreadsheet calculates (OWASP, CSV injection).
fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn formulas_become_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        assert_eq!(guarded("fec/C1/7"), "fec/C1/7");
    }
}
