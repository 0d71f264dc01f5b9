//! For tests of this project: a scenario that was played in Rust and written down, step by step as values of the language
//! that plays it, and whether what came of a step is what came of it in Rust.

use std::path::Path;

use ledger_core::foreign::{LedgerError, Problem};
use ledger_core::testkit::{self, Mishap};
use ledger_core::{
    Answer, BackupReport, BookMode, Command, Committed, ErrorCode, Followed, Ingested, KeysReport,
    OpeningReport, Query, RestoreReport, StripeMode, Timestamp,
};
use regex_lite::Regex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::exchange::Imported;
use crate::ledger::Submitted;
use crate::providers::{Header, Stripe};

/// What is done with the ledger.
#[derive(Debug, Clone, uniffi::Enum)]
#[allow(clippy::large_enum_variant, reason = "a script is read once")]
pub enum Step {
    /// A ledger is made, of this mode, whose clock stands here.
    Begin {
        /// When.
        at: Timestamp,
        /// Whose money is kept.
        mode: BookMode,
        /// Whether it is in a folder, and not in memory.
        in_folder: bool,
    },
    /// The clock is set.
    Clock {
        /// When.
        at: Timestamp,
    },
    /// A command.
    Submit {
        /// Which.
        command: Command,
    },
    /// Several.
    SubmitAll {
        /// Which.
        commands: Vec<Command>,
    },
    /// A question.
    Ask {
        /// Which.
        query: Query,
    },
    /// A webhook of Stripe.
    Webhook {
        /// Of which account.
        stripe: Stripe,
        /// Its headers.
        headers: Vec<Header>,
        /// Its body.
        body: Vec<u8>,
    },
    /// Rows of another system.
    Import {
        /// The name of a mapping that comes with the library.
        mapping: String,
        /// The bytes of the file.
        rows: Vec<u8>,
    },
    /// A ledger is opened in a folder below that of the scenario: `again`, `existing`, `new`, `read_only`, or any.
    Open {
        /// Which.
        folder: String,
        /// How.
        how: String,
        /// What ids are made of.
        seed: u64,
    },
    /// The ledger is closed.
    Close,
    /// Something happens to its folder, or to the medium below it.
    Mishap {
        /// What, as JSON.
        what: String,
    },
    /// A ledger is copied.
    Backup {
        /// From which folder.
        from: String,
        /// To which.
        to: String,
    },
    /// Its keys are copied.
    BackupKeys {
        /// From which folder.
        from: String,
        /// To which file.
        to_file: String,
    },
    /// A ledger is made of a copy.
    Restore {
        /// Of which folder.
        backup: String,
        /// Of which file of keys.
        keys: String,
        /// In which folder.
        to: String,
    },
    /// A ledger is followed by one step.
    Follow {
        /// Which.
        source: String,
        /// By which.
        copy: String,
    },
    /// A copy becomes a ledger of its own; what it answers is its epoch.
    Promote {
        /// Which.
        copy: String,
    },
}

/// A step, and what came of it in Rust.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Scripted {
    /// What is done.
    pub step: Step,
    /// What came of it, as JSON.
    pub wanted: String,
}

/// A row that an import did not post.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Reject {
    /// Its line.
    pub line: u64,
    /// Why, as a code.
    pub code: u16,
    /// Why, in words.
    pub reason: String,
}

/// What came of a step.
#[derive(Debug, Clone, uniffi::Enum)]
#[allow(clippy::large_enum_variant, reason = "one at a time")]
pub enum StepOutcome {
    /// A command was committed.
    Committed {
        /// What it gave.
        committed: Committed,
    },
    /// Commands were decided.
    Submitted {
        /// What they gave.
        all: Vec<Submitted>,
    },
    /// A question was answered.
    Answered {
        /// What it gave.
        answer: Answer,
    },
    /// A webhook was taken in.
    Ingested {
        /// What it gave.
        ingested: Ingested,
    },
    /// An import ended.
    Imported {
        /// What it gave.
        imported: Imported,
        /// What it did not post.
        rejects: Vec<Reject>,
    },
    /// A ledger was opened.
    Opened {
        /// What was found.
        report: OpeningReport,
    },
    /// It was closed.
    Closed,
    /// It was copied.
    BackedUp {
        /// What was copied.
        report: BackupReport,
    },
    /// Its keys were copied.
    KeysBackedUp {
        /// What was copied.
        report: KeysReport,
    },
    /// It was made of a copy.
    Restored {
        /// What was made.
        report: RestoreReport,
    },
    /// It was followed.
    Followed {
        /// How far.
        followed: Followed,
    },
    /// A copy became a ledger of its own.
    Promoted {
        /// Its epoch.
        epoch: u64,
    },
    /// It was refused.
    Failed {
        /// Why.
        problem: Problem,
    },
}

