//! Import: rows of another system's records, through the same rules as every other command.

mod interpret;
mod mapping;
mod report;
mod rows;
mod template;

use serde::{Deserialize, Serialize};
use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

pub use self::interpret::RowFault;
pub use self::mapping::{Mapping, MappingError};
pub use self::report::{ImportFlow, ImportReport, ImportWatch, RejectedRow, Sum};

use self::interpret::{Interpreter, Reading};
use self::report::RowKind;
use self::rows::{NoRows, Row, Rows, RowsEnd};
use crate::engine::committed::{Committed, Delivery};
use crate::engine::committer::Results;
use crate::engine::error::{LedgerError, Outcome};
use crate::engine::rehearsal::Rehearsal;
use crate::ledger::Ledger;
use crate::machine::command::Command;
use crate::machine::rejection::Rejection;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::money::Amount;

/// Rows that are committed together.
const GROUP_ROWS: usize = 1_000;

/// Whether an import posts or only says what it would post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
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

/// Rows that were read and interpreted, and are to be decided together.
#[derive(Default)]
struct Batch {
    rows: Vec<ReadRow>,
    /// Those of the rows that are to be committed, in the same order.
    commands: Vec<Command>,
}

/// What came of reading a row.
enum ReadRow {
    /// It is wrong by itself.
    Fault(Row, RowFault),
    /// It moves nothing.
    Set(RowKind, Option<Amount>),
    /// Its command waits for a decision.
    Command(Row, RowKind, Option<Amount>),
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

    /// Reads one file, plain or gzip. While a thread commits a group, the next one is read.
    pub fn read(
        &mut self,
        source: impl Read,
        watch: &mut dyn ImportWatch,
    ) -> Result<ImportFlow, ImportError> {
        let mapping = Arc::clone(&self.mapping);
        let mut rows = Rows::new(source, &mapping).map_err(|why| match why {
            NoRows::Unfit(error) => ImportError::Mapping(error),
            NoRows::Unreadable(cause) => ImportError::Truncated { rows: self.report.rows, cause },
        })?;
        let interpreter = Interpreter::new(&mapping, rows.columns())?;
        let (ledger, rehearsal, report) = (self.ledger, &mut self.rehearsal, &mut self.report);
        #[allow(clippy::disallowed_methods, reason = "one of the places where threads may be started")]
        std::thread::scope(|scope| {
            let (hand, handed) = channel();
            let (answer, answered) = channel();
            let work = move || decide(ledger, rehearsal.as_mut(), &handed, &answer);
            let committing =
                std::thread::Builder::new().name("ledger import".to_owned()).spawn_scoped(scope, work);
            committing.map_err(|error| {
                let fault = Fault::medium("start the thread that commits the import", &error);
                LedgerError::from_fault(fault, Outcome::NotCommitted)
            })?;
            let mut deciding = Deciding { report, watch, answered, batch: None };
            loop {
                let mut batch = Batch::default();
                let end = batch.fill(&mut rows, &interpreter);
                // What was handed over before is settled first: whoever stops here has not begun the next group.
                if deciding.settle()? == ImportFlow::Stop {
                    return Ok(ImportFlow::Stop);
                }
                deciding.hand_over(batch, &hand);
                let Some(end) = end else { continue };
                deciding.settle()?;
                return match end {
                    RowsEnd::Complete => Ok(ImportFlow::Continue),
                    RowsEnd::Failed(cause) => {
                        Err(ImportError::Truncated { rows: deciding.report.rows, cause })
                    }
                };
            }
        })
    }
}

/// Decides groups of commands in the order in which they come, until no more do.
fn decide(
    ledger: &Ledger,
    mut rehearsal: Option<&mut Rehearsal>,
    handed: &Receiver<Vec<Command>>,
    answer: &Sender<Result<Results, LedgerError>>,
) {
    for commands in handed {
        let results = match &mut rehearsal {
            Some(rehearsal) => Ok(rehearsal.submit_all(&commands)),
            None => ledger.submit_all(commands),
        };
        if answer.send(results).is_err() {
            return;
        }
    }
}

