//! What a ledger can be asked: each question is one of core's, which says all there is to say of it.

use ledger_core::foreign::LedgerError;
use ledger_core::{
    Account, AccountBalance, AccountPage, AsOf, BalanceSheet, BegunDonation, Cause, CauseChangePage, CauseId,
    CausePolicies, CauseStanding, Change, Currency, Date, Dispute, DisputeId, Donation, DonationId,
    DonationPage, Donor, DonorId, GiftLife, HistoryPage, KeyStatus, NoticePage, PageRequest, ParkedFact,
    PaymentId, Payout, PayoutId, Period, PeriodTotals, ProviderTarget, PublicPage, ReconciledLine, RefundId,
    RefundUnderWay, Settlement, SettlementId, Statement, StatementOf, Stats, SuspenseId, TrialBalance,
    Unidentified, Unsettled,
};

use crate::ledger::Ledger;

#[uniffi::export]
impl Ledger {
    /// A donor by id; nothing when there is none.
    pub fn donor(&self, donor: DonorId) -> Result<Option<Donor>, LedgerError> {
        Ok(self.0.donor(donor)?)
    }

    /// The donor with an e-mail address, compared without regard to case.
    pub fn donor_by_email(&self, email: String) -> Result<Option<Donor>, LedgerError> {
        Ok(self.0.donor_by_email(&email)?)
    }

    /// The donor with an external id.
    pub fn donor_by_external_id(&self, external_id: String) -> Result<Option<Donor>, LedgerError> {
        Ok(self.0.donor_by_external_id(&external_id)?)
    }

    /// At most `limit` (1 to 10,000) donors after one, in order of registration.
    pub fn donors(&self, after: Option<DonorId>, limit: u32) -> Result<Vec<Donor>, LedgerError> {
        Ok(self.0.donors(after, limit)?)
    }

    /// A cause by id; nothing when there is none.
    pub fn cause(&self, cause: CauseId) -> Result<Option<Cause>, LedgerError> {
        Ok(self.0.cause(cause)?)
    }

    /// The cause with an external id.
    pub fn cause_by_external_id(&self, external_id: String) -> Result<Option<Cause>, LedgerError> {
        Ok(self.0.cause_by_external_id(&external_id)?)
    }

    /// At most `limit` (1 to 10,000) causes after one, in order of opening.
    pub fn causes(&self, after: Option<CauseId>, limit: u32) -> Result<Vec<Cause>, LedgerError> {
        Ok(self.0.causes(after, limit)?)
    }

    /// A donation that was begun before it was paid, with its payments; nothing when there is none.
    pub fn begun_donation(&self, donation: DonationId) -> Result<Option<BegunDonation>, LedgerError> {
        Ok(self.0.begun_donation(donation)?)
    }

    /// The donation that a payment is to collect; nothing when there is no such payment.
    pub fn donation_of_payment(&self, payment: PaymentId) -> Result<Option<DonationId>, LedgerError> {
        Ok(self.0.donation_of_payment(payment)?)
    }

    /// A refund that a processor carries out, by id; nothing when there is none, or it was done at once.
    pub fn refund_under_way(&self, refund: RefundId) -> Result<Option<RefundUnderWay>, LedgerError> {
        Ok(self.0.refund_under_way(refund)?)
    }

    /// A payout by id; nothing when there is none.
    pub fn payout(&self, payout: PayoutId) -> Result<Option<Payout>, LedgerError> {
        Ok(self.0.payout(payout)?)
    }

    /// A donation by id, with what is left of it; nothing when there is none, or it is not paid yet.
    pub fn donation(&self, donation: DonationId) -> Result<Option<Donation>, LedgerError> {
        Ok(self.0.donation(donation)?)
    }

    /// The donations that were captured after a record, oldest first, each as it stands now; those that a correction
    /// took back among them. At most `limit`, and some more where one record has several: 1 to 10,000. Begin at 0, go
    /// on at `through`, and the pages together are all there are.
    pub fn donations_after(&self, seq: u64, limit: u32) -> Result<DonationPage, LedgerError> {
        Ok(self.0.donations_after(seq, limit)?)
    }

