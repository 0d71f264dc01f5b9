//! Tasks that read.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use ledger_core::{
    Account, AccountName, CauseId, Committed, Currency, DonorId, ErrorCode, Event, ExportFormat, HistoryLine,
    HistoryPage, KeyStatus, Ledger, Order, PageRequest, Stats,
};
use serde::Serialize;

use crate::args::{History, Output};
use crate::import::check_output;
use crate::problem::Problem;
use crate::screen::Screen;

const DONE: Result<ExitCode, Problem> = Ok(ExitCode::SUCCESS);

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

/// What is counted, and whose books these are.
#[derive(Serialize)]
struct StatsDocument {
    mode: &'static str,
    #[serde(flatten)]
    stats: Stats,
}

pub fn stats(ledger: &Ledger, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let stats = ledger.stats()?;
    let mode = ledger.identity().mode.word();
    if output.json {
        screen.json(&StatsDocument { mode, stats })?;
        return DONE;
    }
    screen.line(&format!("{mode} books {}", ledger.identity().ledger))?;
    let rows = [
        ("donors", stats.donors),
        ("causes", stats.causes),
        ("donations", stats.donations),
        ("records", stats.records),
        ("entries", stats.entries),
        ("journal bytes", stats.journal_bytes),
        ("state bytes", stats.state_bytes),
    ];
    screen.table(&rows.map(|(name, value)| vec![name.to_owned(), value.to_string()]))?;
    DONE
}

