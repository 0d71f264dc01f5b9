//! Donors that are merged: who is who, and what is said of them together.

use ledger_core::{DonorId, DonorProfile, DonorStanding, LineKind, MergeDonors, UndoMerge};

use super::seen::{DonorSeen, Line};
use super::{Model, comparable};

type Guard = Result<(), u16>;

/// By what a donor is found: an e-mail address as it is compared, or an external id.
pub(super) type FoundBy = (&'static str, String);

impl Model {
    /// The donor that an id means.
    pub fn kept(&self, id: DonorId) -> DonorId {
        let into = self.donors.iter().find(|donor| donor.id == id).and_then(|donor| donor.merged_into);
        into.map_or(id, |into| self.kept(into))
    }

    /// All ids of a donor, the one that was kept first, then by who was merged when.
    pub(super) fn ids_of(&self, id: DonorId) -> Vec<DonorId> {
        let mut ids = vec![self.kept(id)];
        let mut place = 0;
        while place < ids.len() {
            let into = Some(ids[place]);
            let of = |merged: &&DonorId| {
                self.donors.iter().any(|donor| donor.id == **merged && donor.merged_into == into)
            };
            ids.extend(self.merged.iter().filter(of));
            place += 1;
        }
        ids
    }

    /// What is said of a donor by any of its ids: that of the one that was kept, and the sums and lines of all.
    pub fn person(&self, id: DonorId) -> DonorSeen {
        let ids = self.ids_of(id);
        let own = |id: &DonorId| self.donors.iter().find(|donor| donor.id == *id).expect("a known donor");
        let mut person = own(&ids[0]).clone();
        for other in ids[1..].iter().map(own) {
            for (code, more) in &other.sums {
                person.sums.entry(code.clone()).or_default().add(more);
            }
            person.lines.extend(other.lines.iter().cloned());
        }
        person.lines.sort_by_key(|line| (line.seq, line.kind != LineKind::Reversal));
        person
    }

    pub(super) fn guard_merge(&self, command: &MergeDonors) -> Guard {
        if command.keep == command.gone {
            return Err(3019);
        }
        let known = |id: DonorId| self.donors.iter().find(|donor| donor.id == id).ok_or(2001_u16);
        let keep = known(self.kept(command.keep))?;
        self.guard_not_erased(keep.id)?;
        let gone = known(command.gone)?;
        self.guard_not_erased(command.gone)?;
        if self.kept(keep.id) == self.kept(gone.id) {
            return Err(3019);
        }
        if gone.merged_into.is_some() {
            return Err(3017);
        }
        if keep.kind != gone.kind {
            return Err(3020);
        }
        if keep.standing == DonorStanding::Anonymous && gone.standing != DonorStanding::Anonymous {
            return Err(3021);
        }
        if self.ids_of(keep.id).len() + self.ids_of(gone.id).len() > 100 { Err(4006) } else { Ok(()) }
    }

    pub(super) fn guard_undo_merge(&self, command: &UndoMerge) -> Guard {
        let gone = self.donors.iter().find(|donor| donor.id == command.gone).ok_or(2001_u16)?;
        if gone.merged_into.is_none() { Err(3018) } else { Ok(()) }
    }

    pub(super) fn merge(&mut self, command: &MergeDonors) {
        let (keep, gone) = (self.kept(command.keep), command.gone);
        let line = self.line(LineKind::DonorsMerged);
        self.enter_merge(Line { donor: Some(gone), merged_into: Some(keep), ..line });
        self.donor_mut(gone).merged_into = Some(keep);
        self.merged.push(gone);
    }

    pub(super) fn undo_merge(&mut self, command: &UndoMerge) {
        let gone = command.gone;
        let merged_into = self.donor_mut(gone).merged_into.take();
        let line = self.line(LineKind::MergeUndone);
        self.enter_merge(Line { donor: Some(gone), merged_into, ..line });
        self.merged.retain(|id| *id != gone);
    }

    fn enter_merge(&mut self, line: Line) {
        let gone = line.donor.expect("a merge has a donor");
        self.donor_mut(gone).lines.push(line);
    }

    /// What a profile says by which its donor is found.
    pub(super) fn find_by(&mut self, id: DonorId, profile: &DonorProfile) {
        let email = profile.email.as_deref().map(|email| ("email", comparable(email)));
        let external_id = profile.external_id.clone().map(|id| ("external id", id));
        self.said.push((id, email.into_iter().chain(external_id).collect()));
    }

    /// Who is found: of those who say it the one who said it last. Of erased donors nothing was ever said.
    pub(super) fn holder(&self, by: &FoundBy) -> Option<&DonorSeen> {
        let mut who_say: Vec<DonorId> = vec![];
        for (id, said) in self.said.iter().filter(|(id, _)| self.guard_not_erased(*id).is_ok()) {
            who_say.retain(|other| other != id);
            who_say.extend(said.contains(by).then_some(*id));
        }
        self.donors.iter().find(|donor| Some(&donor.id) == who_say.last())
    }
}
