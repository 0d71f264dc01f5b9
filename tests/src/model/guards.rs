//! Who may do what: the number of the error, checked in the order in which the rules are written down.

use ledger_core::{
    Adjust, CauseDetails, CauseStatus, Command, Currency, Date, Designation, Donate, DonorId, DonorProfile,
    DonorStanding, FeeBearer, Method, OpenCause, RecordedAs, Refund, RefundScope, RegisterDonor, TakeOver,
    UpdateCause, UpdateDonor,
};

use super::seen::{CauseSeen, DonorSeen};
use super::texts::{Lines, check, check_key, check_memo, check_profile};
use super::{Model, key_of};

type Guard = Result<(), u16>;

/// An e-mail address as it is compared.
pub fn comparable(email: &str) -> String {
    email.trim().to_lowercase()
}

impl Model {
    pub(super) fn guard(&self, command: &Command, today: Date) -> Guard {
        if let Some(key) = key_of(command) {
            check_key(key)?;
        }
        self.guard_content(command, today)?;
        self.guard_day(command, today)
    }

    pub(super) fn guard_content(&self, command: &Command, today: Date) -> Guard {
        match command {
            Command::RegisterDonor(command) => self.guard_register(command),
            Command::UpdateDonor(command) => self.guard_update_donor(command),
            Command::OpenCause(command) => self.guard_open(command),
            Command::UpdateCause(command) => self.guard_update_cause(command),
            Command::Donate(command) => self.guard_donate(command, today),
            Command::Refund(command) => self.guard_refund(command),
            Command::Adjust(command) => self.guard_adjust(command),
            Command::TakeOver(command) => self.guard_row(command, today),
            Command::EraseDonor(command) => self.guard_erase(command),
            Command::Correct(command) => self.guard_correct(command, today),
            Command::MergeDonors(command) => self.guard_merge(command),
            Command::UndoMerge(command) => self.guard_undo_merge(command),
            Command::Reallocate(command) => self.guard_reallocate(command),
            Command::ClosePeriod(command) => self.guard_close(command, today),
            Command::BeginEpoch(_) => Ok(()),
            other => panic!("the model does not know {other:?}"),
        }
    }

    fn guard_register(&self, command: &RegisterDonor) -> Guard {
        check_profile(&command.profile)?;
        check_standing(command.standing, &command.profile)?;
        self.guard_unique(&command.profile, None)
    }

    fn guard_update_donor(&self, command: &UpdateDonor) -> Guard {
        check_profile(&command.profile)?;
        let id = self.kept(command.donor);
        let known = self.donors.iter().find(|donor| donor.id == id).ok_or(2001_u16)?;
        self.guard_not_erased(id)?;
        check_standing(known.standing, &command.profile)?;
        self.guard_unique(&command.profile, Some(id))
    }

    fn guard_unique(&self, profile: &DonorProfile, of: Option<DonorId>) -> Guard {
        let by_id = profile.external_id.as_deref().and_then(|id| self.donor_with_external_id(id));
        let is_other = |holder: &DonorSeen| Some(self.kept(holder.id)) != of;
        if by_id.is_some_and(is_other) {
            return Err(3002);
        }
        let by_email = profile.email.as_deref().and_then(|email| self.donor_with_email(email));
        if by_email.is_some_and(is_other) {
            return Err(3003);
        }
        Ok(())
    }

    fn guard_open(&self, command: &OpenCause) -> Guard {
        check_details(&command.details)?;
        check_goal(&command.details, command.currency)?;
        let id = command.details.external_id.as_deref();
        match id.and_then(|id| self.cause_with_external_id(id)) {
            Some(_) => Err(3002),
            None => Ok(()),
        }
    }

    fn guard_update_cause(&self, command: &UpdateCause) -> Guard {
        check_details(&command.details)?;
        let known = self.causes.iter().find(|cause| cause.id == command.cause).ok_or(2002_u16)?;
        check_goal(&command.details, known.currency)?;
        let id = command.details.external_id.as_deref();
        match id.and_then(|id| self.cause_with_external_id(id)) {
            Some(holder) if holder.id != command.cause => Err(3002),
            _ => Ok(()),
        }
    }

    fn guard_donate(&self, command: &Donate, today: Date) -> Guard {
        check_causes(&command.designations)?;
        let currency = command.designations[0].amount.currency();
        let mut total: i128 = 0;
        for amount in command.designations.iter().map(|to| to.amount).chain(command.tip) {
            if amount.currency() != currency {
                return Err(1006);
            }
            total += i128::from(amount.minor());
            if total > i128::from(i64::MAX) {
                return Err(1002);
            }
        }
        if let Some(fee) = command.fee {
            if fee.currency() != currency {
                return Err(1006);
            }
            if command.fee_bearer == FeeBearer::Causes && i128::from(fee.minor()) > total {
                return Err(1021);
            }
        }
        check_bank(&command.method)?;
        check_memo(command.memo.as_ref())?;
        if !self.donors.iter().any(|donor| donor.id == command.donor) {
            return Err(2001);
        }
        self.guard_not_erased(command.donor)?;
        let day = command.occurred_on.unwrap_or(today);
        for to in &command.designations {
            let cause = self.causes.iter().find(|cause| cause.id == to.cause).ok_or(2002_u16)?;
            check_takes(cause, currency, day)?;
        }
        Ok(())
    }

