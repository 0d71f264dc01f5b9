//! Writes: each a named method over `submit`.

use super::Ledger;
use crate::engine::committed::Committed;
use crate::engine::committer::Results;
use crate::engine::error::{LedgerError, Outcome};
use crate::machine::command::{
    Adjust, BeginDonation, BeginEpoch, BookFee, CancelDonation, ClosePeriod, Command, Correct, Donate,
    EraseDonor, MergeDonors, OpenCause, ProposePayout, Reallocate, RecordSettlement, Refund, RegisterDonor,
    ReportPayment, ReportPayout, ReportRefund, StartPayment, TakeOver, TakePlatformFee, UndoMerge,
    UpdateCause, UpdateDonor,
};
use crate::machine::event::Event;
use crate::machine::rejection::Rejection;
use crate::storage::Durability;
use crate::vocabulary::ids::DonorId;

/// Most commands of one call.
pub const COMMANDS_MAX: usize = 10_000;

impl Ledger {
    /// Commits any command. Returns after it is durable; a failed call says whether it can have happened.
    pub fn submit(&self, command: Command) -> Result<Committed, LedgerError> {
        one_of(self.commit(vec![command]))
    }

    /// Commits, and completes what a commit alone does not do: keys of erased donors are destroyed before the
    /// caller is told.
    fn commit(&self, commands: Vec<Command>) -> Results {
        // Held until the keys are destroyed: no dry run begins on what is about to go.
        let _replacement = if commands.iter().any(|command| matches!(command, Command::EraseDonor(_))) {
            match self.inner.gate.begin_replacement() {
                Ok(replacement) => Some(replacement),
                Err(error) => return commands.iter().map(|_| Err(error.clone())).collect(),
            }
        } else {
            None
        };
        let mut results = self.inner.committer.submit(commands, self.inner.durability);
        for result in &mut results {
            let events = result.as_ref().map_or(&[][..], |committed| &committed.events);
            let erased: Vec<DonorId> =
                events
                    .iter()
                    .filter_map(|event| {
                        if let Event::DonorErased { donor, .. } = event { Some(*donor) } else { None }
                    })
                    .collect();
            if !erased.is_empty()
                && let Err(error) = self.forget(&erased)
            {
                *result = Err(error);
            }
        }
        results
    }

    /// Destroys the keys of erased donors and every row that they opened, once the erasure is in the journal.
    fn forget(&self, donors: &[DonorId]) -> Result<(), LedgerError> {
        let _alone = self.inner.gate.replace_state();
        self.inner.storage.forget(donors).map_err(|fault| {
            // The next opening completes what is in the journal, before it answers anything.
            self.inner.gate.poison(format!("an erasure that was not completed: {fault}"));
            LedgerError::from_fault(fault, Outcome::Unknown)
        })
    }

    /// Commits up to 10,000 commands together, in their order: one wait for the disk. Each has its own
    /// result; one that is refused does not keep the others from being committed.
    pub fn submit_all(&self, commands: Vec<Command>) -> Result<Results, LedgerError> {
        if commands.len() > COMMANDS_MAX {
            let count = |of: usize| u64::try_from(of).unwrap_or(u64::MAX);
            return Err(Rejection::TooManyCommands {
                count: count(commands.len()),
                limit: count(COMMANDS_MAX),
            }
            .into());
        }
        Ok(self.commit(commands))
    }

    /// Registers a donor.
    pub fn register_donor(&self, command: RegisterDonor) -> Result<Committed, LedgerError> {
        self.submit(Command::RegisterDonor(command))
    }

    /// Replaces what is known of a donor.
    pub fn update_donor(&self, command: UpdateDonor) -> Result<Committed, LedgerError> {
        self.submit(Command::UpdateDonor(command))
    }

    /// Destroys the key of what is personal about a donor. Returns after no file of the ledger can tell it any
    /// more. Makes the whole state anew, so it takes time in proportion to the ledger.
    pub fn erase_donor(&self, command: EraseDonor) -> Result<Committed, LedgerError> {
        self.submit(Command::EraseDonor(command))
    }

