//! Writing what a provider says, and dealing with notices.

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::error::LedgerError;
use crate::engine::notices::{self, NoticePage};
use crate::machine::command::{AcknowledgeNotices, AttachObject, Command, IngestFacts};

impl Ledger {
    /// Takes in what a provider says, in words that are no provider's own: see [`IngestFacts`]. `ingest_webhook` makes them
    /// of what a provider sends.
    ///
    /// # Errors
    /// No facts, or more than 100 (1032); a processor, a bank or an object whose name does not fit (1022, 1010, 1011, 1012); a key
    /// that stands for something else (3001). A fact that cannot be is no error: it is recorded as refused.
    pub fn ingest_facts(&self, command: IngestFacts) -> Result<Committed, LedgerError> {
        self.submit(Command::IngestFacts(command))
    }

    /// Says which object of a provider is a payment, a refund, a dispute or a settlement of ours: see [`AttachObject`]. Not needed where the
    /// provider was told our id as it made the object.
    ///
    /// # Errors
    /// An unknown payment (2006), refund (2005), dispute (2008) or settlement (2010), or another target (1033); an object that is something else (3038).
    pub fn attach_object(&self, command: AttachObject) -> Result<Committed, LedgerError> {
        self.submit(Command::AttachObject(command))
    }

    /// The next notices for a consumer, at most `limit`: those after what it acknowledged last, from the beginning for a new
    /// one. What is not acknowledged comes again.
    ///
    /// ```
    /// # use ledger_core::*;
    /// # let ledger = Ledger::in_memory(Options::new())?;
    /// # let eur: Currency = "EUR".parse()?;
    /// # let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
    /// # let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("made");
    /// # let ada = ledger.register_donor(RegisterDonor::default())?.donor().expect("made");
    /// # ledger.donate(Donate {
    /// #     key: "order-1".into(), donor: ada, tip: None, fee: None, fee_bearer: FeeBearer::Causes,
    /// #     designations: vec![Designation { cause: water, amount: Amount::parse("20.00", eur)? }],
    /// #     method: Method::Offline { bank: "main".into() },
    /// #     occurred_on: None, visibility: Visibility::Public, memo: None,
    /// # })?;
    /// let page = ledger.next_notices("mailer", 10)?;
    /// for notice in &page.notices {
    ///     println!("{} {:?}", notice.id(), notice.kind); // here the app sends its message
    /// }
    /// ledger.acknowledge_notices("mailer", page.through)?;
    /// assert!(ledger.next_notices("mailer", 10)?.notices.is_empty());
    /// # assert_eq!(page.notices.len(), 1);
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// A limit that is not 1 to 10,000 (1025).
    pub fn next_notices(&self, consumer: &str, limit: u32) -> Result<NoticePage, LedgerError> {
        let limit = super::reading::page_size(limit)?;
        notices::next(self.view()?.as_ref(), self.keys().as_ref(), consumer, limit)
    }

    /// Notices after a record, whoever has dealt with them: to look at them, or to replay them.
    ///
    /// # Errors
    /// A limit that is not 1 to 10,000 (1025).
    pub fn notices_after(&self, seq: u64, limit: u32) -> Result<NoticePage, LedgerError> {
        let limit = super::reading::page_size(limit)?;
        notices::after(self.view()?.as_ref(), seq, limit)
    }

    /// Says that a consumer has dealt with all notices up to a record: see [`AcknowledgeNotices`].
    ///
    /// # Errors
    /// A name that is empty or longer than 40 bytes (1010, 1011, 1012); a record that is not there yet (1026).
    pub fn acknowledge_notices(&self, consumer: &str, through: u64) -> Result<Committed, LedgerError> {
        let consumer = consumer.to_owned();
        self.submit(Command::AcknowledgeNotices(AcknowledgeNotices { consumer, through }))
    }
}
