//! Where money goes: totals, accounts by name, parts of gifts.

use ledger_core::{
    Adjust, AdjustmentId, AdjustmentReason, CauseId, Date, Donate, DonationId, FeeBearer, LineKind, Method,
    Refund, RefundId, RefundScope, Wrong,
};

use super::seen::{AccountLineSeen, GiftSeen, Line, Move, MoveOf, Part, Sums};
use super::{Model, calendar::civil_day, divide::divide};

const TIPS: &str = "income:platform:tips";
const FEES: &str = "expenses:processor:fees";
const FEES_ON_TIPS: &str = "expenses:processor:tip-share";

fn money_account(method: &Method) -> String {
    match method {
        Method::Offline { bank } | Method::CapturedElsewhere { bank } => format!("assets:bank:{bank}"),
        Method::Imported => "assets:imported".to_owned(),
        other => panic!("the model does not know {other:?}"),
    }
}

impl Model {
    /// Where gifts go: to a cause, or without one to the platform.
    pub(super) fn account_of(&self, cause: Option<CauseId>) -> String {
        match cause {
            None => TIPS.to_owned(),
            Some(cause) if self.is_principal => format!("income:contributions:{cause}"),
            Some(cause) => format!("liabilities:cause:{cause}:available"),
        }
    }

    /// What bears a share of a fee.
    fn fees_of(&self, cause: Option<CauseId>) -> String {
        match cause {
            None => FEES_ON_TIPS.to_owned(),
            Some(cause) if self.is_principal => format!("expenses:fees:{cause}"),
            Some(_) => self.account_of(cause),
        }
    }

    pub(super) fn give(&mut self, id: DonationId, command: &Donate) {
        let currency = command.designations[0].amount.currency();
        let part = |cause, minor: i64| Part { cause, given: minor.unsigned_abs(), back: 0 };
        let to_causes = command.designations.iter().map(|to| part(Some(to.cause), to.amount.minor()));
        let mut parts: Vec<Part> = to_causes.collect();
        parts.extend(command.tip.map(|tip| part(None, tip.minor())));
        let given: Vec<u64> = parts.iter().map(|part| part.given).collect();
        let total: u64 = given.iter().sum();
        let borne = match (command.fee, command.fee_bearer) {
            (Some(fee), FeeBearer::Causes) => divide(fee.minor().unsigned_abs(), &given),
            _ => vec![0; parts.len()],
        };
        let day = self.begin(command.occurred_on);
        self.post_gift(command, currency.code(), &parts, &borne);

        let gift = |gross: u64, fees: u64| Sums {
            gross: i128::from(gross),
            fees: i128::from(fees),
            donations: 1,
            ..Sums::default()
        };
        let code = currency.code();
        let (mut given_to_causes, mut borne_by_causes) = (0, 0);
        for (part, &share) in parts.iter().zip(&borne) {
            if let Some(cause) = part.cause {
                self.add(MoveOf::Cause(cause), code, &gift(part.given, share));
                (given_to_causes, borne_by_causes) = (given_to_causes + part.given, borne_by_causes + share);
            }
        }
        self.add(MoveOf::AllCauses, code, &gift(given_to_causes, borne_by_causes));
        self.add(MoveOf::Donor(command.donor), code, &gift(total, 0));
        let line = Line {
            day,
            donor: Some(command.donor),
            donation: Some(id),
            visibility: Some(command.visibility),
            ..self.line(LineKind::Donation)
        };
        let shares: Vec<(CauseId, u64)> =
            parts.iter().filter_map(|part| Some((part.cause?, part.given))).collect();
        self.enter(&line, total, &shares);
        let (seq, time, command, refunds, reversed_by) = (self.seq, self.time, command.clone(), vec![], None);
        self.gifts.push(GiftSeen { id, seq, time, day, command, currency, parts, refunds, reversed_by });
        self.remember(Wrong::Donation { donation: id }, LineKind::Donation, day, vec![]);
    }

    /// The money comes in as a whole; then the fee leaves again, at the cost of who bears it.
    fn post_gift(&mut self, command: &Donate, code: &str, parts: &[Part], borne: &[u64]) {
        let method = money_account(&command.method);
        let fee = command.fee.map_or(0, |fee| fee.minor().unsigned_abs());
        self.post(&method, code, parts.iter().map(|part| part.given).sum(), 0);
        for part in parts {
            self.post(&self.account_of(part.cause), code, 0, part.given);
        }
        for (part, &share) in parts.iter().zip(borne) {
            let account = self.fees_of(part.cause);
            self.post(&account, code, share, 0);
        }
        if command.fee_bearer == FeeBearer::Platform {
            self.post(FEES, code, fee, 0);
        }
        self.post(&method, code, 0, fee);
        self.entries += if fee > 0 { 2 } else { 1 };
    }

