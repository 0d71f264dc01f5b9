//! Payment providers: what they send is verified and put into words that are no provider's own. The ledger calls none of
//! them; the app does, and passes on what it receives.

pub mod sandbox;
mod signature;
pub mod stripe;

use serde::Serialize;

use crate::engine::committed::{Committed, Delivery};
use crate::engine::error::LedgerError;
use crate::giving::provider::ProviderFact;
use crate::ledger::Ledger;
use crate::machine::command::IngestFacts;
use crate::machine::event::Event;
use crate::vocabulary::error_code::ErrorCode;
use crate::vocabulary::time::Timestamp;

/// What came in over HTTP: as it came, not parsed and not trimmed.
#[derive(Clone, Copy)]
pub struct Webhook<'a> {
    /// Names and values of the headers. Names are compared without regard to case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, byte for byte.
    pub body: &'a [u8],
}

/// The debug form shows no body: it may hold what is personal.
impl core::fmt::Debug for Webhook<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Webhook").field("body_bytes", &self.body.len()).finish_non_exhaustive()
    }
}

impl Webhook<'_> {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(each, _)| each.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    }
}

/// An event of a provider, verified and understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    /// Its id at the provider, 1 to 100 bytes.
    pub id: String,
    /// What it says; nothing where it is about nothing that the ledger keeps.
    pub facts: Vec<ProviderFact>,
}

/// Why a webhook was not taken in. No message holds anything of its body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookRefusal {
    /// There is no signature, or it is not written as this provider writes it.
    #[error("there is no signature that can be read: pass the headers and the body as they came")]
    NoSignature,
    /// The signature is not that of this body.
    #[error("signature is not that of this body: check the secret, and pass the body byte for byte")]
    WrongSignature,
    /// It was signed too long ago, or in the future.
    #[error(
        "it was signed {seconds} s from now, at most {limit} are taken: check the clock, or have it sent again"
    )]
    OutsideTolerance {
        /// How many seconds away.
        seconds: u64,
        /// How many may be.
        limit: u64,
    },
    /// It is of the other mode: a test for the live ledger, or the other way round.
    #[error("it is of the other mode, live or test: check which endpoint it was sent to")]
    OtherMode,
    /// It cannot be understood: the field that is missing or is not what it should be.
    #[error("{field} is missing or not what it should be: check the version of the provider's API")]
    NotUnderstood {
        /// Which field.
        field: &'static str,
    },
}

/// What knows one provider.
pub trait PaymentProvider {
    /// The account at the processor, as in `StartPayment`: 1 to 40 of a-z, 0-9 and hyphens.
    fn processor(&self) -> &str;

    /// Verifies a webhook and says what it means. It reads no clock: `now` is the time. The same bytes always mean the same.
    fn read(&self, webhook: &Webhook<'_>, now: Timestamp) -> Result<ProviderEvent, WebhookRefusal>;
}

/// What became of a webhook. Answer the provider with success for all but `Rejected`: it need not send it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Ingested {
    /// It changed something.
    Applied {
        /// What.
        committed: Committed,
    },
    /// This event was taken in before.
    Duplicate {
        /// The record.
        seq: u64,
    },
    /// It came before what it is about, and waits for that.
    Parked {
        /// The record.
        seq: u64,
    },
    /// It says nothing new, or nothing that the ledger keeps.
    Ignored,
    /// It was not taken in. Nothing was recorded.
    Rejected {
        /// Why.
        why: WebhookRejected,
    },
}

/// Why a webhook was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WebhookRejected {
    /// The provider's reader refused it.
    ByProvider {
        /// Why.
        refusal: WebhookRefusal,
    },
    /// An event with this id was taken in before, and said something else.
    OtherContent,
}

impl Ledger {
    /// Takes in a webhook: verifies it, and commits what it says in one record. The same event twice, or what is known
    /// already, changes nothing, for ever; what comes early is parked until it is known what it is about.
    ///
    /// # Errors
    /// As `ingest_facts`. A webhook that is forged, old or not understood is no error: it is `Rejected`.
    pub fn ingest_webhook(
        &self,
        provider: &dyn PaymentProvider,
        webhook: &Webhook<'_>,
    ) -> Result<Ingested, LedgerError> {
        let event = match provider.read(webhook, self.now()) {
            Ok(event) => event,
            Err(refusal) => {
                return Ok(Ingested::Rejected { why: WebhookRejected::ByProvider { refusal } });
            }
        };
        if event.facts.is_empty() {
            return Ok(Ingested::Ignored);
        }
        let processor = provider.processor().to_owned();
        let key = format!("event:{processor}:{}", event.id);
        let command = IngestFacts { key, processor, facts: event.facts, occurred_on: None };
        match self.ingest_facts(command) {
            Ok(committed) => Ok(ingested(committed)),
            Err(error) if error.code() == ErrorCode::KeyConflict => {
                Ok(Ingested::Rejected { why: WebhookRejected::OtherContent })
            }
            Err(error) => Err(error),
        }
    }
}

fn ingested(committed: Committed) -> Ingested {
    let seq = committed.seq;
    if committed.events.is_empty() {
        return Ingested::Ignored;
    }
    if committed.delivery == Delivery::Replayed {
        return Ingested::Duplicate { seq };
    }
    if committed.events.iter().all(|event| matches!(event, Event::FactParked(_))) {
        return Ingested::Parked { seq };
    }
    Ingested::Applied { committed }
}
