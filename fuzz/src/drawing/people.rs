//! Commands about donors and causes.

use ledger_core::{
    Attribute, CauseDetails, CauseStatus, Currency, DonorKind, DonorProfile, DonorStanding, EraseDonor,
    ErasureReason, MergeDonors, OpenCause, RegisterDonor, UndoMerge, UpdateCause, UpdateDonor,
};

use super::Draw;

impl Draw<'_, '_> {
    pub(super) fn donor_kind(&mut self) -> DonorKind {
        if self.once_in(4) { DonorKind::Organisation } else { DonorKind::Person }
    }

    /// Few ids and addresses, so that they meet.
    pub(super) fn external_id(&mut self) -> String {
        let ordinary = self.pick(&["u-1", "u-2", "u-3"]);
        self.text(ordinary)
    }

    fn profile(&mut self) -> DonorProfile {
        if self.once_in(4) {
            return DonorProfile::default();
        }
        let email =
            self.pick(&["ada@example.org", "ADA@example.org", " bob@example.org", "b@b", "no address", "@"]);
        let attributes = if self.once_in(6) { self.pick(&[1, 2, 32, 33]) } else { 0 };
        DonorProfile {
            name: self.some_text("Ada"),
            email: self.some_text(email),
            external_id: self.once_in(2).then(|| self.external_id()),
            date_of_birth: self.day(),
            location: self.some_text("Kitui"),
            attributes: (0..attributes)
                .map(|number| Attribute { name: self.text(&format!("a{number}")), value: self.text("yes") })
                .collect(),
        }
    }

    pub(super) fn register(&mut self) -> RegisterDonor {
        let standing =
            self.pick(&[DonorStanding::Registered, DonorStanding::Guest, DonorStanding::Anonymous]);
        RegisterDonor { key: self.some_key(), kind: self.donor_kind(), standing, profile: self.profile() }
    }

    pub(super) fn update_donor(&mut self) -> UpdateDonor {
        UpdateDonor { key: self.some_key(), donor: self.donor(), profile: self.profile() }
    }

    fn details(&mut self, currency: Currency) -> CauseDetails {
        let goal_in = if self.once_in(8) { self.currency() } else { currency };
        CauseDetails {
            name: self.text("Water"),
            description: self.some_text("Wells"),
            external_id: self.once_in(2).then(|| self.external_id()),
            goal: self.once_in(4).then(|| self.amount(goal_in)),
            opens_on: if self.once_in(4) { self.day() } else { None },
            closes_on: if self.once_in(4) { self.day() } else { None },
        }
    }

    pub(super) fn open_cause(&mut self) -> OpenCause {
        let currency = self.currency();
        OpenCause { key: self.some_key(), currency, details: self.details(currency) }
    }

    pub(super) fn update_cause(&mut self) -> UpdateCause {
        let (cause, currency) = self.cause();
        let status =
            self.pick(&[CauseStatus::Open, CauseStatus::Open, CauseStatus::Paused, CauseStatus::Closed]);
        UpdateCause { key: self.some_key(), cause, details: self.details(currency), status }
    }

    pub(super) fn merge(&mut self) -> MergeDonors {
        MergeDonors { key: self.some_key(), keep: self.donor(), gone: self.donor() }
    }

    pub(super) fn undo_merge(&mut self) -> UndoMerge {
        UndoMerge { key: self.some_key(), gone: self.donor() }
    }

    pub(super) fn erase(&mut self) -> EraseDonor {
        EraseDonor { key: self.some_key(), donor: self.donor(), reason: self.pick(&ErasureReason::ALL) }
    }
}
