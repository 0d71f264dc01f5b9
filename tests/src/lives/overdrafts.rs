//! In the model: what follows when more is taken from a cause than it has, and when something is given again to it.

use ledger_core::{Command, NegativeCause, RefundId, RefundScope, ReportRefund};

use super::{Lives, Part};
use crate::model::divide;

/// Whether a step is a division anew, which decides by itself what is held.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anew {
    Is,
    IsNot,
}

fn is_open(state: &str) -> bool {
    ["opened", "under_review"].contains(&state)
}

/// What parts gave, and what causes had, before a step.
pub(super) struct Before {
    taken: Vec<Vec<u64>>,
    free: Vec<i128>,
}

impl Lives {
    pub(super) fn snapshot(&self) -> Before {
        Before {
            taken: (0..self.gifts.len()).map(|place| self.taken_of(place)).collect(),
            free: (0..self.causes.len()).map(|cause| self.free(cause)).collect(),
        }
    }

    /// What was taken of each part of a gift: given back, lost, and fees.
    fn taken_of(&self, place: usize) -> Vec<u64> {
        let gift = &self.gifts[place];
        let fees = gift.borne.iter().zip(&gift.taken).map(|(borne, taken)| borne + taken);
        gift.parts.iter().zip(fees).map(|(part, fees)| part.back + part.lost + fees).collect()
    }

    fn receivable(&self, cause: usize) -> String {
        format!("assets:receivable:cause:{}", self.causes[cause].0)
    }

    /// The platform has again what it bore of something that was given again; then, who bears what causes are short of.
    pub(super) fn follow(&mut self, before: &Before, anew: Anew) {
        let mut taker = vec![None; self.causes.len()];
        let mut held = vec![0; self.causes.len()];
        let mut taken_of = vec![];
        for (place, was) in before.taken.iter().enumerate() {
            let is = self.taken_of(place);
            for (at, (was, is)) in was.iter().zip(&is).enumerate() {
                let Some(cause) = self.gifts[place].parts[at].cause else { continue };
                if is > was {
                    taker[cause] = Some((place, at));
                    taken_of.push(place);
                }
                let beyond = self.gifts[place].absorbed[at].saturating_sub(*is);
                let returned = beyond.min(was.saturating_sub(*is));
                self.gifts[place].absorbed[at] -= returned;
                self.absorb(cause, -i128::from(returned));
            }
        }
        taken_of.dedup();
        if anew == Anew::Is {
            taken_of.clear();
        }
        for &place in &taken_of {
            for (cause, held) in held.iter_mut().enumerate() {
                *held += self.held_for(place, cause);
            }
        }
        for (cause, was) in before.free.iter().enumerate() {
            let (is, was) = (self.free(cause) + held[cause], was + held[cause]);
            if is >= was || is >= 0 {
                continue;
            }
            match self.policy {
                NegativeCause::AllowAsReceivable | NegativeCause::Block => {
                    self.post(&self.receivable(cause), -is);
                    self.post(&self.available(cause), is);
                }
                NegativeCause::AbsorbByPlatform => {
                    self.absorb(cause, -is);
                    if let Some((place, at)) = taker[cause] {
                        self.gifts[place].absorbed[at] += u64::try_from(-is).unwrap();
                    }
                }
                _ => {}
            }
        }
        // Of what is held for a gift less is held once more of it was taken.
        for place in taken_of {
            if self.gifts[place].disputes.iter().any(|of| is_open(of.state)) {
                self.divide_anew(place);
            }
        }
    }

    /// What is held of a cause for open disputes of a gift.
    fn held_for(&self, place: usize, cause: usize) -> i128 {
        let gift = &self.gifts[place];
        let Some(at) = gift.parts.iter().position(|part| part.cause == Some(cause)) else { return 0 };
        let open = gift.disputes.iter().filter(|of| is_open(of.state));
        open.map(|of| i128::from(of.held[at])).sum()
    }

    /// Losses are divided anew, and what is held.
    fn divide_anew(&mut self, place: usize) {
        let before = self.snapshot();
        self.lose_anew(place);
        self.hold_anew(place);
        self.follow(&before, Anew::Is);
    }

    /// The platform bears so much in a cause's place.
    fn absorb(&mut self, cause: usize, minor: i128) {
        self.post("expenses:bad-debt:causes", minor);
        self.post(&self.available(cause), -minor);
        self.causes[cause].1.written_off += minor;
    }