    /// Makes two donors one. `dry_run_of_merge` shows what would come of it, and `undo_merge` undoes it.
    ///
    /// ```
    /// # use ledger_core::*;
    /// # let ledger = Ledger::in_memory(Options::new())?;
    /// # let mut register = || ledger.register_donor(RegisterDonor::default()).map(|made| made.donor().unwrap());
    /// let (keep, gone) = (register()?, register()?);
    /// ledger.merge_donors(MergeDonors { key: None, keep, gone })?;
    /// assert_eq!(ledger.donor(gone)?.expect("is there").id, keep);
    /// ledger.undo_merge(UndoMerge { key: None, gone })?;
    /// assert_eq!(ledger.donor(gone)?.expect("is there").id, gone);
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// A donor that is not there (2001) or was erased (3014); the same donor twice (3019); one that is merged already
    /// (3017); a person and an organisation (3020); an anonymous donor to be kept before a known one (3021); more
    /// than 100 ids (4006); a key that stands for something else (3001). Nothing happened then.
    pub fn merge_donors(&self, command: MergeDonors) -> Result<Committed, LedgerError> {
        self.submit(Command::MergeDonors(command))
    }

    /// Undoes a merge.
    ///
    /// # Errors
    /// A donor that is not there (2001) or not merged (3018); a key that stands for something else (3001). Nothing
    /// happened then.
    pub fn undo_merge(&self, command: UndoMerge) -> Result<Committed, LedgerError> {
        self.submit(Command::UndoMerge(command))
    }

    /// Opens a cause.
    pub fn open_cause(&self, command: OpenCause) -> Result<Committed, LedgerError> {
        self.submit(Command::OpenCause(command))
    }

    /// Replaces what is said of a cause, and its status.
    pub fn update_cause(&self, command: UpdateCause) -> Result<Committed, LedgerError> {
        self.submit(Command::UpdateCause(command))
    }

    /// Records a gift: all causes of it, or none.
    ///
    /// # Errors
    /// No cause (1018), more than 100 (1019), one twice (1020); amounts of several currencies (1006), or a sum beyond 64 bits (1002); a
    /// fee beyond the gift that the causes would bear (1021); a bank or a processor whose name does not fit (1022); a method that
    /// comes about otherwise (1031); a memo that does not fit (1010, 1011, 1012); an unknown donor (2001) or cause (2002), or an erased
    /// donor (3014); a cause that takes no gifts (3004), not on that day (3005), or not in that currency (1006); a day in a closed
    /// period (3012); a key that does not fit (1009) or stands for something else (3001). Nothing happened then.
    pub fn donate(&self, command: Donate) -> Result<Committed, LedgerError> {
        self.submit(Command::Donate(command))
    }

    /// Gives back all or some of a donation.
    ///
    /// # Errors
    /// Chosen causes, but none (1018), or one twice (1020); another currency (1006); a memo that does not fit (1010, 1011, 1012); an
    /// unknown donation (2003), one that is not paid yet (3024), was taken back (3015), is disputed (3031) or has 1,000 refunds (4004);
    /// more than is left of it (3006, 3007), of a cause's part (3008), or of a cause that has none (3009); words about an erased donor
    /// (3014); a cause that would owe money and whose policy blocks that (3032); a day in a closed period (3012); a key that does not
    /// fit (1009) or stands for something else (3001). Nothing happened then.
    pub fn refund(&self, command: Refund) -> Result<Committed, LedgerError> {
        self.submit(Command::Refund(command))
    }

    /// Moves money from one cause to another.
    pub fn reallocate(&self, command: Reallocate) -> Result<Committed, LedgerError> {
        self.submit(Command::Reallocate(command))
    }

    /// Closes all days up to one that is over.
    pub fn close_period(&self, command: ClosePeriod) -> Result<Committed, LedgerError> {
        self.submit(Command::ClosePeriod(command))
    }

    /// Records money that came or went without a known gift.
    pub fn adjust(&self, command: Adjust) -> Result<Committed, LedgerError> {
        self.submit(Command::Adjust(command))
    }

