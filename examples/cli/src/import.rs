//! `ledger import`.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use indicatif::ProgressBar;
use ledger_core::{
    ImportError, ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, Ledger, Mapping, Options,
    RejectedRow,
};
use serde::Serialize;

use crate::args::Output;
use crate::beside::{self, Wanted};
use crate::problem::Problem;
use crate::screen::{Screen, progress};

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

/// What `--json` prints.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    report: &'a ImportReport,
    seconds: f64,
}

/// Writes rejects down and moves the bar.
struct Watch {
    rejects: Option<csv::Writer<File>>,
    bar: ProgressBar,
}

impl ImportWatch for Watch {
    fn rejected(&mut self, row: &RejectedRow) -> std::io::Result<()> {
        let Some(rejects) = &mut self.rejects else {
            return Ok(());
        };
        let (line, code) = (row.line.to_string(), row.code.number().to_string());
        rejects.write_record([
            line.as_bytes(),
            code.as_bytes(),
            row.reason.as_bytes(),
            row.original.as_slice(),
        ])?;
        Ok(())
    }

    fn progress(&mut self, so_far: &ImportReport) -> ImportFlow {
        self.bar.set_message(format!("{} rows", so_far.rows));
        ImportFlow::Continue
    }
}

/// Counts the bytes that were read, for the bar.
struct Counted<R> {
    inner: R,
    bar: ProgressBar,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(into)?;
        self.bar.inc(u64::try_from(count).unwrap_or(0));
        Ok(count)
    }
}

pub fn run(dir: &Path, task: &Import, wanted: Wanted, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let mapping = mapping(&task.map)?;
    // Every file is there before books are made for them and before the first is read.
    let files = open_files(task)?;
    if let Some(rejects) = &task.rejects {
        let map = PathBuf::from(&task.map);
        check_output(rejects, dir, task.files.iter().chain([&map]))?;
    }
    let ledger = ledger(dir, task, wanted, screen)?;
    let mode = if task.dry_run { ImportMode::DryRun } else { ImportMode::Post };
    let mut importer = Importer::new(&ledger, mapping, mode)?;
    #[allow(
        clippy::disallowed_methods,
        reason = "how long it took is shown to the operator, the ledger never sees it"
    )]
    let start = Instant::now();
    let outcome = read_files(files, task, &mut importer);
    let seconds = start.elapsed().as_secs_f64();
    let report = importer.report().clone();
    drop(importer);
    ledger.close()?;
    show(&report, seconds, task, screen)?;
    outcome.map(|()| ExitCode::SUCCESS)
}

/// The ledger; for a dry run on a folder that has none, one in memory, so that nothing is written.
fn ledger(dir: &Path, task: &Import, wanted: Wanted, screen: &mut Screen) -> Result<Ledger, Problem> {
    let is_there = dir.join("FORMAT").exists();
    match (task.dry_run, is_there) {
        (true, false) => Ok(Ledger::in_memory(Options::new())?),
        (true, true) => beside::open(dir, wanted, screen),
        (false, _) => Ok(Ledger::open(dir, Options::new())?),
    }
}

fn mapping(name: &str) -> Result<Mapping, Problem> {
    if let Some(shipped) = Mapping::shipped(name) {
        return Ok(shipped?);
    }
    let text = std::fs::read_to_string(name).map_err(|error| {
        let shipped = Mapping::shipped_names().join(", ");
        Problem::Plain(format!("mapping {name}: {error}; give the path of a file, or one of {shipped}"))
    })?;
    Ok(Mapping::parse(&text)?)
}

/// What is written may replace neither what is read nor a file of the ledger.
pub fn check_output<'a>(
    path: &Path,
    dir: &Path,
    read: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Problem> {
    let whole = |path: &Path| path.canonicalize().ok();
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let in_books = whole(dir).zip(whole(folder)).is_some_and(|(dir, folder)| folder.starts_with(dir));
    let is_read =
        whole(path).is_some_and(|path| read.into_iter().any(|other| whole(other) == Some(path.clone())));
    if in_books || is_read {
        let shown = path.display();
        return Err(Problem::Plain(format!(
            "{shown} is read by this task or belongs to the ledger: choose another file"
        )));
    }
    Ok(())
}

fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Problem {
    Problem::Plain(format!("{}: {error}", path.display()))
}

/// The files with their sizes.
fn open_files(task: &Import) -> Result<Vec<(u64, File)>, Problem> {
    let open = |path: &PathBuf| {
        let file = File::open(path).map_err(|error| unusable(path, &error))?;
        Ok((file.metadata()?.len(), file))
    };
    task.files.iter().map(open).collect()
}

fn read_files(files: Vec<(u64, File)>, task: &Import, importer: &mut Importer<'_>) -> Result<(), Problem> {
    let mut rejects = match &task.rejects {
        Some(path) => Some(csv::Writer::from_path(path).map_err(|error| unusable(path, &error))?),
        None => None,
    };
    if let Some(rejects) = &mut rejects {
        rejects
            .write_record(["line", "code", "reason", "original"])
            .map_err(|error| unusable(Path::new("rejects"), &error))?;
    }
    let mut watch = Watch { rejects, bar: ProgressBar::hidden() };
    for (bytes, inner) in files {
        watch.bar = progress(bytes);
        let bar = watch.bar.clone();
        let read: Result<ImportFlow, ImportError> = importer.read(Counted { inner, bar }, &mut watch);
        watch.bar.finish_and_clear();
        read?;
    }
    watch.rejects.as_mut().map_or(Ok(()), csv::Writer::flush)?;
    Ok(())
}

fn show(report: &ImportReport, seconds: f64, task: &Import, screen: &mut Screen) -> Result<(), Problem> {
    if task.output.json {
        return screen.json(&Document { report, seconds });
    }
    let posted = if task.dry_run { ", nothing posted (dry run): it would come to" } else { "" };
    screen.line(&format!(
        "{} rows read from {} file(s) in {seconds:.1} s{posted}",
        report.rows,
        task.files.len()
    ))?;
    let mut rows = Vec::new();
    for (name, count) in report.counts() {
        let sums = report.sums.get(name).into_iter().flatten();
        let sums: Vec<String> = sums
            .map(|(currency, sum)| format!("{} {currency}", currency.decimal_string(sum.minor)))
            .collect();
        rows.push(vec![format!("  {name}"), count.to_string(), sums.join(", ")]);
    }
    screen.table(&rows)?;
    let unposted = report.rejected.saturating_add(report.conflicts);
    if unposted > 0 && task.rejects.is_none() {
        screen.note(&format!("{unposted} rows were not posted; run again with --rejects FILE to see why"));
    }
    Ok(())
}
