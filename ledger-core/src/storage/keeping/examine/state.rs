//! The state at rest: whether it is what was sealed, and what the next opening will make of it. sled is not asked.

use super::journal::Journal;
use super::{Cure, Finding};
use crate::storage::boot::this_boot;
use crate::storage::medium::Medium;
use crate::storage::sled::{ASIDE, FOLDER, SEAL_FILE, Seal, is_unfinished_snapshot, running};
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::fault::Fault;

pub(super) fn examine(
    medium: &dyn Medium,
    journal: &Journal,
    findings: &mut Vec<Finding>,
) -> Result<(), Fault> {
    let files = medium.files_below(FOLDER)?;
    for file in files.iter().filter(|file| is_unfinished_snapshot(file)) {
        findings.push(Finding::note(
            file,
            "a snapshot that was being made; it is removed",
            Cure::NextOpening,
        ));
    }
    if !medium.files_below(ASIDE)?.is_empty() {
        let what = "a state that was being thrown away; it is removed when that is done next";
        findings.push(Finding::note(ASIDE, what, Cure::Nothing));
    }
    let seal = Seal::read(medium)?;
    if let Some(finding) = behind_the_seal(seal.as_ref(), journal) {
        findings.push(finding);
    }
    if files.is_empty() {
        findings.push(Finding::note(
            FOLDER,
            "there is none; it is made from the journal",
            Cure::StateMadeAgain,
        ));
        return Ok(());
    }
    match seal {
        Some(seal) => findings.extend(sealed(medium, &seal, journal)?),
        None if medium.length(SEAL_FILE)?.is_some() => {
            let what = "unreadable seal; the state is not believed";
            findings.push(Finding::warning(SEAL_FILE, what, Cure::StateMadeAgain));
        }
        None => findings.push(not_closed(medium)?),
    }
    Ok(())
}

/// What was sealed was acknowledged: a journal that ends before it was cut.
fn behind_the_seal(seal: Option<&Seal>, journal: &Journal) -> Option<Finding> {
    let (seal, end) = (seal?, journal.end.as_ref()?);
    if end.seq() >= seal.seq {
        return None;
    }
    let what = format!("journal ends at record {}, the state was sealed at {}", end.seq(), seal.seq);
    let file = crate::storage::journal::segment::name(end.segment);
    Some(Finding::damage(ErrorCode::JournalCut, file, what).at(end.offset, seal.seq))
}

fn sealed(medium: &dyn Medium, seal: &Seal, journal: &Journal) -> Result<Option<Finding>, Fault> {
    if !seal.holds(medium)? {
        let what = "the files are not those that were sealed";
        return Ok(Some(Finding::warning(FOLDER, what, Cure::StateMadeAgain).at(0, seal.seq)));
    }
    let Some(end) = &journal.end else { return Ok(None) };
    if seal.seq < end.seq() {
        let what = format!("it goes up to record {}; what follows is folded", seal.seq);
        return Ok(Some(Finding::note(FOLDER, what, Cure::NextOpening).at(0, seal.seq)));
    }
    if seal.seq == end.seq() && seal.root != end.root {
        let what = "it was made from other records than the journal has";
        return Ok(Some(Finding::warning(FOLDER, what, Cure::StateMadeAgain).at(0, seal.seq)));
    }
    Ok(None)
}

fn not_closed(medium: &dyn Medium) -> Result<Finding, Fault> {
    let boot = this_boot();
    let same_boot = boot.is_some() && running::read(medium)? == boot;
    Ok(if same_boot {
        let what = "its process ended without closing it; it is believed if its rows add up";
        Finding::note(FOLDER, what, Cure::NextOpening)
    } else {
        let what = "its process ended without closing it, and nobody knows whether it reached the disk";
        Finding::note(FOLDER, what, Cure::StateMadeAgain)
    })
}
