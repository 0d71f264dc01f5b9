//! A ledger that writes down what it was asked and what it answered, as JSON, so that another language can ask the same.

use std::cell::RefCell;
use std::fmt::Display;
use std::ops::Deref;
use std::rc::Rc;

use ledger_core::{
    Account, AccountBalance, AccountPage, AsOf, AuditReport, BalanceSheet, BegunDonation, Cause, CauseId,
    CauseStanding, Change, Command, Committed, Currency, Date, Dispute, DisputeId, Donation, DonationId,
    Donor, DonorId, GiftLife, HistoryPage, Ingested, KeyStatus, Ledger, LedgerError, MergeDonors, NoticePage,
    PageRequest, ParkedFact, Payout, PayoutId, Period, PeriodTotals, PublicPage, ReconciledLine, RefundId,
    RefundUnderWay, Results, Settlement, SettlementId, Statement, StatementOf, Stats, Stripe, SuspenseId,
    TrialBalance, Unidentified, Unsettled, Webhook,
};
use serde::Serialize;
use serde_json::{Value, json};

/// What was asked and answered, in order; nothing where nobody wants to know.
pub type Notes = Option<Rc<RefCell<Vec<Value>>>>;

/// A ledger, and what is written down of it.
#[derive(Clone)]
pub struct Played {
    ledger: Ledger,
    notes: Notes,
}

impl Deref for Played {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("plain data")
}

/// A failure, as every language tells it.
pub fn failure(error: &LedgerError) -> Value {
    let mut told = refusal(error.code(), error);
    told["retryable"] = error.is_retryable().into();
    told["fields"] = value(error);
    told
}

/// The same of any error with a code.
pub fn refusal(code: ledger_core::ErrorCode, message: &impl Display) -> Value {
    json!({
        "code": code.number(), "name": code.name(), "kind": code.kind(), "message": message.to_string(),
        "retryable": false, "fields": {},
    })
}

/// What came of a call, as every language tells it.
pub fn outcome<T: Serialize>(answer: &Result<T, LedgerError>) -> Value {
    match answer {
        Ok(answer) => json!({ "ok": value(answer) }),
        Err(error) => json!({ "error": failure(error) }),
    }
}

/// Adds to what is written down.
#[allow(clippy::needless_pass_by_value, reason = "callers write it in place")]
pub fn note(notes: &Notes, call: &str, with: Value, answer: Value) {
    if let Some(notes) = notes {
        notes.borrow_mut().push(json!({ "call": call, "with": with, "answer": answer }));
    }
}

macro_rules! played {
    ($($name:ident($($argument:ident: $of:ty),*) -> $answer:ty;)*) => {$(
        #[allow(missing_docs, reason = "as Ledger's")]
        pub fn $name(&self, $($argument: $of),*) -> Result<$answer, LedgerError> {
            let with = Value::Array(vec![$(value(&$argument)),*]);
            let answer = self.ledger.$name($($argument),*);
            note(&self.notes, stringify!($name), with, outcome(&answer));
            answer
        }
    )*};
}

impl Played {
    /// Writes down what a ledger is asked from now on.
    pub fn new(ledger: Ledger, notes: Notes) -> Self {
        Self { ledger, notes }
    }

    /// As `Ledger::submit_all`.
    pub fn submit_all(&self, commands: Vec<Command>) -> Result<Results, LedgerError> {
        let with = json!([value(&commands)]);
        let answer = self.ledger.submit_all(commands);
        let told = match &answer {
            Ok(results) => json!({ "ok": results.iter().map(outcome).collect::<Vec<_>>() }),
            Err(error) => json!({ "error": failure(error) }),
        };
        note(&self.notes, "submit_all", with, told);
        answer
    }

    /// As `Ledger::ingest_webhook`, of a Stripe that is told apart, since it keeps its secrets.
    pub fn ingest_webhook(
        &self,
        stripe: &Stripe,
        told: &Value,
        webhook: &Webhook<'_>,
    ) -> Result<Ingested, LedgerError> {
        let body = String::from_utf8_lossy(webhook.body).into_owned();
        let with = json!([told, webhook.headers, body]);
        let answer = self.ledger.ingest_webhook(stripe, webhook);
        note(&self.notes, "ingest_webhook", with, outcome(&answer));
        answer
    }

    /// Writes down something that is done with the ledger and has no answer of one piece.
    pub fn note(&self, call: &str, with: Value, answer: Value) {
        note(&self.notes, call, with, answer);
    }

    played! {
        submit(command: Command) -> Committed;
        rebuild() -> u64;
        close() -> ();
        audit() -> AuditReport;
        stats() -> Stats;
        status(key: &str) -> KeyStatus;
        donor(donor: DonorId) -> Option<Donor>;
        donor_by_email(email: &str) -> Option<Donor>;
        donor_by_external_id(external_id: &str) -> Option<Donor>;
        donors(after: Option<DonorId>, limit: u32) -> Vec<Donor>;
        cause(cause: CauseId) -> Option<Cause>;
        cause_by_external_id(external_id: &str) -> Option<Cause>;
        causes(after: Option<CauseId>, limit: u32) -> Vec<Cause>;
        donation(donation: DonationId) -> Option<Donation>;
        begun_donation(donation: DonationId) -> Option<BegunDonation>;
        gift_life(donation: DonationId) -> Option<GiftLife>;
        refund_under_way(refund: RefundId) -> Option<RefundUnderWay>;
        payout(payout: PayoutId) -> Option<Payout>;
        donor_history(donor: DonorId, request: &PageRequest) -> HistoryPage;
        cause_history(cause: CauseId, request: &PageRequest) -> HistoryPage;
        public_gifts(cause: CauseId, request: &PageRequest) -> PublicPage;
        account_history(account: &Account, request: &PageRequest) -> AccountPage;
        balance(account: &Account) -> AccountBalance;
        balance_as_of(account: &Account, at: AsOf) -> AccountBalance;
        trial_balance() -> TrialBalance;
        trial_balance_as_of(at: AsOf) -> TrialBalance;
        balance_sheets(day: Date) -> Vec<BalanceSheet>;
        totals_by(period: Period) -> Vec<PeriodTotals>;
        statement(of: &StatementOf, from: Date, to: Date) -> Statement;
        dry_run_of_merge(command: MergeDonors) -> Donor;
        standing(cause: CauseId) -> Option<CauseStanding>;
        negative_causes() -> Vec<CauseStanding>;
        dispute(dispute: DisputeId) -> Option<Dispute>;
        open_disputes() -> Vec<Dispute>;
        parked() -> Vec<ParkedFact>;
        suspense(item: SuspenseId) -> Option<Unidentified>;
        unidentified() -> Vec<Unidentified>;
        settlement(settlement: SettlementId) -> Option<Settlement>;
        reconcile_settlement(settlement: SettlementId, skip: u64, limit: u32) -> Vec<ReconciledLine>;
        unsettled(processor: &str, currency: Currency, from: Date, to: Date) -> Vec<Unsettled>;
        next_notices(consumer: &str, limit: u32) -> NoticePage;
        notices_after(seq: u64, limit: u32) -> NoticePage;
        changes(seq: u64, limit: u32) -> Vec<Change>;
    }
}
