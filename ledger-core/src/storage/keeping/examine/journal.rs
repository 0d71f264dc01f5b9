//! The journal: every segment by itself, so that damage in one hides nothing of the next.

use super::{Cure, Finding, of_fault};
use crate::storage::Durability;
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::merkle::CompactRange;
use crate::storage::journal::read::{record_of, segments};
use crate::storage::journal::scan::{self, Next, Position, ReadGroup};
use crate::storage::journal::segment;
use crate::storage::keeping::keys::NamedSlots;
use crate::storage::keeping::source::epoch_in;
use crate::storage::medium::Medium;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// What the journal says.
#[derive(Default)]
pub(super) struct Journal {
    pub(super) segments: u64,
    /// Up to which record it is whole from its beginning.
    pub(super) whole_seq: u64,
    pub(super) epoch: u64,
    /// Which keys it needs, as far as it can be read.
    pub(super) named: NamedSlots,
    /// Where it ends; `None` where the last segment is damaged.
    pub(super) end: Option<Position>,
    pub(super) is_damaged: bool,
}

struct Scan<'a> {
    medium: &'a dyn Medium,
    ledger: LedgerId,
    newest: Option<HeadSlot>,
    is_in_use: bool,
    /// The tree that the next segment must go on from, where it is known.
    tree: Option<CompactRange>,
    is_head_there: bool,
    journal: Journal,
    findings: &'a mut Vec<Finding>,
}

pub(super) fn examine(
    medium: &dyn Medium,
    ledger: LedgerId,
    newest: Option<HeadSlot>,
    is_in_use: bool,
    findings: &mut Vec<Finding>,
) -> Result<Journal, Fault> {
    let mut scan = Scan {
        medium,
        ledger,
        newest,
        is_in_use,
        tree: Some(CompactRange::default()),
        is_head_there: false,
        journal: Journal { epoch: 1, ..Journal::default() },
        findings,
    };
    let numbers = segments(medium)?;
    scan.journal.segments = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
    let mut expected = 1;
    for number in &numbers {
        if *number != expected {
            scan.missing(expected);
        }
        expected = number.saturating_add(1);
        scan.one_segment(*number, numbers.last() == Some(number))?;
    }
    if newest.map_or(1, |slot| slot.segment) >= expected {
        scan.missing(expected);
        scan.journal.end = None;
    }
    scan.compare_head();
    Ok(scan.journal)
}

