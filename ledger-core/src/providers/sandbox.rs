//! A provider for development: it takes no money, and what comes of a payment is decided by the card. It sends what a
//! provider would send, signed, and an app reads it as it reads any other.

use serde::{Deserialize, Serialize};

use super::signature::{Signed, sign};
use super::{PaymentProvider, ProviderEvent, Webhook, WebhookRefusal};
use crate::giving::dispute::DisputeState;
use crate::giving::donation::amount_of;
use crate::giving::payment::{FailureReason, PaymentReport};
use crate::giving::provider::{FactSays, ProviderFact, SettlementOutcome};
use crate::giving::refund::RefundReport;
use crate::vocabulary::ids::{PaymentId, RefundId};
use crate::vocabulary::money::Amount;
use crate::vocabulary::time::Timestamp;

/// The header of the signature.
pub const SANDBOX_SIGNATURE: &str = "sandbox-signature";

/// What anybody can know: nothing of value is signed with it.
const SECRET: &str = "sandbox";

/// What comes of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SandboxCard {
    /// It is captured, and its fee is known.
    Good,
    /// It is refused.
    Declined,
    /// There is not enough money.
    InsufficientFunds,
    /// The donor has to confirm it, and then it is captured.
    AsksDonor,
    /// It is captured, disputed, and the dispute is lost.
    DisputeLost,
    /// It is captured, disputed, and the dispute is won.
    DisputeWon,
}

impl SandboxCard {
    /// The card of an amount: its last two digits are 01 declined, 02 insufficient funds, 03 asks the donor, 04 dispute lost,
    /// 05 dispute won, any other good.
    pub fn of_amount(amount: Amount) -> Self {
        match amount.minor().checked_rem(100) {
            Some(1) => Self::Declined,
            Some(2) => Self::InsufficientFunds,
            Some(3) => Self::AsksDonor,
            Some(4) => Self::DisputeLost,
            Some(5) => Self::DisputeWon,
            Some(_) | None => Self::Good,
        }
    }
}

/// A webhook as the sandbox sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SandboxWebhook {
    /// The value of the header [`SANDBOX_SIGNATURE`].
    pub signature: String,
    /// The body.
    pub body: Vec<u8>,
}

/// The body of a webhook.
#[derive(Serialize, Deserialize)]
struct Body {
    id: String,
    facts: Vec<ProviderFact>,
}

/// A provider that takes no money.
///
/// ```
/// use ledger_core::*;
/// # let ledger = Ledger::in_memory(Options::new())?;
/// # let eur: Currency = "EUR".parse()?;
/// # let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
/// # let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("made");
/// # let donor = ledger.register_donor(RegisterDonor::default())?.donor().expect("made");
/// # let amount = Amount::parse("20.00", eur)?;
/// # let donation = ledger.begin_donation(BeginDonation {
/// #     key: "order-1".into(), donor, designations: vec![Designation { cause: water, amount }], tip: None,
/// #     fee_bearer: FeeBearer::Causes, visibility: Visibility::Public, memo: None,
/// # })?.donation().expect("begun");
/// let sandbox = Sandbox::new("sandbox");
/// let start = StartPayment { key: "try-1".into(), donation, processor: "sandbox".into() };
/// let payment = ledger.start_payment(start)?.payment().expect("started");
/// for sent in sandbox.pay(payment, amount, SandboxCard::of_amount(amount), ledger.now()) {
///     let headers = [(SANDBOX_SIGNATURE, sent.signature.as_str())];
///     ledger.ingest_webhook(&sandbox, &Webhook { headers: &headers, body: &sent.body })?;
/// }
/// assert_eq!(ledger.cause(water)?.expect("open").totals.gross_minor, 2000);
/// # Ok::<(), LedgerError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sandbox {
    processor: String,
}

impl Sandbox {
    /// The sandbox as the account `processor`.
    pub fn new(processor: impl Into<String>) -> Self {
        Self { processor: processor.into() }
    }