    /// Whether a command that we want would leave a cause short, and the policy blocks that.
    pub(super) fn is_blocked(&self, command: &Command) -> bool {
        if self.policy != NegativeCause::Block {
            return false;
        }
        let of_gift = match command {
            Command::Refund(command) | Command::ForceRefund(command) => Some(self.place_of(command.donation)),
            Command::TakePlatformFee(command) => Some(self.place_of(command.donation)),
            _ => None,
        };
        let takes: Vec<(usize, u64)> = match command {
            Command::Refund(command) | Command::ForceRefund(command) => {
                let parts = &self.gifts[self.place_of(command.donation)].parts;
                let rest: Vec<u64> = parts.iter().map(Part::left).collect();
                let shares = match &command.scope {
                    RefundScope::Proportional { amount } => divide(amount.minor().unsigned_abs(), &rest),
                    _ => rest,
                };
                parts.iter().zip(shares).filter_map(|(part, share)| Some((part.cause?, share))).collect()
            }
            Command::TakePlatformFee(command) => {
                let (id, minor) = (command.from[0].cause, command.from[0].amount.minor().unsigned_abs());
                vec![(self.causes.iter().position(|(cause, _)| *cause == id).unwrap(), minor)]
            }
            _ => vec![],
        };
        let held = |cause: usize| of_gift.map_or(0, |place| self.held_for(place, cause));
        takes.iter().any(|(cause, minor)| *minor > 0 && i128::from(*minor) > self.free(*cause) + held(*cause))
    }

    /// A refund that is undone makes room for what was lost beyond the gift: disputes are divided anew, in their order.
    pub(super) fn make_room_for_losses(&mut self, command: &ReportRefund) {
        if !["failed", "cancelled"].contains(&command.report.state().word()) {
            return;
        }
        let is_it = |(id, ..): &(RefundId, Vec<u64>, &str)| *id == command.refund;
        let place = self.gifts.iter().position(|gift| gift.refunds.iter().any(is_it)).unwrap();
        let is_beyond = |of: &super::Dispute| of.state == "lost" && of.lost.iter().sum::<u64>() < of.amount;
        if !self.gifts[place].disputes.iter().any(is_beyond) {
            return;
        }
        self.divide_anew(place);
    }

    fn lose_anew(&mut self, place: usize) {
        let mut order: Vec<usize> = (0..self.gifts[place].disputes.len()).collect();
        order.retain(|number| self.gifts[place].disputes[*number].state == "lost");
        order.sort_by_key(|number| self.gifts[place].disputes[*number].id);
        for &number in &order {
            let none = vec![0; self.gifts[place].parts.len()];
            self.lose_otherwise(place, number, none);
        }
        for &number in &order {
            let left: Vec<u64> = self.gifts[place].parts.iter().map(Part::left).collect();
            let (rest, amount) = (left.iter().sum::<u64>(), self.gifts[place].disputes[number].amount);
            let shares = if rest == 0 { vec![0; left.len()] } else { divide(amount.min(rest), &left) };
            self.lose_otherwise(place, number, shares);
        }
    }

    /// A lost dispute takes other shares than before; what is beyond the gift is the platform's.
    fn lose_otherwise(&mut self, place: usize, number: usize, shares: Vec<u64>) {
        let was = core::mem::replace(&mut self.gifts[place].disputes[number].lost, shares.clone());
        let donor = self.gifts[place].donor;
        for (at, (was, is)) in was.into_iter().zip(shares).enumerate() {
            let part = self.gifts[place].parts[at].clone();
            let more = i128::from(is) - i128::from(was);
            self.gifts[place].parts[at].lost = part.lost + is - was;
            self.post(&self.of_part(&part, false), more);
            self.post("expenses:disputes:beyond-gift", -more);
            self.donors[donor].1.disputed += more;
            if let Some(cause) = part.cause {
                self.causes[cause].1.disputed += more;
            }
        }
    }

    /// What is held for disputes that are not decided is free again, and held anew as far as it is there.
    fn hold_anew(&mut self, place: usize) {
        let mut open: Vec<usize> = (0..self.gifts[place].disputes.len()).collect();
        open.retain(|number| is_open(self.gifts[place].disputes[*number].state));
        open.sort_by_key(|number| self.gifts[place].disputes[*number].id);
        let parts = self.gifts[place].parts.clone();
        let left: Vec<u64> = parts.iter().map(Part::left).collect();
        let rest: u64 = left.iter().sum();
        for &number in &open {
            let held = self.gifts[place].disputes[number].held.clone();
            self.hold(place, &held, -1);
        }
        for &number in &open {
            let amount = self.gifts[place].disputes[number].amount;
            let shares = if rest == 0 { vec![0; left.len()] } else { divide(amount.min(rest), &left) };
            let can = |(part, share): (&Part, u64)| {
                let free = part.cause.map_or(0, |cause| u64::try_from(self.free(cause)).unwrap_or(0));
                share.min(free)
            };
            let held: Vec<u64> = parts.iter().zip(shares).map(can).collect();
            self.hold(place, &held, 1);
            self.gifts[place].disputes[number].held = held;
        }
    }

    fn hold(&mut self, place: usize, held: &[u64], sign: i128) {
        for (at, minor) in held.iter().enumerate() {
            let Some(cause) = self.gifts[place].parts[at].cause else { continue };
            self.post(&self.available(cause), sign * i128::from(*minor));
            self.post(&self.frozen(cause), -sign * i128::from(*minor));
        }
    }
}