pub fn verify(ledger: &Ledger, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let report = ledger.audit()?;
    let is_damaged = ledger.opening_report().damage.is_some();
    let sound = report.difference.is_none() && !is_damaged;
    if output.json {
        screen.json(&report)?;
    } else {
        screen
            .line(&format!("records   {:>10}  bytes, checksums, sequence and hash tree", report.records))?;
        screen.line(&format!(
            "entries   {:>10}  balance, follow from their events, running totals go on",
            report.entries
        ))?;
        screen.line(&format!("keys      {:>10}  find their records", report.keys))?;
        screen.line(&format!(
            "rows      {:>10}  are what the journal says, and none is missing",
            report.rows
        ))?;
        screen.line(&format!("root      {}", report.root))?;
        match &report.difference {
            None if is_damaged => screen.line("DAMAGED: what is before the damage holds")?,
            None => screen.line("everything holds")?,
            Some(difference) => screen.line(&format!("DIFFERENCE: {difference}"))?,
        }
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub fn status(ledger: &Ledger, task: &Status, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let status = ledger.status(&task.key)?;
    if task.output.json {
        screen.json(&status)?;
        return DONE;
    }
    if let KeyStatus::Committed { committed } = status {
        screen.line(&format!("committed as record {} at {}", committed.seq, committed.recorded_at))?;
        show_record(&committed, screen)?;
    } else {
        screen.line("not seen: no command with this key was committed")?;
    }
    DONE
}

/// What a record did: its events, and what accounts came to.
pub fn show_record(committed: &Committed, screen: &mut Screen) -> Result<(), Problem> {
    for event in &committed.events {
        screen.line(&format!("    {}", told(event)))?;
    }
    for each in &committed.balances {
        let net = each.account.currency.decimal_string(each.net_minor());
        screen.line(&format!("    {}  {net}", each.account))?;
    }
    Ok(())
}

/// An event in short: its kind and the id of what it made, or of the donor or causes that it changed.
fn told(event: &Event) -> String {
    let donor = event.donor().map(|id| id.to_string());
    let changed = donor.or_else(|| event.causes().first().map(ToString::to_string));
    let about = event.made().or(changed).map(|id| format!(" {id}")).unwrap_or_default();
    format!("{}{about}", event.word())
}

pub fn changes(ledger: &Ledger, task: &Changes, screen: &mut Screen) -> Result<ExitCode, Problem> {
    const PAGE: u32 = 1_000;
    let mut after = task.after;
    let mut left = task.limit.unwrap_or(u64::MAX);
    let mut all = Vec::new();
    while left > 0 {
        let size = u32::try_from(left).unwrap_or(PAGE).min(PAGE);
        let page = ledger.changes(after, size)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        left = left.saturating_sub(u64::try_from(page.len()).unwrap_or(left));
        if task.output.json {
            all.extend(page);
            continue;
        }
        for change in page {
            let events = change.events.iter().map(told).collect::<Vec<_>>().join(", ");
            let key = change.key.map(|key| format!("  key {key}")).unwrap_or_default();
            screen.line(&format!("{}  {}  {events}{key}", change.seq, change.day))?;
            for entry in &change.entries {
                let day = if entry.day == change.day { String::new() } else { format!("  on {}", entry.day) };
                for line in &entry.lines {
                    let amount = line.account.currency.decimal_string(line.amount_minor.into());
                    screen.line(&format!("    {:?} {} {amount}{day}", line.side, line.account))?;
                }
            }
        }
    }
    if task.output.json {
        screen.json(&all)?;
    }
    DONE
}

/// A donor by id, or else by external id; of a merged donor the very id that was meant, so that what is recorded
/// for it can be parted again. Who names a donor like another's id must not receive for them.
pub fn find_donor(ledger: &Ledger, text: &str) -> Result<DonorId, Problem> {
    if let Ok(id) = text.parse::<DonorId>()
        && ledger.donor(id)?.is_some()
    {
        return Ok(id);
    }
    match ledger.donor_by_external_id(text)? {
        Some(donor) => Ok(donor.asked_as),
        None => Err(nobody(ErrorCode::UnknownDonor, "donor", "ledger donor add")),
    }
}

fn nobody(code: ErrorCode, what: &str, remedy: &str) -> Problem {
    let message =
        format!("no {what} has this id or external id: see `ledger {what}s`, or make one with `{remedy}`");
    Problem::Coded { code: code.number(), message }
}

/// A cause by id, or else by external id.
pub fn find_cause(ledger: &Ledger, text: &str) -> Result<CauseId, Problem> {
    if let Ok(id) = text.parse::<CauseId>()
        && ledger.cause(id)?.is_some()
    {
        return Ok(id);
    }
    match ledger.cause_by_external_id(text)? {
        Some(cause) => Ok(cause.id),
        None => Err(nobody(ErrorCode::UnknownCause, "cause", "ledger cause open")),
    }
}

pub fn history(ledger: &Ledger, task: &History, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let cursor = task.cursor.as_deref().map(str::parse).transpose()?;
    let request = PageRequest { order: Order::NewestFirst, cursor, lines_max: task.limit };
    if let Some(name) = &task.of.account {
        let account = account(ledger, name, task.currency.as_deref())?;
        let page = ledger.account_history(&account, &request)?;
        if task.output.json {
            screen.json(&page)?;
            return DONE;
        }
        let currency = account.currency;
        let rows: Vec<Vec<String>> = page
            .lines
            .iter()
            .map(|each| {
                let net = currency.decimal_string(each.posted.balance.net_minor(account.name.account_type()));
                let amount = currency.decimal_string(each.posted.amount_minor.into());
                vec![
                    each.day.to_string(),
                    each.seq.to_string(),
                    format!("{:?}", each.posted.side),
                    amount,
                    net,
                ]
            })
            .collect();
        screen.table(&rows)?;
        return next(page.next.map(|next| next.to_string()), screen);
    }
    let page = match (&task.of.donor, &task.of.cause) {
        (Some(donor), _) => ledger.donor_history(find_donor(ledger, donor)?, &request)?,
        (None, Some(cause)) => ledger.cause_history(find_cause(ledger, cause)?, &request)?,
        (None, None) => return Err(Problem::usage("history needs --donor, --cause or --account")),
    };
    show_history(page, task.output, screen)
}

fn show_history(page: HistoryPage, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    if output.json {
        screen.json(&page)?;
        return DONE;
    }
    let rows: Vec<Vec<String>> = page
        .lines
        .iter()
        .map(|line| {
            let what = word_of(line);
            let amount = line.amount.map(|amount| amount.to_string()).unwrap_or_default();
            let donor = line.donor.map(|donor| donor.to_string()).unwrap_or_default();
            vec![line.day.to_string(), line.seq.to_string(), what, amount, donor, about(line)]
        })
        .collect();
    screen.table(&rows)?;
    next(page.next.map(|next| next.to_string()), screen)
}

/// The id of what a line is about; of a refund and a reversal also that of what it is of.
fn about(line: &HistoryLine) -> String {
    let ids = [
        line.reversal.map(|id| id.to_string()),
        line.refund.map(|id| id.to_string()),
        line.donation.map(|id| id.to_string()),
        line.adjustment.map(|id| id.to_string()),
        line.reallocation.map(|id| id.to_string()),
        line.merged_into.map(|id| id.to_string()),
    ];
    ids.into_iter().flatten().collect::<Vec<_>>().join(" of ")
}

/// What a line is about, in a word.
pub fn word_of(line: &HistoryLine) -> String {
    line.reason.map_or_else(|| format!("{:?}", line.kind), |reason| reason.word().to_owned())
}

fn next(cursor: Option<String>, screen: &mut Screen) -> Result<ExitCode, Problem> {
    if let Some(cursor) = cursor {
        screen.line(&format!("more: --cursor {cursor}"))?;
    }
    DONE
}

/// The name of an account, with a cause by its id or, as exports have it, by its external id.
fn account_name(ledger: &Ledger, name: &str) -> Result<AccountName, Problem> {
    let parts: Vec<&str> = name.split(':').collect();
    for (place, part) in parts.iter().enumerate() {
        if let Some(cause) = ledger.cause_by_external_id(part)? {
            let id = cause.id.to_string();
            let with_id = parts.iter().enumerate().map(|(at, part)| if at == place { &id } else { *part });
            if let Ok(name) = with_id.collect::<Vec<_>>().join(":").parse() {
                return Ok(name);
            }
        }
    }
    name.parse().map_err(|error: ledger_core::AccountNameError| Problem::Coded {
        code: error.code().number(),
        message: error.to_string(),
    })
}

/// An account by the name that balances or exports show; where it has several currencies, one must be named.
pub fn account(ledger: &Ledger, name: &str, currency: Option<&str>) -> Result<Account, Problem> {
    let name = account_name(ledger, name)?;
    let wanted: Option<Currency> = currency.map(str::parse).transpose()?;
    let found = ledger.trial_balance()?.balances.into_iter().map(|each| each.account);
    let mut matching = found
        .filter(|account| account.name == name && wanted.is_none_or(|wanted| wanted == account.currency));
    let first =
        matching.next().ok_or_else(|| Problem::Plain(format!("nothing was ever posted to {name}")))?;
    match matching.next() {
        None => Ok(first),
        Some(second) => {
            let currencies = format!("{} and {}", first.currency, second.currency);
            Err(Problem::Plain(format!(
                "{name} has several currencies, among them {currencies}: name one with --currency"
            )))
        }
    }
}

pub fn export(ledger: &Ledger, dir: &Path, task: &Export, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let format = match task.format {
        Format::Hledger => ExportFormat::Hledger,
        Format::Beancount => ExportFormat::Beancount,
        Format::Csv => ExportFormat::Csv,
        Format::Jsonl => ExportFormat::JsonLines,
    };
    let Some(path) = &task.out else {
        let mut out = Watched { inner: screen.out(), failure: None };
        let exported = ledger.export(format, &mut out);
        // The stream's own failure says more than the ledger's: a reader that went away is none at all.
        if let Some(failure) = out.failure {
            return Err(failure.into());
        }
        exported?;
        return DONE;
    };
    check_output(path, dir, [])?;
    let file = File::create(path).map_err(|error| Problem::Plain(format!("{}: {error}", path.display())))?;
    ledger.export(format, &mut BufWriter::new(file))?;
    DONE
}

/// Keeps how writing failed.
struct Watched<'a> {
    inner: &'a mut dyn Write,
    failure: Option<std::io::Error>,
}

impl Watched<'_> {
    fn keep(&mut self, error: std::io::Error) -> std::io::Error {
        let told = error.kind().into();
        self.failure = Some(error);
        told
    }
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.inner.write(bytes).map_err(|error| self.keep(error))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush().map_err(|error| self.keep(error))
    }
}
