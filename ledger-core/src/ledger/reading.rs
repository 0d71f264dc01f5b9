//! Reads: each of one moment, which no write changes meanwhile.

use super::Ledger;
use crate::accounting::account::Account;
use crate::engine::balances::{self, TrialBalance};
use crate::engine::cause_changes::{self, CauseChangePage};
use crate::engine::changes::{self, Change};
use crate::engine::collecting::{self, BegunDonation, Payout, RefundUnderWay};
use crate::engine::committed::AccountBalance;
use crate::engine::donations::{self, Donation, DonationPage};
use crate::engine::error::LedgerError;
use crate::engine::held::{self, HeldLine};
use crate::engine::history::{self, AccountPage, HistoryPage, PageRequest};
use crate::engine::past::{self, AsOf, BalanceSheet, Period, PeriodTotals};
use crate::engine::public_gifts::{self, PublicPage};
use crate::engine::queries::{self, Cause, Donor, KeyStatus, Stats};
use crate::engine::state_reader::meta;
use crate::engine::statement::{self, Statement, StatementOf};
use crate::machine::rejection::Rejection;
use crate::machine::state::DonorLookup;
use crate::records::history::Place;
use crate::records::row::HistoryOf;
use crate::storage::Keys;
use crate::vocabulary::date::Date;
use crate::vocabulary::ids::{CauseId, DonationId, DonorId, PaymentId, PayoutId, RefundId};

/// Most items of one page of a list or of the feed.
pub const LIST_MAX: u32 = 10_000;

pub(super) fn page_size(size: u32) -> Result<usize, LedgerError> {
    let fits = (1..=LIST_MAX).contains(&size);
    let refuse = || Rejection::InvalidPageSize { size, limit: LIST_MAX };
    if fits { Ok(usize::try_from(size).map_err(|_| refuse())?) } else { Err(refuse().into()) }
}

impl Ledger {
    pub(super) fn keys(&self) -> std::sync::Arc<dyn Keys> {
        self.inner.storage.keys()
    }

    /// A donor by id; `None` when there is none.
    pub fn donor(&self, donor: DonorId) -> Result<Option<Donor>, LedgerError> {
        queries::donor(self.view()?.as_ref(), self.keys().as_ref(), donor)
    }

    /// The donor with an e-mail address, compared without regard to case.
    pub fn donor_by_email(&self, email: &str) -> Result<Option<Donor>, LedgerError> {
        let keys = self.keys();
        let lookup = keys.secret().lookups_of(Some(email), None).email.map(DonorLookup::Email);
        queries::donor_by(self.view()?.as_ref(), keys.as_ref(), lookup)
    }

    /// The donor with an external id.
    pub fn donor_by_external_id(&self, external_id: &str) -> Result<Option<Donor>, LedgerError> {
        let keys = self.keys();
        let lookup =
            keys.secret().lookups_of(None, Some(external_id)).external_id.map(DonorLookup::ExternalId);
        queries::donor_by(self.view()?.as_ref(), keys.as_ref(), lookup)
    }

    /// At most `limit` (1 to 10,000) donors after one, in order of registration.
    pub fn donors(&self, after: Option<DonorId>, limit: u32) -> Result<Vec<Donor>, LedgerError> {
        queries::donors(self.view()?.as_ref(), self.keys().as_ref(), after, page_size(limit)?)
    }

    /// A cause by id; `None` when there is none.
    pub fn cause(&self, cause: CauseId) -> Result<Option<Cause>, LedgerError> {
        queries::cause(self.view()?.as_ref(), cause)
    }

    /// The cause with an external id.
    pub fn cause_by_external_id(&self, external_id: &str) -> Result<Option<Cause>, LedgerError> {
        queries::cause_by_external_id(self.view()?.as_ref(), external_id)
    }

    /// At most `limit` (1 to 10,000) causes after one, in order of opening.
    pub fn causes(&self, after: Option<CauseId>, limit: u32) -> Result<Vec<Cause>, LedgerError> {
        queries::causes(self.view()?.as_ref(), after, page_size(limit)?)
    }

