//! Decide: the one rule core. A command and a view of the state in, a decision or a rejection out.
//!
//! Guards run in the order in which they stand, so that the same wrong call always gets the same code:
//! the shape of the input first, then what it names, then the state of what it names.
//! After the last guard nothing can fail.

mod adjustments;
mod amounts;
mod attempts;
mod captures;
mod causes;
mod corrections;
mod disputes;
mod donations;
mod donors;
mod facts;
mod fees;
mod given_again;
mod goals;
mod held;
mod merges;
mod notices;
mod overdrafts;
mod owed;
mod payments;
mod payouts;
mod periods;
mod reallocations;
mod refunds;
mod set_asides;
mod settlements;
mod step;
mod suspense;
mod takeovers;
mod takings;
pub mod texts;

pub use self::step::Step;

use super::command::Command;
use super::event::Event;
use super::personal::PersonalField;
use super::posting_rules::entries_of;
use super::rejection::Rejection;
use super::state::StateView;
use crate::accounting::chart::BookMode;
use crate::accounting::journal_entry::JournalEntry;
use crate::vocabulary::date::Date;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::IdBits;
use crate::vocabulary::time::Timestamp;

/// What the engine knows when it asks for a decision.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The time that the record will carry.
    pub now: Timestamp,
    /// The time that goes into new ids: never earlier than in any id before.
    pub id_time: Timestamp,
    /// The sequence number that the record will have.
    pub seq: u64,
    /// The tag of the ledger, for new ids.
    pub tag: u16,
    /// Whose books these are.
    pub mode: BookMode,
    /// The number of the first id that is free in the record.
    pub first_id: u16,
}

/// Most ids of a step by which money comes in: of what happens to it for each of 100 causes, and a few more.
const IDS_OF_CAPTURE: u16 = 128;

impl Moment {
    /// The bits of the id number `ordinal` of this step.
    fn id(&self, ordinal: u16) -> IdBits {
        IdBits::made_by(self.id_time, self.seq, self.first_id.saturating_add(ordinal), self.tag)
    }

    /// The moment of the next step of the record, after one that decided events. Its ids are its own.
    pub fn after(&self, events: &[Event]) -> Result<Self, Fault> {
        let came_in =
            |event: &Event| matches!(event, Event::DonationCaptured { .. } | Event::UnidentifiedReceived(_));
        let taken = if events.iter().any(came_in) { IDS_OF_CAPTURE } else { u16::from(!events.is_empty()) };
        let first_id = self.first_id.checked_add(taken);
        let first_id = first_id.ok_or_else(|| Fault::state("record that needs too many ids", self.seq))?;
        Ok(Self { first_id, ..*self })
    }

    /// The day of an act: the caller's, or the UTC day of recording.
    fn day(&self, occurred_on: Option<Date>) -> Date {
        occurred_on.unwrap_or_else(|| self.now.date())
    }
}

/// What a command amounts to.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// What happened; nothing when the state is already as the command wants it.
    pub events: Vec<Event>,
    /// The day on which it happened, where that is known.
    pub occurred_on: Option<Date>,
    /// What is personal about it.
    pub personal: Vec<PersonalField>,
    /// How it is posted.
    pub entries: Vec<JournalEntry>,
    /// What is decided next, in the same record and on what it has become by then.
    pub then: Vec<Step>,
}

impl Decision {
    fn of(event: Event) -> Self {
        Self { events: vec![event], ..Self::default() }
    }

    fn append(&mut self, more: Self) {
        self.events.extend(more.events);
        self.personal.extend(more.personal);
        self.then.extend(more.then);
    }
}

