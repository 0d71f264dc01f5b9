//! Plays actions against a ledger and the model, and compares.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::{
    BookMode, Command, Committed, Delivery, Durability, Ledger, LedgerError, Options, StateFound,
};

use super::agreement::all_reads_agree;
use super::draw::{Action, draw};
use crate::model::{Model, Verdict};

/// 2026-03-01T12:00:00Z.
const START: i64 = 1_772_366_400_000_000;

/// Where the ledger is kept.
pub enum Place {
    /// In memory; it cannot be closed and opened again.
    Memory,
    /// In a folder.
    Folder(tempfile::TempDir),
}

/// When the ledger audits itself. An audit of a folder brings all rows to disk, so a rehearsal with an audit
/// at every step never reads a mixture of rows in memory and on disk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audits {
    /// After every step.
    EveryStep,
    /// After every opening, and at the end.
    AtOpening,
}

/// A ledger and the model of it.
pub struct Rehearsal {
    place: Place,
    audits: Audits,
    options: Options,
    clock: Arc<AtomicI64>,
    ledger: Option<Ledger>,
    /// Beside the ledger, if it was asked for.
    reader: Option<Ledger>,
    model: Model,
    steps: usize,
    verdicts: BTreeMap<String, u64>,
    trace: bool,
}

impl Rehearsal {
    /// An empty ledger, with checkpoints, full segments and collisions of keys as often as can be.
    pub fn new(place: Place, audits: Audits, mode: BookMode) -> Self {
        let options = Options::new().mode(mode).checkpoint_records(3).key_hash_bits(8);
        let mut rehearsal = Self::with(place, audits, options);
        rehearsal.model.is_principal = mode == BookMode::Principal;
        rehearsal
    }

    /// An empty ledger with options of its own, except for the clock.
    pub fn with(place: Place, audits: Audits, options: Options) -> Self {
        let (clock, model, verdicts) = (Arc::new(AtomicI64::new(START)), Model::default(), BTreeMap::new());
        let options = options.clock_set_by(Arc::clone(&clock)).durability(Durability::Os);
        let options = options.segment_bytes(64 << 10).cache_bytes(1 << 20);
        let trace = std::env::var_os("REHEARSAL_TRACE").is_some();
        let mut rehearsal = Self {
            place,
            audits,
            options,
            clock,
            ledger: None,
            reader: None,
            model,
            steps: 0,
            verdicts,
            trace,
        };
        rehearsal.open();
        rehearsal
    }

    /// From now on a reader beside the ledger must say the same, after every step.
    pub fn read_beside(&mut self) {
        let Place::Folder(folder) = &self.place else { panic!("memory has one handle") };
        self.reader = Some(Ledger::open_read_only(folder.path(), self.options.clone()).expect("a reader"));
    }

    /// What the model knows by now.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How often the rules gave which answer: a number of an error, or a word.
    pub fn verdicts(&self) -> &BTreeMap<String, u64> {
        &self.verdicts
    }

    /// Plays the step that a seed stands for.
    pub fn step(&mut self, seed: u64) {
        let action = draw(seed, &self.model);
        self.play(action);
    }

    /// Plays a step, and compares everything.
    pub fn play(&mut self, action: Action) {
        let before = self.model.seq;
        let opens_again = matches!(action, Action::Close | Action::Kill);
        self.hurry(action);
        let size = [1, 2, 7][self.steps % 3];
        all_reads_agree(self.ledger(), &self.model, &[size], if opens_again { 0 } else { before });
        if self.audits == Audits::EveryStep {
            self.audit();
        }
        if let Some(reader) = &self.reader {
            assert_eq!(reader.refresh().expect("a reader that goes on"), self.model.seq);
            all_reads_agree(reader, &self.model, &[size], before);
            assert_eq!(reader.audit().expect("an audit").difference, None, "beside step {}", self.steps);
        }
    }

    /// Plays a step, and compares no more than what the ledger answers.
    pub fn hurry(&mut self, action: Action) {
        self.steps += 1;
        if self.trace {
            eprintln!("step {}: {action:?}", self.steps);
        }
        match action {
            Action::Ask(commands) => self.ask(commands),
            Action::MoveClock(by) => {
                self.clock.fetch_add(by, Ordering::Relaxed);
            }
            Action::Close => self.close(),
            Action::Kill => self.kill(),
        }
    }

    /// The last look, by pages of every size.
    pub fn end(mut self) {
        all_reads_agree(self.ledger(), &self.model, &[1, 2, 7], 0);
        self.audit();
        self.close();
        all_reads_agree(self.ledger(), &self.model, &[1, 2, 7], 0);
    }

    /// The ledger itself.
    pub fn ledger(&self) -> &Ledger {
        self.ledger.as_ref().expect("open between steps")
    }

