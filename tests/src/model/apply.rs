//! What an accepted command changes. Ids come from the answer, everything else is worked out here.

use ledger_core::{
    Adjust, CauseDetails, CauseId, CauseStatus, Command, Committed, Currency, Date, Designation, Donate,
    DonorId, DonorKind, DonorProfile, DonorStanding, EntryKind, FeeBearer, LineKind, Method, RecordedAs,
    TakeOver, Visibility,
};

use super::seen::{CauseSeen, DonorSeen, Line, Sums};
use super::{Model, calendar::civil_day, key_to_claim};

impl Model {
    /// Takes an accepted command in, as record `seq + 1`.
    pub fn take(&mut self, command: &Command, answer: &Committed, now: i64) {
        self.time = self.record_time(now);
        self.seq += 1;
        let raised_before: Vec<(CauseId, i128)> =
            self.causes.iter().map(|cause| (cause.id, cause.sums.raised())).collect();
        let key = key_to_claim(command).cloned();
        self.record_keys.push(key.clone());
        if let Some(key) = key {
            self.keys.insert(key, (command.clone(), answer.clone()));
        }
        match command {
            Command::RegisterDonor(command) => {
                let id = answer.donor().expect("a donor's id");
                self.register(id, command.kind, command.standing, command.profile.clone());
            }
            Command::UpdateDonor(command) => {
                let id = self.kept(command.donor);
                let line = Line { donor: Some(id), ..self.line(LineKind::DonorUpdated) };
                let donor = self.donor_mut(id);
                donor.profile = command.profile.clone();
                donor.lines.push(line);
                self.find_by(id, &command.profile);
            }
            Command::OpenCause(command) => {
                let id = answer.cause().expect("a cause's id");
                self.open(id, command.currency, command.details.clone());
            }
            Command::UpdateCause(command) => {
                let line = self.line(LineKind::CauseUpdated);
                let cause = self.cause_mut(command.cause);
                (cause.details, cause.status) = (command.details.clone(), command.status);
                cause.lines.push(line);
            }
            Command::Donate(command) => {
                self.give(answer.donation().expect("a donation's id"), command);
            }
            Command::Refund(command) => {
                self.give_back(answer.refund().expect("a refund's id"), command);
            }
            Command::Adjust(command) => {
                self.adjust(answer.adjustment().expect("an adjustment's id"), command);
            }
            Command::TakeOver(row) => self.take_row(row, answer),
            Command::Reallocate(command) => {
                self.reallocate(answer.reallocation().expect("a reallocation's id"), command);
            }
            Command::ClosePeriod(command) => self.close_period(command.through),
            Command::EraseDonor(command) => self.erase(command),
            Command::Correct(command) => self.correct(command, answer),
            Command::MergeDonors(command) => self.merge(command),
            Command::UndoMerge(command) => self.undo_merge(command),
            Command::BeginEpoch(_) => self.epochs_begun += 1,
            other => panic!("the model does not know {other:?}"),
        }
        self.celebrate(&raised_before);
    }

    /// A line for every cause that a gift of this record brought to its goal.
    fn celebrate(&mut self, raised_before: &[(CauseId, i128)]) {
        let given_now = self.gifts.iter().filter(|gift| gift.seq == self.seq);
        let given_to: Vec<(CauseId, Date)> = given_now
            .flat_map(|gift| gift.parts.iter().filter_map(|part| Some((part.cause?, gift.day))))
            .collect();
        for (id, day) in given_to {
            let line = self.line(LineKind::GoalReached);
            let cause = self.cause_mut(id);
            let Some(goal) = cause.details.goal.map(|goal| goal.minor().unsigned_abs()) else { continue };
            let before =
                raised_before.iter().find(|(known, _)| *known == id).map_or(0, |(_, raised)| *raised);
            if before < i128::from(goal) && cause.sums.raised() >= i128::from(goal) {
                cause.lines.push(Line { day, minor: Some(goal), causes: vec![(id, goal)], ..line });
            }
        }
    }

