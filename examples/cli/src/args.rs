//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::beside::Wanted;
use crate::bookkeeping::{PeriodTask, Reallocate};
use crate::corrections::CorrectTask;
use crate::donors::DonorTask;
use crate::import::Import;
use crate::keeping::{Backup, Doctor, Follow, Restore};
use crate::life::LifeTask;
use crate::lists::List;
use crate::past::{Balances, Sheet, StatementTask, Totals};
use crate::reading::{Changes, Export, Status};
use crate::writing::{CauseTask, Donate, Init};

/// The operator's tool of donation-ledger.
#[derive(Parser)]
#[command(name = "ledger", version, after_help = "Example:\n  ledger demo\n  ledger --dir books init")]
pub struct Args {
    /// The folder of the ledger.
    #[arg(long, global = true)]
    pub dir: Option<PathBuf>,
    /// Read without taking the folder from anybody: from the journal alone, in memory. Tasks that read do so by
    /// themselves while another process writes.
    #[arg(long, global = true)]
    pub read_only: bool,
    /// Where the journal is damaged, read what is whole before the damage, and say what is missing. For tasks that read.
    #[arg(long, global = true)]
    pub up_to_damage: bool,
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What the tool can do.
#[derive(Subcommand)]
pub enum Task {
    /// Create a ledger.
    #[command(after_help = "Example:\n  ledger --dir books init --mode agency")]
    Init(Init),
    /// Import delimited files, plain or gzip, by a mapping.
    #[command(
        after_help = "Example:\n  ledger --dir books import --map fec-schedule-a --rejects bad.csv gifts.csv.gz"
    )]
    Import(Import),
    /// Count what the ledger holds.
    #[command(after_help = "Example:\n  ledger --dir books stats --json")]
    Stats(Output),
    /// Check everything: replay the journal and compare every row of the state.
    #[command(after_help = "Example:\n  ledger --dir books verify")]
    Verify(Output),
    /// Make the derived state again from the journal.
    #[command(after_help = "Example:\n  ledger --dir books rebuild")]
    Rebuild,
    /// Show all balances and their sums, now or at a moment of the past.
    #[command(after_help = "Example:\n  ledger --dir books balances --at 2026-01-31")]
    Balances(Balances),
    /// Show the lines of a period, with the balance before, after each, and after the last.
    #[command(
        after_help = "Example:\n  ledger --dir books statement --cause water --from 2026-01-01 --to 2026-01-31"
    )]
    Statement(StatementTask),
    /// Show what all causes together received, by month or year.
    #[command(after_help = "Example:\n  ledger --dir books totals --by month --json")]
    Totals(Totals),
    /// Show what the book owns, owes and has of its own at the end of a day.
    #[command(after_help = "Example:\n  ledger --dir books sheet --at 2026-12-31")]
    Sheet(Sheet),
    /// Tell what became of an idempotency key.
    #[command(after_help = "Example:\n  ledger --dir books status order-17")]
    Status(Status),
    /// Show the journal after a record.
    #[command(after_help = "Example:\n  ledger --dir books changes --after 100 --json")]
    Changes(Changes),
    /// List causes with their totals, largest net first.
    #[command(after_help = "Example:\n  ledger --dir books causes --top 10")]
    Causes(List),
    /// List donors with their totals, largest net first.
    #[command(after_help = "Example:\n  ledger --dir books donors --top 20 --json")]
    Donors(List),
    /// Show the history of a donor, a cause or an account, latest first.
    #[command(after_help = "Example:\n  ledger --dir books history --account assets:bank:main --limit 20")]
    History(History),
    /// Open causes.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books cause open --name Water --currency EUR"
    )]
    Cause(CauseTask),
    /// Register, export, merge and erase donors.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books donor add --name Ada --email ada@example.org"
    )]
    Donor(DonorTask),
    /// Record a gift.
    #[command(
        after_help = "Example:\n  ledger --dir books donate --donor don_… --to water=20.00 --to school=5.00 --key order-17"
    )]
    Donate(Donate),
    /// What is done along the way of money.
    #[command(flatten)]
    Life(LifeTask),
    /// Move money from one cause to another: no new gift, no donor's figure changes.
    #[command(
        after_help = "Example:\n  ledger --dir books reallocate --from water --to school --amount 5.00 --key move-1"
    )]
    Reallocate(Reallocate),
    /// Take an entry back and put the right one in its place; nothing is edited.
    #[command(
        after_help = "Example:\n  ledger --dir books correct gft_… --to water=50.00 --fee 0.50 --key fix-1\n  ledger --dir books correct gft_… --on 2026-04-02 --reversed-on 2026-04-02 --key fix-2\n  ledger --dir books correct ref_… --nothing never-happened --key fix-3"
    )]
    Correct(CorrectTask),
    /// Close periods.
    #[command(
        subcommand,
        after_help = "Example:\n  ledger --dir books period close --through 2025-12-31 --key close-2025"
    )]
    Period(PeriodTask),
    /// Write the whole journal in a form that other tools read.
    #[command(after_help = "Example:\n  ledger --dir books export --format hledger --out books.journal")]
    Export(Export),
    /// Copy the journal to another folder, beside whoever writes; the next time only what is new.
    #[command(
        after_help = "Example:\n  ledger --dir books backup /mnt/backup/books --keys /mnt/safe/books.keys"
    )]
    Backup(Backup),
    /// Make a ledger from a backup and a file of keys, and check it.
    #[command(
        after_help = "Example:\n  ledger restore /mnt/backup/books restored --keys /mnt/safe/books.keys\n  ledger restore /mnt/backup/books drill --keys /mnt/safe/books.keys --drill"
    )]
    Restore(Restore),
    /// Read every file, change nothing, and say what is damaged and what to do.
    #[command(after_help = "Example:\n  ledger --dir books doctor\n  ledger --dir books doctor --repair")]
    Doctor(Doctor),
    /// Keep a copy of a ledger up to date, keys and all, until interrupted.
    #[command(after_help = "Example:\n  ledger follow books /mnt/standby/books")]
    Follow(Follow),
    /// Let a copy that followed take its source's place: it is written to from now on.
    #[command(after_help = "Example:\n  ledger --dir /mnt/standby/books promote")]
    Promote(Output),
    /// A small invented appeal, start to finish, in a temporary folder.
    #[command(after_help = "Example:\n  ledger demo")]
    Demo,
}