    /// A page of what happened with a donor.
    pub fn donor_history(&self, donor: DonorId, request: PageRequest) -> Result<HistoryPage, LedgerError> {
        Ok(self.0.donor_history(donor, &request)?)
    }

    /// A page of what happened with a cause.
    pub fn cause_history(&self, cause: CauseId, request: PageRequest) -> Result<HistoryPage, LedgerError> {
        Ok(self.0.cause_history(cause, &request)?)
    }

    /// A page of a cause's gifts as the public may see them: names where the gift says so, a number of the list where
    /// it does not, and no ids.
    pub fn public_gifts(&self, cause: CauseId, request: PageRequest) -> Result<PublicPage, LedgerError> {
        Ok(self.0.public_gifts(cause, &request)?)
    }

    /// A page of an account's lines; none for an account that was never posted to.
    pub fn account_history(
        &self,
        account: Account,
        request: PageRequest,
    ) -> Result<AccountPage, LedgerError> {
        Ok(self.0.account_history(&account, &request)?)
    }

    /// The balance of an account; zero for one that was never posted to.
    pub fn balance(&self, account: Account) -> Result<AccountBalance, LedgerError> {
        Ok(self.0.balance(&account)?)
    }

    /// All balances of one moment; debits equal credits in every currency.
    pub fn trial_balance(&self) -> Result<TrialBalance, LedgerError> {
        Ok(self.0.trial_balance()?)
    }

    /// The balance of an account at a moment of the past.
    pub fn balance_as_of(&self, account: Account, as_of: AsOf) -> Result<AccountBalance, LedgerError> {
        Ok(self.0.balance_as_of(&account, as_of)?)
    }

    /// All balances at a moment of the past, of accounts that had been posted to by then. Debits equal credits in every
    /// currency.
    pub fn trial_balance_as_of(&self, as_of: AsOf) -> Result<TrialBalance, LedgerError> {
        Ok(self.0.trial_balance_as_of(as_of)?)
    }

    /// What the book owns, owes and has of its own at the end of a day, one for each currency.
    pub fn balance_sheets(&self, day: Date) -> Result<Vec<BalanceSheet>, LedgerError> {
        Ok(self.0.balance_sheets(day)?)
    }

    /// What all causes together received by month or year, by the days on which it happened, oldest first.
    pub fn totals_by(&self, period: Period) -> Result<Vec<PeriodTotals>, LedgerError> {
        Ok(self.0.totals_by(period)?)
    }

    /// The lines of an account, a cause or a donor from one day to another, both inclusive, at most 20,000, with the
    /// balance before them, after each, and after the last.
    pub fn statement(&self, of: StatementOf, from: Date, to: Date) -> Result<Statement, LedgerError> {
        Ok(self.0.statement(&of, from, to)?)
    }

    /// What became of an idempotency key.
    pub fn status(&self, key: String) -> Result<KeyStatus, LedgerError> {
        Ok(self.0.status(&key)?)
    }

    /// At most `limit` (1 to 10,000) records after a seq: the journal as a feed, ids and money only.
    pub fn changes(&self, after_seq: u64, limit: u32) -> Result<Vec<Change>, LedgerError> {
        Ok(self.0.changes(after_seq, limit)?)
    }

    /// What the records after one changed in the totals of causes, in order: added up, they are the totals. At most
    /// `limit`, and some more where one record changes several: 1 to 10,000. Begin at 0, go on at `through`.
    pub fn cause_changes_after(&self, seq: u64, limit: u32) -> Result<CauseChangePage, LedgerError> {
        Ok(self.0.cause_changes_after(seq, limit)?)
    }

    /// The epoch: 1, and one more for each time that another writer took over.
    pub fn epoch(&self) -> Result<u64, LedgerError> {
        Ok(self.0.epoch()?)
    }

    /// What the ledger holds and what it takes on disk.
    pub fn stats(&self) -> Result<Stats, LedgerError> {
        Ok(self.0.stats()?)
    }

    /// The whole life of a gift: attempts, refunds, disputes, fees, and what is left of it; nothing when there is none.
    pub fn gift_life(&self, donation: DonationId) -> Result<Option<GiftLife>, LedgerError> {
        Ok(self.0.gift_life(donation)?)
    }

