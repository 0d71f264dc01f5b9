//! Reads of where gifts, causes and disputes stand.

use super::Ledger;
use crate::engine::error::LedgerError;
use crate::engine::gift_life::{self, GiftLife};
use crate::engine::standing::{self, CauseStanding, Dispute, ParkedFact, Unidentified};
use crate::giving::policy::CausePolicies;
use crate::vocabulary::ids::{CauseId, DisputeId, DonationId, SuspenseId};

impl Ledger {
    /// The whole life of a gift: attempts, refunds, disputes, fees, and what is left of it; `None` when there is none.
    pub fn gift_life(&self, donation: DonationId) -> Result<Option<GiftLife>, LedgerError> {
        gift_life::gift_life(self.view()?.as_ref(), self.keys().as_ref(), donation)
    }

    /// Where a cause stands: its totals, and what is available to it, held, in transit and owed by it.
    pub fn standing(&self, cause: CauseId) -> Result<Option<CauseStanding>, LedgerError> {
        standing::cause(self.view()?.as_ref(), self.identity().mode, cause)
    }

    /// The policies that hold for a cause: its own, or those of all that have none; `None` when there is no such cause.
    pub fn policies_of(&self, cause: CauseId) -> Result<Option<CausePolicies>, LedgerError> {
        standing::policies_of(self.view()?.as_ref(), self.keys().as_ref(), cause)
    }

    /// The causes that have less than nothing. Takes time in proportion to the number of causes.
    pub fn negative_causes(&self) -> Result<Vec<CauseStanding>, LedgerError> {
        standing::negative_causes(self.view()?.as_ref(), self.identity().mode)
    }

    /// A dispute by id; `None` when there is none.
    pub fn dispute(&self, dispute: DisputeId) -> Result<Option<Dispute>, LedgerError> {
        standing::dispute(self.view()?.as_ref(), self.keys().as_ref(), dispute)
    }

    /// The disputes that are not decided. Takes time in proportion to the number of disputes there ever were.
    pub fn open_disputes(&self) -> Result<Vec<Dispute>, LedgerError> {
        standing::open_disputes(self.view()?.as_ref(), self.keys().as_ref())
    }

    /// What providers said of objects that nobody knows here yet: payments that were made without our id, and what came before
    /// what it is about. It is taken up when the object is attached. Takes time in proportion to the number of objects there are.
    pub fn parked(&self) -> Result<Vec<ParkedFact>, LedgerError> {
        standing::parked(self.view()?.as_ref())
    }

    /// Money that is not known to be anybody's gift, by id; `None` when there is none.
    pub fn suspense(&self, item: SuspenseId) -> Result<Option<Unidentified>, LedgerError> {
        standing::suspense(self.view()?.as_ref(), self.keys().as_ref(), item)
    }

    /// What is left of such money. Takes time in proportion to how often there ever was some.
    pub fn unidentified(&self) -> Result<Vec<Unidentified>, LedgerError> {
        standing::unidentified(self.view()?.as_ref())
    }
}