    /// Takes an entry back and puts the right one in its place, in one record. Entries are never changed: what was
    /// recorded has to stay legible (HGB § 239 (3), AO § 146 (4)).
    ///
    /// ```
    /// # use ledger_core::*;
    /// # let ledger = Ledger::in_memory(Options::new())?;
    /// # let eur: Currency = "EUR".parse()?;
    /// # let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
    /// # let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().unwrap();
    /// # let ada = ledger.register_donor(RegisterDonor::default())?.donor().unwrap();
    /// # let gift = |amount: &str, key: &str| -> Result<Donate, LedgerError> { Ok(Donate {
    /// #     key: key.into(), donor: ada, tip: None, fee: None, fee_bearer: FeeBearer::Causes,
    /// #     designations: vec![Designation { cause: water, amount: Amount::parse(amount, eur)? }],
    /// #     method: Method::Offline { bank: "main".into() },
    /// #     occurred_on: None, visibility: Visibility::Public, memo: None,
    /// # }) };
    /// let typo = ledger.donate(gift("500.00", "order-1")?)?.donation().expect("captured");
    /// ledger.correct(Correct {
    ///     wrong: Wrong::Donation { donation: typo },
    ///     right: Right::Donation(gift("50.00", "order-1-corrected")?),
    ///     reversed_on: None,
    ///     entry: EntryKind::Ordinary,
    /// })?;
    /// let totals = ledger.cause(water)?.expect("is there").totals;
    /// assert_eq!((totals.gross_minor, totals.donations), (50_00, 1));
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// An entry that is not there (2003, 2005) or was taken back before (3015); a donation with refunds (3016); a day
    /// in a closed period (3012); a key that stands for something else (3001); and whatever the command of the right
    /// entry is refused for, the status of its causes aside. Nothing happened then.
    pub fn correct(&self, command: Correct) -> Result<Committed, LedgerError> {
        self.submit(Command::Correct(command))
    }

    /// Begins a new epoch: who writes from now on is another than before. `Follower::promote` does it by itself.
    pub fn begin_epoch(&self, command: BeginEpoch) -> Result<Committed, LedgerError> {
        self.submit(Command::BeginEpoch(command))
    }

    /// As `begin_epoch`, on the disk whatever the handle promises.
    pub(crate) fn begin_epoch_durably(&self) -> Result<Committed, LedgerError> {
        let command = Command::BeginEpoch(BeginEpoch::default());
        one_of(self.inner.committer.submit(vec![command], Durability::Sync))
    }

    /// Begins a gift that is still to be paid: see [`BeginDonation`].
    ///
    /// ```
    /// # use ledger_core::*;
    /// let ledger = Ledger::in_memory(Options::new())?;
    /// # let eur: Currency = "EUR".parse()?;
    /// # let details = CauseDetails { name: "Water".into(), ..CauseDetails::default() };
    /// # let water = ledger.open_cause(OpenCause { key: None, currency: eur, details })?.cause().expect("made");
    /// # let ada = ledger.register_donor(RegisterDonor::default())?.donor().expect("made");
    /// let begun = ledger.begin_donation(BeginDonation {
    ///     key: "order-1".into(),
    ///     donor: ada,
    ///     designations: vec![Designation { cause: water, amount: Amount::parse("20.00", eur)? }],
    ///     tip: None,
    ///     fee_bearer: FeeBearer::Causes,
    ///     visibility: Visibility::Public,
    ///     memo: None,
    /// })?;
    /// let donation = begun.donation().expect("made");
    /// let started = StartPayment { key: "try-1".into(), donation, processor: "stripe".into() };
    /// let payment = ledger.start_payment(started)?.payment().expect("made");
    ///
    /// // Later, when the provider says so:
    /// ledger.report_payment(ReportPayment {
    ///     key: "try-1-captured".into(),
    ///     payment,
    ///     report: PaymentReport::Captured,
    ///     fee: Some(Amount::parse("0.55", eur)?),
    ///     occurred_on: None,
    /// })?;
    /// let totals = ledger.cause(water)?.expect("open").totals;
    /// assert_eq!((totals.gross_minor, totals.fees_minor, totals.pending_minor), (2000, 55, 0));
    /// # Ok::<(), LedgerError>(())
    /// ```
    ///
    /// # Errors
    /// As `donate`, but for what it says of method and fee.
    pub fn begin_donation(&self, command: BeginDonation) -> Result<Committed, LedgerError> {
        self.submit(Command::BeginDonation(command))
    }