fn broken(what: &str) -> LedgerError {
    LedgerError::of(ErrorCode::TextNotPrintable, format!("the script is not as it is written: {what}"))
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, LedgerError> {
    // Of its text: there the arguments of a question may stand in their order.
    serde_json::from_str(&value.to_string()).map_err(|error| broken(&format!("{error} in {value}")))
}

/// The steps of a scenario that was written down, one a line.
#[uniffi::export]
pub fn read_script(text: String) -> Result<Vec<Scripted>, LedgerError> {
    let mut lines: Vec<&str> = text.lines().collect();
    let end = json!({ "answer": null, "call": "end", "with": [lines.len().saturating_sub(1)] });
    if lines.pop() != Some(end.to_string().as_str()) {
        return Err(broken("it has no end, or not all that is before"));
    }
    lines.into_iter().map(scripted).collect()
}

fn scripted(line: &str) -> Result<Scripted, LedgerError> {
    let line: Value = serde_json::from_str(line).map_err(|error| broken(&error.to_string()))?;
    let (call, with) = (line.get("call").and_then(Value::as_str), line.get("with"));
    let (Some(call), Some(with)) = (call, with) else { return Err(broken("no call")) };
    let argument = |at: usize| with.get(at).ok_or_else(|| broken(call));
    let text = |at: usize| argument(at).and_then(read::<String>);
    let step = match call {
        "begin" => {
            Step::Begin { at: read(argument(0)?)?, mode: read(argument(1)?)?, in_folder: read(argument(2)?)? }
        }
        "clock" => Step::Clock { at: read(argument(0)?)? },
        "submit" => Step::Submit { command: read(argument(0)?)? },
        "submit_all" => Step::SubmitAll { commands: read(argument(0)?)? },
        "ingest_webhook" => {
            let headers: Vec<(String, String)> = read(argument(1)?)?;
            let headers = headers.into_iter().map(|(name, value)| Header { name, value }).collect();
            Step::Webhook { stripe: stripe(argument(0)?)?, headers, body: text(2)?.into_bytes() }
        }
        "import" => Step::Import { mapping: text(0)?, rows: bytes(&text(1)?)? },
        "open" => Step::Open { folder: text(0)?, how: text(1)?, seed: read(argument(2)?)? },
        "close" => Step::Close,
        "mishap" => Step::Mishap { what: argument(0)?.to_string() },
        "backup" => Step::Backup { from: text(0)?, to: text(1)? },
        "backup_keys" => Step::BackupKeys { from: text(0)?, to_file: text(1)? },
        "restore" => Step::Restore { backup: text(0)?, keys: text(1)?, to: text(2)? },
        "follow" => Step::Follow { source: text(0)?, copy: text(1)? },
        "promote" => Step::Promote { copy: text(0)? },
        question => Step::Ask { query: read(&json!({ question: with }))? },
    };
    Ok(Scripted { step, wanted: line.get("answer").unwrap_or(&Value::Null).to_string() })
}

fn stripe(told: &Value) -> Result<Stripe, LedgerError> {
    let of = |name: &str| told.get(name).ok_or_else(|| broken("stripe"));
    let text = |name: &str| of(name).and_then(read::<String>);
    let mode: StripeMode = read(of("mode")?)?;
    Ok(Stripe { processor: text("processor")?, bank: text("bank")?, secrets: vec![text("secret")?], mode })
}

fn bytes(hex: &str) -> Result<Vec<u8>, LedgerError> {
    let pairs = hex.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).ok()?, 16).ok();
    pairs.map(|pair| byte(pair).ok_or_else(|| broken("hexadecimal"))).collect()
}

fn plain(of: &impl Serialize) -> Value {
    serde_json::to_value(of).unwrap_or(Value::Null)
}

fn failed(problem: &Problem) -> Value {
    json!({
        "code": problem.code, "name": problem.name, "kind": problem.kind, "message": problem.message,
        "retryable": problem.retryable, "fields": problem.fields,
    })
}