    pub(super) fn give_back(&mut self, id: RefundId, command: &Refund) {
        let place = self.gifts.iter().position(|gift| gift.id == command.donation).expect("a known donation");
        let gift = self.gifts[place].clone();
        let rest: Vec<u64> = gift.parts.iter().map(Part::rest).collect();
        let shares: Vec<u64> = match &command.scope {
            RefundScope::Everything => rest,
            RefundScope::Proportional { amount } => divide(amount.minor().unsigned_abs(), &rest),
            RefundScope::Causes { from } => {
                let chosen = |part: &Part| from.iter().find(|chosen| Some(chosen.cause) == part.cause);
                let minor = |part| chosen(part).map_or(0, |chosen| chosen.amount.minor().unsigned_abs());
                gift.parts.iter().map(minor).collect()
            }
            other => panic!("the model does not know {other:?}"),
        };
        let total: u64 = shares.iter().sum();
        let (donor, code) = (gift.command.donor, gift.currency.code());
        let day = self.begin(command.occurred_on);
        let back = |minor: u64| Sums { refunded: i128::from(minor), ..Sums::default() };
        let mut of_causes = 0;
        for (part, &share) in gift.parts.iter().zip(&shares) {
            self.post(&self.account_of(part.cause), code, share, 0);
            if let Some(cause) = part.cause.filter(|_| share > 0) {
                self.add(MoveOf::Cause(cause), code, &back(share));
                of_causes += share;
            }
        }
        self.post(&money_account(&gift.command.method), code, 0, total);
        self.entries += 1;
        if of_causes > 0 {
            self.add(MoveOf::AllCauses, code, &back(of_causes));
        }
        self.add(MoveOf::Donor(donor), code, &back(total));
        for (part, &share) in self.gifts[place].parts.iter_mut().zip(&shares) {
            part.back += share;
        }
        self.gifts[place].refunds.push(id);
        let line = Line {
            day,
            donor: Some(donor),
            donation: Some(gift.id),
            refund: Some(id),
            visibility: Some(gift.command.visibility),
            ..self.line(LineKind::Refund)
        };
        let of_causes = gift.parts.iter().zip(&shares).filter(|(_, share)| **share > 0);
        let of_causes: Vec<(CauseId, u64)> =
            of_causes.filter_map(|(part, &share)| Some((part.cause?, share))).collect();
        self.enter(&line, total, &of_causes);
        self.remember(Wrong::Refund { refund: id }, LineKind::Refund, day, shares);
    }

    pub(super) fn adjust(&mut self, id: AdjustmentId, command: &Adjust) {
        let minor = command.amount.minor().unsigned_abs();
        let code = command.amount.currency().code();
        let (money, cause) = (money_account(&command.method), self.account_of(Some(command.cause)));
        let day = self.begin(command.occurred_on);
        let comes_in =
            matches!(command.reason, AdjustmentReason::VoidedRefund | AdjustmentReason::RedesignatedIn);
        if comes_in {
            self.post(&money, code, minor, 0);
            self.post(&cause, code, 0, minor);
        } else {
            self.post(&cause, code, minor, 0);
            self.post(&money, code, 0, minor);
        }
        self.entries += 1;
        let signed = if comes_in { i128::from(minor) } else { -i128::from(minor) };
        let mut sums = Sums::default();
        match command.reason {
            AdjustmentReason::UnlinkedRefund => sums.refunded = i128::from(minor),
            AdjustmentReason::Chargeback => sums.disputed = i128::from(minor),
            _ => sums.adjusted = signed,
        }
        for of in [MoveOf::Donor(command.donor), MoveOf::Cause(command.cause), MoveOf::AllCauses] {
            self.add(of, code, &sums);
        }
        let line = Line {
            day,
            donor: Some(command.donor),
            adjustment: Some(id),
            reason: Some(command.reason),
            ..self.line(LineKind::Adjustment)
        };
        self.enter(&line, minor, &[(command.cause, minor)]);
        self.remember(Wrong::Adjustment { adjustment: id }, LineKind::Adjustment, day, vec![]);
    }

    /// Enters a line with money: the whole for the donor, its own share for each cause.
    fn enter(&mut self, line: &Line, total: u64, shares: &[(CauseId, u64)]) {
        let donor = line.donor.expect("money has a donor");
        let whole = Line { minor: Some(total), causes: shares.to_vec(), ..line.clone() };
        self.donor_mut(donor).lines.push(whole);
        for &(cause, share) in shares {
            let own = Line { minor: Some(share), causes: vec![(cause, share)], ..line.clone() };
            self.cause_mut(cause).lines.push(own);
        }
    }

    /// The day of the record that is taken in.
    pub(super) fn begin(&mut self, occurred_on: Option<Date>) -> Date {
        let day = occurred_on.unwrap_or(civil_day(self.time));
        self.day = Some(day);
        (self.posted, self.moved, self.entries_before) = (vec![], vec![], self.entries);
        day
    }

    /// Adds to totals, and keeps the movement.
    pub(super) fn add(&mut self, of: MoveOf, code: &str, more: &Sums) {
        let (seq, day) = (self.seq, self.day.expect("a day"));
        self.moves.push(Move { of, seq, day, code: code.to_owned(), sums: *more });
        self.moved.push((of, code.to_owned(), *more));
        let sums = match of {
            MoveOf::Donor(donor) => self.donor_mut(donor).sums.entry(code.to_owned()).or_default(),
            MoveOf::Cause(cause) => &mut self.cause_mut(cause).sums,
            MoveOf::AllCauses => return,
        };
        sums.add(more);
    }

    /// Posts to an account; nothing is posted where there is no money.
    pub(super) fn post(&mut self, name: &str, code: &str, debit: u64, credit: u64) {
        if debit == 0 && credit == 0 {
            return;
        }
        self.posted.push((name.to_owned(), code.to_owned(), debit, credit));
        let (seq, day) = (self.seq, self.day.expect("a day"));
        let sheet = self.sheets.entry((name.to_owned(), code.to_owned())).or_default();
        sheet.debits += u128::from(debit);
        sheet.credits += u128::from(credit);
        let (is_debit, minor) = (debit > 0, debit.max(credit));
        let (debits, credits, number) = (sheet.debits, sheet.credits, sheet.lines.len() as u64 + 1);
        sheet.lines.push(AccountLineSeen { seq, day, is_debit, minor, debits, credits, number });
    }
}