    /// Where a cause stands: its totals, and what is available to it, held, in transit and owed by it.
    pub fn standing(&self, cause: CauseId) -> Result<Option<CauseStanding>, LedgerError> {
        Ok(self.0.standing(cause)?)
    }

    /// The policies that hold for a cause: its own, or those of all that have none; nothing when there is no such cause.
    pub fn policies_of(&self, cause: CauseId) -> Result<Option<CausePolicies>, LedgerError> {
        Ok(self.0.policies_of(cause)?)
    }

    /// The causes that have less than nothing. Takes time in proportion to the number of causes.
    pub fn negative_causes(&self) -> Result<Vec<CauseStanding>, LedgerError> {
        Ok(self.0.negative_causes()?)
    }

    /// A dispute by id; nothing when there is none.
    pub fn dispute(&self, dispute: DisputeId) -> Result<Option<Dispute>, LedgerError> {
        Ok(self.0.dispute(dispute)?)
    }

    /// The disputes that are not decided. Takes time in proportion to the number of disputes there ever were.
    pub fn open_disputes(&self) -> Result<Vec<Dispute>, LedgerError> {
        Ok(self.0.open_disputes()?)
    }

    /// What providers said of objects that nobody knows here yet: payments that were made without our id, and what came
    /// before what it is about. It is taken up when the object is attached. Takes time in proportion to the number of
    /// objects there are.
    pub fn parked(&self) -> Result<Vec<ParkedFact>, LedgerError> {
        Ok(self.0.parked()?)
    }

    /// Money that is not known to be anybody's gift, by id; nothing when there is none.
    pub fn suspense(&self, item: SuspenseId) -> Result<Option<Unidentified>, LedgerError> {
        Ok(self.0.suspense(item)?)
    }

    /// What is left of such money. Takes time in proportion to how often there ever was some.
    pub fn unidentified(&self) -> Result<Vec<Unidentified>, LedgerError> {
        Ok(self.0.unidentified()?)
    }

    /// A settlement by id.
    pub fn settlement(&self, id: SettlementId) -> Result<Option<Settlement>, LedgerError> {
        Ok(self.0.settlement(id)?)
    }

    /// What an object of a provider is here, by the account at the processor and its id there; none where nobody knows.
    pub fn provider_object(
        &self,
        processor: String,
        object: String,
    ) -> Result<Option<ProviderTarget>, LedgerError> {
        Ok(self.0.provider_object(&processor, &object)?)
    }

    /// The settlement of which something is a line, by the account at the processor and the id of the line there.
    pub fn settlement_of_line(
        &self,
        processor: String,
        line: String,
    ) -> Result<Option<SettlementId>, LedgerError> {
        Ok(self.0.settlement_of_line(&processor, &line)?)
    }

    /// The lines of a settlement, each with what the books have of what it is about: after the first `skip`, at most
    /// `limit`, in the order in which they were recorded.
    pub fn reconcile_settlement(
        &self,
        id: SettlementId,
        skip: u64,
        limit: u32,
    ) -> Result<Vec<ReconciledLine>, LedgerError> {
        Ok(self.0.reconcile_settlement(id, skip, limit)?)
    }

    /// What was booked at a processor in a currency between two days, both inclusive, and is not in settlements as it
    /// was booked: what is still to be settled, and what the processor says otherwise.
    pub fn unsettled(
        &self,
        processor: String,
        currency: Currency,
        from: Date,
        to: Date,
    ) -> Result<Vec<Unsettled>, LedgerError> {
        Ok(self.0.unsettled(&processor, currency, from, to)?)
    }

    /// The next notices for a consumer, at most `limit`: those after what it acknowledged last, from the beginning for
    /// a new one. What is not acknowledged comes again.
    pub fn next_notices(&self, consumer: String, limit: u32) -> Result<NoticePage, LedgerError> {
        Ok(self.0.next_notices(&consumer, limit)?)
    }

    /// Notices after a record, whoever has dealt with them: to look at them, or to replay them.
    pub fn notices_after(&self, seq: u64, limit: u32) -> Result<NoticePage, LedgerError> {
        Ok(self.0.notices_after(seq, limit)?)
    }
}
