//! What is done to ledgers before the power is cut: acts in an order that a seed gives.

use ledger_core::{DiskStep, Durability};

use crate::power::notes::Notes;
use crate::power::writing::Writing;

/// What can be done next.
#[derive(Debug, Clone, Copy)]
pub enum Act {
    /// A gift.
    Gift,
    /// Several gifts in one group.
    Group(u64),
    /// Several gifts with many words: a good part of a segment.
    Bulk(u64),
    /// New donors in one group.
    Register(u64),
    /// A refund.
    Refund,
    /// A merge.
    Merge,
    /// An erasure.
    Erase,
    /// The state is made again.
    Rebuild,
    /// A clean close, and an opening.
    Reopen,
    /// A killed process, and an opening.
    Kill,
    /// A clean close, and an opening that promises only what survives a killed process; or back.
    Promise(Durability),
}

/// A kind of workload.
pub struct Workload {
    /// Its name.
    pub name: &'static str,
    /// Records after which a checkpoint begins.
    checkpoint_records: u64,
    /// What it does; an act that stands twice comes twice as often.
    acts: &'static [Act],
    /// How many acts.
    length: usize,
    /// How many seeds of it an ordinary run takes.
    pub seeds: u64,
}

/// All kinds; those that write a ledger. What writes a backup is in `power::backups`.
pub const WORKLOADS: [Workload; 11] = [
    Workload { name: "creation", checkpoint_records: 20, acts: &[Act::Gift], length: 1, seeds: 6 },
    Workload { name: "gifts", checkpoint_records: 1_000, acts: GIFTS, length: 60, seeds: 4 },
    Workload { name: "groups", checkpoint_records: 1_000, acts: GROUPS, length: 50, seeds: 3 },
    Workload { name: "rolls", checkpoint_records: 200, acts: ROLLS, length: 40, seeds: 4 },
    Workload { name: "keys", checkpoint_records: 300, acts: KEYS, length: 14, seeds: 2 },
    Workload { name: "checkpoints", checkpoint_records: 20, acts: GROUPS, length: 60, seeds: 3 },
    Workload { name: "reopening", checkpoint_records: 20, acts: REOPENING, length: 40, seeds: 3 },
    Workload { name: "rebuild", checkpoint_records: 20, acts: REBUILDING, length: 40, seeds: 2 },
    Workload { name: "erasure", checkpoint_records: 20, acts: ERASING, length: 40, seeds: 3 },
    Workload { name: "system", checkpoint_records: 20, acts: SYSTEM, length: 60, seeds: 5 },
    Workload { name: "everything", checkpoint_records: 20, acts: EVERYTHING, length: 60, seeds: 4 },
];

const GIFTS: &[Act] = &[Act::Gift, Act::Gift, Act::Gift, Act::Refund, Act::Register(1), Act::Merge];
const GROUPS: &[Act] = &[Act::Group(7), Act::Gift, Act::Group(3), Act::Register(3)];
const ROLLS: &[Act] = &[Act::Bulk(40), Act::Bulk(20), Act::Gift];
const KEYS: &[Act] = &[Act::Register(60), Act::Gift];
const REOPENING: &[Act] = &[Act::Gift, Act::Group(5), Act::Register(1), Act::Reopen, Act::Kill];
const REBUILDING: &[Act] = &[Act::Gift, Act::Group(12), Act::Rebuild];
const ERASING: &[Act] = &[
    Act::Gift,
    Act::Register(2),
    Act::Register(1),
    Act::Erase,
    Act::Merge,
    Act::Group(6),
    Act::Reopen,
    Act::Kill,
];
const SYSTEM: &[Act] = &[
    Act::Gift,
    Act::Group(3),
    Act::Gift,
    Act::Gift,
    Act::Gift,
    Act::Bulk(15),
    Act::Promise(Durability::Os),
    Act::Promise(Durability::Sync),
    Act::Kill,
];
const EVERYTHING: &[Act] = &[
    Act::Gift,
    Act::Gift,
    Act::Group(9),
    Act::Bulk(30),
    Act::Register(2),
    Act::Refund,
    Act::Merge,
    Act::Erase,
    Act::Rebuild,
    Act::Reopen,
    Act::Kill,
    Act::Promise(Durability::Os),
    Act::Promise(Durability::Sync),
];

impl Workload {
    /// Plays it, and gives what it did to the disk and what it was told.
    pub fn play(&self, seed: u64) -> (Vec<DiskStep>, Notes) {
        let mut writing = Writing::begin(seed, self.checkpoint_records);
        writing.open(if self.name == "system" { Durability::Os } else { Durability::Sync });
        for _ in 0..2 {
            let (cause, donor) = (writing.book.cause(), writing.book.register());
            writing.commit(vec![cause]);
            writing.commit(vec![donor]);
        }
        for _ in 0..self.length {
            let act = writing.dice.pick(self.acts);
            writing.act(act);
        }
        if seed.is_multiple_of(2) {
            writing.close();
        }
        writing.end()
    }
}

impl Writing {
    fn act(&mut self, act: Act) {
        match act {
            Act::Gift => self.give(1, 0),
            Act::Group(most) => {
                let count = 1 + self.dice.below(most);
                self.give(count, 12);
            }
            Act::Bulk(most) => {
                let count = most / 2 + self.dice.below(most);
                self.give(count, 900);
            }
            Act::Register(count) => {
                let commands = (0..count).map(|_| self.book.register()).collect();
                self.commit(commands);
            }
            Act::Refund => {
                let command = self.book.refund(&mut self.dice);
                self.commit_some(command);
            }
            Act::Merge => {
                let command = self.book.merge(&mut self.dice);
                self.commit_some(command);
            }
            Act::Erase => self.erase(),
            Act::Rebuild => self.rebuild(),
            Act::Reopen => {
                self.close();
                self.open(self.durability());
            }
            Act::Kill => {
                self.kill();
                self.open(self.durability());
            }
            Act::Promise(durability) => {
                self.close();
                self.open(durability);
            }
        }
    }

    fn give(&mut self, count: u64, words: usize) {
        let commands = (0..count).map(|_| self.book.gift(&mut self.dice, words)).collect();
        self.commit(commands);
    }

    fn commit_some(&mut self, command: Option<crate::power::book::Keyed>) {
        if let Some(command) = command {
            self.commit(vec![command]);
        }
    }
}