/// The group that is being decided, and who is told of what comes of it.
struct Deciding<'r> {
    report: &'r mut ImportReport,
    watch: &'r mut dyn ImportWatch,
    answered: Receiver<Result<Results, LedgerError>>,
    batch: Option<Vec<ReadRow>>,
}

impl Deciding<'_> {
    fn hand_over(&mut self, batch: Batch, hand: &Sender<Vec<Command>>) {
        self.batch = Some(batch.rows);
        // If nobody takes it, nobody answers either, and that is told.
        let _ = hand.send(batch.commands);
    }

    /// Waits for the group that was handed over, if one was; counts its rows, in their order, and tells of those that
    /// were refused.
    fn settle(&mut self) -> Result<ImportFlow, ImportError> {
        let Some(rows) = self.batch.take() else { return Ok(ImportFlow::Continue) };
        let lost = || LedgerError::Closed { why: "the thread that commits the import has ended".to_owned() };
        let mut results = self.answered.recv().unwrap_or_else(|_| Err(lost()))?.into_iter();
        for row in rows {
            match row {
                ReadRow::Fault(row, fault) => self.reject(&row, fault.code(), fault.to_string())?,
                ReadRow::Set(kind, amount) => self.count(kind, amount),
                ReadRow::Command(row, kind, amount) => {
                    let result = results.next().unwrap_or_else(|| Err(lost()));
                    self.take_result(&row, kind, amount, result)?;
                }
            }
        }
        Ok(self.watch.progress(self.report))
    }

    /// A row is read when it is known what became of it, so that every row stands under one of the counts.
    fn count(&mut self, kind: RowKind, amount: Option<Amount>) {
        self.report.rows = self.report.rows.saturating_add(1);
        self.report.count(kind, amount);
    }

    fn take_result(
        &mut self,
        row: &Row,
        kind: RowKind,
        amount: Option<Amount>,
        result: Result<Committed, LedgerError>,
    ) -> Result<(), ImportError> {
        match result {
            Ok(committed) if committed.delivery == Delivery::Replayed => {
                self.count(RowKind::Duplicate, amount);
            }
            Ok(_) => self.count(kind, amount),
            Err(LedgerError::Rejected(rejection @ Rejection::KeyConflict { .. })) => {
                self.count(RowKind::Conflict, None);
                self.tell(row, rejection.code(), rejection.to_string())?;
            }
            Err(LedgerError::Rejected(rejection)) => {
                self.reject(row, rejection.code(), rejection.to_string())?;
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn reject(&mut self, row: &Row, code: ErrorCode, reason: String) -> Result<(), ImportError> {
        self.count(RowKind::Rejected, None);
        self.tell(row, code, reason)
    }

    fn tell(&mut self, row: &Row, code: ErrorCode, reason: String) -> Result<(), ImportError> {
        let rejected = RejectedRow { line: row.line, code, reason, original: row.original.clone() };
        self.watch.rejected(&rejected).map_err(|error| ImportError::Rejects { cause: error.to_string() })
    }
}

impl Batch {
    /// Reads until the batch is full, or to the end of the rows, which is given then.
    fn fill<R: Read>(&mut self, rows: &mut Rows<R>, interpreter: &Interpreter<'_>) -> Option<RowsEnd> {
        while self.rows.len() < GROUP_ROWS {
            let row = match rows.next_row() {
                Ok(Some(row)) => row,
                Ok(None) => return Some(RowsEnd::Complete),
                Err(end) => return Some(end),
            };
            self.rows.push(match interpreter.read(&row) {
                Reading::Fault(fault) => ReadRow::Fault(row, fault),
                Reading::Set { kind, amount } => ReadRow::Set(kind, amount),
                Reading::Command { kind, command } => {
                    let amount = command.amount;
                    self.commands.push(Command::TakeOver(command));
                    ReadRow::Command(row, kind, amount)
                }
            });
        }
        None
    }
}
