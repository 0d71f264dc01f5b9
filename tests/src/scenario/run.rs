//! Runs the steps of a scenario against a ledger.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::{
    BookMode, Committed, FaultPlan, Ledger, LedgerError, Opening, OpeningReport, Options, Stats, Timestamp,
};
use serde::Serialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::commands::{self, Fields};
use super::names::{Names, without_number_after};
use super::parse::{Scenario, Step};
use super::played::{self, Notes, Played};
use super::{damage, imports, lines, show, webhooks};

/// Of what is drawn where everything is written down.
const SEED: u64 = 7;

/// Where the ledger of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In memory.
    Memory,
    /// In a folder, over sled.
    Folder,
}

/// A scenario in the making.
pub struct Run {
    /// The ledger, unless a step gave it up.
    pub ledger: Option<Played>,
    /// Names bound so far.
    pub names: Names,
    /// How the medium fails.
    pub faults: Arc<FaultPlan>,
    notes: Notes,
    place: Place,
    mode: BookMode,
    temp: TempDir,
    clock: Arc<AtomicI64>,
}

/// What a step answers.
pub type Answer = Result<Vec<String>, LedgerError>;

impl Run {
    /// Begins a scenario. One that sets no clock must not depend on the time: each place has another.
    pub fn begin(scenario: &Scenario, place: Place, mode: BookMode) -> Self {
        let time = match place {
            Place::Memory => "2026-01-31T10:00:00Z",
            Place::Folder => "2031-07-01T23:59:59Z",
        };
        Self::begin_noted(scenario, place, mode, None, time)
    }

    /// The same, at a time, and with what is asked and answered written down: ids then come out alike.
    pub fn begin_noted(scenario: &Scenario, place: Place, mode: BookMode, notes: Notes, time: &str) -> Self {
        let time = scenario.clock.as_deref().unwrap_or(time);
        played::note(&notes, "begin", json!([time, mode, place == Place::Folder]), Value::Null);
        let mut run = Self {
            notes,
            ledger: None,
            names: Names::default(),
            faults: FaultPlan::none(),
            place,
            mode,
            temp: TempDir::new().expect("a temporary folder"),
            clock: Arc::new(AtomicI64::new(micros(time))),
        };
        let ledger = run.open("ledger", run.options()).expect("a new ledger opens");
        run.ledger = Some(Played::new(ledger, run.notes.clone()));
        run
    }

    /// Runs all steps; gives the answers of each.
    pub fn all(mut self, scenario: &Scenario) -> Vec<Vec<String>> {
        scenario.steps().map(|step| self.answer(step)).collect()
    }

    fn answer(&mut self, step: &Step) -> Vec<String> {
        let lines = self.act(step).unwrap_or_else(|error| vec![show::error(&error)]);
        let folder = self.temp.path().display().to_string();
        let shown = |line: String| {
            let line = self.names.shown(&line).replace(&folder, "@temp");
            without_number_after(&without_number_after(&line, "process "), "at byte ")
        };
        lines.into_iter().map(shown).collect()
    }

    fn act(&mut self, step: &Step) -> Answer {
        let verb = step.verb.as_str();
        if commands::makes_command(verb) {
            let committed = self.ledger().submit(commands::command(step, &self.names)?)?;
            return Ok(self.noted(step, &committed));
        }
        if step.verb.starts_with('!') {
            return damage::act(self, step);
        }
        match step.verb.as_str() {
            "batch" => self.batch(step),
            "import" => imports::act(self.ledger(), &self.names, step),
            "webhook" => webhooks::act(self, step),
            "clock" => {
                self.note("clock", json!([step.words[0]]), Value::Null);
                self.clock.store(micros(&step.words[0]), Ordering::SeqCst);
                Ok(Vec::new())
            }
            "rebuild" => Ok(vec![format!("{} records", self.ledger().rebuild()?)]),
            "close" => self.ledger().close().map(|()| Vec::new()),
            "open" => self.open_as(step),
            "reopen" => {
                self.ledger().close()?;
                self.open_again()
            }
            "kill" => self.open_again(),
            _ => {
                let ledger = self.ledger().clone();
                lines::read(&ledger, &mut self.names, step)
            }
        }
    }

    /// The ledger of the run.
    pub fn ledger(&self) -> &Played {
        self.ledger.as_ref().expect("no ledger is open here")
    }

    /// The folder of the ledger.
    pub fn folder(&self) -> PathBuf {
        assert!(self.place == Place::Folder, "say `needs folder` in the first line");
        self.temp.path().join("ledger")
    }

    /// Another folder, or file, beside that of the ledger.
    pub fn beside(&self, name: &str) -> PathBuf {
        let _ = self.folder();
        self.temp.path().join(name)
    }

    /// Options of every opening.
    pub fn options(&self) -> Options {
        let faults = Arc::clone(&self.faults);
        let options = if self.notes.is_some() { Options::new().entropy_seed(SEED) } else { Options::new() };
        options
            .mode(self.mode)
            .clock_set_by(Arc::clone(&self.clock))
            .faults(faults)
            .key_hash_bits(8)
            .segment_bytes(64 << 10)
    }

    fn open(&self, folder: &str, options: Options) -> Result<Ledger, LedgerError> {
        match self.place {
            Place::Memory => Ledger::in_memory(options),
            Place::Folder => Ledger::open(self.temp.path().join(folder), options),
        }
    }

