//! The keyring: its header, every slot, and whether those are whole that the journal needs.

use super::journal::Journal;
use super::{Cure, Finding, of_fault};
use crate::storage::keeping::keys::{CopiedKeys, slot_beside};
use crate::storage::keyring::{self, ERASED, FILE};
use crate::storage::medium::Medium;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

pub(super) fn examine(
    medium: &dyn Medium,
    ledger: LedgerId,
    journal: &Journal,
    is_in_use: bool,
    findings: &mut Vec<Finding>,
) -> Result<CopiedKeys, Fault> {
    let mut keys = CopiedKeys::default();
    if let Err(fault) = keyring::read_secret(medium, ledger) {
        findings.push(of_fault(fault, ErrorCode::KeyringDamaged)?);
        return Ok(keys);
    }
    let (named, doomed) = (journal.named.slots(), journal.named.doomed());
    for index in 0..keyring::slots_of(medium.length(FILE)?.unwrap_or(0)) {
        match slot_beside(medium, index)? {
            Some((state, _)) => {
                keys.count(state);
                let is_told = !named.contains(&index) || doomed.contains(&index) || journal.is_damaged;
                if state == ERASED && !is_told && keyring::is_half_erased(medium, index)? {
                    findings.push(of_fault(keyring::erased_by_nobody(index), ErrorCode::KeyringDamaged)?);
                }
                if state != ERASED && !is_in_use && doomed.contains(&index) {
                    let what = "the key of a donor whose erasure is recorded; it is destroyed";
                    let finding = Finding::warning(FILE, what, Cure::NextOpening);
                    findings.push(finding.at(keyring::slot_offset(index), 0));
                }
            }
            // A block that was being made.
            None if keyring::is_blank(medium, index)? => break,
            None => {
                keys.slots = keys.slots.saturating_add(1);
                findings.push(damaged(index, named.contains(&index), journal.is_damaged));
            }
        }
    }
    if let Some(last) = named.last().filter(|last| **last >= keys.slots) {
        let what = format!("keyring ends before slot {last}, which is in use");
        let finding = Finding::damage(ErrorCode::KeyringDamaged, FILE, what);
        findings.push(finding.at(keyring::slot_offset(keys.slots), 0));
    }
    Ok(keys)
}

fn damaged(index: u32, is_named: bool, is_journal_damaged: bool) -> Finding {
    let finding = if is_named {
        Finding::damage(ErrorCode::KeyringDamaged, FILE, "the damaged key of a donor")
    } else if is_journal_damaged {
        let what = "a damaged key; whether it is in use cannot be said while the journal is damaged";
        Finding::warning(FILE, what, Cure::RestoreFromBackup)
    } else {
        Finding::note(FILE, "a damaged key that nobody uses; it is made again", Cure::NextOpening)
    };
    finding.at(keyring::slot_offset(index), 0)
}
