//! One store doing one work at one size, in processes of its own.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::ValueEnum;
use tempfile::TempDir;

use crate::arguments::Step;
use crate::figures::Measured;
use crate::steps::ours::real_file;
use crate::store::Engine;
use crate::stores::postgres_server;

/// What is measured of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// One client.
    One,
    /// One client into a file whose blocks are there.
    OnePreallocated,
    /// 64 clients.
    Many,
    /// 64 clients, and two threads that read.
    ReadersBeside,
    /// 1,000 a group.
    Bulk,
    /// What bulk left, read.
    Reads,
    /// What bulk left, opened in every way, rebuilt and checked.
    Openings,
    /// 1,000 a group, in FEC order.
    BulkFec,
    /// The real file.
    Import,
}

impl Work {
    /// Words for the table.
    pub fn words(self) -> &'static str {
        match self {
            Self::One => "1 client",
            Self::OnePreallocated => "1 client, preallocated",
            Self::Many => "64 clients",
            Self::ReadersBeside => "64 clients and 2 readers",
            Self::Bulk => "bulk",
            Self::Reads => "reads",
            Self::Openings => "openings",
            Self::BulkFec => "bulk in FEC order",
            Self::Import => "import of 2016",
        }
    }

    /// Works of one stage are measured next to each other.
    fn stage(self) -> u32 {
        match self {
            Self::One | Self::OnePreallocated => 0,
            Self::Many | Self::ReadersBeside => 1,
            Self::Bulk | Self::Reads | Self::Openings => 2,
            Self::BulkFec | Self::Import => 3,
        }
    }
}

/// One store, one work, one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// The store.
    pub engine: Engine,
    /// The work.
    pub work: Work,
    /// Donations.
    pub size: u64,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.engine.word(), self.work.words())?;
        if self.size > 0 { write!(f, ", {} donations", self.size) } else { Ok(()) }
    }
}

impl Run {
    /// The order within a round: what is compared stands together, and stores take turns at being first.
    pub fn order(self, round: u32) -> (u32, u64, u32, Work) {
        let engine = self.engine as u32;
        let engine = if round.is_multiple_of(2) { engine } else { u32::MAX - engine };
        (self.work.stage(), self.size, engine, self.work)
    }

    /// Why this cannot be measured on this machine.
    pub fn missing(self) -> Option<String> {
        if self.engine == Engine::Postgres {
            return postgres_server::programs().err();
        }
        let no_data = self.work == Work::Import && real_file().is_none();
        no_data
            .then(|| "the real data is not here: set LEDGER_SHARED to the folder that holds data/".to_owned())
    }
}

/// Starts the processes.
pub struct Runner {
    folder: PathBuf,
    record_bytes: usize,
    /// What the last bulk left, for the works that go on from there.
    left: Option<(Engine, u64, TempDir)>,
}

/// Figures of a run by name.
pub type Figures = BTreeMap<String, f64>;

impl Runner {
    /// Measures in a folder. Gives donations to learn how many bytes a record has: so many that the room that the
    /// journal takes ahead, a mebibyte, does not count.
    pub fn new(folder: &Path) -> Self {
        let mut runner = Self { folder: folder.to_owned(), record_bytes: 0, left: None };
        let probe = Run { engine: Engine::Ledger, work: Work::Bulk, size: 64_000 };
        runner.record_bytes = runner.measure(probe)["log_bytes"].round() as usize;
        runner
    }

    /// Bytes of a record in the ledger's journal.
    pub fn record_bytes(&self) -> usize {
        self.record_bytes
    }

    /// The figures of a run. Panics when a store has not what it acknowledged.
    pub fn measure(&mut self, run: Run) -> Figures {
        let step = match run.work {
            Work::One => Step::One,
            Work::OnePreallocated => Step::OnePreallocated,
            Work::Many => Step::Many,
            Work::ReadersBeside => Step::ReadersBeside,
            Work::BulkFec => Step::BulkFec,
            Work::Import => Step::Import,
            Work::Bulk => return self.fill(run),
            Work::Reads => return self.read(run),
            Work::Openings => return self.open(run),
        };
        let folder = self.empty();
        self.process(run, step, folder.path())
    }

    fn empty(&self) -> TempDir {
        tempfile::Builder::new().prefix("run-").tempdir_in(&self.folder).unwrap()
    }

    fn fill(&mut self, run: Run) -> Figures {
        self.left = None;
        let folder = self.empty();
        let figures = self.process(run, Step::Bulk, folder.path());
        self.left = Some((run.engine, run.size, folder));
        figures
    }

    /// The folder that a bulk of this store and size left.
    fn filled(&mut self, run: Run) -> PathBuf {
        if !matches!(&self.left, Some((engine, size, _)) if (*engine, *size) == (run.engine, run.size)) {
            self.fill(run);
        }
        self.left.as_ref().unwrap().2.path().to_owned()
    }

    fn read(&mut self, run: Run) -> Figures {
        let folder = self.filled(run);
        self.process(run, Step::Reads, &folder)
    }

    /// After a clean close, a power cut (no state, no seal), and the death of the process.
    fn open(&mut self, run: Run) -> Figures {
        let folder = self.filled(run);
        let mut figures = Figures::new();
        let mut open = |name: &str, folder: &Path| {
            let opened = self.process(run, Step::Open, folder);
            figures.insert(name.to_owned(), opened["open_s_per_million"]);
        };
        open("clean_s", &folder);
        fs::remove_dir_all(folder.join("state")).unwrap();
        fs::remove_file(folder.join("state.seal")).unwrap();
        open("power_cut_s", &folder);
        let killed = self.empty();
        self.process(run, Step::BulkThenDie, killed.path());
        open("killed_s", killed.path());
        figures.extend(self.process(run, Step::Upkeep, &folder));
        self.left = None;
        figures
    }

    /// One process of this same program.
    fn process(&self, run: Run, step: Step, folder: &Path) -> Figures {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let word = step.to_possible_value().unwrap();
        command.arg("measure").args(["--engine", run.engine.word(), "--step", word.get_name()]);
        command.arg("--size").arg(run.size.to_string()).arg("--folder").arg(folder);
        command.arg("--record-bytes").arg(self.record_bytes.to_string());
        let ended = command.stderr(Stdio::inherit()).output().unwrap();
        let dies = step == Step::BulkThenDie;
        assert!(ended.status.success() != dies, "{run:?} {step:?}: {}", ended.status);
        serde_json::from_slice::<Measured>(&ended.stdout).unwrap().figures
    }
}