    fn open(&mut self) {
        let opened = match &self.place {
            Place::Memory => Ledger::in_memory(self.options.clone()),
            Place::Folder(folder) => Ledger::open(folder.path(), self.options.clone()),
        };
        self.ledger = Some(opened.expect("a ledger that opens"));
    }

    fn close(&mut self) {
        let Place::Folder(_) = &self.place else { return };
        let ledger = self.ledger.take().expect("open between steps");
        ledger.close().expect("a ledger that closes");
        let refused = ledger.trial_balance().map_err(|error| error.code().number());
        assert_eq!(refused.err(), Some(5003), "a read after close");
        let command = Command::RegisterDonor(ledger_core::RegisterDonor::default());
        let refused = ledger.submit(command).map_err(|error| error.code().number());
        assert_eq!(refused.err(), Some(5003), "a write after close");
        drop(ledger);
        self.open();
        assert_eq!(self.ledger().opening_report().records_folded_again, None);
        self.audit();
    }

    fn kill(&mut self) {
        let Place::Folder(_) = &self.place else { return };
        drop(self.ledger.take());
        self.open();
        let report = self.ledger().opening_report();
        assert_eq!((report.state, &report.cut), (StateFound::Behind, &None));
        assert!(report.records_folded_again.is_some_and(|folded| folded <= self.model.seq));
        self.audit();
    }

    fn audit(&self) {
        let report = self.ledger().audit().expect("an audit");
        assert_eq!(report.difference, None, "after step {}", self.steps);
        assert_eq!(
            (report.seq, report.records, report.entries),
            (self.model.seq, self.model.seq, self.model.entries)
        );
        assert_eq!(report.keys, self.model.keys.len() as u64);
    }

    fn ask(&mut self, mut commands: Vec<Command>) {
        let now = self.clock.load(Ordering::Relaxed);
        let results = if commands.len() == 1 {
            vec![self.ledger().submit(commands[0].clone())]
        } else {
            self.ledger().submit_all(commands.clone()).expect("few commands")
        };
        assert_eq!(results.len(), commands.len());
        for (command, result) in commands.iter().zip(results) {
            self.compare(command, result, now);
        }
        self.model.asked.append(&mut commands);
    }

    fn compare(&mut self, command: &Command, result: Result<Committed, LedgerError>, now: i64) {
        let verdict = self.model.expect(command, now);
        let word = match &verdict {
            Verdict::Refused(number) => number.to_string(),
            Verdict::Replayed(_) => "replayed".to_owned(),
            Verdict::NothingNew => "nothing new".to_owned(),
            Verdict::Fresh => "fresh".to_owned(),
        };
        *self.verdicts.entry(word).or_default() += 1;
        let step = self.steps;
        match (verdict, result) {
            (Verdict::Refused(number), Err(error)) => {
                assert_eq!(
                    error.code().number(),
                    number,
                    "step {step}: {command:?} was refused with {error}"
                );
            }
            (Verdict::Replayed(wanted), Ok(found)) => assert_eq!(found, *wanted, "step {step}: {command:?}"),
            (Verdict::NothingNew, Ok(found)) => {
                assert_eq!((found.seq, found.delivery), (self.model.seq, Delivery::First));
                assert!(found.events.is_empty() && found.balances.is_empty(), "step {step}: {found:?}");
            }
            (Verdict::Fresh, Ok(found)) => {
                assert_eq!((found.seq, found.delivery), (self.model.seq + 1, Delivery::First), "step {step}");
                self.model.take(command, &found, now);
                assert_eq!(found.recorded_at.micros(), self.model.time, "step {step}");
                self.compare_balances(&found);
            }
            (verdict, result) => {
                panic!("step {step}: {command:?} gave {result:?}, the model says {verdict:?}")
            }
        }
    }

    /// The answer has every account that the record touched, once, as it is after it.
    fn compare_balances(&self, found: &Committed) {
        let touched =
            self.model.sheets.iter().filter(|(_, sheet)| sheet.lines.iter().any(|l| l.seq == found.seq));
        let wanted: BTreeMap<_, _> = touched
            .map(|(name, sheet)| (name.clone(), (sheet.debits, sheet.credits, sheet.lines.len() as u64)))
            .collect();
        let balances = found.balances.iter().map(|each| {
            let name = (each.account.name.to_string(), each.account.currency.code().to_owned());
            (name, (each.balance.debits_minor, each.balance.credits_minor, each.lines))
        });
        assert_eq!(balances.clone().count(), wanted.len(), "accounts of record {}", found.seq);
        assert_eq!(balances.collect::<BTreeMap<_, _>>(), wanted, "balances after record {}", found.seq);
    }
}