    /// A donation that was begun before it was paid, with its payments; `None` when there is none.
    pub fn begun_donation(&self, donation: DonationId) -> Result<Option<BegunDonation>, LedgerError> {
        collecting::begun_donation(self.view()?.as_ref(), self.keys().as_ref(), donation)
    }

    /// The donation that a payment is to collect; `None` when there is no such payment.
    pub fn donation_of_payment(&self, payment: PaymentId) -> Result<Option<DonationId>, LedgerError> {
        collecting::donation_of(self.view()?.as_ref(), self.keys().as_ref(), payment)
    }

    /// A refund that a processor carries out, by id; `None` when there is none, or it was done at once.
    pub fn refund_under_way(&self, refund: RefundId) -> Result<Option<RefundUnderWay>, LedgerError> {
        collecting::refund(self.view()?.as_ref(), self.keys().as_ref(), refund)
    }

    /// A payout by id; `None` when there is none.
    pub fn payout(&self, payout: PayoutId) -> Result<Option<Payout>, LedgerError> {
        collecting::payout(self.view()?.as_ref(), self.keys().as_ref(), payout)
    }

    /// A donation by id, with what is left of it; `None` when there is none, or it is not paid yet.
    pub fn donation(&self, donation: DonationId) -> Result<Option<Donation>, LedgerError> {
        donations::donation(self.view()?.as_ref(), self.keys().as_ref(), donation)
    }

    /// The donations that were captured after a record, oldest first, each as it stands now; those that a correction took
    /// back among them. At most `limit`, and some more where one record has several: 1 to 10,000. Begin at 0, go on at
    /// `through`, and the pages together are all there are.
    ///
    /// # Errors
    /// A page of another size (1025); a medium that cannot be read (5005). After `close`, 5003.
    pub fn donations_after(&self, seq: u64, limit: u32) -> Result<DonationPage, LedgerError> {
        donations::captured_after(self.view()?.as_ref(), self.keys().as_ref(), seq, page_size(limit)?)
    }

    /// A page of what happened with a donor.
    pub fn donor_history(&self, donor: DonorId, request: &PageRequest) -> Result<HistoryPage, LedgerError> {
        history::history(self.view()?.as_ref(), &HistoryOf::Donor(donor), request)
    }

    /// A page of what happened with a cause.
    pub fn cause_history(&self, cause: CauseId, request: &PageRequest) -> Result<HistoryPage, LedgerError> {
        history::history(self.view()?.as_ref(), &HistoryOf::Cause(cause), request)
    }

    /// A page of a cause's gifts as the public may see them: names where the gift says so, a number of the list
    /// where it does not, and no ids.
    pub fn public_gifts(&self, cause: CauseId, request: &PageRequest) -> Result<PublicPage, LedgerError> {
        public_gifts::public_gifts(self.view()?.as_ref(), self.keys().as_ref(), cause, request)
    }

    /// A page of an account's lines; none for an account that was never posted to.
    pub fn account_history(
        &self,
        account: &Account,
        request: &PageRequest,
    ) -> Result<AccountPage, LedgerError> {
        history::account_history(self.view()?.as_ref(), account, request)
    }

    /// The donor, the places of all that is held about them, and the last record of that moment.
    pub(crate) fn held(&self, donor: DonorId) -> Result<(Donor, Vec<Place>, u64), LedgerError> {
        let view = self.view()?;
        let (donor, places) = held::held(view.as_ref(), self.keys().as_ref(), donor)?;
        Ok((donor, places, view.head().seq))
    }

    /// What is held at some of these places.
    pub(crate) fn held_lines(&self, places: &[Place]) -> Result<Vec<HeldLine>, LedgerError> {
        let view = self.view()?;
        places.iter().map(|place| held::held_line(view.as_ref(), self.keys().as_ref(), *place)).collect()
    }

    /// The balance of an account; zero for one that was never posted to.
    pub fn balance(&self, account: &Account) -> Result<AccountBalance, LedgerError> {
        balances::balance(self.view()?.as_ref(), account)
    }