/// The fields of errors as they cross, each as its text.
fn as_texts(mut told: Value) -> Value {
    if let Some(fields) = told.get_mut("fields").and_then(Value::as_object_mut) {
        for field in fields.values_mut().filter(|field| !field.is_string()) {
            *field = field.to_string().into();
        }
    }
    if let Some(inner) = told.as_object_mut() {
        for value in inner.values_mut() {
            *value = as_texts(value.take());
        }
    }
    if let Some(inner) = told.as_array_mut() {
        for value in inner {
            *value = as_texts(value.take());
        }
    }
    told
}

fn told(outcome: &StepOutcome) -> Value {
    match outcome {
        StepOutcome::Committed { committed } => json!({ "ok": plain(committed) }),
        StepOutcome::Submitted { all } => {
            let each = |submitted: &Submitted| match submitted {
                Submitted::Committed { committed } => json!({ "ok": plain(committed) }),
                Submitted::Refused { problem } => json!({ "error": failed(problem) }),
            };
            json!({ "ok": all.iter().map(each).collect::<Vec<_>>() })
        }
        StepOutcome::Answered { answer } => json!({ "ok": plain(answer) }),
        StepOutcome::Ingested { ingested } => json!({ "ok": plain(ingested) }),
        StepOutcome::Imported { imported, rejects } => {
            let rejects: Vec<Value> =
                rejects.iter().map(|reject| json!([reject.line, reject.code, reject.reason])).collect();
            let stopped = imported.stopped.as_ref().map(failed);
            json!({ "report": counted(imported), "rejects": rejects, "stopped": stopped })
        }
        StepOutcome::Opened { report } => json!({ "ok": plain(report) }),
        StepOutcome::Closed => json!({ "ok": null }),
        StepOutcome::BackedUp { report } => json!({ "ok": plain(report) }),
        StepOutcome::KeysBackedUp { report } => json!({ "ok": plain(report) }),
        StepOutcome::Restored { report } => json!({ "ok": plain(report) }),
        StepOutcome::Followed { followed } => json!({ "ok": plain(followed) }),
        StepOutcome::Promoted { epoch } => json!({ "ok": epoch }),
        StepOutcome::Failed { problem } => json!({ "error": failed(problem) }),
    }
}

fn counted(imported: &Imported) -> Value {
    let report = &imported.report;
    let mut sums: Map<String, Value> = Map::new();
    for each in &report.sums {
        let of_kind = sums.entry(each.kind.clone()).or_insert_with(|| json!({}));
        if let Some(of_kind) = of_kind.as_object_mut() {
            of_kind.insert(each.sum.currency.to_string(), plain(&each.sum));
        }
    }
    json!({
        "rows": report.rows, "gifts": report.gifts, "refunds": report.refunds, "adjustments": report.adjustments,
        "memo": report.memo, "pass_through": report.pass_through, "zero": report.zero,
        "duplicates": report.duplicates, "conflicts": report.conflicts, "rejected": report.rejected, "sums": sums,
    })
}

/// Sets the clock of every ledger that was opened with a time.
#[uniffi::export]
pub fn set_clock(at: Timestamp) {
    testkit::set_clock(at);
}

/// Lets something happen to the ledger in a folder.
#[uniffi::export]
pub fn let_happen(folder: String, what: String) -> Result<(), LedgerError> {
    let mishap: Mishap = serde_json::from_str(&what).map_err(|error| broken(&error.to_string()))?;
    mishap
        .happen(Path::new(&folder), &testkit::faults())
        .map_err(|error| broken(&format!("{error} in {what}")))
}

/// What is another than in Rust; nothing where it is the same. Folders, processes and places in files differ from run to run.
#[uniffi::export]
pub fn difference(wanted: String, outcome: StepOutcome) -> Result<Option<String>, LedgerError> {
    let Ok(own) = Regex::new(r#"/[^\s/"]+(/[^\s/"]+)*/|process \d+|at byte \d+|"holder":"\d+""#) else {
        return Err(broken("pattern"));
    };
    let same = |value: Value| own.replace_all(&value.to_string(), "").into_owned();
    let wanted: Value = serde_json::from_str(&wanted).map_err(|error| broken(&error.to_string()))?;
    let (wanted, found) = (same(as_texts(wanted)), same(told(&outcome)));
    Ok((wanted != found).then(|| format!("wanted {wanted}\n found {found}")))
}
