//! Payment providers, whose webhooks a ledger takes in. Of another provider the app reads what it says itself, and passes
//! it on as the command `IngestFacts`.

use ledger_core::foreign::LedgerError;
use ledger_core::{
    Amount, Ingested, PaymentId, PaymentProvider, RefundId, SandboxCard, SandboxWebhook, StripeMode,
    Timestamp,
};

use crate::ledger::Ledger;

/// A header of a webhook.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A Stripe account, whose webhooks are read.
#[derive(Debug, Clone, uniffi::Record)]
pub struct Stripe {
    /// The account at the processor, by the name that commands give it: 1 to 40 of a-z, 0-9 and hyphens.
    pub processor: String,
    /// Where its payouts arrive.
    pub bank: String,
    /// The secrets of the endpoint (`whsec_...`): two while it is being changed.
    pub secrets: Vec<String>,
    /// Live or test: events of the other one are refused.
    pub mode: StripeMode,
}

/// A provider for development: it answers as cards and amounts say, and needs no network.
#[derive(uniffi::Object)]
pub struct Sandbox(ledger_core::Sandbox);

#[uniffi::export]
impl Sandbox {
    /// The account at the processor, by the name that commands give it.
    #[uniffi::constructor]
    pub fn new(processor: String) -> Self {
        Self(ledger_core::Sandbox::new(processor))
    }

    /// The webhooks of a payment: one after another, as the provider would send them. Without a card the last two digits of
    /// the amount say what comes of it.
    pub fn pay(
        &self,
        payment: PaymentId,
        amount: Amount,
        card: Option<SandboxCard>,
        at: Timestamp,
    ) -> Result<Vec<SandboxWebhook>, LedgerError> {
        let card = card.unwrap_or_else(|| SandboxCard::of_amount(amount));
        Ok(self.0.pay(payment, amount, card, at))
    }

    /// The webhooks of a refund, the `number`th of its payment; of ours, or made at the provider.
    pub fn refund(
        &self,
        payment: PaymentId,
        refund: Option<RefundId>,
        amount: Amount,
        number: u32,
        at: Timestamp,
    ) -> Result<Vec<SandboxWebhook>, LedgerError> {
        Ok(self.0.refund(payment, refund, amount, number, at))
    }

    /// The webhook of a payout to a bank account, the `number`th.
    pub fn settle(
        &self,
        bank: String,
        amount: Amount,
        number: u32,
        at: Timestamp,
    ) -> Result<SandboxWebhook, LedgerError> {
        Ok(self.0.settle(&bank, amount, number, at))
    }
}

#[uniffi::export]
impl Ledger {
    /// Takes in a webhook of Stripe: verifies it, and commits what it says in one record. The same event twice changes
    /// nothing. One that is forged, old or not understood is no error: it is `Rejected`.
    pub fn ingest_stripe(
        &self,
        stripe: Stripe,
        headers: Vec<Header>,
        body: Vec<u8>,
    ) -> Result<Ingested, LedgerError> {
        let Stripe { processor, bank, secrets, mode } = stripe;
        let mut secrets = secrets.into_iter();
        let first = secrets.next().unwrap_or_default();
        let stripe = ledger_core::Stripe::new(processor, bank, first, mode);
        self.ingest(&secrets.fold(stripe, ledger_core::Stripe::also_signed_with), &headers, &body)
    }

    /// Takes in a webhook of the sandbox.
    pub fn ingest_sandbox(
        &self,
        sandbox: &Sandbox,
        headers: Vec<Header>,
        body: Vec<u8>,
    ) -> Result<Ingested, LedgerError> {
        self.ingest(&sandbox.0, &headers, &body)
    }
}

impl Ledger {
    fn ingest(
        &self,
        provider: &dyn PaymentProvider,
        headers: &[Header],
        body: &[u8],
    ) -> Result<Ingested, LedgerError> {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|header| (header.name.as_str(), header.value.as_str())).collect();
        Ok(self.0.ingest_webhook(provider, &ledger_core::Webhook { headers: &headers, body })?)
    }
}
