//! Import: rows of another system's records, through the same rules as every other command.

mod interpret;
mod mapping;
mod report;
mod rows;
mod template;

use std::io::Read;
use std::sync::Arc;

pub use self::interpret::RowFault;
pub use self::mapping::{Mapping, MappingError};
pub use self::report::{ImportFlow, ImportReport, ImportWatch, RejectedRow, Sum};

use self::interpret::{Interpreter, Reading};
use self::report::RowKind;
use self::rows::{Row, Rows, RowsEnd};
use crate::engine::committed::Delivery;
use crate::engine::committer::Results;
use crate::engine::error::LedgerError;
use crate::engine::rehearsal::Rehearsal;
use crate::ledger::Ledger;
use crate::machine::command::{Command, TakeOver};
use crate::machine::rejection::Rejection;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::money::Amount;

/// Rows that are committed together.
const GROUP_ROWS: usize = 1_000;

/// Whether an import posts or only says what it would post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ImportMode {
    /// Posts.
    #[default]
    Post,
    /// Decides every row as if it were posted, and writes nothing.
    DryRun,
}

/// Why an import stopped before the end of its file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The ledger failed. Rows of earlier groups are posted; run the import again to go on.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The mapping does not fit the file.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The file ends too early or cannot be read any further. The rows before are posted.
    #[error(
        "file cannot be read after row {rows}: {cause}; the rows before it were imported, fetch it again"
    )]
    Truncated {
        /// Rows that were read.
        rows: u64,
        /// What the reader said.
        cause: String,
    },
    /// The rejects could not be kept.
    #[error("rejected row could not be written down: {cause}")]
    Rejects {
        /// What the writer said.
        cause: String,
    },
}

impl ImportError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Ledger(error) => error.code(),
            Self::Mapping(error) => error.code(),
            Self::Truncated { .. } => ErrorCode::TruncatedFile,
            Self::Rejects { .. } => ErrorCode::ReadFailed,
        }
    }
}

/// Reads files by a mapping, in groups, and keeps count. Reading the same rows again posts nothing; an
/// import that was stopped or killed at any point is completed by running it again.
pub struct Importer<'a> {
    ledger: &'a Ledger,
    mapping: Arc<Mapping>,
    /// What a dry run has decided so far, over all its files.
    rehearsal: Option<Rehearsal>,
    report: ImportReport,
}

/// Rows on their way into one group.
#[derive(Default)]
struct Batch {
    rows: Vec<(Row, RowKind)>,
    commands: Vec<Command>,
}

impl<'a> Importer<'a> {
    /// An importer into a ledger.
    pub fn new(ledger: &'a Ledger, mapping: Mapping, mode: ImportMode) -> Result<Self, LedgerError> {
        let rehearsal = match mode {
            ImportMode::Post => None,
            ImportMode::DryRun => Some(ledger.rehearse()?),
        };
        Ok(Self { ledger, mapping: Arc::new(mapping), rehearsal, report: ImportReport::default() })
    }

    /// What was counted so far, over all files.
    pub fn report(&self) -> &ImportReport {
        &self.report
    }

    /// Reads one file, plain or gzip.
    pub fn read(
        &mut self,
        source: impl Read,
        watch: &mut dyn ImportWatch,
    ) -> Result<ImportFlow, ImportError> {
        let mapping = Arc::clone(&self.mapping);
        let mut rows = Rows::new(source, &mapping)?;
        let interpreter = Interpreter::new(&mapping, rows.columns())?;
        let mut batch = Batch::default();
        let end = loop {
            let row = match rows.next_row() {
                Ok(Some(row)) => row,
                Ok(None) => break RowsEnd::Complete,
                Err(end) => break end,
            };
            self.report.rows = self.report.rows.saturating_add(1);
            match interpreter.read(&row) {
                Reading::Fault(fault) => self.reject(&row, fault.code(), fault.to_string(), watch)?,
                Reading::Set { kind, amount } => self.report.count(kind, amount),
                Reading::Command { kind, command } => batch.push(row, kind, command),
            }
            if batch.rows.len() >= GROUP_ROWS {
                self.commit(&mut batch, watch)?;
                if watch.progress(&self.report) == ImportFlow::Stop {
                    return Ok(ImportFlow::Stop);
                }
            }
        };
        self.commit(&mut batch, watch)?;
        watch.progress(&self.report);
        match end {
            RowsEnd::Complete => Ok(ImportFlow::Continue),
            RowsEnd::Failed(cause) => Err(ImportError::Truncated { rows: self.report.rows, cause }),
        }
    }

    fn commit(&mut self, batch: &mut Batch, watch: &mut dyn ImportWatch) -> Result<(), ImportError> {
        let Batch { rows, commands } = core::mem::take(batch);
        let amounts: Vec<_> = commands.iter().map(amount_of).collect();
        let results: Results = match &mut self.rehearsal {
            Some(rehearsal) => rehearsal.submit_all(&commands),
            None => self.ledger.submit_all(commands)?,
        };
        for (((row, kind), amount), result) in rows.into_iter().zip(amounts).zip(results) {
            match result {
                Ok(committed) if committed.delivery == Delivery::Replayed => {
                    self.report.count(RowKind::Duplicate, amount);
                }
                Ok(_) => self.report.count(kind, amount),
                Err(LedgerError::Rejected(rejection @ Rejection::KeyConflict { .. })) => {
                    self.report.count(RowKind::Conflict, None);
                    tell(&row, rejection.code(), rejection.to_string(), watch)?;
                }
                Err(LedgerError::Rejected(rejection)) => {
                    self.reject(&row, rejection.code(), rejection.to_string(), watch)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn reject(
        &mut self,
        row: &Row,
        code: ErrorCode,
        reason: String,
        watch: &mut dyn ImportWatch,
    ) -> Result<(), ImportError> {
        self.report.count(RowKind::Rejected, None);
        tell(row, code, reason, watch)
    }
}

impl Batch {
    fn push(&mut self, row: Row, kind: RowKind, command: TakeOver) {
        self.rows.push((row, kind));
        self.commands.push(Command::TakeOver(command));
    }
}

fn tell(row: &Row, code: ErrorCode, reason: String, watch: &mut dyn ImportWatch) -> Result<(), ImportError> {
    let rejected = RejectedRow { line: row.line, code, reason, original: row.original.clone() };
    watch.rejected(&rejected).map_err(|error| ImportError::Rejects { cause: error.to_string() })
}

fn amount_of(command: &Command) -> Option<Amount> {
    match command {
        Command::TakeOver(row) => row.amount,
        Command::RegisterDonor(_)
        | Command::UpdateDonor(_)
        | Command::OpenCause(_)
        | Command::UpdateCause(_)
        | Command::Donate(_)
        | Command::Refund(_)
        | Command::Adjust(_)
        | Command::Reallocate(_)
        | Command::ClosePeriod(_)
        | Command::EraseDonor(_)
        | Command::MergeDonors(_)
        | Command::UndoMerge(_)
        | Command::Correct(_) => None,
    }
}
