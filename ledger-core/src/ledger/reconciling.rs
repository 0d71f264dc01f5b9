//! Reading what processors settled, against what was booked.

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::error::LedgerError;
use crate::engine::reconciliation::{self, ReconciledLine, Settlement, Unsettled};
use crate::giving::provider::ProviderTarget;
use crate::machine::command::{Command, RecordSettlementLines};
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::SettlementId;
use crate::vocabulary::money::Currency;

impl Ledger {
    /// Records what a processor says a settlement consists of: see [`RecordSettlementLines`].
    ///
    /// # Errors
    /// No lines, or more than 1,000 (1034); an id that is empty or longer than 100 bytes (1010, 1011, 1012); an unknown settlement
    /// (2010); a line that is in a settlement already (3039); sums beyond 64 bits (1002).
    pub fn record_settlement_lines(&self, command: RecordSettlementLines) -> Result<Committed, LedgerError> {
        self.submit(Command::RecordSettlementLines(command))
    }

    /// A settlement by id.
    ///
    /// # Errors
    /// Only those of the storage.
    pub fn settlement(&self, id: SettlementId) -> Result<Option<Settlement>, LedgerError> {
        reconciliation::settlement(self.view()?.as_ref(), self.keys().as_ref(), id)
    }

    /// What an object of a provider is here, by the account at the processor and its id there; none where nobody knows.
    ///
    /// # Errors
    /// Only those of the storage.
    pub fn provider_object(
        &self,
        processor: &str,
        object: &str,
    ) -> Result<Option<ProviderTarget>, LedgerError> {
        reconciliation::object(self.view()?.as_ref(), self.keys().as_ref(), processor, object)
    }

    /// The settlement of which something is a line, by the account at the processor and the id of the line there.
    ///
    /// # Errors
    /// Only those of the storage.
    pub fn settlement_of_line(
        &self,
        processor: &str,
        line: &str,
    ) -> Result<Option<SettlementId>, LedgerError> {
        reconciliation::settlement_of_line(self.view()?.as_ref(), self.keys().as_ref(), processor, line)
    }

    /// The lines of a settlement, each with what the books have of what it is about: after the first `skip`, at most
    /// `limit`, in the order in which they were recorded.
    ///
    /// # Errors
    /// An unknown settlement (2010); a limit that is not 1 to 10,000 (1025).
    pub fn reconcile_settlement(
        &self,
        id: SettlementId,
        skip: u64,
        limit: u32,
    ) -> Result<Vec<ReconciledLine>, LedgerError> {
        let limit = super::reading::page_size(limit)?;
        reconciliation::lines(self.view()?.as_ref(), self.keys().as_ref(), id, skip, limit)
    }

    /// What was booked at a processor in a currency between two days, both inclusive, and is not in settlements as it was
    /// booked: what is still to be settled, and what the processor says otherwise.
    ///
    /// # Errors
    /// Days the wrong way round (1017); more than 20,000 objects in that time (4003).
    pub fn unsettled(
        &self,
        processor: &str,
        currency: Currency,
        from: Date,
        to: Date,
    ) -> Result<Vec<Unsettled>, LedgerError> {
        let (of, days) = ((processor, currency), (from, to));
        reconciliation::unsettled(self.view()?.as_ref(), self.keys().as_ref(), of, days)
    }
}
