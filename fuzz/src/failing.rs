//! A ledger over a medium that fails on purpose, and what must be true after each failure.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use arbitrary::Unstructured;
use ledger_core::testkit::Files;
use ledger_core::{
    Command, Committed, ErrorCode, FaultPlan, KeyStatus, Ledger, LedgerError, Options, RegisterDonor,
};

use crate::base_book::{BaseBook, START, options};
use crate::drawing::Draw;
use crate::known::{Known, is_recorded_by};
use crate::sound::{assert_replayed, assert_sound, read_all, seq_of};

static WIDE: LazyLock<BaseBook> = LazyLock::new(BaseBook::wide);

/// A ledger whose medium fails at times.
pub struct Failing {
    files: Files,
    plan: Arc<FaultPlan>,
    clock: Arc<AtomicI64>,
    ledger: Ledger,
    known: Known,
    /// The last record that was acknowledged, or found at opening.
    seq: u64,
    /// The keys of records that were found at opening, some of them of calls that were told that nobody knows.
    found: BTreeSet<String>,
}

type Answers = [Result<Committed, LedgerError>];

impl Failing {
    /// A new ledger, or one whose last segment is nearly full.
    pub fn new(is_wide: bool) -> Self {
        let files = if is_wide { Files::of(WIDE.files.clone()) } else { Files::default() };
        let (plan, clock) = (FaultPlan::none(), Arc::new(AtomicI64::new(START)));
        let ledger = files.open(with(&plan, &clock)).expect("a ledger on a medium that works");
        let known = Known { clock: START, ..Known::default() };
        let seq = seq_of(&ledger);
        let records = ledger.changes(0, 10_000).expect("every record");
        let found = records.into_iter().filter_map(|record| record.key).collect();
        Self { files, plan, clock, ledger, known, seq, found }
    }

    /// One step: a failure is planned, the ledger is opened again, everything is read, or commands are asked.
    pub fn step(&mut self, bytes: &mut Unstructured<'_>) {
        let mut draw = Draw::new(bytes, &self.known);
        let after = |draw: &mut Draw<'_, '_>, most| u32::try_from(draw.below(most)).expect("few");
        match draw.below(16) {
            0 | 1 => self.plan.fail_writes_after(after(&mut draw, 12)),
            2 | 3 => self.plan.fail_syncs_after(after(&mut draw, 12)),
            4 => self.plan.fail_reads_after(after(&mut draw, 64)),
            5 => {
                let is_closed = draw.below(2) == 0;
                self.open_again(is_closed);
            }
            6 => {
                self.known.clock = draw.clock();
                self.clock.store(self.known.clock, Ordering::SeqCst);
            }
            7 => self.read(),
            _ => {
                let commands = draw.call();
                self.ask(&commands);
            }
        }
    }

    /// After a last opening on a medium that works everything is as it was told.
    pub fn end(mut self) {
        self.plan.heal();
        self.open_again(true);
        assert_replayed(&self.ledger, &self.known);
    }

    fn ask(&mut self, commands: &[Command]) {
        let answers = self.ledger.submit_all(commands.to_vec()).expect("few commands");
        let (mut failure, mut hidden) = (None, 0);
        for (command, answer) in commands.iter().zip(&answers) {
            match answer {
                Ok(committed) if is_recorded_by(command, committed) => {
                    let next = self.seq + 1..=self.seq + 1 + hidden;
                    assert!(
                        next.contains(&committed.seq),
                        "{} is none of {next:?}: {command:?}",
                        committed.seq
                    );
                    (self.seq, hidden) = (committed.seq, 0);
                }
                Ok(_) | Err(LedgerError::Rejected(_)) => {}
                Err(error) => {
                    // What is doubtful stops the ledger, whatever else of the call was merely not committed.
                    if failure != Some(ErrorCode::OutcomeUnknown) {
                        failure = Some(error.code());
                    }
                    // The record of an erasure is there before its key is destroyed, which is what may have failed.
                    hidden += u64::from(is_erasure(command));
                }
            }
            self.known.learn(command, answer);
        }
        match failure {
            None => {}
            Some(ErrorCode::NotCommitted) => self.not_committed(commands, &answers),
            Some(ErrorCode::OutcomeUnknown) => self.unknown(commands),
            Some(code) => panic!("{code:?} of {answers:?}"),
        }
    }

