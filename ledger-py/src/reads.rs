//! What a ledger can be asked, where one answer is all of it.

use ledger_core::{
    Account, AccountName, AsOf, CauseId, Currency, Date, DisputeId, DonationId, DonorId, KeyStatus, Ledger,
    LedgerError, PaymentId, PayoutId, Period, RefundId, Rejection, SettlementId, StatementOf, SuspenseId,
};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt};

use crate::arguments::Arg;
use crate::committed::PyCommitted;
use crate::ledger::PyLedger;
use crate::reading::from_python;

fn account(name: AccountName, currency: Currency) -> Account {
    Account { name, currency }
}

/// A moment of the past: a day, inclusive, or a record.
fn as_of(at: &Bound<'_, PyAny>) -> PyResult<AsOf> {
    if at.is_instance_of::<PyInt>() && !at.is_instance_of::<PyBool>() {
        return from_python(at).map(AsOf::Record);
    }
    from_python(at).map(AsOf::Day)
}

#[pymethods]
impl PyLedger {
    /// What became of a key: what its command answered, or `None` where none was committed.
    fn status(&self, py: Python<'_>, key: Arg<String>) -> PyResult<Option<PyCommitted>> {
        Ok(match self.ask(py, |ledger| ledger.status(&key.0))? {
            KeyStatus::Committed { committed } => Some(PyCommitted(committed)),
            KeyStatus::Unseen | _ => None,
        })
    }