    fn take_row(&mut self, row: &TakeOver, answer: &Committed) {
        if self.donor_with_external_id(&row.donor_external_id).is_none() {
            let profile = DonorProfile {
                name: row.donor_name.clone(),
                external_id: Some(row.donor_external_id.clone()),
                ..DonorProfile::default()
            };
            let id = answer.donor().expect("a donor's id");
            self.register(id, row.donor_kind, DonorStanding::Guest, profile);
        } else {
            assert_eq!(answer.donor(), None, "the donor was known");
        }
        if self.cause_with_external_id(&row.cause_external_id).is_none() {
            let details = CauseDetails {
                name: row.cause_name.clone().unwrap_or(row.cause_external_id.clone()),
                external_id: Some(row.cause_external_id.clone()),
                ..CauseDetails::default()
            };
            let id = answer.cause().expect("a cause's id");
            self.open(id, row.currency, details);
        } else {
            assert_eq!(answer.cause(), None, "the cause was known");
        }
        let donor = self.donor_with_external_id(&row.donor_external_id).expect("known by now").id;
        let cause = self.cause_with_external_id(&row.cause_external_id).expect("known by now").id;
        self.take_money(row, donor, cause, answer);
    }

    fn take_money(&mut self, row: &TakeOver, donor: DonorId, cause: CauseId, answer: &Committed) {
        let (key, occurred_on, memo) = (row.key.clone(), row.occurred_on, row.memo.clone());
        match row.recorded_as {
            RecordedAs::Nothing => {}
            RecordedAs::Gift => {
                let amount = row.amount.expect("checked");
                let command = Donate {
                    key,
                    donor,
                    designations: vec![Designation { cause, amount }],
                    tip: None,
                    fee: None,
                    fee_bearer: FeeBearer::Causes,
                    method: Method::Imported,
                    occurred_on,
                    visibility: Visibility::Public,
                    memo,
                };
                self.give(answer.donation().expect("a donation's id"), &command);
            }
            RecordedAs::Adjustment { reason } => {
                let amount = row.amount.expect("checked");
                let method = Method::Imported;
                let entry = EntryKind::Ordinary;
                let command = Adjust { key, donor, cause, amount, reason, method, occurred_on, entry, memo };
                self.adjust(answer.adjustment().expect("an adjustment's id"), &command);
            }
            other => panic!("the model does not know {other:?}"),
        }
        // The day of a row is the day of the whole record.
        let day = row.occurred_on.unwrap_or(civil_day(self.time));
        let seq = self.seq;
        for line in self.donor_mut(donor).lines.iter_mut().filter(|line| line.seq == seq) {
            line.day = day;
        }
        for line in self.cause_mut(cause).lines.iter_mut().filter(|line| line.seq == seq) {
            line.day = day;
        }
    }

    fn register(&mut self, id: DonorId, kind: DonorKind, standing: DonorStanding, profile: DonorProfile) {
        assert!(self.donors.iter().all(|donor| donor.id != id), "{id} is not new");
        let lines = vec![Line { donor: Some(id), ..self.line(LineKind::DonorRegistered) }];
        let sums = std::collections::BTreeMap::new();
        self.find_by(id, &profile);
        let (erased, merged_into) = (None, None);
        self.donors.push(DonorSeen { id, kind, standing, profile, erased, merged_into, sums, lines });
    }

    fn open(&mut self, id: CauseId, currency: Currency, details: CauseDetails) {
        assert!(self.causes.iter().all(|cause| cause.id != id), "{id} is not new");
        let lines = vec![self.line(LineKind::CauseOpened)];
        let (status, sums) = (CauseStatus::Open, Sums::default());
        self.causes.push(CauseSeen { id, currency, status, details, sums, lines });
    }

    /// A line of the record that is being taken in.
    pub(super) fn line(&self, kind: LineKind) -> Line {
        Line {
            seq: self.seq,
            time: self.time,
            day: civil_day(self.time),
            kind,
            donor: None,
            merged_into: None,
            donation: None,
            refund: None,
            adjustment: None,
            reallocation: None,
            reversal: None,
            reason: None,
            correction: None,
            visibility: None,
            minor: None,
            causes: vec![],
        }
    }

    pub(super) fn donor_mut(&mut self, id: DonorId) -> &mut DonorSeen {
        self.donors.iter_mut().find(|donor| donor.id == id).expect("a known donor")
    }

    pub(super) fn cause_mut(&mut self, id: CauseId) -> &mut CauseSeen {
        self.causes.iter_mut().find(|cause| cause.id == id).expect("a known cause")
    }
}