/// Why there is no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The rules say no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The state could not be read.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Decides a command.
pub fn decide(view: &dyn StateView, moment: &Moment, command: &Command) -> Result<Decision, Refusal> {
    if let Some(key) = command.key() {
        texts::check_key(key)?;
    }
    let mut decision = match command {
        Command::RegisterDonor(command) => donors::register(view, moment, command),
        Command::UpdateDonor(command) => donors::update(view, command),
        Command::OpenCause(command) => causes::open(view, moment, command),
        Command::UpdateCause(command) => causes::update(view, command),
        Command::Donate(command) => donations::donate(view, moment, command),
        Command::Refund(command) => refunds::refund(view, moment, command),
        Command::ForceRefund(command) => refunds::force(view, moment, command),
        Command::Adjust(command) => adjustments::adjust(view, moment, command),
        Command::TakeOver(command) => takeovers::take_over(view, moment, command),
        Command::Reallocate(command) => reallocations::reallocate(view, moment, command),
        Command::ClosePeriod(command) => periods::close(view, moment, command),
        Command::EraseDonor(command) => donors::erase(view, command),
        Command::MergeDonors(command) => merges::merge(view, command),
        Command::UndoMerge(command) => merges::undo(view, command),
        Command::BeginEpoch(_) => begin_epoch(view),
        Command::Correct(command) => corrections::correct(view, moment, command),
        Command::BeginDonation(command) => payments::begin(view, moment, command),
        Command::StartPayment(command) => payments::start(view, moment, command),
        Command::ReportPayment(command) => payments::report(view, moment, command),
        Command::CancelDonation(command) => payments::cancel(view, command),
        Command::BookFee(command) => fees::book(view, command),
        Command::TakePlatformFee(command) => payouts::take_fee(view, moment, command),
        Command::RecordSettlement(command) => settlements::record(moment, command),
        Command::ProposePayout(command) => payouts::propose(view, moment, command),
        Command::ReportPayout(command) => payouts::report(view, command),
        Command::ReportRefund(command) => refunds::report(view, command),
        Command::OpenDispute(command) => disputes::open(view, moment, command),
        Command::ReportDispute(command) => disputes::report(view, moment, command),
        Command::BookDisputeFee(command) => disputes::book_fee(view, command),
        Command::SetCausePolicies(command) => owed::set_policies(view, moment, command),
        Command::SettleReceivable(command) => owed::settle(view, moment, command),
        Command::GiveBackFees(command) => owed::give_back(view, moment, command),
        Command::ReceiveUnidentified(command) => suspense::receive(moment, command),
        Command::Identify(command) => suspense::identify(view, moment, command),
        Command::ReturnUnidentified(command) => suspense::give_back(view, command),
        Command::ReleaseSetAside(command) => suspense::release(view, command),
        Command::BeginForeignDonation(command) => payments::begin_foreign(view, moment, command),
        Command::CaptureExchanged(command) => captures::capture_exchanged(view, moment, command),
        Command::ExchangeMoney(command) => captures::exchange(moment, command),
        Command::IngestFacts(command) => facts::ingest(command),
        Command::AttachObject(command) => facts::attach(view, command),
        Command::AcknowledgeNotices(command) => notices::acknowledge(view, moment, command),
        Command::RecordSettlementLines(command) => settlements::record_lines(view, command),
    }?;
    post(view, moment, overdrafts::Wish::of(command), &mut decision)?;
    decision.occurred_on = decision.occurred_on.or(command.occurred_on());
    periods::check_days(view, moment, command, &decision)?;
    Ok(decision)
}

/// Decides a step that follows in the same record. It is never refused.
pub fn decide_step(view: &dyn StateView, moment: &Moment, step: &Step) -> Result<Decision, Fault> {
    let mut decision = facts::step(view, moment, step)?;
    match post(view, moment, overdrafts::Wish::NotOurs, &mut decision) {
        Ok(()) => Ok(decision),
        Err(Refusal::Fault(fault)) => Err(fault),
        Err(Refusal::Rejected(why)) => Err(Fault::state(format!("a fact was refused: {why}"), moment.seq)),
    }
}

/// Adds the entries of what was decided, and what follows from them.
fn post(
    view: &dyn StateView,
    moment: &Moment,
    wish: overdrafts::Wish,
    decision: &mut Decision,
) -> Result<(), Refusal> {
    // The posting rules balance by construction; should one not, the command is refused before it is written.
    let posted = |events: &[Event]| {
        entries_of(moment.mode, events)
            .map_err(|error| Fault::state(format!("posting rules: {error}"), moment.seq))
    };
    decision.entries = posted(&decision.events)?;
    let takings = takings::takings(&decision.events);
    let mut moved = set_asides::followed(view, moment, &takings)?;
    moved.extend(given_again::returned(view, &takings)?);
    decision.entries.extend(posted(&moved)?);
    let held = held::for_gifts(view, &decision.events, &takings)?;
    let mut following = overdrafts::borne(view, moment, wish, &decision.entries, (&takings, &held))?;
    decision.then.extend(held.anew);
    following.extend(goals::reached(view, &decision.events)?);
    decision.entries.extend(posted(&following)?);
    decision.events.extend(moved);
    decision.events.extend(following);
    Ok(())
}

/// The epoch after the one that is.
fn begin_epoch(view: &dyn StateView) -> Result<Decision, Refusal> {
    Ok(Decision::of(Event::EpochBegun { epoch: view.epoch()?.saturating_add(1) }))
}