    /// What it sends of a payment, in order.
    pub fn pay(
        &self,
        payment: PaymentId,
        amount: Amount,
        card: SandboxCard,
        at: Timestamp,
    ) -> Vec<SandboxWebhook> {
        let object = object_of(payment);
        let of_payment = || object.clone();
        let told =
            |report, captured| (of_payment(), FactSays::Payment { payment: Some(payment), report, captured });
        let failed = |reason| vec![told(PaymentReport::Failed { reason }, None)];
        let disputed = |state| {
            let says = FactSays::Dispute { of_payment: of_payment(), amount, state, made_at: at };
            (format!("dispute_{object}"), says)
        };
        let captured = |first| {
            let fee = fee_of(amount)
                .map(|fee| (format!("fee_{object}"), FactSays::Fee { of_payment: of_payment(), fee }));
            let steps = [told(first, None), told(PaymentReport::Captured, Some(amount))];
            steps.into_iter().chain(fee)
        };
        let says: Vec<(String, FactSays)> = match card {
            SandboxCard::Declined => failed(FailureReason::Declined),
            SandboxCard::InsufficientFunds => failed(FailureReason::InsufficientFunds),
            SandboxCard::AsksDonor => captured(PaymentReport::RequiresAction).collect(),
            SandboxCard::Good => captured(PaymentReport::Processing).collect(),
            SandboxCard::DisputeLost => captured(PaymentReport::Processing)
                .chain([DisputeState::Opened, DisputeState::Lost].map(disputed))
                .collect(),
            SandboxCard::DisputeWon => captured(PaymentReport::Processing)
                .chain([DisputeState::Opened, DisputeState::Won].map(disputed))
                .collect(),
        };
        let send = |(number, (about, says)): (u32, (String, FactSays))| {
            let fact = ProviderFact { object: about, says };
            Self::signed(format!("{object}_{number}"), vec![fact], at)
        };
        (1..).zip(says).map(send).collect()
    }

    /// What it sends of a refund that succeeds, the `number`th of a payment: of one that we asked for, or of one that was
    /// made at the provider.
    pub fn refund(
        &self,
        payment: PaymentId,
        refund: Option<RefundId>,
        amount: Amount,
        number: u32,
        at: Timestamp,
    ) -> Vec<SandboxWebhook> {
        let object = format!("refund_{}_{number}", object_of(payment));
        let reports = [RefundReport::Pending, RefundReport::Succeeded];
        let says = reports.map(|report| FactSays::Refund {
            of_payment: object_of(payment),
            refund,
            amount,
            report,
            made_at: at,
        });
        let send = |(step, says): (u32, FactSays)| {
            let fact = ProviderFact { object: object.clone(), says };
            Self::signed(format!("{object}_{step}"), vec![fact], at)
        };
        (1..).zip(says).map(send).collect()
    }

    /// What it sends as it pays out to a bank account of ours, for the `number`th time.
    pub fn settle(&self, bank: &str, amount: Amount, number: u32, at: Timestamp) -> SandboxWebhook {
        let (bank, outcome) = (bank.to_owned(), SettlementOutcome::Paid);
        let object = format!("settlement_{number}");
        let says = FactSays::Settlement { bank, amount, outcome };
        Self::signed(format!("{object}_paid"), vec![ProviderFact { object, says }], at)
    }

    fn signed(id: String, facts: Vec<ProviderFact>, at: Timestamp) -> SandboxWebhook {
        // What is made of plain values can be written.
        let body = serde_json::to_vec(&Body { id, facts }).unwrap_or_default();
        let seconds = at.micros().div_euclid(1_000_000);
        SandboxWebhook { signature: format!("{seconds}.{}", sign(SECRET, seconds, &body)), body }
    }
}

impl PaymentProvider for Sandbox {
    fn processor(&self) -> &str {
        &self.processor
    }

    fn read(&self, webhook: &Webhook<'_>, _now: Timestamp) -> Result<ProviderEvent, WebhookRefusal> {
        let header = webhook.header(SANDBOX_SIGNATURE).and_then(|value| value.split_once('.'));
        let (seconds, signature) = header.ok_or(WebhookRefusal::NoSignature)?;
        let seconds = seconds.parse().map_err(|_| WebhookRefusal::NoSignature)?;
        if !Signed::by(&[SECRET.to_owned()], seconds, webhook.body).has(signature) {
            return Err(WebhookRefusal::WrongSignature);
        }
        let body: Body = serde_json::from_slice(webhook.body)
            .map_err(|_| WebhookRefusal::NotUnderstood { field: "body" })?;
        Ok(ProviderEvent { id: body.id, facts: body.facts })
    }
}

/// What the sandbox calls a payment.
fn object_of(payment: PaymentId) -> String {
    format!("sbx_{payment}")
}

/// What it keeps: 1.4 % and 25 minor units, if that leaves something.
fn fee_of(amount: Amount) -> Option<Amount> {
    let minor = amount.minor().unsigned_abs();
    let fee = minor.checked_mul(14)?.checked_div(1000)?.checked_add(25)?;
    if fee < minor { amount_of(fee, amount.currency()) } else { None }
}