    /// A donor, by its id; `None` where there is none.
    fn donor<'py>(&self, py: Python<'py>, donor: Arg<DonorId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.donor(donor.0))
    }

    /// The donor with this e-mail address, compared without regard to case.
    fn donor_by_email<'py>(&self, py: Python<'py>, email: Arg<String>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.donor_by_email(&email.0))
    }

    /// The donor with this id of the app's own.
    fn donor_by_external_id<'py>(
        &self,
        py: Python<'py>,
        external_id: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.donor_by_external_id(&external_id.0))
    }

    /// A cause, by its id; `None` where there is none.
    fn cause<'py>(&self, py: Python<'py>, cause: Arg<CauseId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.cause(cause.0))
    }

    /// The cause with this id of the app's own.
    fn cause_by_external_id<'py>(
        &self,
        py: Python<'py>,
        external_id: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.cause_by_external_id(&external_id.0))
    }

    /// A donation and what has become of it; `None` where there is none.
    fn donation<'py>(&self, py: Python<'py>, donation: Arg<DonationId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.donation(donation.0))
    }

    /// The command that enters a donation once more, as it is in the book: what a correction begins with. Change what is
    /// wrong with `msgspec.structs.replace`, and nothing else is lost: not the tip, and not that the donor must not be named.
    ///
    /// Raises:
    ///     NotFoundError: 2003, no donation has this id.
    #[pyo3(signature = (donation, *, key))]
    fn as_entered<'py>(
        &self,
        py: Python<'py>,
        donation: Arg<DonationId>,
        key: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let unknown = || LedgerError::from(Rejection::UnknownDonation { donation: donation.0 });
        self.tell(py, |ledger| Ok(ledger.donation(donation.0)?.ok_or_else(unknown)?.as_entered(key.0)))
    }

    /// A donation that was begun, with its payments, whether it was captured or not.
    fn begun_donation<'py>(&self, py: Python<'py>, donation: Arg<DonationId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.begun_donation(donation.0))
    }

    /// A donation with its payments, refunds and disputes, and what is left of it.
    fn gift_life<'py>(&self, py: Python<'py>, donation: Arg<DonationId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.gift_life(donation.0))
    }

    /// The donation that a payment is of.
    fn donation_of_payment<'py>(
        &self,
        py: Python<'py>,
        payment: Arg<PaymentId>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.donation_of_payment(payment.0))
    }

    /// A refund that goes by way of a processor, and where it stands.
    fn refund_under_way<'py>(&self, py: Python<'py>, refund: Arg<RefundId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.refund_under_way(refund.0))
    }

    /// A payout, and where it stands.
    fn payout<'py>(&self, py: Python<'py>, payout: Arg<PayoutId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.payout(payout.0))
    }

    /// The balance of an account: now, at the end of a day (a `date`), or after a record (an `int`).
    #[pyo3(signature = (account, currency, *, at = None))]
    fn balance<'py>(
        &self,
        py: Python<'py>,
        account: Arg<AccountName>,
        currency: Arg<Currency>,
        at: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let account = self::account(account.0, currency.0);
        match at.map(as_of).transpose()? {
            None => self.tell(py, |ledger| ledger.balance(&account)),
            Some(at) => self.tell(py, |ledger| ledger.balance_as_of(&account, at)),
        }
    }

    /// All balances: now, at the end of a day (a `date`), or after a record (an `int`). Debits equal credits.
    #[pyo3(signature = (*, at = None))]
    fn trial_balance<'py>(
        &self,
        py: Python<'py>,
        at: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match at.map(as_of).transpose()? {
            None => self.tell(py, Ledger::trial_balance),
            Some(at) => self.tell(py, |ledger| ledger.trial_balance_as_of(at)),
        }
    }

    /// The balance sheet at the end of a day, one for each currency.
    fn balance_sheets<'py>(&self, py: Python<'py>, day: Arg<Date>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.balance_sheets(day.0))
    }

    /// Totals of all causes by month or by year, oldest first.
    fn totals_by<'py>(&self, py: Python<'py>, period: Arg<Period>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.totals_by(period.0))
    }

    /// The lines of a cause, a donor or an account between two days, both inclusive, with the balances around them.
    ///
    /// Of a cause and a donor: what changed the net of their totals, so a gift stands there less the fee that was kept of it,
    /// and a payout does not. What moved the money of a cause is in the statement of its account,
    /// `f"liabilities:cause:{cause}:available"`.
    ///
    /// Args:
    ///     of: A `CauseId`, a `DonorId`, or the name of an account.
    ///     from_day: The first day.
    ///     to_day: The last day.
    ///     currency: Which, of a donor or an account; a cause has one.
    ///
    /// Raises:
    ///     LimitError: 4003, more than `STATEMENT_LINES_MAX` lines: ask for a shorter period.
    ///     InvalidError: 1017, it ends before it begins.
    #[pyo3(signature = (of, from_day, to_day, *, currency = None))]
    fn statement<'py>(
        &self,
        py: Python<'py>,
        of: &Bound<'py, PyAny>,
        from_day: Arg<Date>,
        to_day: Arg<Date>,
        currency: Option<Arg<Currency>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let of = match (of.cast::<crate::ids::CauseId>(), of.cast::<crate::ids::DonorId>(), currency) {
            (Ok(cause), ..) => StatementOf::Cause(cause.get().0),
            (_, Ok(donor), Some(currency)) => {
                StatementOf::Donor { donor: donor.get().0, currency: currency.0 }
            }
            (_, Err(_), Some(currency)) => StatementOf::Account(account(from_python(of)?, currency.0)),
            (.., None) => {
                return Err(PyTypeError::new_err(
                    "of a donor or an account a currency is needed: currency='EUR'",
                ));
            }
        };
        self.tell(py, |ledger| ledger.statement(&of, from_day.0, to_day.0))
    }

    /// Where a cause stands: what it can be paid, what is held, in transit and owed.
    fn standing<'py>(&self, py: Python<'py>, cause: Arg<CauseId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.standing(cause.0))
    }

    /// The policies that hold for a cause.
    fn policies_of<'py>(&self, py: Python<'py>, cause: Arg<CauseId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.policies_of(cause.0))
    }

    /// The causes that have less than nothing.
    fn negative_causes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, Ledger::negative_causes)
    }

    /// A dispute, and where it stands.
    fn dispute<'py>(&self, py: Python<'py>, dispute: Arg<DisputeId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.dispute(dispute.0))
    }

    /// The disputes that are not decided.
    fn open_disputes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, Ledger::open_disputes)
    }

    /// Facts of providers that wait for what they are about.
    fn parked<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, Ledger::parked)
    }

    /// Money that nobody is known to have given, by its id.
    fn suspense<'py>(&self, py: Python<'py>, item: Arg<SuspenseId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.suspense(item.0))
    }

    /// All money that nobody is known to have given.
    fn unidentified<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, Ledger::unidentified)
    }

    /// A settlement, with its lines.
    fn settlement<'py>(&self, py: Python<'py>, settlement: Arg<SettlementId>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.settlement(settlement.0))
    }

    /// What an object of a processor is here.
    fn provider_object<'py>(
        &self,
        py: Python<'py>,
        processor: Arg<String>,
        object: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.provider_object(&processor.0, &object.0))
    }

    /// The settlement that a line of a processor is in.
    fn settlement_of_line<'py>(
        &self,
        py: Python<'py>,
        processor: Arg<String>,
        line: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.settlement_of_line(&processor.0, &line.0))
    }

    /// What was captured in a period and is in no settlement yet.
    fn unsettled<'py>(
        &self,
        py: Python<'py>,
        processor: Arg<String>,
        currency: Arg<Currency>,
        from_day: Arg<Date>,
        to_day: Arg<Date>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.unsettled(&processor.0, currency.0, from_day.0, to_day.0))
    }

    /// The next notices of a consumer, after what it has acknowledged.
    fn next_notices<'py>(
        &self,
        py: Python<'py>,
        consumer: Arg<String>,
        limit: u32,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.next_notices(&consumer.0, limit))
    }

    /// Which writer this is, counted: one more each time a copy was promoted.
    fn epoch(&self, py: Python<'_>) -> PyResult<u64> {
        self.ask(py, Ledger::epoch)
    }

    /// What the ledger holds, counted.
    fn stats<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, Ledger::stats)
    }

    /// A card to share a cause with: title, words, link and a picture (SVG).
    fn share_cause<'py>(
        &self,
        py: Python<'py>,
        cause: Arg<CauseId>,
        link: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.share_cause(cause.0, &link.0))
    }

    /// A card to share a gift with. It names nobody, and no amount, unless the gift is public.
    fn share_gift<'py>(
        &self,
        py: Python<'py>,
        donation: Arg<DonationId>,
        link: Arg<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.tell(py, |ledger| ledger.share_gift(donation.0, &link.0))
    }
}
