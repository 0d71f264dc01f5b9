//! What goes into a ledger from other systems, and out to them.

use std::io::Write;
use std::sync::Arc;

use ledger_core::foreign::{LedgerError, Problem};
use ledger_core::{
    DonorId, ErrorCode, ExportFormat, ImportError, ImportFlow, ImportMode, Importer, Mapping, RejectedRow,
    Sum,
};

use crate::ledger::Ledger;
use crate::streams::{ByteSink, ByteSource, In, Out};

/// Counts of rows; each row is in exactly one of them, and they add up to `rows`.
#[derive(Debug, Clone, Default, uniffi::Record)]
pub struct ImportReport {
    /// Rows read, the header aside.
    pub rows: u64,
    /// Posted as gifts.
    pub gifts: u64,
    /// Posted as refunds.
    pub refunds: u64,
    /// Posted as adjustments.
    pub adjustments: u64,
    /// Information only: nothing was posted.
    pub memo: u64,
    /// Money of somebody else that passed through: nothing was posted.
    pub pass_through: u64,
    /// Amount zero: nothing was posted, donor and cause are known from now on.
    pub zero: u64,
    /// Posted before, by this or an earlier import.
    pub duplicates: u64,
    /// The key stands for another row; told to the watch.
    pub conflicts: u64,
    /// Refused; told to the watch.
    pub rejected: u64,
    /// Sums by kind and currency: gifts and refunds positive, adjustments and the rest with their sign.
    pub sums: Vec<ImportSum>,
}

/// The sum of the rows of a kind in a currency.
#[derive(Debug, Clone, uniffi::Record)]
pub struct ImportSum {
    /// Of which rows, by the name of their count.
    pub kind: String,
    /// How much.
    pub sum: Sum,
}

/// What an import came to.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Imported {
    /// What was counted.
    pub report: ImportReport,
    /// Why it ended before its source; what was counted before is committed, and the same import goes on there.
    pub stopped: Option<Problem>,
}

/// What is told while an import runs.
#[uniffi::export(with_foreign)]
pub trait ImportWatch: Send + Sync {
    /// The report so far, between two groups of rows; `false` stops the import there. So does a callback that throws.
    fn progress(&self, report: ImportReport) -> Result<bool, crate::streams::StreamError>;

    /// A row that is not posted: its line, the code and the reason, and its bytes.
    fn rejected(
        &self,
        line: u64,
        code: u16,
        reason: String,
        original: Vec<u8>,
    ) -> Result<(), crate::streams::StreamError>;
}

impl ImportReport {
    fn of(report: &ledger_core::ImportReport) -> Self {
        let sums = report.sums.iter().flat_map(|(kind, sums)| {
            sums.values().map(|sum| ImportSum { kind: (*kind).to_owned(), sum: *sum })
        });
        Self {
            rows: report.rows,
            gifts: report.gifts,
            refunds: report.refunds,
            adjustments: report.adjustments,
            memo: report.memo,
            pass_through: report.pass_through,
            zero: report.zero,
            duplicates: report.duplicates,
            conflicts: report.conflicts,
            rejected: report.rejected,
            sums: sums.collect(),
        }
    }
}

/// The watch of the app; without one, everything goes on.
struct Watching(Option<Arc<dyn ImportWatch>>);

impl ledger_core::ImportWatch for Watching {
    fn progress(&mut self, report: &ledger_core::ImportReport) -> ImportFlow {
        let goes_on =
            self.0.as_ref().is_none_or(|watch| watch.progress(ImportReport::of(report)).unwrap_or(false));
        if goes_on { ImportFlow::Continue } else { ImportFlow::Stop }
    }

    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()> {
        let Some(watch) = &self.0 else { return Ok(()) };
        watch
            .rejected(row.line, row.code.number(), row.reason.clone(), row.original.clone())
            .map_err(std::io::Error::other)
    }
}

fn problem(error: &ImportError) -> Problem {
    match error {
        ImportError::Ledger(error) => Problem::from(error),
        ImportError::Mapping(_) | ImportError::Truncated { .. } | ImportError::Rejects { .. } | _ => {
            Problem::of(error.code(), error.to_string())
        }
    }
}

/// The mappings that come with the library, by their names.
#[uniffi::export]
pub fn shipped_mapping_names() -> Vec<String> {
    Mapping::shipped_names().into_iter().map(str::to_owned).collect()
}

fn mapping_of(text: &str) -> Result<Mapping, LedgerError> {
    let read = Mapping::shipped(text).unwrap_or_else(|| Mapping::parse(text));
    read.map_err(|error| LedgerError::of(error.code(), error.to_string()))
}

#[uniffi::export]
impl Ledger {
    /// Imports rows of another system, plain or gzip; each once, whenever it is read again. The mapping is the name of one
    /// that comes with the library, or the text of one's own.
    pub fn import_rows(
        &self,
        source: Arc<dyn ByteSource>,
        mapping: String,
        mode: ImportMode,
        watch: Option<Arc<dyn ImportWatch>>,
    ) -> Result<Imported, LedgerError> {
        let mut importer = Importer::new(&self.0, mapping_of(&mapping)?, mode)?;
        let ended = importer.read(In::from(source), &mut Watching(watch));
        let report = ImportReport::of(importer.report());
        Ok(Imported { report, stopped: ended.err().as_ref().map(problem) })
    }

    /// Exports the journal, for hledger and ledger, for beancount, as CSV or as lines of JSON; the last record that is in it.
    pub fn export(&self, format: ExportFormat, sink: Arc<dyn ByteSink>) -> Result<u64, LedgerError> {
        let mut out = Out::to(sink);
        let seq = self.0.export(format, &mut out)?;
        ended(out, seq)
    }

    /// Writes everything that is held of a donor, as one document of JSON; the last record that is in it.
    pub fn export_donor(&self, donor: DonorId, sink: Arc<dyn ByteSink>) -> Result<u64, LedgerError> {
        let mut out = Out::to(sink);
        let seq = self.0.export_donor(donor, &mut out)?;
        ended(out, seq)
    }
}

fn ended(mut out: Out, seq: u64) -> Result<u64, LedgerError> {
    let failed =
        |error: std::io::Error| LedgerError::of(ErrorCode::ReadFailed, format!("write export: {error}"));
    out.flush().map(|()| seq).map_err(failed)
}