    /// Begins an attempt to collect a gift: see [`StartPayment`].
    ///
    /// # Errors
    /// An unknown donation (2003); one that is paid or given up (3023); a processor whose name does not fit (1022); more
    /// than 100 attempts (4007).
    pub fn start_payment(&self, command: StartPayment) -> Result<Committed, LedgerError> {
        self.submit(Command::StartPayment(command))
    }

    /// Records what was learned of an attempt: see [`ReportPayment`]. With `Captured` the gift is in the books.
    ///
    /// # Errors
    /// An unknown payment (2006); one that cannot come to what is reported (3022); a second payment of a donation that is
    /// paid (3023); a fee without a capture (1027), in another currency (1006), or above the gift (1021).
    pub fn report_payment(&self, command: ReportPayment) -> Result<Committed, LedgerError> {
        self.submit(Command::ReportPayment(command))
    }

    /// Gives up a donation that was not paid: see [`CancelDonation`].
    ///
    /// # Errors
    /// An unknown donation (2003); one that is paid (3023); one with a payment under way (3026).
    pub fn cancel_donation(&self, command: CancelDonation) -> Result<Committed, LedgerError> {
        self.submit(Command::CancelDonation(command))
    }

    /// Books what a processor kept of a donation, once it is learned: see [`BookFee`].
    ///
    /// # Errors
    /// An unknown donation (2003), one that is not paid (3024) or was not captured at a processor (3025); another currency
    /// (1006); fees above the gift that causes bear (1021).
    pub fn book_fee(&self, command: BookFee) -> Result<Committed, LedgerError> {
        self.submit(Command::BookFee(command))
    }

    /// Books what the platform keeps of a donation for itself: see [`TakePlatformFee`].
    ///
    /// # Errors
    /// Books of a charity (3029); an unknown donation (2003), or one that is not paid (3024); no cause (1018), a cause twice
    /// (1020), or one that is not in the donation (3009); more than its part (1021).
    pub fn take_platform_fee(&self, command: TakePlatformFee) -> Result<Committed, LedgerError> {
        self.submit(Command::TakePlatformFee(command))
    }

    /// Records that a processor paid out to a bank account of ours: see [`RecordSettlement`].
    ///
    /// # Errors
    /// A name of a processor or a bank account that does not fit (1022).
    pub fn record_settlement(&self, command: RecordSettlement) -> Result<Committed, LedgerError> {
        self.submit(Command::RecordSettlement(command))
    }

    /// Proposes to pay a cause what is held for it: see [`ProposePayout`].
    ///
    /// # Errors
    /// Books of a charity (3029); an unknown cause (2002), or another currency than its own (1006); more than is available
    /// to it (3028); a bank account whose name does not fit (1022).
    pub fn propose_payout(&self, command: ProposePayout) -> Result<Committed, LedgerError> {
        self.submit(Command::ProposePayout(command))
    }

    /// Records what was learned of a payout: see [`ReportPayout`].
    ///
    /// # Errors
    /// An unknown payout (2007); one that cannot come to what is reported (3022); more than is available to the cause by
    /// now (3028).
    pub fn report_payout(&self, command: ReportPayout) -> Result<Committed, LedgerError> {
        self.submit(Command::ReportPayout(command))
    }

    /// Records what was learned of a refund that a processor carries out: see [`ReportRefund`]. `refund` of a donation that
    /// was captured at a processor is a promise; the causes have the money no more, and it is done when this says so.
    ///
    /// # Errors
    /// A refund that is not there, or was done at once (2005); one that cannot come to what is reported (3022).
    pub fn report_refund(&self, command: ReportRefund) -> Result<Committed, LedgerError> {
        self.submit(Command::ReportRefund(command))
    }

    /// Takes over one row of another system.
    pub fn take_over(&self, command: TakeOver) -> Result<Committed, LedgerError> {
        self.submit(Command::TakeOver(command))
    }
}

fn one_of(mut results: Results) -> Result<Committed, LedgerError> {
    let lost = || LedgerError::Closed { why: "call was lost by the committer".to_owned() };
    results.pop().unwrap_or_else(|| Err(lost()))
}
