//! Disputes in the model.

use ledger_core::{
    BookDisputeFee, Command, DisputeBegins, DisputeFeeFlow, DisputeId, DisputeReport, Ledger, OpenDispute,
    ReportDispute,
};

use super::{DISPUTES, Dispute, Lives, PROCESSOR, Part, Verdict, amount, may};
use crate::dice::Dice;
use crate::model::divide;

const FEES: &str = "expenses:processor:dispute-fees";

impl Lives {
    pub(super) fn draw_dispute(&self, dice: &mut Dice, gift: usize, key: String) -> (Command, Verdict) {
        let gift = &self.gifts[gift];
        let open = OpenDispute {
            key,
            donation: gift.id,
            amount: amount(1 + dice.below(gift.total() + 20)),
            begins: dice.pick(&[
                DisputeBegins::AsInquiry,
                DisputeBegins::WithMoney,
                DisputeBegins::WithMoney,
            ]),
            fee: dice.once_in(2).then(|| amount(15)),
            occurred_on: None,
        };
        (Command::OpenDispute(open), if gift.is_captured { Ok(true) } else { Err(3024) })
    }

    pub(super) fn draw_dispute_report(
        &self,
        dice: &mut Dice,
        gift: usize,
        key: String,
    ) -> (Command, Verdict) {
        let Some(of) = dice.any(&self.gifts[gift].disputes) else {
            return self.draw_dispute(dice, gift, key);
        };
        if dice.once_in(6) {
            let (minor, flow) =
                (1 + dice.below(20), dice.pick(&[DisputeFeeFlow::Charged, DisputeFeeFlow::Returned]));
            let too_much = flow == DisputeFeeFlow::Returned && minor > of.charged - of.returned;
            let fee = BookDisputeFee { key, dispute: of.id, fee: amount(minor), flow, occurred_on: None };
            return (Command::BookDisputeFee(fee), if too_much { Err(3034) } else { Ok(true) });
        }
        let report = dice.pick(&DisputeReport::ALL);
        let to = report.state().word();
        let verdict = if may(&DISPUTES, of.state, to) { Ok(of.state != to) } else { Err(3022) };
        (Command::ReportDispute(ReportDispute { key, dispute: of.id, report, occurred_on: None }), verdict)
    }

    pub(super) fn take_dispute(&mut self, command: &OpenDispute, id: DisputeId) {
        let place = self.place_of(command.donation);
        let charged = command.fee.map_or(0, |fee| fee.minor().unsigned_abs());
        let parts = self.gifts[place].parts.len();
        let (amount, held) = (command.amount.minor().unsigned_abs(), vec![0; parts]);
        let state = "inquiry";
        let lost = vec![0; parts];
        self.gifts[place].disputes.push(Dispute { id, amount, state, held, charged, returned: 0, lost });
        let number = self.gifts[place].disputes.len() - 1;
        if command.begins == DisputeBegins::WithMoney {
            self.withdraw(place, number);
        }
        self.post(FEES, i128::from(charged));
        self.post(PROCESSOR, -i128::from(charged));
    }

    pub(super) fn take_dispute_report(&mut self, command: &ReportDispute) {
        let has = |of: &Dispute| of.id == command.dispute;
        let place = self.gifts.iter().position(|gift| gift.disputes.iter().any(has)).unwrap();
        let number = self.gifts[place].disputes.iter().position(has).unwrap();
        match command.report.state().word() {
            "opened" => self.withdraw(place, number),
            "won" => {
                self.decided(place, number, "won");
                let of = &self.gifts[place].disputes[number];
                let (held, minor) = (account(of), i128::from(of.amount));
                self.post(&held, -minor);
                self.post(PROCESSOR, minor);
            }
            "lost" => self.lose(place, number),
            to => self.gifts[place].disputes[number].state = to,
        }
    }

    pub(super) fn take_dispute_fee(&mut self, command: &BookDisputeFee) {
        let of = self.gifts.iter_mut().flat_map(|gift| &mut gift.disputes);
        let of = of.into_iter().find(|of| of.id == command.dispute).unwrap();
        let minor = command.fee.minor().unsigned_abs();
        let sign = match command.flow {
            DisputeFeeFlow::Charged => {
                of.charged += minor;
                1
            }
            DisputeFeeFlow::Returned => {
                of.returned += minor;
                -1
            }
        };
        self.post(FEES, sign * i128::from(minor));
        self.post(PROCESSOR, -sign * i128::from(minor));
    }