impl Scan<'_> {
    fn damage(&mut self, finding: Finding) {
        self.journal.is_damaged = true;
        self.tree = None;
        self.findings.push(finding);
    }

    fn missing(&mut self, number: u32) {
        let (file, seq) = (segment::name(number), self.journal.whole_seq);
        // Without a later one, whoever reads from the start finds that the journal ends there.
        let is_later = |other: &u32| *other > number;
        let is_last = !segments(self.medium).is_ok_and(|all| all.iter().any(is_later));
        let code = if is_last && number > 1 { ErrorCode::JournalCut } else { ErrorCode::JournalDamaged };
        let finding = Finding::damage(code, file, "segment is missing");
        self.damage(finding.at(0, seq));
    }

    /// What was promised to be there.
    fn promised(&self) -> u64 {
        self.newest.filter(|slot| slot.durability == Durability::Sync).map_or(0, |slot| slot.seq)
    }

    fn one_segment(&mut self, number: u32, is_last: bool) -> Result<(), Fault> {
        let file = segment::name(number);
        let acknowledged_in = self.newest.map_or(u32::MAX, |slot| slot.segment);
        if self.is_in_use && number > acknowledged_in {
            return Ok(());
        }
        let mut position = match scan::start_of(self.medium, number, self.ledger) {
            Ok(start) => start,
            Err(Fault::Damaged { .. }) if is_last && number > acknowledged_in => {
                let what = "a segment that was being begun, and holds nothing; it is removed";
                self.findings.push(Finding::note(file, what, Cure::NextOpening));
                return Ok(());
            }
            Err(fault) => {
                let finding = of_fault(fault, ErrorCode::JournalDamaged)?;
                self.damage(finding);
                self.journal.end = None;
                return Ok(());
            }
        };
        if self.tree.as_ref().is_some_and(|tree| *tree != position.tree) {
            let what = "segment that does not continue the one before";
            self.damage(Finding::damage(ErrorCode::JournalDamaged, &file, what).at(0, position.seq()));
        }
        let is_whole = self.groups(&mut position, is_last)?;
        self.tree = is_whole.then(|| position.tree.clone());
        self.journal.end = is_whole.then_some(position);
        Ok(())
    }

    /// Reads the groups of a segment; false at damage.
    fn groups(&mut self, position: &mut Position, is_last: bool) -> Result<bool, Fault> {
        loop {
            self.note_position(position);
            let until = self.newest.filter(|_| self.is_in_use);
            if until.is_some_and(|slot| position.seq() >= slot.seq && position.segment == slot.segment) {
                return Ok(true);
            }
            match scan::next_group(self.medium, position) {
                Ok(Next::Group(group)) => self.records(&group)?,
                Ok(Next::Clean) => return Ok(self.ends(position, is_last)),
                Ok(Next::Torn) => return Ok(self.torn(position, is_last)),
                // Nobody waited for these groups: the power may have taken any of them.
                Ok(Next::Broken(_)) if is_last && self.is_in_any_order() => {
                    return Ok(self.torn(position, is_last));
                }
                Ok(Next::Broken(fault)) | Err(fault) => {
                    let finding = of_fault(fault, ErrorCode::JournalDamaged)?;
                    self.damage(finding);
                    return Ok(false);
                }
            }
        }
    }

    fn is_in_any_order(&self) -> bool {
        self.newest.is_some_and(|slot| slot.durability == Durability::Os)
    }

    fn note_position(&mut self, position: &Position) {
        if !self.journal.is_damaged {
            self.journal.whole_seq = position.seq();
        }
        let is_head = |slot: HeadSlot| slot.seq == position.seq() && slot.root == position.root;
        self.is_head_there |= self.newest.is_some_and(is_head);
    }

    fn records(&mut self, group: &ReadGroup) -> Result<(), Fault> {
        for found in group.records() {
            match record_of(group, &found) {
                Ok((record, _)) => {
                    self.journal.named.note(&record);
                    let begun = record.events.iter().rev().find_map(epoch_in);
                    self.journal.epoch = begun.unwrap_or(self.journal.epoch);
                }
                Err(fault) => {
                    let finding = of_fault(fault, ErrorCode::JournalDamaged)?;
                    self.journal.is_damaged = true;
                    self.findings.push(finding);
                }
            }
        }
        Ok(())
    }

    /// The segment ends cleanly: is what was acknowledged before its end?
    fn ends(&mut self, position: &Position, is_last: bool) -> bool {
        if !is_last || position.seq() >= self.promised() {
            return true;
        }
        self.cut(position);
        false
    }

    fn cut(&mut self, position: &Position) {
        let (seq, promised) = (position.seq(), self.promised());
        let what = format!("journal ends at record {seq}, acknowledged were {promised}");
        let finding = Finding::damage(ErrorCode::JournalCut, segment::name(position.segment), what);
        self.damage(finding.at(position.offset, seq));
    }

    fn torn(&mut self, position: &Position, is_last: bool) -> bool {
        let (file, seq) = (segment::name(position.segment), position.seq());
        if !is_last {
            let what = "damaged group before a later segment";
            let finding = Finding::damage(ErrorCode::JournalDamaged, file, what);
            self.damage(finding.at(position.offset, seq.saturating_add(1)));
            return false;
        }
        if self.newest.is_none() {
            let what = "no readable slot, and the journal ends in a torn group";
            self.damage(Finding::damage(ErrorCode::FormatDamaged, head::FILE, what).at(0, seq));
            return false;
        }
        if seq < self.promised() {
            self.cut(position);
            return false;
        }
        let what = "a group that was never acknowledged; it is cut off and kept aside";
        self.findings.push(Finding::note(file, what, Cure::NextOpening).at(position.offset, seq));
        true
    }

    /// `HEAD` must name a place of the journal.
    fn compare_head(&mut self) {
        let Some(newest) = self.newest else {
            if !self.journal.is_damaged {
                let what = "no readable slot; the journal is taken as it stands, without proof of what was acknowledged";
                self.findings.push(Finding::warning(head::FILE, what, Cure::NextOpening));
            }
            return;
        };
        if self.is_head_there || self.journal.is_damaged {
            return;
        }
        if newest.seq > self.journal.whole_seq {
            let what = "records under a promise that did not cover the power are gone with it";
            self.findings.push(Finding::warning(head::FILE, what, Cure::NextOpening).at(0, newest.seq));
            return;
        }
        let what = "records that differ from what HEAD acknowledged";
        let finding = Finding::damage(ErrorCode::JournalDamaged, segment::name(newest.segment), what);
        self.damage(finding.at(newest.end, newest.seq));
    }
}
