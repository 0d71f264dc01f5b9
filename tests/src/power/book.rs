//! Commands of a workload, each with a key of its own.

use ledger_core::{
    CauseDetails, CauseId, Command, Committed, Designation, DonationId, DonorId, EraseDonor, ErasureReason,
    MergeDonors, OpenCause, Refund, RefundScope, RegisterDonor,
};

use crate::book::{cents, euro, gift, profile};
use crate::dice::Dice;

/// A donor, and the name that the profile tells of.
#[derive(Debug, Clone)]
pub struct Known {
    /// The id.
    pub id: DonorId,
    /// The name.
    pub name: String,
}

impl Known {
    /// The address in the profile.
    pub fn email(&self) -> String {
        profile(&self.name).email.unwrap()
    }
}

/// What a workload knows of its ledger.
#[derive(Debug, Default)]
pub struct Book {
    /// Causes, all open.
    pub causes: Vec<CauseId>,
    /// Donors, neither merged nor erased.
    pub donors: Vec<Known>,
    /// Gifts.
    pub gifts: Vec<DonationId>,
    /// Number of the next key.
    pub next: u64,
}

/// A command with its key.
pub type Keyed = (String, Command);

impl Book {
    fn key(&mut self, of: &str) -> String {
        self.next += 1;
        format!("{of}-{}", self.next)
    }

    /// A cause.
    pub fn cause(&mut self) -> Keyed {
        let key = self.key("cause");
        let details = CauseDetails { name: key.clone(), ..CauseDetails::default() };
        (key.clone(), Command::OpenCause(OpenCause { key: Some(key), currency: euro(), details }))
    }

    /// A donor with a full profile; the key is its name.
    pub fn register(&mut self) -> Keyed {
        let key = self.key("donor");
        let command =
            RegisterDonor { key: Some(key.clone()), profile: profile(&key), ..RegisterDonor::default() };
        (key, Command::RegisterDonor(command))
    }

    /// A gift of somebody, to one cause or two, now and then with many words.
    pub fn gift(&mut self, dice: &mut Dice, words: usize) -> Keyed {
        let key = self.key("gift");
        let cause = dice.pick(&self.causes);
        let minor = 100 + i64::try_from(dice.below(10_000)).unwrap();
        let mut command = gift(&key, dice.pick(&self.donors).id, cause, minor);
        if let Some(other) = self.causes.iter().find(|other| **other != cause).filter(|_| dice.once_in(2)) {
            command.designations.push(Designation { cause: *other, amount: cents(77) });
        }
        command.memo = (words > 0).then(|| "w".repeat(words));
        (key, Command::Donate(command))
    }

    /// A refund of some of a gift, if there was one. It may be refused: then too much was given back before.
    pub fn refund(&mut self, dice: &mut Dice) -> Option<Keyed> {
        let donation = dice.any(&self.gifts)?;
        let key = self.key("refund");
        let scope = if dice.once_in(3) {
            RefundScope::Everything
        } else {
            RefundScope::Proportional { amount: cents(50) }
        };
        let memo = Some(format!("regrets {key}"));
        let command = Refund { key: key.clone(), donation, scope, occurred_on: None, memo };
        Some((key, Command::Refund(command)))
    }

    /// A merge of two donors, where there are some.
    pub fn merge(&mut self, dice: &mut Dice) -> Option<Keyed> {
        if self.donors.len() < 3 {
            return None;
        }
        let gone = self.donors.remove(dice.place(self.donors.len())).id;
        let keep = dice.pick(&self.donors).id;
        let key = self.key("merge");
        Some((key.clone(), Command::MergeDonors(MergeDonors { key: Some(key), keep, gone })))
    }

    /// An erasure of a donor that is not the last one.
    pub fn erase(&mut self, dice: &mut Dice) -> Option<(Known, Keyed)> {
        if self.donors.len() < 2 {
            return None;
        }
        let donor = self.donors.remove(dice.place(self.donors.len()));
        let key = self.key("erase");
        let command =
            EraseDonor { key: Some(key.clone()), donor: donor.id, reason: ErasureReason::Requested };
        Some((donor, (key, Command::EraseDonor(command))))
    }
}

impl Book {
    /// Takes up what came of a command.
    pub fn take_up(&mut self, key: &str, committed: &Committed) {
        self.causes.extend(committed.cause());
        self.donors.extend(committed.donor().map(|id| Known { id, name: key.to_owned() }));
        self.gifts.extend(committed.donation());
    }
}