    /// What each part would lose now.
    fn losses(&self, place: usize, minor: u64) -> Vec<u64> {
        let left: Vec<u64> = self.gifts[place].parts.iter().map(Part::left).collect();
        let rest: u64 = left.iter().sum();
        if rest == 0 { vec![0; left.len()] } else { divide(minor.min(rest), &left) }
    }

    fn withdraw(&mut self, place: usize, number: usize) {
        let minor = self.gifts[place].disputes[number].amount;
        let losses = self.losses(place, minor);
        let mut held = vec![0; losses.len()];
        for (at, loss) in losses.into_iter().enumerate() {
            let Some(cause) = self.gifts[place].parts[at].cause else { continue };
            held[at] = loss.min(u64::try_from(self.free(cause)).unwrap_or(0));
            self.post(&self.available(cause), i128::from(held[at]));
            self.post(&self.frozen(cause), -i128::from(held[at]));
        }
        let of = &mut self.gifts[place].disputes[number];
        (of.state, of.held) = ("opened", held);
        let taken = account(of);
        self.post(&taken, i128::from(minor));
        self.post(PROCESSOR, -i128::from(minor));
    }

    /// What was frozen is free again.
    fn decided(&mut self, place: usize, number: usize, state: &'static str) {
        let of = &mut self.gifts[place].disputes[number];
        of.state = state;
        let none = vec![0; of.held.len()];
        let held = core::mem::replace(&mut of.held, none);
        for (at, minor) in held.into_iter().enumerate() {
            let Some(cause) = self.gifts[place].parts[at].cause else { continue };
            self.post(&self.frozen(cause), i128::from(minor));
            self.post(&self.available(cause), -i128::from(minor));
        }
    }

    fn lose(&mut self, place: usize, number: usize) {
        self.decided(place, number, "lost");
        let of = &self.gifts[place].disputes[number];
        let (taken, minor) = (account(of), of.amount);
        let losses = self.losses(place, minor);
        let donor = self.gifts[place].donor;
        for (at, &loss) in losses.iter().enumerate() {
            let part = self.gifts[place].parts[at].clone();
            self.gifts[place].parts[at].lost += loss;
            self.post(&self.of_part(&part, false), i128::from(loss));
            self.donors[donor].1.disputed += i128::from(loss);
            if let Some(cause) = part.cause {
                self.causes[cause].1.disputed += i128::from(loss);
            }
        }
        let beyond = minor - losses.iter().sum::<u64>();
        self.gifts[place].disputes[number].lost = losses;
        self.post("expenses:disputes:beyond-gift", i128::from(beyond));
        self.post(&taken, -i128::from(minor));
    }

    pub(super) fn frozen(&self, cause: usize) -> String {
        format!("liabilities:cause:{}:held", self.causes[cause].0)
    }

    pub(super) fn disputes_agree(&self, ledger: &Ledger, when: &str) {
        let mut open = Vec::new();
        for (gift, of) in self.gifts.iter().flat_map(|gift| gift.disputes.iter().map(move |of| (gift, of))) {
            let found = ledger.dispute(of.id).unwrap().unwrap();
            assert_eq!((found.donation, found.state.word()), (gift.id, of.state), "{when}: {}", of.id);
            assert_eq!(found.fee_minor, of.charged - of.returned, "{when}: {}", of.id);
            let held: u64 = found.held.iter().map(|of| of.amount.minor().unsigned_abs()).sum();
            assert_eq!(held, of.held.iter().sum::<u64>(), "{when}: {}", of.id);
            if !found.state.is_final() {
                open.push(of.id);
            }
        }
        let mut listed: Vec<DisputeId> = ledger.open_disputes().unwrap().iter().map(|of| of.id).collect();
        open.sort();
        listed.sort();
        assert_eq!(listed, open, "{when}");
    }
}

fn account(of: &Dispute) -> String {
    format!("assets:disputes:held:{}", of.id)
}