    /// All balances of one moment; debits equal credits in every currency.
    pub fn trial_balance(&self) -> Result<TrialBalance, LedgerError> {
        balances::trial_balance(self.view()?.as_ref())
    }

    /// The balance of an account at a moment of the past.
    ///
    /// ```
    /// use ledger_core::*;
    /// # let ledger = Ledger::in_memory(Options::new())?;
    /// # let (eur, name) = ("EUR".parse()?, "assets:bank:main".parse()?);
    /// let bank = Account { name, currency: eur };
    /// let on_new_year = AsOf::Day("2025-12-31".parse()?);
    /// assert_eq!(ledger.balance_as_of(&bank, on_new_year)?.net_minor(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn balance_as_of(&self, account: &Account, as_of: AsOf) -> Result<AccountBalance, LedgerError> {
        past::balance_as_of(self.view()?.as_ref(), account, as_of)
    }

    /// All balances at a moment of the past, of accounts that had been posted to by then. Debits equal credits
    /// in every currency.
    pub fn trial_balance_as_of(&self, as_of: AsOf) -> Result<TrialBalance, LedgerError> {
        past::trial_balance_as_of(self.view()?.as_ref(), as_of)
    }

    /// What the book owns, owes and has of its own at the end of a day, one for each currency.
    pub fn balance_sheets(&self, day: Date) -> Result<Vec<BalanceSheet>, LedgerError> {
        past::balance_sheets(self.view()?.as_ref(), day)
    }

    /// What all causes together received by month or year, by the days on which it happened, oldest first.
    pub fn totals_by(&self, period: Period) -> Result<Vec<PeriodTotals>, LedgerError> {
        past::totals_by(self.view()?.as_ref(), period)
    }

    /// The lines of an account, a cause or a donor from one day to another, both inclusive, at most 20,000,
    /// with the balance before them, after each, and after the last.
    pub fn statement(&self, of: &StatementOf, from: Date, to: Date) -> Result<Statement, LedgerError> {
        statement::statement(self.view()?.as_ref(), of, from, to)
    }

    /// What became of an idempotency key.
    pub fn status(&self, key: &str) -> Result<KeyStatus, LedgerError> {
        queries::status(self.view()?.as_ref(), self.keys().as_ref(), key, self.inner.durability)
    }

    /// At most `limit` (1 to 10,000) records after a seq: the journal as a feed, ids and money only.
    pub fn changes(&self, after_seq: u64, limit: u32) -> Result<Vec<Change>, LedgerError> {
        changes::changes(self.view()?.as_ref(), after_seq, page_size(limit)?)
    }

    /// What the records after one changed in the totals of causes, in order: added up, they are the totals. At most
    /// `limit`, and some more where one record changes several: 1 to 10,000. Begin at 0, go on at `through`.
    ///
    /// # Errors
    /// A page of another size (1025); a medium that cannot be read (5005). After `close`, 5003.
    pub fn cause_changes_after(&self, seq: u64, limit: u32) -> Result<CauseChangePage, LedgerError> {
        cause_changes::after(self.view()?.as_ref(), seq, page_size(limit)?)
    }

    /// The epoch: 1, and one more for each time that another writer took over.
    pub fn epoch(&self) -> Result<u64, LedgerError> {
        Ok(meta(self.view()?.as_ref())?.epoch())
    }

    /// What the ledger holds and what it takes on disk.
    pub fn stats(&self) -> Result<Stats, LedgerError> {
        let view = self.view()?;
        let meta = meta(view.as_ref())?;
        let seq = view.head().seq;
        drop(view);
        let sizes = self.inner.storage.sizes()?;
        Ok(Stats {
            seq,
            donors: meta.donors,
            causes: meta.causes,
            donations: meta.donations,
            records: seq,
            entries: meta.entries,
            journal_bytes: sizes.journal_bytes,
            state_bytes: sizes.state_bytes,
        })
    }
}
