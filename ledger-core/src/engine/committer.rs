//! The committer: callers queue up, the first of them leads a group through the pipeline for all that wait,
//! then hands the lead to the next. No thread of its own: one caller alone pays no hand-over, and nothing is
//! left running after close. (ADR 4 has the measurement against a committer thread.)

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parking_lot::{Condvar, Mutex};

use super::clock::Clock;
use super::committed::Committed;
use super::error::{LedgerError, Outcome};
use super::gate::Gate;
use super::pipeline::{Pipeline, Planned, Standing};
use crate::machine::command::Command;
use crate::storage::{AppendFault, Durability, Storage};

/// Commands that one group takes before it closes; a single call may bring more.
const GROUP_COMMANDS: usize = 1_000;

/// What a call gets for each of its commands.
pub type Results = Vec<Result<Committed, LedgerError>>;

/// Takes commands from any number of threads and commits them in groups.
pub struct Committer {
    storage: Arc<dyn Storage>,
    gate: Arc<Gate>,
    clock: Clock,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Arc<Ticket>>,
    has_leader: bool,
}

/// A call that waits.
struct Ticket {
    commands: Vec<Command>,
    durability: Durability,
    state: Mutex<TicketState>,
    changed: Condvar,
}

enum TicketState {
    Waiting,
    Leading,
    Done(Results),
}

impl Ticket {
    fn become_state(&self, state: TicketState) {
        *self.state.lock() = state;
        self.changed.notify_all();
    }
}

impl Committer {
    /// A committer into a store.
    pub fn new(storage: Arc<dyn Storage>, gate: Arc<Gate>, clock: Clock) -> Self {
        Self { storage, gate, clock, queue: Mutex::default() }
    }

    /// Commits commands, in their order, in one group. Each has its own result; one that is refused does not
    /// keep the others from being committed.
    pub fn submit(&self, commands: Vec<Command>, durability: Durability) -> Results {
        // Before anything that waits: in a forked child the leader that it waits for does not exist.
        if let Err(error) = self.gate.check_process() {
            return commands.iter().map(|_| Err(error.clone())).collect();
        }
        let state = Mutex::new(TicketState::Waiting);
        let ticket = Arc::new(Ticket { commands, durability, state, changed: Condvar::new() });
        if !self.enqueue(&ticket)
            && let Some(results) = wait(&ticket)
        {
            return results;
        }
        self.lead();
        let done = std::mem::replace(&mut *ticket.state.lock(), TicketState::Waiting);
        match done {
            TicketState::Done(results) => results,
            // A leader's own ticket is in front of the queue, so its group holds it.
            TicketState::Waiting | TicketState::Leading => {
                let lost = || LedgerError::Closed { why: "call was lost by the committer".to_owned() };
                ticket.commands.iter().map(|_| Err(lost())).collect()
            }
        }
    }

    /// Queues a ticket; true when its caller is to lead.
    fn enqueue(&self, ticket: &Arc<Ticket>) -> bool {
        let mut queue = self.queue.lock();
        queue.waiting.push_back(Arc::clone(ticket));
        !std::mem::replace(&mut queue.has_leader, true)
    }

    /// Commits one group of what waits, then passes the lead on.
    fn lead(&self) {
        let group = self.take_group();
        let results = catch_unwind(AssertUnwindSafe(|| self.commit(&group)))
            .unwrap_or_else(|_| self.all_unknown(&group, "a panic below the committer"));
        for (ticket, results) in group.iter().zip(results) {
            ticket.become_state(TicketState::Done(results));
        }
        let mut queue = self.queue.lock();
        match queue.waiting.front() {
            Some(next) => next.become_state(TicketState::Leading),
            None => queue.has_leader = false,
        }
    }

    /// Tickets from the front of the queue, up to the limit, all of one durability.
    fn take_group(&self) -> Vec<Arc<Ticket>> {
        let mut queue = self.queue.lock();
        let mut group: Vec<Arc<Ticket>> = Vec::new();
        let mut commands = 0_usize;
        while let Some(next) = queue.waiting.pop_front_if(|next| {
            let total = commands.saturating_add(next.commands.len());
            group.first().is_none_or(|first| total <= GROUP_COMMANDS && first.durability == next.durability)
        }) {
            commands = commands.saturating_add(next.commands.len());
            group.push(next);
        }
        group
    }

    fn commit(&self, group: &[Arc<Ticket>]) -> Vec<Results> {
        // From the first look at a key to the commit nobody may take the state away.
        let _in_use = self.gate.use_state();
        let durability = group.first().map_or(Durability::Sync, |ticket| ticket.durability);
        let storage = &self.storage;
        let mut pipeline =
            Pipeline::new(storage.identity(), storage.view(), storage.keys(), self.clock.now(), durability);
        // After the view is there: a close that comes now waits for it.
        if let Err(error) = self.gate.check_write() {
            return group
                .iter()
                .map(|ticket| ticket.commands.iter().map(|_| Err(error.clone())).collect())
                .collect();
        }
        let planned: Vec<Vec<Planned>> = group
            .iter()
            .map(|ticket| ticket.commands.iter().map(|command| pipeline.plan(command)).collect())
            .collect();
        let appended = match pipeline.into_group() {
            Err(fault) => Some(Err(AppendFault::NotCommitted(fault))),
            Ok(group) => group.map(|group| storage.append(group, durability)),
        };
        let failure = match appended {
            None | Some(Ok(_)) => None,
            Some(Err(AppendFault::Closed)) => Some(LedgerError::Closed { why: "by close".to_owned() }),
            Some(Err(AppendFault::NotCommitted(fault))) => {
                Some(LedgerError::from_fault(fault, Outcome::NotCommitted))
            }
            Some(Err(AppendFault::Unknown(fault))) => {
                // Whatever failed, even damage that was met: the group may be durable, and the caller must ask.
                self.gate.poison(fault.to_string());
                Some(LedgerError::Storage { outcome: Outcome::Unknown, what: fault.to_string() })
            }
        };
        let settle = |planned: Planned| match &failure {
            Some(failure) if planned.standing == Standing::WithGroup => Err(failure.clone()),
            Some(_) | None => planned.result,
        };
        planned.into_iter().map(|results| results.into_iter().map(settle).collect()).collect()
    }

    fn all_unknown(&self, group: &[Arc<Ticket>], why: &str) -> Vec<Results> {
        self.gate.poison(why.to_owned());
        let unknown = || LedgerError::Storage { outcome: Outcome::Unknown, what: why.to_owned() };
        group.iter().map(|ticket| ticket.commands.iter().map(|_| Err(unknown())).collect()).collect()
    }
}

/// Waits for results, or for the lead (`None`).
fn wait(ticket: &Ticket) -> Option<Results> {
    let mut state = ticket.state.lock();
    loop {
        match std::mem::replace(&mut *state, TicketState::Waiting) {
            TicketState::Done(results) => return Some(results),
            TicketState::Leading => return None,
            TicketState::Waiting => ticket.changed.wait(&mut state),
        }
    }
}
