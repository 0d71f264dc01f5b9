//! Writing what goes wrong with gifts: disputes, causes that owe money, money that is nobody's gift, exchanges.

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::error::LedgerError;
use crate::machine::command::{
    BeginDonation, BookDisputeFee, CaptureExchanged, Command, ExchangeMoney, GiveBackFees, Identify,
    OpenDispute, ReceiveUnidentified, Refund, ReleaseSetAside, ReportDispute, ReturnUnidentified,
    SetCausePolicies, SettleReceivable,
};

impl Ledger {
    /// Records that the donor's bank disputes a gift: see [`OpenDispute`].
    ///
    /// ```
    /// # use ledger_core::*;
    /// # let ledger = Ledger::in_memory(Options::new())?;
    /// # let eur: Currency = "EUR".parse()?;
    /// # let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
    /// # let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("made");
    /// # let ada = ledger.register_donor(RegisterDonor::default())?.donor().expect("made");
    /// # let donation = ledger.donate(Donate {
    /// #     key: "order-1".into(), donor: ada, tip: None, fee: None, fee_bearer: FeeBearer::Causes,
    /// #     designations: vec![Designation { cause: water, amount: Amount::parse("20.00", eur)? }],
    /// #     method: Method::Processor { processor: "stripe".into() },
    /// #     occurred_on: None, visibility: Visibility::Public, memo: None,
    /// # })?.donation().expect("made");
    /// let dispute = ledger.open_dispute(OpenDispute {
    ///     key: "dp-1".into(),
    ///     donation,
    ///     amount: Amount::parse("20.00", eur)?,
    ///     begins: DisputeBegins::WithMoney,
    ///     fee: Some(Amount::parse("15.00", eur)?),
    ///     occurred_on: None,
    /// })?.dispute().expect("opened");
    /// // The cause cannot be paid what may be lost.
    /// assert_eq!(ledger.standing(water)?.expect("open").available_minor, 0);
    ///
    /// ledger.report_dispute(ReportDispute {
    ///     key: "dp-1-lost".into(), dispute, report: DisputeReport::Lost, occurred_on: None,
    /// })?;
    /// let totals = ledger.cause(water)?.expect("open").totals;
    /// assert_eq!((totals.disputed_minor, totals.net_minor()), (2000, 0));
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// An unknown donation (2003), or one that is not paid (3024) or was taken back (3015); another currency (1006); more
    /// than 100 disputes (4008).
    pub fn open_dispute(&self, command: OpenDispute) -> Result<Committed, LedgerError> {
        self.submit(Command::OpenDispute(command))
    }

    /// Records what was learned of a dispute: see [`ReportDispute`].
    ///
    /// # Errors
    /// An unknown dispute (2008); one that cannot come to what is reported (3022).
    pub fn report_dispute(&self, command: ReportDispute) -> Result<Committed, LedgerError> {
        self.submit(Command::ReportDispute(command))
    }

    /// Books what a processor charges for a dispute, or gives back of it: see [`BookDisputeFee`].
    ///
    /// # Errors
    /// An unknown dispute (2008); another currency (1006); more given back than was charged (3034).
    pub fn book_dispute_fee(&self, command: BookDisputeFee) -> Result<Committed, LedgerError> {
        self.submit(Command::BookDisputeFee(command))
    }

    /// As `refund`, although the donation is disputed. The donor may get the money twice: what the bank then keeps beyond
    /// the gift, the platform bears.
    ///
    /// # Errors
    /// As `refund`, but for the dispute (3031).
    pub fn force_refund(&self, command: Refund) -> Result<Committed, LedgerError> {
        self.submit(Command::ForceRefund(command))
    }

    /// Sets the policies of a cause, or of all that have none of their own: see [`SetCausePolicies`].
    ///
    /// # Errors
    /// Books of a charity (3029); an unknown cause (2002); passing on by a policy of all (1030), to the same cause (1020),
    /// or to one of another currency (1006).
    pub fn set_cause_policies(&self, command: SetCausePolicies) -> Result<Committed, LedgerError> {
        self.submit(Command::SetCausePolicies(command))
    }

