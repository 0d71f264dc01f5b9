//! Stripe: its signatures, its events, and its amounts.
//!
//! What is said here of Stripe is from its public documentation: signatures (docs.stripe.com/webhooks), the life of a
//! payment intent (docs.stripe.com/payments/paymentintents/lifecycle), disputes (docs.stripe.com/api/disputes) and currencies
//! (docs.stripe.com/currencies).

mod amounts;
mod events;
mod fields;

use super::signature::{Signed, sign};
use super::{PaymentProvider, ProviderEvent, Webhook, WebhookRefusal};
use crate::vocabulary::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How far the time of a signature may be from now, in seconds, either way. The official libraries take any time in the
/// future; this does not.
const TOLERANCE_SECONDS: u64 = 300;

/// Which of an account's two worlds events are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StripeMode {
    /// Real money.
    Live,
    /// None.
    Test,
}

/// Reads webhooks of Stripe.
///
/// Tell Stripe our ids as you make its objects, and nothing has to be attached: `metadata[payment]` of a payment intent is the
/// id of our payment, `metadata[refund]` of a refund that of our refund.
#[derive(Clone)]
pub struct Stripe {
    processor: String,
    bank: String,
    secrets: Vec<String>,
    mode: StripeMode,
}

/// The debug form shows no secret.
impl core::fmt::Debug for Stripe {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Stripe")
            .field("processor", &self.processor)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

impl Stripe {
    /// Of the account `processor`, whose payouts arrive at `bank`, with the secret of the endpoint (`whsec_…`).
    pub fn new(
        processor: impl Into<String>,
        bank: impl Into<String>,
        secret: impl Into<String>,
        mode: StripeMode,
    ) -> Self {
        Self { processor: processor.into(), bank: bank.into(), secrets: vec![secret.into()], mode }
    }

    /// Takes another secret too, while the secret of the endpoint is being changed.
    #[must_use]
    pub fn also_signed_with(mut self, secret: impl Into<String>) -> Self {
        self.secrets.push(secret.into());
        self
    }

    /// The value of the header `Stripe-Signature` for a body, as Stripe makes it: for tests of an app.
    pub fn signature(&self, body: &[u8], at: Timestamp) -> String {
        let seconds = at.micros().div_euclid(1_000_000);
        let secret = self.secrets.first().map(String::as_str).unwrap_or_default();
        format!("t={seconds},v1={}", sign(secret, seconds, body))
    }

    fn verify(&self, webhook: &Webhook<'_>, now: Timestamp) -> Result<(), WebhookRefusal> {
        let header = webhook.header("stripe-signature").ok_or(WebhookRefusal::NoSignature)?;
        let parts = || header.split(',').filter_map(|part| part.split_once('='));
        let time = parts().find(|(name, _)| *name == "t").map(|(_, value)| value);
        let seconds: i64 = time.and_then(|value| value.parse().ok()).ok_or(WebhookRefusal::NoSignature)?;
        if !parts().any(|(name, _)| name == "v1") {
            return Err(WebhookRefusal::NoSignature);
        }
        let mut signatures = parts().filter(|(name, _)| *name == "v1").map(|(_, value)| value);
        let signed = Signed::by(&self.secrets, seconds, webhook.body);
        if !signatures.any(|signature| signed.has(signature)) {
            return Err(WebhookRefusal::WrongSignature);
        }
        let away = now.micros().div_euclid(1_000_000).abs_diff(seconds);
        if away > TOLERANCE_SECONDS {
            return Err(WebhookRefusal::OutsideTolerance { seconds: away, limit: TOLERANCE_SECONDS });
        }
        Ok(())
    }
}

impl PaymentProvider for Stripe {
    fn processor(&self) -> &str {
        &self.processor
    }

    fn read(&self, webhook: &Webhook<'_>, now: Timestamp) -> Result<ProviderEvent, WebhookRefusal> {
        self.verify(webhook, now)?;
        events::read(webhook.body, self.mode, &self.bank)
    }
}

#[cfg(test)]
mod tests;
