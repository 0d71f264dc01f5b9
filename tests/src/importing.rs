//! Imports in a test: a watch that remembers, and one call for mapping, bytes and result.

use std::io::Read;

use ledger_core::{
    ImportError, ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, Ledger, Mapping, RejectedRow,
};

/// Remembers what it was told.
#[derive(Default)]
pub struct Remembering {
    /// Rows that were not posted.
    pub rejected: Vec<RejectedRow>,
    /// What was counted at each call.
    pub progress: Vec<ImportReport>,
    /// Says stop from this call on, counted from 1.
    pub stop_at: Option<usize>,
}

impl ImportWatch for Remembering {
    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()> {
        self.rejected.push(row.clone());
        Ok(())
    }

    fn progress(&mut self, so_far: &ImportReport) -> ImportFlow {
        self.progress.push(so_far.clone());
        if self.stop_at.is_some_and(|call| self.progress.len() >= call) {
            ImportFlow::Stop
        } else {
            ImportFlow::Continue
        }
    }
}

impl Remembering {
    /// Line and code of each row that was not posted, in the order told.
    pub fn lines_and_codes(&self) -> Vec<(u64, u16)> {
        let rows = self.rejected.iter();
        rows.map(|row| (row.line, row.code.number())).collect()
    }

    /// The bytes of the row that begins on a line.
    pub fn original(&self, line: u64) -> &[u8] {
        let row = self.rejected.iter().find(|row| row.line == line);
        &row.unwrap_or_else(|| panic!("line {line} was not told")).original
    }
}

/// What came of an import.
pub struct Imported {
    /// How it ended.
    pub end: Result<ImportFlow, ImportError>,
    /// What was counted.
    pub report: ImportReport,
    /// What the watch was told.
    pub told: Remembering,
}

/// Imports one file; the watch says stop at a call where one is given.
pub fn import_until(
    ledger: &Ledger,
    mapping: &Mapping,
    mode: ImportMode,
    source: impl Read,
    stop_at: Option<usize>,
) -> Imported {
    let mut importer = Importer::new(ledger, mapping.clone(), mode).expect("an importer");
    let mut told = Remembering { stop_at, ..Remembering::default() };
    let end = importer.read(source, &mut told);
    let report = importer.report().clone();
    // Whatever happens, every row that was read is in exactly one count.
    let sum: u64 = report.counts().iter().map(|(_, count)| count).sum();
    assert_eq!(sum, report.rows, "each row is counted once");
    assert_eq!(
        told.rejected.len(),
        usize::try_from(report.rejected + report.conflicts).expect("few rows"),
        "each row that was not posted is told once"
    );
    Imported { end, report, told }
}

/// Imports one file, posting.
pub fn import(ledger: &Ledger, mapping: &Mapping, source: impl Read) -> Imported {
    import_until(ledger, mapping, ImportMode::Post, source, None)
}

/// A mapping of CSV with a header, in which every kind of row can be written.
pub const SMALL: &str = r#"
name = "small"
currency = "EUR"

[format]
delimiter = ","
quotes = true
header = true
case = "upper"

[key]
prefix = "small"
columns = ["batch", "id"]

[date]
column = "day"
pattern = "%Y-%m-%d"

[amount]
column = "amount"

[cause]
id = "{cause}"

[[donor]]
needs = "donor"
id = "{donor}"
name = "{donor}"
kind = "person"

[[check]]
column = "id"
pattern = "^[^#]+$"

[[rule]]
column = "kind"
is = ["MEMO"]
kind = "memo"

[[rule]]
column = "kind"
is = ["THROUGH"]
kind = "pass_through"

[[rule]]
column = "kind"
is = ["REFUND"]
positive = "unlinked_refund"
negative = "voided_refund"

[[rule]]
positive = "gift"
negative = "redesignated_out"
"#;

/// The header of files that `SMALL` reads.
pub const SMALL_HEADER: &str = "batch,id,day,donor,cause,amount,kind";

/// `SMALL`, read.
pub fn small() -> Mapping {
    Mapping::parse(SMALL).expect("a mapping")
}

/// A file for `SMALL`: its header and rows, each with a line end.
pub fn small_file(rows: &[&str]) -> String {
    let mut file = format!("{SMALL_HEADER}\n");
    for row in rows {
        file.push_str(row);
        file.push('\n');
    }
    file
}

/// A row for `SMALL`: a gift of one donor each to one of three causes, told apart by its number.
pub fn small_gift(number: u64) -> String {
    let (cause, cents) = (number % 3, number % 100);
    format!("b1,{number},2026-01-31,donor {number},cause-{cause},{number}.{cents:02},")
}

/// What the causes hold, in minor units, by external id.
pub fn nets(ledger: &Ledger) -> std::collections::BTreeMap<String, i128> {
    let causes = ledger.causes(None, 10_000).expect("causes");
    let line = |cause: ledger_core::Cause| {
        let id = cause.details.external_id.expect("an imported cause has its id");
        (id, cause.totals.net_minor())
    };
    causes.into_iter().map(line).collect()
}