    /// Opens a ledger in a folder of the run, and writes that down.
    pub fn opened(&self, folder: &str, how: &str, options: Options) -> Result<Ledger, LedgerError> {
        // What is drawn for one ledger is not drawn for another.
        let seed = if folder == "ledger" { SEED } else { SEED + 1 };
        let options = if self.notes.is_some() { options.entropy_seed(seed) } else { options };
        let opened = match how {
            "read_only" => Ledger::open_read_only(self.folder(), options),
            _ => self.open(folder, options),
        };
        let answer = match &opened {
            Ok(ledger) => json!({ "ok": ledger.opening_report() }),
            Err(error) => json!({ "error": played::failure(error) }),
        };
        self.note("open", json!([folder, how, seed]), answer);
        opened
    }

    /// Adds to what is written down.
    pub fn note(&self, call: &str, with: Value, answer: Value) {
        played::note(&self.notes, call, with, answer);
    }

    /// Does something with folders, and writes down what came of it.
    pub fn managed<T: Serialize>(
        &self,
        call: &str,
        with: Value,
        answer: Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        self.note(call, with, played::outcome(&answer));
        answer
    }

    /// Drops the handle, as it is, and opens the folder again.
    fn open_again(&mut self) -> Answer {
        let _ = self.folder();
        self.ledger = None;
        let opened = self.opened("ledger", "again", self.options());
        self.keep(opened?)
    }

    fn open_as(&mut self, step: &Step) -> Answer {
        let _ = self.folder();
        let fields = Fields::new(step, &self.names);
        let how = fields.text("how");
        if how.as_deref() == Some("read_only") {
            fields.finish();
            let opened = self.opened("ledger", "read_only", self.options());
            return self.keep(opened?);
        }
        let opening = match how.as_deref() {
            None => Opening::OpenOrCreate,
            Some("existing") => Opening::OpenExisting,
            Some("new") => Opening::CreateNew,
            Some(other) => panic!("how={other}?"),
        };
        let folder = fields.text("folder").unwrap_or_else(|| "ledger".to_owned());
        fields.finish();
        let how = how.as_deref().unwrap_or("or_create");
        let opened = self.opened(&folder, how, self.options().opening(opening));
        self.keep(opened?)
    }

    fn keep(&mut self, ledger: Ledger) -> Answer {
        let shown = found(ledger.opening_report(), &ledger.stats()?);
        self.ledger = Some(Played::new(ledger, self.notes.clone()));
        Ok(vec![shown])
    }

    fn batch(&mut self, step: &Step) -> Answer {
        let fields = Fields::new(step, &self.names);
        let times = fields.number("repeat").unwrap_or(1);
        let is_counted = fields.text("show").is_some_and(|what| what == "count");
        fields.finish();
        let steps: Vec<Step> = (1..=times)
            .flat_map(|number| step.inner.iter().map(move |inner| inner.numbered(number)))
            .collect();
        let command =
            |inner: &Step| commands::command(inner, &self.names).expect("a command that can be built");
        let results = self.ledger().submit_all(steps.iter().map(command).collect())?;
        let committed = results.iter().filter(|result| result.is_ok()).count();
        let mut lines = Vec::new();
        for ((number, result), inner) in (1..).zip(results).zip(&steps) {
            let of_one = match result {
                Ok(committed) => self.noted(inner, &committed),
                Err(error) => vec![show::error(&error)],
            };
            lines.extend(of_one.into_iter().map(|line| format!("{number}: {line}")));
        }
        Ok(if is_counted { vec![format!("{committed} of {} committed", steps.len())] } else { lines })
    }

    /// Binds the step's name to what was made, and shows what was returned.
    pub(super) fn noted(&mut self, step: &Step, committed: &Committed) -> Vec<String> {
        // A report names what was made before.
        let makes =
            !["report_", "cancel_", "capture_", "attach"].iter().any(|start| step.verb.starts_with(start));
        if let (Some(id), Some(name)) = (committed.suspense(), step.words.first()) {
            self.names.bind(&if makes { name.clone() } else { format!("{name}.aside") }, &id.to_string());
        }
        if let Some(name) = step.words.first().filter(|word| makes && !is_reserved(word)) {
            let main = [
                committed.donation().map(|id| id.to_string()),
                committed.refund().map(|id| id.to_string()),
                committed.adjustment().map(|id| id.to_string()),
                committed.reallocation().map(|id| id.to_string()),
                committed.payment().map(|id| id.to_string()),
                committed.settlement().map(|id| id.to_string()),
                committed.payout().map(|id| id.to_string()),
                committed.dispute().map(|id| id.to_string()),
            ];
            if let Some(id) = committed.reversal() {
                self.names.bind(&format!("{name}.reversal"), &id.to_string());
            }
            let donor = committed.donor().map(|id| id.to_string());
            let cause = committed.cause().map(|id| id.to_string());
            let taken_over = step.verb == "takeover";
            let suffix = |kind: &str| {
                if taken_over { format!("{name}.{kind}") } else { name.clone() }
            };
            main.iter().flatten().for_each(|id| self.names.bind(name, id));
            if let Some(id) = &donor {
                self.names.bind(&suffix("donor"), id);
            }
            if let Some(id) = &cause {
                self.names.bind(&suffix("cause"), id);
            }
        }
        show::committed(committed)
    }
}

fn is_reserved(word: &str) -> bool {
    ["to", "from", "everything"].contains(&word)
}

fn micros(time: &str) -> i64 {
    Timestamp::parse(time).expect("an RFC 3339 time").micros()
}

/// How a ledger was opened.
fn found(report: &OpeningReport, stats: &Stats) -> String {
    let condition = format!("{:?}", report.state).to_lowercase();
    let rows = match report.records_folded_again {
        Some(count) => format!("state {condition}, {count} records folded again"),
        None => "at rest".to_owned(),
    };
    let cut = report.cut.as_ref().map(|cut| format!(", cut record {} to {}", cut.seq, cut.saved_as));
    format!("open at record {}, {rows}{}", stats.seq, cut.unwrap_or_default())
}
