//! A naive ledger: what the real one must say, computed the long way from lists that are searched from end
//! to end. It shares no rule with `ledger-core`: commands, ids, amounts and dates come in, plain numbers and
//! texts are kept, and every rule (who may, how much, on which account) is written again here.
//!
//! It makes no ids: it says what must happen, and takes the ids from the answer.

mod apply;
mod calendar;
mod corrections;
mod divide;
mod guards;
mod merges;
mod money;
mod people;
mod periods;
mod seen;
mod texts;

pub use calendar::civil_day;
pub use divide::divide;
pub use guards::comparable;
pub use seen::{AccountLineSeen, CauseSeen, DonorSeen, GiftSeen, Line, Move, MoveOf, Part, Sheet, Sums};

use std::collections::BTreeMap;

use self::corrections::{Entered, Moved, Posting};
use self::merges::FoundBy;

use ledger_core::{Command, Committed, Date, Delivery, DonorId, RecordedAs, Right};

/// Everything that was accepted so far.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// A charity's own books, not those of a platform.
    pub is_principal: bool,
    /// The last record.
    pub seq: u64,
    /// Its time, in microseconds since 1970.
    pub time: i64,
    /// Donors, in order of registration.
    pub donors: Vec<DonorSeen>,
    /// Causes, in order of opening.
    pub causes: Vec<CauseSeen>,
    /// Donations, in order.
    pub gifts: Vec<GiftSeen>,
    /// Accounts that were posted to, by name and currency.
    pub sheets: BTreeMap<(String, String), Sheet>,
    /// Every movement of totals, in order of records.
    pub moves: Vec<Move>,
    /// The day of the record that is taken in.
    day: Option<Date>,
    /// The last day of the last period that was closed.
    pub closed_through: Option<Date>,
    /// How often another writer took over.
    pub epochs_begun: u64,
    /// Keys that stand for something: the command and what it returned.
    pub keys: BTreeMap<String, (Command, Committed)>,
    /// The key of every record.
    pub record_keys: Vec<Option<String>>,
    /// Journal entries.
    pub entries: u64,
    /// By what each donor wanted to be found, in the order in which it was said.
    said: Vec<(DonorId, Vec<FoundBy>)>,
    /// Donors that are merged into others, in the order of their merging.
    merged: Vec<DonorId>,
    /// Every entry that can be taken back.
    entered: Vec<Entered>,
    /// What was posted for the entry that is taken in.
    posted: Vec<Posting>,
    /// What moved for it.
    moved: Vec<Moved>,
    /// Journal entries before it.
    entries_before: u64,
    /// Every command that was ever asked for, refused ones among them.
    pub asked: Vec<Command>,
}

/// What must become of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Refused with this number.
    Refused(u16),
    /// The answer of an earlier call.
    Replayed(Box<Committed>),
    /// Accepted, and nothing to record.
    NothingNew,
    /// A record of its own.
    Fresh,
}

/// The key of a command.
pub fn key_of(command: &Command) -> Option<&String> {
    match command {
        Command::RegisterDonor(command) => command.key.as_ref(),
        Command::UpdateDonor(command) => command.key.as_ref(),
        Command::OpenCause(command) => command.key.as_ref(),
        Command::UpdateCause(command) => command.key.as_ref(),
        Command::Donate(command) => Some(&command.key),
        Command::Refund(command) => Some(&command.key),
        Command::Adjust(command) => Some(&command.key),
        Command::TakeOver(command) => Some(&command.key),
        Command::Reallocate(command) => Some(&command.key),
        Command::ClosePeriod(command) => Some(&command.key),
        Command::EraseDonor(command) => command.key.as_ref(),
        Command::MergeDonors(command) => command.key.as_ref(),
        Command::UndoMerge(command) => command.key.as_ref(),
        Command::BeginEpoch(command) => command.key.as_ref(),
        Command::Correct(command) => Some(match &command.right {
            Right::Nothing { key, .. } => key,
            Right::Donation(right) => &right.key,
            Right::Refund(right) => &right.key,
            Right::Adjustment(right) => &right.key,
            Right::Reallocation(right) => &right.key,
            other => panic!("the model does not know {other:?}"),
        }),
        other => panic!("the model does not know {other:?}"),
    }
}

/// A row that moves nothing leaves its key to the row that corrects it.
fn key_to_claim(command: &Command) -> Option<&String> {
    let moves_nothing = matches!(command, Command::TakeOver(row) if row.recorded_as == RecordedAs::Nothing);
    key_of(command).filter(|_| !moves_nothing)
}

impl Model {
    /// The time that a record made now carries: time stands still when the clock goes back a little, and
    /// follows it when it goes back by more than a day.
    pub fn record_time(&self, now: i64) -> i64 {
        let day = 86_400 * 1_000_000;
        if self.time - now > day { now } else { now.max(self.time) }
    }

    /// What must become of a command that is given now.
    pub fn expect(&self, command: &Command, now: i64) -> Verdict {
        if let Some((original, answer)) = key_of(command).and_then(|key| self.keys.get(key)) {
            if !self.is_same(original, command, answer) {
                return Verdict::Refused(3001);
            }
            let mut again = answer.clone();
            again.delivery = Delivery::Replayed;
            return Verdict::Replayed(Box::new(again));
        }
        let today = civil_day(self.record_time(now));
        match self.guard(command, today) {
            Err(number) => Verdict::Refused(number),
            Ok(()) if self.changes_nothing(command) => Verdict::NothingNew,
            Ok(()) => Verdict::Fresh,
        }
    }

    fn changes_nothing(&self, command: &Command) -> bool {
        match command {
            Command::TakeOver(row) => {
                row.recorded_as == RecordedAs::Nothing
                    && self.donor_with_external_id(&row.donor_external_id).is_some()
                    && self.cause_with_external_id(&row.cause_external_id).is_some()
            }
            _ => false,
        }
    }

    /// The donor with an external id.
    pub fn donor_with_external_id(&self, external_id: &str) -> Option<&DonorSeen> {
        self.holder(&("external id", external_id.to_owned()))
    }

    /// The donor with an e-mail address.
    pub fn donor_with_email(&self, email: &str) -> Option<&DonorSeen> {
        self.holder(&("email", comparable(email)))
    }

    /// The cause with an external id.
    pub fn cause_with_external_id(&self, external_id: &str) -> Option<&CauseSeen> {
        let has = |cause: &&CauseSeen| cause.details.external_id.as_deref() == Some(external_id);
        self.causes.iter().find(has)
    }
}
