//! An app under way: what it calls, at which time, and what it was told.

use core::fmt;
use core::str::FromStr;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};

use ledger_core::{
    Amount, Command, Committed, DonationId, IngestFacts, Ingested, KeyStatus, Ledger, LedgerError, Notice,
    PaymentId, ProviderFact, RefundId, SANDBOX_SIGNATURE, Sandbox, SandboxCard, SandboxWebhook, StartPayment,
    Timestamp, Webhook,
};
use serde_json::Value;

use super::{BEGINNING, MAILER, SANDBOX};

/// What comes of a part of a life; what is refused or fails ends it.
pub(super) type Lived<T> = Result<T, String>;

/// Between two calls, in microseconds.
const MINUTE: i64 = 60_000_000;

/// What the app was told of a call: its key and its record. Without a key the notices up to a record were acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// The record.
    pub seq: u64,
    /// The key.
    pub key: Option<String>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.seq, self.key.as_deref().unwrap_or_default())
    }
}

impl FromStr for Told {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let (seq, key) = line.split_once(' ').unwrap_or((line, ""));
        let seq = seq.parse().map_err(|_| format!("no record in {line:?}"))?;
        Ok(Self { seq, key: (!key.is_empty()).then(|| key.to_owned()) })
    }
}

/// An id that a call made.
pub(super) fn made<Id>(id: Option<Id>) -> Lived<Id> {
    id.ok_or_else(|| "a call was accepted and made no id".to_owned())
}

/// An app under way. Each of its calls has a time of its own, the same whenever the life is played.
pub(super) struct App<'a> {
    pub(super) ledger: &'a Ledger,
    clock: &'a AtomicI64,
    now: i64,
    told: &'a mut dyn FnMut(Told),
    provider: Sandbox,
    /// The record of the last call that has one.
    last: u64,
    /// The notices of which messages were sent.
    pub(super) sent: BTreeSet<String>,
}

impl<'a> App<'a> {
    pub(super) fn begin(ledger: &'a Ledger, clock: &'a AtomicI64, told: &'a mut dyn FnMut(Told)) -> Self {
        let (provider, sent) = (Sandbox::new(SANDBOX), BTreeSet::new());
        Self { ledger, clock, now: BEGINNING, told, provider, last: 0, sent }
    }

    fn tick(&mut self) {
        self.now += MINUTE;
        self.clock.store(self.now, Ordering::SeqCst);
    }

    pub(super) fn time(&self) -> Timestamp {
        Timestamp::from_micros(self.now)
    }

    /// What a provider said again was not recorded, and its key stands for nothing to be told of.
    fn note(&mut self, key: &str, committed: &Committed) -> Lived<()> {
        let status = self.ledger.status(key).map_err(|error| format!("{key}: {error}"))?;
        if matches!(status, KeyStatus::Committed { .. }) {
            self.tell(key, committed.seq);
        }
        Ok(())
    }

    fn tell(&mut self, key: &str, seq: u64) {
        self.last = seq;
        (self.told)(Told { seq, key: Some(key.to_owned()) });
    }

    pub(super) fn submit(&mut self, command: Command) -> Lived<Committed> {
        let mut committed = self.submit_all(vec![command])?;
        made(committed.pop())
    }

    /// Commands of one group.
    pub(super) fn submit_all(&mut self, commands: Vec<Command>) -> Lived<Vec<Committed>> {
        self.tick();
        let keys: Vec<String> = commands.iter().filter_map(Command::key).map(str::to_owned).collect();
        assert_eq!(keys.len(), commands.len(), "every call has its key");
        let results = self.ledger.submit_all(commands).map_err(|error| format!("{keys:?}: {error}"))?;
        let mut all = Vec::new();
        for (key, result) in keys.iter().zip(results) {
            all.push(result.map_err(|error| format!("{key}: {error}"))?);
        }
        // The app knows of a group once it has all answers.
        for (key, committed) in keys.iter().zip(&all) {
            self.note(key, committed)?;
        }
        Ok(all)
    }

    /// An attempt to collect a gift.
    pub(super) fn start(&mut self, key: &str, donation: DonationId) -> Lived<PaymentId> {
        let start = StartPayment { key: key.into(), donation, processor: SANDBOX.into() };
        made(self.submit(Command::StartPayment(start))?.payment())
    }

    /// Takes in an event of the provider's.
    pub(super) fn hear(&mut self, event: &str, facts: Vec<ProviderFact>) -> Lived<()> {
        let (key, processor) = (event.to_owned(), SANDBOX.to_owned());
        self.submit(Command::IngestFacts(IngestFacts { key, processor, facts, occurred_on: None }))?;
        Ok(())
    }

    /// What the provider sends of a payment.
    pub(super) fn paid(&self, payment: PaymentId, amount: Amount, card: SandboxCard) -> Vec<SandboxWebhook> {
        self.provider.pay(payment, amount, card, self.time())
    }

    /// The provider carries out a refund, or makes one by itself, and says so.
    pub(super) fn returned(
        &mut self,
        (payment, refund): (PaymentId, Option<RefundId>),
        amount: Amount,
        number: u32,
    ) -> Lived<()> {
        let sent = self.provider.refund(payment, refund, amount, number, self.time());
        self.receive_all(&sent)
    }

    /// The provider pays out to the bank, and says so.
    pub(super) fn settled(&mut self, bank: &str, amount: Amount, number: u32) -> Lived<()> {
        let sent = self.provider.settle(bank, amount, number, self.time());
        self.receive(&sent)
    }

    pub(super) fn receive_all(&mut self, sent: &[SandboxWebhook]) -> Lived<()> {
        sent.iter().try_for_each(|webhook| self.receive(webhook))
    }

    /// A webhook comes in, and what it says is not refused.
    fn receive(&mut self, sent: &SandboxWebhook) -> Lived<()> {
        self.tick();
        let body: Value = serde_json::from_slice(&sent.body).map_err(|error| error.to_string())?;
        let key = format!("event:{SANDBOX}:{}", body["id"].as_str().unwrap_or_default());
        let headers = [(SANDBOX_SIGNATURE, sent.signature.as_str())];
        let webhook = Webhook { headers: &headers, body: &sent.body };
        let ingested = self.ledger.ingest_webhook(&self.provider, &webhook);
        match ingested.map_err(|error| format!("{key}: {error}"))? {
            Ingested::Applied { committed } => self.note(&key, &committed)?,
            Ingested::Duplicate { seq } | Ingested::Parked { seq } => self.tell(&key, seq),
            Ingested::Ignored => {}
            other => return Err(format!("{key}: {other:?}")),
        }
        Ok(())
    }

    /// Sends a message for each notice that is not acknowledged, and acknowledges those up to the last call.
    pub(super) fn send_messages(&mut self) -> Lived<()> {
        let (through, error) = (self.last, |error: LedgerError| format!("{MAILER}: {error}"));
        let page = self.ledger.next_notices(MAILER, 1_000).map_err(error)?;
        let due = page.notices.iter().filter(|notice| notice.seq <= through);
        self.sent.extend(due.map(Notice::id));
        self.tick();
        self.ledger.acknowledge_notices(MAILER, through).map_err(error)?;
        (self.told)(Told { seq: through, key: None });
        Ok(())
    }
}
