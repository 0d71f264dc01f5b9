//! The command line, as clap reads it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::bookkeeping::{PeriodTask, Reallocate};
use crate::corrections::CorrectTask;
use crate::past::{Balances, Sheet, StatementTask, Totals};

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
    /// Give back all or some of a gift.
    #[command(after_help = "Example:\n  ledger --dir books refund gft_… --amount 5.00 --key refund-1")]
    Refund(Refund),
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
    /// A small invented appeal, start to finish, in a temporary folder.
    #[command(after_help = "Example:\n  ledger demo")]
    Demo,
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
            Self::Import(task) => task.dry_run,
            Self::Init(_)
            | Self::Rebuild
            | Self::Cause(_)
            | Self::Donate(_)
            | Self::Refund(_)
            | Self::Reallocate(_)
            | Self::Correct(_)
            | Self::Period(_)
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

/// Creating a ledger.
#[derive(clap::Args)]
pub struct Init {
    /// Whose books: agency, a platform that passes money on; principal, one charity's own.
    #[arg(long, default_value = "agency")]
    pub mode: String,
}

/// Importing files.
#[derive(clap::Args)]
pub struct Import {
    /// A mapping file, or fec-schedule-a, fec-schedule-b, fec-itcont.
    #[arg(long)]
    pub map: String,
    /// Where rows that are not posted are written, with line, code and reason; also in a dry run.
    #[arg(long)]
    pub rejects: Option<PathBuf>,
    /// Decide every row and write nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
    /// The files.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// Asking for a key.
#[derive(clap::Args)]
pub struct Status {
    /// The idempotency key.
    pub key: String,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Reading the journal.
#[derive(clap::Args)]
pub struct Changes {
    /// The record after which to begin.
    #[arg(long, default_value_t = 0)]
    pub after: u64,
    /// Most records.
    #[arg(long)]
    pub limit: Option<u64>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// A list by net.
#[derive(clap::Args)]
pub struct List {
    /// Only so many.
    #[arg(long)]
    pub top: Option<usize>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
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

/// What can be done with causes.
#[derive(Subcommand)]
pub enum CauseTask {
    /// Open a cause.
    #[command(
        after_help = "Example:\n  ledger --dir books cause open --name Water --currency EUR --external-id water --goal 5000"
    )]
    Open {
        /// Its name.
        #[arg(long)]
        name: String,
        /// Its currency, three letters of ISO 4217.
        #[arg(long)]
        currency: String,
        /// Your own id of it.
        #[arg(long)]
        external_id: Option<String>,
        /// How much is to be raised.
        #[arg(long)]
        goal: Option<String>,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

/// What can be done with donors.
#[derive(Subcommand)]
pub enum DonorTask {
    /// Register a donor.
    #[command(
        after_help = "Example:\n  ledger --dir books donor add --name Ada --email ada@example.org --external-id u-17"
    )]
    Add {
        /// Name.
        #[arg(long)]
        name: String,
        /// E-mail address.
        #[arg(long)]
        email: Option<String>,
        /// Your own id of the donor.
        #[arg(long)]
        external_id: Option<String>,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Write all that is held about a donor as one JSON document.
    #[command(after_help = "Example:\n  ledger --dir books donor export u-17 --out ada.json")]
    Export {
        /// The donor, by id or external id.
        donor: String,
        /// A file; without one, standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Make two donors one, or undo that. Nothing that was recorded changes.
    #[command(
        after_help = "Example:\n  ledger --dir books donor merge u-17 u-99 --dry-run\n  ledger --dir books donor merge u-17 u-99\n  ledger --dir books donor merge --undo don_…"
    )]
    Merge {
        /// The donor that both ids mean from now on, by id or external id.
        #[arg(required_unless_present = "undo")]
        keep: Option<String>,
        /// The donor whose id becomes another name.
        #[arg(required_unless_present = "undo")]
        gone: Option<String>,
        /// Show the donor that would come of it, and write nothing.
        #[arg(long)]
        dry_run: bool,
        /// Undo the merge of this donor, by its id or external id.
        #[arg(long, value_name = "GONE", conflicts_with_all = ["keep", "gone", "dry_run"])]
        undo: Option<String>,
        /// Makes a repeat harmless.
        #[arg(long)]
        key: Option<String>,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
    /// Destroy what is personal about a donor, for good. Money and totals stay.
    #[command(after_help = "Example:\n  ledger --dir books donor erase u-17 --reason requested --yes")]
    Erase {
        /// The donor, by id or external id.
        donor: String,
        /// Why; it is recorded.
        #[arg(long)]
        reason: Reason,
        /// Really.
        #[arg(long)]
        yes: bool,
        /// Makes a repeat harmless.
        #[arg(long)]
        key: Option<String>,
        /// How to print.
        #[command(flatten)]
        output: Output,
    },
}

impl DonorTask {
    /// Whether it writes nothing.
    pub fn only_reads(&self) -> bool {
        matches!(self, Self::Export { .. } | Self::Merge { dry_run: true, .. })
    }
}

/// Why a donor is erased.
#[derive(Clone, Copy, ValueEnum)]
pub enum Reason {
    /// The donor asked for it.
    Requested,
    /// The time for which the data had to be kept is over.
    RetentionEnded,
    /// The donor should never have been registered.
    Mistake,
}

/// Recording a gift.
#[derive(clap::Args)]
pub struct Donate {
    /// The donor, by id or external id.
    #[arg(long)]
    pub donor: String,
    /// A cause, by id or external id, and an amount. Once for each cause.
    #[arg(long = "to", value_name = "CAUSE=AMOUNT", required = true)]
    pub to: Vec<String>,
    /// An amount for the platform on top.
    #[arg(long)]
    pub tip: Option<String>,
    /// What the processor kept.
    #[arg(long)]
    pub fee: Option<String>,
    /// Who bears the fee: the causes and the tip in proportion, or the platform.
    #[arg(long, default_value = "causes")]
    pub fee_bearer: Bearer,
    /// One per act of giving: the same key never takes money twice.
    #[arg(long)]
    pub key: String,
    /// The bank account or till that received the money.
    #[arg(long, default_value = "main")]
    pub bank: String,
    /// The day of the gift, as 2026-01-31.
    #[arg(long)]
    pub on: Option<String>,
    /// The donor's words.
    #[arg(long)]
    pub memo: Option<String>,
    /// The donor must not be named.
    #[arg(long)]
    pub anonymous: bool,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Who bears a fee.
#[derive(Clone, Copy, ValueEnum)]
pub enum Bearer {
    /// The causes and the tip, in proportion.
    Causes,
    /// The platform.
    Platform,
}

impl From<Bearer> for ledger_core::FeeBearer {
    fn from(bearer: Bearer) -> Self {
        match bearer {
            Bearer::Causes => Self::Causes,
            Bearer::Platform => Self::Platform,
        }
    }
}

/// Giving back.
#[derive(clap::Args)]
pub struct Refund {
    /// The donation.
    pub donation: String,
    /// An amount, over all parts in proportion. Without it and without --cause: everything that is left.
    #[arg(long, conflicts_with = "cause")]
    pub amount: Option<String>,
    /// A cause and an amount. Once for each cause.
    #[arg(long, value_name = "CAUSE=AMOUNT")]
    pub cause: Vec<String>,
    /// One per act of refunding.
    #[arg(long)]
    pub key: String,
    /// The day of the refund, as 2026-01-31.
    #[arg(long)]
    pub on: Option<String>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Writing the journal.
#[derive(clap::Args)]
pub struct Export {
    /// The form.
    #[arg(long)]
    pub format: Format,
    /// A file; without one, standard output.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Forms of the journal.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// For hledger and ledger.
    Hledger,
    /// For beancount.
    Beancount,
    /// For spreadsheets.
    Csv,
    /// For programs.
    Jsonl,
}
