//! `ledger donor`: who gives, and who is to be forgotten.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use ledger_core::{
    Committed, DonorId, DonorProfile, EraseDonor, ErasureReason, Event, KeyStatus, Ledger, MergeDonors,
    RegisterDonor, UndoMerge,
};

use crate::args::Output;
use crate::import::check_output;
use crate::problem::Problem;
use crate::reading::find_donor;
use crate::screen::Screen;
use crate::writing::show;

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

pub fn run(ledger: &Ledger, dir: &Path, task: &DonorTask, screen: &mut Screen) -> Result<ExitCode, Problem> {
    match task {
        DonorTask::Add { name, email, external_id, output } => {
            let profile = DonorProfile {
                name: Some(name.clone()),
                email: email.clone(),
                external_id: external_id.clone(),
                ..DonorProfile::default()
            };
            add(ledger, profile, *output, screen)
        }
        DonorTask::Export { donor, out } => {
            let donor = find_donor(ledger, donor)?;
            let Some(path) = out else {
                ledger.export_donor(donor, screen.out())?;
                return Ok(ExitCode::SUCCESS);
            };
            check_output(path, dir, [])?;
            let file =
                File::create(path).map_err(|error| Problem::Plain(format!("{}: {error}", path.display())))?;
            ledger.export_donor(donor, &mut BufWriter::new(file))?;
            Ok(ExitCode::SUCCESS)
        }
        DonorTask::Merge { undo: Some(gone), key, output, .. } => {
            let gone = find_donor(ledger, gone)?;
            let committed = ledger.undo_merge(UndoMerge { key: key.clone(), gone })?;
            show(format!("{gone} on its own again"), &committed, *output, screen)
        }
        DonorTask::Merge { keep, gone, dry_run, key, output, .. } => {
            let find = |who: &Option<String>| find_donor(ledger, who.as_deref().unwrap_or_default());
            let command = MergeDonors { key: key.clone(), keep: find(keep)?, gone: find(gone)? };
            merge(ledger, command, *dry_run, *output, screen)
        }
        DonorTask::Erase { donor, reason, yes, key, output } => {
            // Erased, nobody is found by an external id any more: a repeat is known by its key.
            let before = key.as_deref().map(|key| ledger.status(key)).transpose()?;
            let (donor, ids) = match (find_donor(ledger, donor), before) {
                (Ok(donor), _) => (donor, ids_of(ledger, donor)?),
                (Err(_), Some(KeyStatus::Committed { committed })) if !erased(&committed).is_empty() => {
                    return show(told(&erased(&committed)), &committed, *output, screen);
                }
                (Err(problem), _) => return Err(problem),
            };
            if !yes {
                let message = format!(
                    "this destroys what is personal about {}, for good: say --yes to do it",
                    ids.join(" and ")
                );
                return Err(Problem::Plain(message));
            }
            let reason = match reason {
                Reason::Requested => ErasureReason::Requested,
                Reason::RetentionEnded => ErasureReason::RetentionEnded,
                Reason::Mistake => ErasureReason::Mistake,
            };
            let committed = ledger.erase_donor(EraseDonor { key: key.clone(), donor, reason })?;
            show(told(&erased(&committed)), &committed, *output, screen)
        }
    }
}

/// All ids of a donor.
fn ids_of(ledger: &Ledger, donor: DonorId) -> Result<Vec<String>, Problem> {
    let known = ledger.donor(donor)?;
    let ids = known.into_iter().flat_map(|known| [vec![known.id], known.merged].concat());
    Ok(ids.map(|id| id.to_string()).collect())
}

/// The donors that were erased.
fn erased(committed: &Committed) -> Vec<String> {
    let erased = committed.events.iter().filter_map(|event| {
        if let Event::DonorErased { donor, .. } = event { Some(donor.to_string()) } else { None }
    });
    erased.collect()
}

fn told(erased: &[String]) -> String {
    format!("erased {}", erased.join(" and "))
}

fn add(
    ledger: &Ledger,
    profile: DonorProfile,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    let committed = ledger.register_donor(RegisterDonor { profile, ..RegisterDonor::default() })?;
    let id = committed.donor().map(|id| id.to_string()).unwrap_or_default();
    show(id, &committed, output, screen)
}

fn merge(
    ledger: &Ledger,
    command: MergeDonors,
    dry_run: bool,
    output: Output,
    screen: &mut Screen,
) -> Result<ExitCode, Problem> {
    let (keep, gone) = (command.keep, command.gone);
    if !dry_run {
        let committed = ledger.merge_donors(command)?;
        return show(format!("{gone} into {keep}"), &committed, output, screen);
    }
    let donor = ledger.dry_run_of_merge(command)?;
    if output.json {
        screen.json(&donor)?;
        return Ok(ExitCode::SUCCESS);
    }
    let ids: Vec<String> = donor.merged.iter().map(ToString::to_string).collect();
    screen.line(&format!("would be {}, also {}", donor.id, ids.join(", ")))?;
    screen.line(&format!("    {} lines of history", donor.history_lines))?;
    for totals in &donor.totals {
        let figure = |minor| totals.currency.decimal_string(minor);
        let (gross, net) = (figure(totals.gross_minor), figure(totals.net_minor()));
        screen.line(&format!("    {} gross {gross} net {net}", totals.currency))?;
    }
    Ok(ExitCode::SUCCESS)
}