    fn guard_refund(&self, command: &Refund) -> Guard {
        if let RefundScope::Causes { from } = &command.scope {
            check_causes(from)?;
        }
        check_memo(command.memo.as_ref())?;
        let gift = self.gifts.iter().find(|gift| gift.id == command.donation).ok_or(2003_u16)?;
        if gift.reversed_by.is_some() {
            return Err(3015);
        }
        let amounts: Vec<_> = match &command.scope {
            RefundScope::Everything => vec![],
            RefundScope::Proportional { amount } => vec![*amount],
            RefundScope::Causes { from } => from.iter().map(|chosen| chosen.amount).collect(),
            other => panic!("the model does not know {other:?}"),
        };
        if amounts.iter().any(|amount| amount.currency() != gift.currency) {
            return Err(1006);
        }
        if command.memo.is_some() {
            self.guard_not_erased(gift.command.donor)?;
        }
        if gift.rest() == 0 {
            return Err(3006);
        }
        match &command.scope {
            RefundScope::Proportional { amount } if amount.minor().unsigned_abs() > gift.rest() => Err(3007),
            RefundScope::Causes { from } => {
                for chosen in from {
                    let of_cause = gift.parts.iter().find(|part| part.cause == Some(chosen.cause));
                    let part = of_cause.ok_or(3009_u16)?;
                    if chosen.amount.minor().unsigned_abs() > part.rest() {
                        return Err(3008);
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn guard_adjust(&self, command: &Adjust) -> Guard {
        check_bank(&command.method)?;
        check_memo(command.memo.as_ref())?;
        if !self.donors.iter().any(|donor| donor.id == command.donor) {
            return Err(2001);
        }
        if command.memo.is_some() {
            self.guard_not_erased(command.donor)?;
        }
        let cause = self.causes.iter().find(|cause| cause.id == command.cause).ok_or(2002_u16)?;
        if cause.currency != command.amount.currency() {
            return Err(1006);
        }
        Ok(())
    }

    fn guard_row(&self, row: &TakeOver, today: Date) -> Guard {
        check(Some(&row.donor_external_id), 200, Lines::One)?;
        check(Some(&row.cause_external_id), 200, Lines::One)?;
        check(row.donor_name.as_deref(), 200, Lines::One)?;
        check(row.cause_name.as_deref(), 200, Lines::One)?;
        check_memo(row.memo.as_ref())?;
        if row.amount.is_some_and(|amount| amount.currency() != row.currency) {
            return Err(1006);
        }
        let cause = self.cause_with_external_id(&row.cause_external_id);
        let takes_in = cause.map_or(row.currency, |cause| cause.currency);
        if row.recorded_as == RecordedAs::Nothing {
            return Ok(());
        }
        let amount = row.amount.ok_or(1001_u16)?;
        if amount.currency() != takes_in {
            return Err(1006);
        }
        match cause {
            Some(cause) if row.recorded_as == RecordedAs::Gift => {
                check_takes(cause, amount.currency(), row.occurred_on.unwrap_or(today))
            }
            _ => Ok(()),
        }
    }
}

fn check_details(details: &CauseDetails) -> Guard {
    check(Some(&details.name), 200, Lines::One)?;
    check(details.description.as_deref(), 4000, Lines::Many)?;
    check(details.external_id.as_deref(), 200, Lines::One)?;
    match (details.opens_on, details.closes_on) {
        (Some(first), Some(last)) if last < first => Err(1017),
        _ => Ok(()),
    }
}

fn check_goal(details: &CauseDetails, currency: Currency) -> Guard {
    if details.goal.is_some_and(|goal| goal.currency() != currency) { Err(1006) } else { Ok(()) }
}

fn check_standing(standing: DonorStanding, profile: &DonorProfile) -> Guard {
    let is_known = *profile != DonorProfile::default();
    if standing == DonorStanding::Anonymous && is_known { Err(1016) } else { Ok(()) }
}

fn check_causes(named: &[Designation]) -> Guard {
    if named.is_empty() {
        return Err(1018);
    }
    if named.len() > 100 {
        return Err(1019);
    }
    for (place, each) in named.iter().enumerate() {
        if named[..place].iter().any(|earlier| earlier.cause == each.cause) {
            return Err(1020);
        }
    }
    Ok(())
}

fn check_bank(method: &Method) -> Guard {
    let (Method::Offline { bank } | Method::CapturedElsewhere { bank }) = method else {
        return Ok(());
    };
    let allowed = |each: char| matches!(each, 'a'..='z' | '0'..='9' | '-');
    if bank.is_empty() || bank.len() > 40 || !bank.chars().all(allowed) {
        return Err(1022);
    }
    Ok(())
}

fn check_takes(cause: &CauseSeen, currency: Currency, day: Date) -> Guard {
    if cause.currency != currency {
        return Err(1006);
    }
    if cause.status != CauseStatus::Open {
        return Err(3004);
    }
    let too_early = cause.details.opens_on.is_some_and(|first| day < first);
    let too_late = cause.details.closes_on.is_some_and(|last| day > last);
    if too_early || too_late {
        return Err(3005);
    }
    Ok(())
}
