//! `ledger backup`, `restore`, `doctor`, `follow` and `promote`: keeping the books safe.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use ledger_core::{
    BackupReport, Cure, Diagnosis, Finding, Followed, Follower, KeysReport, Options, RestoreReport, Severity,
};
use serde::Serialize;

use crate::args::Output;
use crate::problem::Problem;
use crate::screen::Screen;

const DONE: Result<ExitCode, Problem> = Ok(ExitCode::SUCCESS);

/// Between two looks at the source: ten a second, so that a copy is never a second behind.
const PAUSE: Duration = Duration::from_millis(100);

/// Making a backup.
#[derive(clap::Args)]
pub struct Backup {
    /// The folder of the backup; it is made, or continued.
    pub to: PathBuf,
    /// Copy the keys too, into this file. Keep it apart from the backup: erasing a donor reaches backups only where no
    /// copy of the key is left.
    #[arg(long, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Restoring a backup.
#[derive(clap::Args)]
pub struct Restore {
    /// The folder of the backup.
    pub backup: PathBuf,
    /// The folder of the ledger that is made; it must not be there, or be empty.
    pub to: PathBuf,
    /// The file of keys.
    #[arg(long, value_name = "FILE")]
    pub keys: PathBuf,
    /// Only show that it could be done: everything is made, checked and taken away again.
    #[arg(long)]
    pub drill: bool,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Looking at a ledger.
#[derive(clap::Args)]
pub struct Doctor {
    /// Make the state again from the journal, where nothing else is damaged.
    #[arg(long)]
    pub repair: bool,
    /// How to print.
    #[command(flatten)]
    pub output: Output,
}

/// Following a ledger.
#[derive(clap::Args)]
pub struct Follow {
    /// The folder of the ledger that is followed.
    pub source: PathBuf,
    /// The folder of the copy; it is made, or continued.
    pub copy: PathBuf,
    /// End as soon as the copy has this record (it may have later ones too); without it, go on until interrupted.
    #[arg(long, value_name = "SEQ")]
    pub until: Option<u64>,
}

/// What `backup --json` prints.
#[derive(Serialize)]
struct BackupDocument {
    #[serde(flatten)]
    backup: BackupReport,
    keys: Option<KeysReport>,
}

pub fn backup(dir: &Path, task: &Backup, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let backup = ledger_core::backup(dir, &task.to)?;
    // After the journal, so that the key of everybody in it is there.
    let keys = task.keys.as_ref().map(|file| ledger_core::backup_keys(dir, file)).transpose()?;
    if task.output.json {
        screen.json(&BackupDocument { backup, keys })?;
        return DONE;
    }
    let BackupReport { ledger, seq, root, segments, bytes_copied, is_incremental, .. } = &backup;
    let how = if *is_incremental { "continued" } else { "made" };
    screen.line(&format!(
        "backup of {ledger} {how}: up to record {seq}, {segments} segments, {bytes_copied} bytes copied"
    ))?;
    screen.line(&format!("root {root}"))?;
    match (&keys, &task.keys) {
        (Some(keys), Some(file)) => screen.line(&format!(
            "keys copied to {}: {} in use, {} destroyed",
            file.display(),
            keys.in_use,
            keys.destroyed
        ))?,
        (None, _) | (_, None) => screen.line(
            "no keys were copied, and without them no backup can be restored: say --keys FILE, and keep keys apart, so that erasing a donor can reach backups",
        )?,
    }
    DONE
}

pub fn restore(task: &Restore, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let work = if task.drill { ledger_core::drill } else { ledger_core::restore };
    let report = work(&task.backup, &task.keys, &task.to)?;
    if task.output.json {
        screen.json(&report)?;
        return DONE;
    }
    let RestoreReport {
        ledger,
        seq,
        root,
        is_end_certain,
        bytes_copied,
        rows_compared,
        keys_destroyed_again,
        ..
    } = &report;
    let what = if task.drill {
        format!("drill: {ledger} can be restored")
    } else {
        format!("restored {ledger} to {}", task.to.display())
    };
    screen.line(&format!(
        "{what}: up to record {seq}, {bytes_copied} bytes of journal, {rows_compared} rows compared"
    ))?;
    screen.line(&format!("root {root}"))?;
    if !is_end_certain {
        screen.line(
            "where the backup ends is not certain (its HEAD is damaged or older, or a run was stopped): compare the last \
             record with what the backup reported when it was made",
        )?;
    }
    if *keys_destroyed_again > 0 {
        screen.line(&format!(
            "{keys_destroyed_again} keys of erased donors are still in {}: copy the keys anew and destroy that file",
            task.keys.display()
        ))?;
    }
    DONE
}

pub fn doctor(dir: &Path, task: &Doctor, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let mut diagnosis = ledger_core::doctor(dir)?;
    if task.repair {
        let records = ledger_core::repair(dir)?;
        if !task.output.json {
            tell(&diagnosis, screen)?;
            screen.line(&format!("repaired: the state was made again from {records} records; it is now"))?;
        }
        diagnosis = ledger_core::doctor(dir)?;
    }
    if task.output.json {
        screen.json(&diagnosis)?;
    } else {
        tell(&diagnosis, screen)?;
    }
    Ok(if diagnosis.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(diagnosis: &Diagnosis, screen: &mut Screen) -> Result<(), Problem> {
    let Diagnosis { writer, acknowledged_seq, whole_seq, segments, epoch, .. } = diagnosis;
    let ledger =
        diagnosis.ledger.map_or_else(|| "a ledger without a readable id".to_owned(), |id| id.to_string());
    screen.line(&format!("{ledger}, epoch {epoch}, {segments} segments"))?;
    if let Some(process) = writer {
        screen.line(&format!(
            "process {process} has it open: what it may change at any moment was not looked at"
        ))?;
    }
    screen.line(&format!("journal whole up to record {whole_seq}, acknowledged {acknowledged_seq}"))?;
    screen.line(&format!("keys in use {}, destroyed {}", diagnosis.keys_in_use, diagnosis.keys_destroyed))?;
    for finding in &diagnosis.findings {
        screen.line(&line_of(finding))?;
    }
    screen.line(match diagnosis.worst() {
        None => "nothing to do",
        Some(Severity::Damage) => {
            "DAMAGED: copy the folder before anything else, then see docs/when-something-breaks.md"
        }
        Some(_) => "nothing is lost",
    })
}

fn line_of(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Damage => "DAMAGE",
        Severity::Warning => "warning",
        Severity::Note | _ => "note",
    };
    let cure = match finding.cure {
        Cure::NextOpening => "the next opening mends it",
        Cure::StateMadeAgain => "the state is made again from the journal",
        Cure::RestoreFromBackup => "restore this file from a backup",
        Cure::Nothing | _ => "nothing is needed",
    };
    let code = finding.code.map(|code| format!(" {}", code.number())).unwrap_or_default();
    let Finding { file, offset, seq, what, .. } = finding;
    format!("{severity}{code}: {file} at byte {offset}, record {seq}: {what} -> {cure}")
}

pub fn follow(task: &Follow, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let mut follower = Follower::open(&task.source, &task.copy)?;
    let mut is_first = true;
    loop {
        let step = follower.step()?;
        if is_first || step.records > 0 || step.keys_destroyed > 0 {
            show_step(&step, screen)?;
        }
        is_first = false;
        if task.until.is_some_and(|until| step.seq >= until) {
            return DONE;
        }
        #[allow(
            clippy::disallowed_methods,
            reason = "another process writes, and has no way to wake this one"
        )]
        std::thread::sleep(PAUSE);
    }
}

fn show_step(step: &Followed, screen: &mut Screen) -> Result<(), Problem> {
    let destroyed = match step.keys_destroyed {
        0 => String::new(),
        count => format!(", {count} keys destroyed"),
    };
    screen.line(&format!("record {} of {}{destroyed}", step.seq, step.source_seq))?;
    // Whoever watches sees it now.
    screen.finish()
}

pub fn promote(dir: &Path, output: Output, screen: &mut Screen) -> Result<ExitCode, Problem> {
    let ledger = Follower::promote(dir, Options::new())?;
    let (epoch, seq) = (ledger.epoch(), ledger.stats());
    ledger.close()?;
    let (epoch, seq) = (epoch?, seq?.seq);
    if output.json {
        screen.json(&Promoted { epoch, seq })?;
        return DONE;
    }
    screen.line(&format!("epoch {epoch} begun with record {seq}"))?;
    screen.line("the ledger that this one followed must not be written to any more")?;
    DONE
}

/// What `promote --json` prints.
#[derive(Serialize)]
struct Promoted {
    epoch: u64,
    seq: u64,
}