impl Args {
    /// How a task that reads is to have the ledger.
    pub fn wanted(&self) -> Wanted {
        match (self.up_to_damage, self.read_only) {
            (true, _) => Wanted::UpToDamage,
            (false, true) => Wanted::ReadOnly,
            (false, false) => Wanted::Whole,
        }
    }
}

impl Task {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        match self {
            Self::Stats(_)
            | Self::Verify(_)
            | Self::Balances(_)
            | Self::Statement(_)
            | Self::Totals(_)
            | Self::Sheet(_)
            | Self::Status(_)
            | Self::Changes(_)
            | Self::Causes(_)
            | Self::Donors(_)
            | Self::History(_)
            | Self::Export(_) => true,
            Self::Donor(task) => task.only_reads(),
            Self::Life(task) => task.only_reads(),
            Self::Import(task) => task.dry_run,
            Self::Init(_)
            | Self::Rebuild
            | Self::Cause(_)
            | Self::Donate(_)
            | Self::Reallocate(_)
            | Self::Correct(_)
            | Self::Period(_)
            | Self::Backup(_)
            | Self::Restore(_)
            | Self::Doctor(_)
            | Self::Follow(_)
            | Self::Promote(_)
            | Self::Demo => false,
        }
    }
}

/// How to print.
#[derive(clap::Args, Clone, Copy)]
pub struct Output {
    /// Print one JSON document.
    #[arg(long)]
    pub json: bool,
}

/// Whose history.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub struct HistoryOf {
    /// A donor, by id or external id.
    #[arg(long)]
    pub donor: Option<String>,
    /// A cause, by id or external id.
    #[arg(long)]
    pub cause: Option<String>,
    /// An account, by name as balances list it.
    #[arg(long)]
    pub account: Option<String>,
}

/// Reading a history.
#[derive(clap::Args)]
#[group(skip)]
pub struct History {
    /// Whose, or of what.
    #[command(flatten)]
    pub of: HistoryOf,
    /// Most lines, 1 to 1000.
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Where to begin, as the page before said.
    #[arg(long)]
    pub cursor: Option<String>,
    /// The currency of an account that has several.
    #[arg(long)]
    pub currency: Option<String>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}