    /// What was not committed is not there, and the ledger goes on.
    fn not_committed(&mut self, commands: &[Command], answers: &Answers) {
        self.plan.heal();
        assert_eq!(seq_of(&self.ledger), self.seq, "nothing was committed: {answers:?}");
        for key in commands.iter().filter(|command| command.claims_key()).filter_map(Command::key) {
            let is_known = self.known.committed.iter().any(|(command, _)| command.key() == Some(key));
            let was_committed = is_known || self.found.contains(key);
            let is_committed = !matches!(self.ledger.status(key), Ok(KeyStatus::Unseen));
            assert!(was_committed || !is_committed, "{key} was not committed");
        }
        let next = Command::RegisterDonor(RegisterDonor::default());
        let answer = self.ledger.submit(next.clone());
        self.seq += 1;
        assert_eq!(answer.as_ref().map(|done| done.seq), Ok(self.seq), "the ledger goes on");
        self.known.learn(&next, &answer);
    }

    /// The ledger takes no more writes, shows what was acknowledged, and knows after it was opened again.
    fn unknown(&mut self, commands: &[Command]) {
        self.plan.heal();
        let refused = self.ledger.register_donor(RegisterDonor::default()).map_err(|error| error.code());
        assert_eq!(refused, Err(ErrorCode::Closed), "a doubtful write stops the ledger");
        if !commands.iter().any(is_erasure) {
            assert_eq!(seq_of(&self.ledger), self.seq);
            read_all(&self.ledger).expect("reads go on");
        }
        let acknowledged = self.seq;
        self.open_again(false);
        let most = acknowledged + u64::try_from(commands.len()).expect("few");
        assert!((acknowledged..=most).contains(&self.seq), "{} after {acknowledged}", self.seq);
    }

    fn read(&self) {
        if let Err(error) = read_all(&self.ledger) {
            assert_eq!(error.code(), ErrorCode::ReadFailed, "{error}");
            self.plan.heal();
            read_all(&self.ledger).expect("reads on a medium that works again");
        }
    }

    /// Closes or drops the ledger and opens it, at the second try on a medium that works.
    fn open_again(&mut self, is_closed: bool) {
        if is_closed && let Err(error) = self.ledger.close() {
            assert_eq!(error.code(), ErrorCode::OutcomeUnknown, "{error}");
        }
        let opened = self.files.open(with(&self.plan, &self.clock)).or_else(|error| {
            assert!(matches!(error.code(), ErrorCode::NotCommitted | ErrorCode::ReadFailed), "{error}");
            self.plan.heal();
            self.files.open(with(&self.plan, &self.clock))
        });
        self.plan.heal();
        self.ledger = opened.expect("a ledger on a medium that works");
        let found = self.ledger.changes(0, 10_000).expect("every record");
        for (command, committed) in &self.known.committed {
            let place = usize::try_from(committed.seq - 1).expect("small");
            let record = found.get(place).unwrap_or_else(|| panic!("{} is gone: {command:?}", committed.seq));
            assert_eq!(record.events, committed.events, "of {command:?}");
        }
        assert_sound(&self.ledger);
        self.found = found.into_iter().filter_map(|record| record.key).collect();
        let before = std::mem::replace(&mut self.seq, seq_of(&self.ledger));
        assert!(before <= self.seq);
    }
}

fn is_erasure(command: &Command) -> bool {
    matches!(command, Command::EraseDonor(_))
}

fn with(plan: &Arc<FaultPlan>, clock: &Arc<AtomicI64>) -> Options {
    options().faults(Arc::clone(plan)).clock_set_by(Arc::clone(clock))
}