    /// Settles what a cause owes: see [`SettleReceivable`].
    ///
    /// # Errors
    /// Books of a charity (3029); an unknown cause (2002), or another currency (1006); more than it owes (3033), or, to set
    /// off, than is available to it (3028); a bank account whose name does not fit (1022).
    pub fn settle_receivable(&self, command: SettleReceivable) -> Result<Committed, LedgerError> {
        self.submit(Command::SettleReceivable(command))
    }

    /// Gives causes back what they bore of fees: see [`GiveBackFees`].
    ///
    /// # Errors
    /// Books of a charity (3029); an unknown donation (2003), or one that is not paid (3024); no cause (1018), a cause twice
    /// (1020), or one that is not in the donation (3009); another currency (1006); more than a cause bore (3034).
    pub fn give_back_fees(&self, command: GiveBackFees) -> Result<Committed, LedgerError> {
        self.submit(Command::GiveBackFees(command))
    }

    /// Records money of which nobody knows whose gift it is: see [`ReceiveUnidentified`].
    ///
    /// # Errors
    /// A bank account or a processor whose name does not fit (1022); a method that is not where money is (1031).
    pub fn receive_unidentified(&self, command: ReceiveUnidentified) -> Result<Committed, LedgerError> {
        self.submit(Command::ReceiveUnidentified(command))
    }

    /// Records whose gift such money is: see [`Identify`].
    ///
    /// # Errors
    /// As `donate`, but for what it says of method and fee; unknown money (2009); more than is left of it (3035); money
    /// that was set aside of a gift (3036).
    pub fn identify(&self, command: Identify) -> Result<Committed, LedgerError> {
        self.submit(Command::Identify(command))
    }

    /// Records that such money went back: see [`ReturnUnidentified`].
    ///
    /// # Errors
    /// Unknown money (2009); another currency (1006); more than is left of it (3035); money that was set aside of a gift
    /// (3036).
    pub fn return_unidentified(&self, command: ReturnUnidentified) -> Result<Committed, LedgerError> {
        self.submit(Command::ReturnUnidentified(command))
    }

    /// Gives a cause what was set aside of a gift: see [`ReleaseSetAside`].
    ///
    /// # Errors
    /// Unknown money (2009), or money that was not set aside of a gift (3036); an unknown cause (2002), or one of another
    /// currency (1006); more than is left of it (3035); a gift that is disputed (3031).
    pub fn release_set_aside(&self, command: ReleaseSetAside) -> Result<Committed, LedgerError> {
        self.submit(Command::ReleaseSetAside(command))
    }

    /// Begins a gift in another currency than the one currency of its causes. A payment of it is captured by
    /// `capture_exchanged`.
    ///
    /// # Errors
    /// As `begin_donation`; a gift in the currency of its causes (1028).
    pub fn begin_foreign_donation(&self, command: BeginDonation) -> Result<Committed, LedgerError> {
        self.submit(Command::BeginForeignDonation(command))
    }

    /// Records that a payment of such a gift was captured, and what it was exchanged into: see [`CaptureExchanged`].
    ///
    /// # Errors
    /// As `report_payment`; the currency of the gift itself (1028), or another than the causes' (1006); a part that would
    /// become nothing (1001); a rate that is none (1029).
    pub fn capture_exchanged(&self, command: CaptureExchanged) -> Result<Committed, LedgerError> {
        self.submit(Command::CaptureExchanged(command))
    }

    /// Records that a processor exchanged money that it holds: see [`ExchangeMoney`].
    ///
    /// # Errors
    /// One currency twice (1028); a rate that is none (1029); a processor whose name does not fit (1022).
    pub fn exchange_money(&self, command: ExchangeMoney) -> Result<Committed, LedgerError> {
        self.submit(Command::ExchangeMoney(command))
    }
}
