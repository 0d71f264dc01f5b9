//! A workload under way: a ledger over a disk that notes everything, and the notes of what it was told.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::{Durability, Ledger, Options, PowerDisk};
use tempfile::TempDir;

use crate::dice::Dice;
use crate::power::book::{Book, Keyed};
use crate::power::disk::WATCHED;
use crate::power::notes::{Erasure, Notes, told_of};

/// The start of the machine in which workloads run.
pub const BOOT: [u8; 16] = [1; 16];
/// The one after a power cut.
pub const NEXT_BOOT: [u8; 16] = [2; 16];
/// The one after a second power cut.
pub const LAST_BOOT: [u8; 16] = [3; 16];
/// Where slots of keys begin, and how long one is.
const SLOTS_AT: usize = 64;
const SLOT: usize = 44;

/// A folder, in memory where the system has such: nothing here needs a real disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A workload under way.
pub struct Writing {
    home: TempDir,
    disk: Arc<PowerDisk>,
    ledger: Option<Ledger>,
    clock: Arc<AtomicI64>,
    options: Options,
    durability: Durability,
    /// What chance decides.
    pub dice: Dice,
    /// What is known of the book.
    pub book: Book,
    /// What was told.
    pub notes: Notes,
    /// The last record.
    seq: u64,
    /// Its segment.
    segment: u32,
}

/// How every ledger here is opened.
pub fn options(seed: u64, checkpoint_records: u64) -> Options {
    let small = Options::new().cache_bytes(1 << 20).segment_bytes(64 << 10);
    small.checkpoint_records(checkpoint_records).entropy_seed(seed)
}

impl Writing {
    /// Begins with nothing.
    pub fn begin(seed: u64, checkpoint_records: u64) -> Self {
        let home = folder();
        let clock = Arc::new(AtomicI64::new(1_700_000_000_000_000));
        let options = options(seed, checkpoint_records).boot(Some(BOOT)).clock_set_by(Arc::clone(&clock));
        let disk = PowerDisk::new(home.path(), WATCHED);
        Self {
            options: options.power(Arc::clone(&disk)),
            home,
            disk,
            ledger: None,
            clock,
            durability: Durability::Sync,
            dice: Dice::new(seed),
            book: Book::default(),
            notes: Notes::default(),
            seq: 0,
            segment: 1,
        }
    }

    fn ledger(&self) -> &Ledger {
        self.ledger.as_ref().expect("an open ledger")
    }

    /// What it promises.
    pub fn durability(&self) -> Durability {
        self.durability
    }

    /// Opens the ledger, which makes what it finds durable.
    pub fn open(&mut self, durability: Durability) {
        let ledger = Ledger::open(self.home.path(), self.options.clone().durability(durability)).unwrap();
        self.durability = durability;
        let operations = self.disk.operations();
        self.notes.made.get_or_insert((operations, ledger.identity()));
        self.notes.promise(operations, self.seq);
        self.notes.prove(operations, self.segment, self.seq);
        self.ledger = Some(ledger);
    }

    /// Closes it.
    pub fn close(&mut self) {
        self.ledger.take().expect("an open ledger").close().unwrap();
        self.notes.promise(self.disk.operations(), self.seq);
        self.notes.rest(self.disk.operations());
        self.notes.prove(self.disk.operations(), self.segment, self.seq);
    }

    /// Leaves it as a killed process does.
    pub fn kill(&mut self) {
        drop(self.ledger.take());
    }

    /// Makes the state again.
    pub fn rebuild(&mut self) {
        assert_eq!(self.ledger().rebuild().unwrap(), self.seq);
    }

    /// Commits commands as one group, and notes what became of it.
    pub fn commit(&mut self, commands: Vec<Keyed>) {
        self.clock.fetch_add(60_000_000, Ordering::SeqCst);
        let (keys, commands): (Vec<_>, Vec<_>) = commands.into_iter().unzip();
        let (before, last_before) = (self.disk.operations(), self.seq);
        let results = self.ledger().submit_all(commands).unwrap();
        let after = self.disk.operations();
        for (key, result) in keys.into_iter().zip(results) {
            let committed = match result {
                Ok(committed) => committed,
                // Too much was given back before: nothing happens.
                Err(error) if key.starts_with("refund") => {
                    assert!(matches!(error, ledger_core::LedgerError::Rejected(_)), "{error}");
                    continue;
                }
                Err(error) => panic!("{key}: {error}"),
            };
            self.book.take_up(&key, &committed);
            self.seq = self.seq.max(committed.seq);
            self.notes.keys.push((key, committed.seq));
        }
        self.notes.begun(before, self.seq);
        if self.durability == Durability::Sync {
            self.notes.promise(after, self.seq);
        }
        self.notes.books.insert(self.seq, Arc::new(self.ledger().trial_balance().unwrap()));
        let (segment, root) = told_of(self.home.path(), self.seq);
        self.notes.roots.insert(self.seq, root);
        if segment > self.segment {
            self.notes.prove(after, segment, last_before);
            self.segment = segment;
        }
    }

    /// Erases a donor, and notes the key that was destroyed.
    pub fn erase(&mut self) {
        let Some((donor, command)) = self.book.erase(&mut self.dice) else { return };
        let before = fs::read(self.home.path().join("keys")).unwrap();
        self.commit(vec![command]);
        let after = fs::read(self.home.path().join("keys")).unwrap();
        let slots = before[SLOTS_AT..].chunks(SLOT).zip(after[SLOTS_AT..].chunks(SLOT));
        let destroyed: Vec<&[u8]> = slots
            .filter(|(before, after)| before[4..36] != after[4..36])
            .map(|(before, _)| &before[4..36])
            .collect();
        assert!(!destroyed.is_empty(), "a key was destroyed");
        for key in destroyed {
            let (key, email) = (key.to_vec(), donor.email());
            self.notes.erased.push(Erasure { donor: donor.id, email, key, seq: self.seq });
        }
    }

    /// Ends: what was done to the disk, and what was told.
    pub fn end(mut self) -> (Vec<ledger_core::DiskStep>, Notes) {
        self.kill();
        (self.disk.take_steps(), self.notes)
    }
}
