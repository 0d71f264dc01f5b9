//! Questions as values: what a ledger can be asked, for those who send it as a message rather than call a method. Each is
//! one method, by the same name and with the same arguments; none changes the book.

use serde::{Deserialize, Serialize};

use crate::ledger::Ledger;
use crate::{
    Account, AccountBalance, AccountPage, AsOf, AuditReport, BalanceSheet, BegunDonation, Cause,
    CauseChangePage, CauseId, CausePolicies, CauseStanding, Change, Command, Committed, Currency, Date,
    Dispute, DisputeId, Donation, DonationId, DonationPage, Donor, DonorId, GiftLife, HistoryPage, Identity,
    KeyStatus, LedgerError, MergeDonors, NoticePage, OpeningReport, PageRequest, ParkedFact, PaymentId,
    Payout, PayoutId, Period, PeriodTotals, ProviderTarget, PublicPage, ReconciledLine, RefundId,
    RefundUnderWay, Settlement, SettlementId, Statement, StatementOf, Stats, SuspenseId, Timestamp,
    TrialBalance, Unidentified, Unsettled,
};

macro_rules! questions {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $given:ty),* } -> $answer:ty = $method:ident($($argument:expr),*);)*) => {
        /// What a ledger can be asked, each by the name of its method. As JSON: `{"donor": {"donor": "don_..."}}`.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "fields are the arguments of the methods, where they are explained")]
        #[allow(clippy::large_enum_variant, reason = "a question is asked once, and not kept")]
        pub enum Query {
            $($(#[$doc])* $name { $($field: $given),* },)*
        }

        /// What a ledger answered, each as its method does. As JSON it is the answer alone.
        #[derive(Debug, Clone, Serialize)]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        #[serde(untagged)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "an answer is read once, and not kept")]
        pub enum Answer {
            $($(#[$doc])* $name($answer),)*
        }

        impl Ledger {
            /// Answers a question: what the method of its name gives.
            ///
            /// ```
            /// # use ledger_core::*;
            /// let ledger = Ledger::in_memory(Options::new())?;
            /// let question: Query = serde_json::from_str(r#"{"totals_by": {"period": "month"}}"#)?;
            /// assert_eq!(serde_json::to_string(&ledger.ask(&question)?)?, "[]");
            /// # Ok::<(), Box<dyn std::error::Error>>(())
            /// ```
            ///
            /// # Errors
            /// Those of the method.
            pub fn ask(&self, query: &Query) -> Result<Answer, LedgerError> {
                Ok(match query {
                    $(Query::$name { $($field),* } => Answer::$name(self.$method($($argument),*)?),)*
                })
            }
        }
    };
}

questions! {
    /// A donor by id.
    Donor { donor: DonorId } -> Option<Donor> = donor(*donor);
    /// The donor with an e-mail address, compared without regard to case.
    DonorByEmail { email: String } -> Option<Donor> = donor_by_email(email);
    /// The donor with an external id.
    DonorByExternalId { external_id: String } -> Option<Donor> = donor_by_external_id(external_id);
    /// At most `limit` (1 to 10,000) donors after one, in order of registration.
    Donors { after: Option<DonorId>, limit: u32 } -> Vec<Donor> = donors(*after, *limit);
    /// A cause by id.
    Cause { cause: CauseId } -> Option<Cause> = cause(*cause);
    /// The cause with an external id.
    CauseByExternalId { external_id: String } -> Option<Cause> = cause_by_external_id(external_id);
    /// At most `limit` (1 to 10,000) causes after one, in order of opening.
    Causes { after: Option<CauseId>, limit: u32 } -> Vec<Cause> = causes(*after, *limit);
    /// A donation that was begun before it was paid, with its payments.
    BegunDonation { donation: DonationId } -> Option<BegunDonation> = begun_donation(*donation);
    /// The donation that a payment is to collect.
    DonationOfPayment { payment: PaymentId } -> Option<DonationId> = donation_of_payment(*payment);
    /// A refund that a processor carries out, by id.
    RefundUnderWay { refund: RefundId } -> Option<RefundUnderWay> = refund_under_way(*refund);
    /// A payout by id.
    Payout { payout: PayoutId } -> Option<Payout> = payout(*payout);
    /// A donation by id, with what is left of it.
    Donation { donation: DonationId } -> Option<Donation> = donation(*donation);
    /// The donations that were captured after a record, oldest first, each as it stands now.
    DonationsAfter { seq: u64, limit: u32 } -> DonationPage = donations_after(*seq, *limit);
    /// A page of what happened with a donor.
    DonorHistory { donor: DonorId, request: PageRequest } -> HistoryPage = donor_history(*donor, request);
    /// A page of what happened with a cause.
    CauseHistory { cause: CauseId, request: PageRequest } -> HistoryPage = cause_history(*cause, request);
    /// A page of a cause's gifts as the public may see them.
    PublicGifts { cause: CauseId, request: PageRequest } -> PublicPage = public_gifts(*cause, request);
    /// A page of an account's lines.
    AccountHistory { account: Account, request: PageRequest } -> AccountPage = account_history(account, request);
    /// The balance of an account.
    Balance { account: Account } -> AccountBalance = balance(account);
    /// All balances of one moment.
    TrialBalance {} -> TrialBalance = trial_balance();
    /// The balance of an account at a moment of the past.
    BalanceAsOf { account: Account, as_of: AsOf } -> AccountBalance = balance_as_of(account, *as_of);
    /// All balances at a moment of the past, of accounts that had been posted to by then.
    TrialBalanceAsOf { as_of: AsOf } -> TrialBalance = trial_balance_as_of(*as_of);
    /// What the book owns, owes and has of its own at the end of a day, one for each currency.
    BalanceSheets { day: Date } -> Vec<BalanceSheet> = balance_sheets(*day);
    /// What all causes together received by month or year, by the days on which it happened, oldest first.
    TotalsBy { period: Period } -> Vec<PeriodTotals> = totals_by(*period);
    /// The lines of an account, a cause or a donor from one day to another, both inclusive, at most 20,000, with the balance before them, after each, and after the last.
    Statement { of: StatementOf, from: Date, to: Date } -> Statement = statement(of, *from, *to);
    /// What became of an idempotency key.
    Status { key: String } -> KeyStatus = status(key);
    /// At most `limit` (1 to 10,000) records after a seq.
    Changes { after_seq: u64, limit: u32 } -> Vec<Change> = changes(*after_seq, *limit);
    /// What the records after one changed in the totals of causes, in order.
    CauseChangesAfter { seq: u64, limit: u32 } -> CauseChangePage = cause_changes_after(*seq, *limit);
    /// The epoch.
    Epoch {} -> u64 = epoch();
    /// What the ledger holds and what it takes on disk.
    Stats {} -> Stats = stats();
    /// The whole life of a gift.
    GiftLife { donation: DonationId } -> Option<GiftLife> = gift_life(*donation);
    /// Where a cause stands.
    Standing { cause: CauseId } -> Option<CauseStanding> = standing(*cause);
    /// The policies that hold for a cause.
    PoliciesOf { cause: CauseId } -> Option<CausePolicies> = policies_of(*cause);
    /// The causes that have less than nothing.
    NegativeCauses {} -> Vec<CauseStanding> = negative_causes();
    /// A dispute by id.
    Dispute { dispute: DisputeId } -> Option<Dispute> = dispute(*dispute);
    /// The disputes that are not decided.
    OpenDisputes {} -> Vec<Dispute> = open_disputes();
    /// What providers said of objects that nobody knows here yet.
    Parked {} -> Vec<ParkedFact> = parked();
    /// Money that is not known to be anybody's gift, by id.
    Suspense { item: SuspenseId } -> Option<Unidentified> = suspense(*item);
    /// What is left of such money.
    Unidentified {} -> Vec<Unidentified> = unidentified();
    /// A settlement by id.
    Settlement { id: SettlementId } -> Option<Settlement> = settlement(*id);
    /// What an object of a provider is here, by the account at the processor and its id there.
    ProviderObject { processor: String, object: String } -> Option<ProviderTarget> = provider_object(processor, object);
    /// The settlement of which something is a line, by the account at the processor and the id of the line there.
    SettlementOfLine { processor: String, line: String } -> Option<SettlementId> = settlement_of_line(processor, line);
    /// The lines of a settlement, each with what the books have of what it is about.
    ReconcileSettlement { id: SettlementId, skip: u64, limit: u32 } -> Vec<ReconciledLine> = reconcile_settlement(*id, *skip, *limit);
    /// What was booked at a processor in a currency between two days, both inclusive, and is not in settlements as it was booked.
    Unsettled { processor: String, currency: Currency, from: Date, to: Date } -> Vec<Unsettled> = unsettled(processor, *currency, *from, *to);
    /// The next notices for a consumer, at most `limit`.
    NextNotices { consumer: String, limit: u32 } -> NoticePage = next_notices(consumer, *limit);
    /// Notices after a record, whoever has dealt with them.
    NoticesAfter { seq: u64, limit: u32 } -> NoticePage = notices_after(*seq, *limit);
    /// What a command would come to.
    DryRun { command: Command } -> Committed = dry_run(command);
    /// What a merge of two donors would come to.
    DryRunOfMerge { command: MergeDonors } -> Donor = dry_run_of_merge(command.clone());
    /// Whether all that the journal holds and the state says agrees.
    Audit {} -> AuditReport = audit();
    /// The last record, after what the writer has written since was taken up.
    Refresh {} -> u64 = refresh();
    /// How many records there are, after the state was made again from them.
    Rebuild {} -> u64 = rebuild();
    /// Which ledger it is.
    Identity {} -> Identity = asked_identity();
    /// What was found as it was opened.
    OpeningReport {} -> OpeningReport = asked_opening_report();
    /// The time of its clock.
    Now {} -> Timestamp = asked_now();
}

/// What cannot fail, as an answer that could.
#[allow(clippy::unnecessary_wraps, reason = "questions are answered alike")]
impl Ledger {
    fn asked_identity(&self) -> Result<Identity, LedgerError> {
        Ok(self.identity())
    }

    fn asked_opening_report(&self) -> Result<OpeningReport, LedgerError> {
        Ok(self.opening_report().clone())
    }

    fn asked_now(&self) -> Result<Timestamp, LedgerError> {
        Ok(self.now())
    }
}
