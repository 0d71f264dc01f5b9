// Written by ledger-ffi/tools/idiom.py from the sources of ledger-core; a test compares.

package org.donationledger

/**
 * Registers a donor.
 * @param key Makes a repeat harmless: 1 to 200 bytes, one per act of the user. Never put personal data in it.
 * @param kind Person or organisation.
 * @param standing Registered, guest or anonymous.
 * @param profile What is known; must be empty for an anonymous donor.
 */
@Throws(LedgerException::class)
fun Ledger.registerDonor(
    key: String? = null,
    kind: DonorKind = DonorKind.PERSON,
    standing: DonorStanding = DonorStanding.REGISTERED,
    profile: DonorProfile = DonorProfile(),
): Committed = submit(Command.RegisterDonor(RegisterDonor(key, kind, standing, profile)))

/**
 * Replaces what is known of a donor.
 * @param key Makes a repeat harmless.
 * @param donor The donor.
 * @param profile The whole profile from now on.
 */
@Throws(LedgerException::class)
fun Ledger.updateDonor(
    key: String? = null,
    donor: DonorId,
    profile: DonorProfile,
): Committed = submit(Command.UpdateDonor(UpdateDonor(key, donor, profile)))

/**
 * Opens a cause.
 * @param key Makes a repeat harmless.
 * @param currency The one currency in which it takes gifts, for ever.
 * @param details What is said of it.
 */
@Throws(LedgerException::class)
fun Ledger.openCause(
    key: String? = null,
    currency: Currency,
    details: CauseDetails,
): Committed = submit(Command.OpenCause(OpenCause(key, currency, details)))

/**
 * Replaces what is said of a cause, and its status.
 * @param key Makes a repeat harmless.
 * @param cause The cause.
 * @param details All that is said of it from now on.
 * @param status Open, paused or closed.
 */
@Throws(LedgerException::class)
fun Ledger.updateCause(
    key: String? = null,
    cause: CauseId,
    details: CauseDetails,
    status: CauseStatus,
): Committed = submit(Command.UpdateCause(UpdateCause(key, cause, details, status)))

/**
 * Records a gift: all causes of it, or none.
 * @param key One per act of giving, 1 to 200 bytes: the same key never takes money twice.
 * @param donor Who gives.
 * @param designations 1 to 100 causes, each once, all in one currency.
 * @param tip Given to the platform on top.
 * @param fee What the processor kept of the whole.
 * @param feeBearer Who bears the fee.
 * @param method How the money came in.
 * @param occurredOn The day of the gift; without one, the UTC day of recording.
 * @param visibility Whether the public may see who gave.
 * @param memo The donor's words, at most 1,000 bytes; sealed at rest.
 * @throws LedgerException No cause (1018), more than 100 (1019), one twice (1020); amounts of several currencies
 *     (1006), or a sum beyond 64 bits (1002); a fee beyond the gift that the causes would bear (1021); a bank or a
 *     processor whose name does not fit (1022); a method that comes about otherwise (1031); a memo that does not
 *     fit (1010, 1011, 1012); an unknown donor (2001) or cause (2002), or an erased donor (3014); a cause that
 *     takes no gifts (3004), not on that day (3005), or not in that currency (1006); a day in a closed period
 *     (3012); a key that does not fit (1009) or stands for something else (3001). Nothing happened then.
 */
@Throws(LedgerException::class)
fun Ledger.donate(
    key: String,
    donor: DonorId,
    designations: List<Designation>,
    tip: Amount? = null,
    fee: Amount? = null,
    feeBearer: FeeBearer = FeeBearer.CAUSES,
    method: Method,
    occurredOn: Day? = null,
    visibility: Visibility = Visibility.PUBLIC,
    memo: String? = null,
): Committed = submit(Command.Donate(Donate(key, donor, designations, tip, fee, feeBearer, method, occurredOn, visibility, memo)))

/**
 * Gives back all or some of a donation.
 * @param key One per act of refunding.
 * @param donation The donation.
 * @param scope Everything, an amount, or chosen causes.
 * @param occurredOn The day of the refund; without one, the UTC day of recording.
 * @param memo Why, at most 1,000 bytes; sealed at rest.
 * @throws LedgerException Chosen causes, but none (1018), or one twice (1020); another currency (1006); a memo
 *     that does not fit (1010, 1011, 1012); an unknown donation (2003), one that is not paid yet (3024), was taken
 *     back (3015), is disputed (3031) or has 1,000 refunds (4004); more than is left of it (3006, 3007), of a
 *     cause's part (3008), or of a cause that has none (3009); words about an erased donor (3014); a cause that
 *     would owe money and whose policy blocks that (3032); a day in a closed period (3012); a key that does not
 *     fit (1009) or stands for something else (3001). Nothing happened then.
 */
@Throws(LedgerException::class)
fun Ledger.refund(
    key: String,
    donation: DonationId,
    scope: RefundScope,
    occurredOn: Day? = null,
    memo: String? = null,
): Committed = submit(Command.Refund(Refund(key, donation, scope, occurredOn, memo)))

/**
 * Records money that came or went without a known gift.
 * @param key One per adjustment.
 * @param donor Whose giving it changes.
 * @param cause Whose money it changes.
 * @param amount How much; the reason says which way.
 * @param reason Why.
 * @param method Where the money went or came from.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @param entry Whether the day may be one of a closed period.
 * @param memo More words, at most 1,000 bytes; sealed at rest.
 */
@Throws(LedgerException::class)
fun Ledger.adjust(
    key: String,
    donor: DonorId,
    cause: CauseId,
    amount: Amount,
    reason: AdjustmentReason,
    method: Method,
    occurredOn: Day? = null,
    entry: EntryKind = EntryKind.ORDINARY,
    memo: String? = null,
): Committed = submit(Command.Adjust(Adjust(key, donor, cause, amount, reason, method, occurredOn, entry, memo)))

/**
 * Takes over one row of another system.
 * @param key One per row, the same whenever the row is read again.
 * @param recordedAs What the row amounts to.
 * @param donorExternalId The donor's id in the other system.
 * @param donorKind What the donor is, where it has to be registered.
 * @param donorName The donor's name, where it has to be registered.
 * @param causeExternalId The cause's id in the other system.
 * @param causeName The cause's name, where it has to be opened; without one, the external id.
 * @param currency The currency of the row.
 * @param amount How much; none for `Nothing`.
 * @param occurredOn The day of the row.
 * @param memo More words, sealed at rest.
 */
@Throws(LedgerException::class)
fun Ledger.takeOver(
    key: String,
    recordedAs: RecordedAs,
    donorExternalId: String,
    donorKind: DonorKind = DonorKind.PERSON,
    donorName: String? = null,
    causeExternalId: String,
    causeName: String? = null,
    currency: Currency,
    amount: Amount? = null,
    occurredOn: Day? = null,
    memo: String? = null,
): Committed = submit(Command.TakeOver(TakeOver(key, recordedAs, donorExternalId, donorKind, donorName, causeExternalId, causeName, currency, amount, occurredOn, memo)))

/**
 * Moves money from one cause to another.
 * @param key One per act.
 * @param from The cause that gives it up.
 * @param to The cause that receives it, of the same currency.
 * @param amount How much.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @param entry Whether the day may be one of a closed period.
 */
@Throws(LedgerException::class)
fun Ledger.reallocate(
    key: String,
    from: CauseId,
    to: CauseId,
    amount: Amount,
    occurredOn: Day? = null,
    entry: EntryKind = EntryKind.ORDINARY,
): Committed = submit(Command.Reallocate(Reallocate(key, from, to, amount, occurredOn, entry)))

/**
 * Closes all days up to one that is over.
 * @param key One per act.
 * @param through The last day of the period, before the UTC day of recording. All earlier days are closed with it.
 */
@Throws(LedgerException::class)
fun Ledger.closePeriod(
    key: String,
    through: Day,
): Committed = submit(Command.ClosePeriod(ClosePeriod(key, through)))

/**
 * Destroys the key of what is personal about a donor. Returns after no file of the ledger can tell it any more.
 * Makes the whole state anew, so it takes time in proportion to the ledger.
 * @param key Makes a repeat harmless.
 * @param donor The donor.
 * @param reason Why; it is recorded.
 */
@Throws(LedgerException::class)
fun Ledger.eraseDonor(
    key: String? = null,
    donor: DonorId,
    reason: ErasureReason,
): Committed = submit(Command.EraseDonor(EraseDonor(key, donor, reason)))

/**
 * Takes an entry back and puts the right one in its place, in one record. Entries are never changed: what was
 * recorded has to stay legible (HGB § 239 (3), AO § 146 (4)).
 * @param wrong What is wrong.
 * @param right What is right; it has the key.
 * @param reversedOn The day of the reversing entry; without one, that of the wrong entry. The right one has a day
 *     of its own.
 * @param entry Whether either day may be of a closed period.
 * @throws LedgerException An entry that is not there (2003, 2005) or was taken back before (3015); a donation with
 *     refunds (3016); a day in a closed period (3012); a key that stands for something else (3001); and whatever
 *     the command of the right entry is refused for, the status of its causes aside. Nothing happened then.
 */
@Throws(LedgerException::class)
fun Ledger.correct(
    wrong: Wrong,
    right: Right,
    reversedOn: Day? = null,
    entry: EntryKind = EntryKind.ORDINARY,
): Committed = submit(Command.Correct(Correct(wrong, right, reversedOn, entry)))

/**
 * Makes two donors one. `dryRunOfMerge` shows what would come of it, and `undoMerge` undoes it.
 * @param key Makes a repeat harmless.
 * @param keep The donor that both ids mean from now on. Of one that is merged itself, the one that it means.
 * @param gone The donor whose id becomes another name.
 * @throws LedgerException A donor that is not there (2001) or was erased (3014); the same donor twice (3019); one
 *     that is merged already (3017); a person and an organisation (3020); an anonymous donor to be kept before a
 *     known one (3021); more than 100 ids (4006); a key that stands for something else (3001). Nothing happened
 *     then.
 */
@Throws(LedgerException::class)
fun Ledger.mergeDonors(
    key: String? = null,
    keep: DonorId,
    gone: DonorId,
): Committed = submit(Command.MergeDonors(MergeDonors(key, keep, gone)))

/**
 * Undoes a merge.
 * @param key Makes a repeat harmless.
 * @param gone The donor that was merged into another.
 * @throws LedgerException A donor that is not there (2001) or not merged (3018); a key that stands for something
 *     else (3001). Nothing happened then.
 */
@Throws(LedgerException::class)
fun Ledger.undoMerge(
    key: String? = null,
    gone: DonorId,
): Committed = submit(Command.UndoMerge(UndoMerge(key, gone)))

/**
 * Begins a new epoch: who writes from now on is another than before. `Follower.promote` does it by itself.
 * @param key Makes a repeat harmless.
 */
@Throws(LedgerException::class)
fun Ledger.beginEpoch(
    key: String? = null,
): Committed = submit(Command.BeginEpoch(BeginEpoch(key)))

/**
 * Begins a gift that is still to be paid: see `BeginDonation`.
 * @param key One per act of giving, 1 to 200 bytes.
 * @param donor Who gives.
 * @param designations 1 to 100 causes, each once, all in one currency.
 * @param tip Given to the platform on top.
 * @param feeBearer Who bears the fees of the processor.
 * @param visibility Whether the public may see who gave.
 * @param memo The donor's words, at most 1,000 bytes; sealed at rest.
 * @throws LedgerException As `donate`, but for what it says of method and fee.
 */
@Throws(LedgerException::class)
fun Ledger.beginDonation(
    key: String,
    donor: DonorId,
    designations: List<Designation>,
    tip: Amount? = null,
    feeBearer: FeeBearer = FeeBearer.CAUSES,
    visibility: Visibility = Visibility.PUBLIC,
    memo: String? = null,
): Committed = submit(Command.BeginDonation(BeginDonation(key, donor, designations, tip, feeBearer, visibility, memo)))

/**
 * Begins an attempt to collect a gift: see `StartPayment`.
 * @param key One per attempt. Give the provider the same key.
 * @param donation The donation.
 * @param processor The account at a payment processor that collects: 1 to 40 of a-z, 0-9 and hyphens.
 * @throws LedgerException An unknown donation (2003); one that is paid or given up (3023); a processor whose name
 *     does not fit (1022); more than 100 attempts (4007).
 */
@Throws(LedgerException::class)
fun Ledger.startPayment(
    key: String,
    donation: DonationId,
    processor: String,
): Committed = submit(Command.StartPayment(StartPayment(key, donation, processor)))

/**
 * Records what was learned of an attempt: see `ReportPayment`. With `Captured` the gift is in the books.
 * @param key One per report.
 * @param payment The attempt.
 * @param report What was learned.
 * @param fee What the processor keeps, where that is known as the money is captured; otherwise see `BookFee`.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException An unknown payment (2006); one that cannot come to what is reported (3022); a second
 *     payment of a donation that is paid (3023); a fee without a capture (1027), in another currency (1006), or
 *     above the gift (1021).
 */
@Throws(LedgerException::class)
fun Ledger.reportPayment(
    key: String,
    payment: PaymentId,
    report: PaymentReport,
    fee: Amount? = null,
    occurredOn: Day? = null,
): Committed = submit(Command.ReportPayment(ReportPayment(key, payment, report, fee, occurredOn)))

/**
 * Gives up a donation that was not paid: see `CancelDonation`.
 * @param key One per act.
 * @param donation The donation.
 * @throws LedgerException An unknown donation (2003); one that is paid (3023); one with a payment under way
 *     (3026).
 */
@Throws(LedgerException::class)
fun Ledger.cancelDonation(
    key: String,
    donation: DonationId,
): Committed = submit(Command.CancelDonation(CancelDonation(key, donation)))

/**
 * Books what a processor kept of a donation, once it is learned: see `BookFee`.
 * @param key One per fee.
 * @param donation The donation, captured at a processor.
 * @param fee How much. With what was booked before it is at most what was given.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException An unknown donation (2003), one that is not paid (3024) or was not captured at a
 *     processor (3025); another currency (1006); fees above the gift that causes bear (1021).
 */
@Throws(LedgerException::class)
fun Ledger.bookFee(
    key: String,
    donation: DonationId,
    fee: Amount,
    occurredOn: Day? = null,
): Committed = submit(Command.BookFee(BookFee(key, donation, fee, occurredOn)))

/**
 * Books what the platform keeps of a donation for itself: see `TakePlatformFee`.
 * @param key One per act.
 * @param donation The donation.
 * @param from How much from which cause of it, each cause once. Amounts, never rates.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException Books of a charity (3029); an unknown donation (2003), or one that is not paid (3024);
 *     no cause (1018), a cause twice (1020), or one that is not in the donation (3009); more than its part (1021).
 */
@Throws(LedgerException::class)
fun Ledger.takePlatformFee(
    key: String,
    donation: DonationId,
    from: List<Designation>,
    occurredOn: Day? = null,
): Committed = submit(Command.TakePlatformFee(TakePlatformFee(key, donation, from, occurredOn)))

/**
 * Records that a processor paid out to a bank account of ours: see `RecordSettlement`.
 * @param key One per settlement.
 * @param processor The account at the processor.
 * @param bank The bank account: 1 to 40 of a-z, 0-9 and hyphens.
 * @param amount How much arrived.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException A name of a processor or a bank account that does not fit (1022).
 */
@Throws(LedgerException::class)
fun Ledger.recordSettlement(
    key: String,
    processor: String,
    bank: String,
    amount: Amount,
    occurredOn: Day? = null,
): Committed = submit(Command.RecordSettlement(RecordSettlement(key, processor, bank, amount, occurredOn)))

/**
 * Proposes to pay a cause what is held for it: see `ProposePayout`.
 * @param key One per payout.
 * @param cause The cause.
 * @param amount How much: at most what is available to it.
 * @param bank From which bank account: 1 to 40 of a-z, 0-9 and hyphens.
 * @throws LedgerException Books of a charity (3029); an unknown cause (2002), or another currency than its own
 *     (1006); more than is available to it (3028); a bank account whose name does not fit (1022).
 */
@Throws(LedgerException::class)
fun Ledger.proposePayout(
    key: String,
    cause: CauseId,
    amount: Amount,
    bank: String,
): Committed = submit(Command.ProposePayout(ProposePayout(key, cause, amount, bank)))

/**
 * Records what was learned of a payout: see `ReportPayout`.
 * @param key One per report.
 * @param payout The payout.
 * @param report What was learned.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException An unknown payout (2007); one that cannot come to what is reported (3022); more than is
 *     available to the cause by now (3028).
 */
@Throws(LedgerException::class)
fun Ledger.reportPayout(
    key: String,
    payout: PayoutId,
    report: PayoutReport,
    occurredOn: Day? = null,
): Committed = submit(Command.ReportPayout(ReportPayout(key, payout, report, occurredOn)))

/**
 * Records what was learned of a refund that a processor carries out: see `ReportRefund`. `refund` of a donation
 * that was captured at a processor is a promise; the causes have the money no more, and it is done when this says
 * so.
 * @param key One per report.
 * @param refund The refund.
 * @param report What was learned.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException A refund that is not there, or was done at once (2005); one that cannot come to what is
 *     reported (3022).
 */
@Throws(LedgerException::class)
fun Ledger.reportRefund(
    key: String,
    refund: RefundId,
    report: RefundReport,
    occurredOn: Day? = null,
): Committed = submit(Command.ReportRefund(ReportRefund(key, refund, report, occurredOn)))

/**
 * Records that the donor's bank disputes a gift: see `OpenDispute`.
 * @param key One per dispute.
 * @param donation The donation.
 * @param amount How much, in the currency of the donation: may be less than the gift, or more.
 * @param begins With money withdrawn, or as a question first.
 * @param fee What the processor charges for it, where that is known; otherwise see `BookDisputeFee`.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException An unknown donation (2003), or one that is not paid (3024) or was taken back (3015);
 *     another currency (1006); more than 100 disputes (4008).
 */
@Throws(LedgerException::class)
fun Ledger.openDispute(
    key: String,
    donation: DonationId,
    amount: Amount,
    begins: DisputeBegins,
    fee: Amount? = null,
    occurredOn: Day? = null,
): Committed = submit(Command.OpenDispute(OpenDispute(key, donation, amount, begins, fee, occurredOn)))

/**
 * Records what was learned of a dispute: see `ReportDispute`.
 * @param key One per report.
 * @param dispute The dispute.
 * @param report What was learned.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException An unknown dispute (2008); one that cannot come to what is reported (3022).
 */
@Throws(LedgerException::class)
fun Ledger.reportDispute(
    key: String,
    dispute: DisputeId,
    report: DisputeReport,
    occurredOn: Day? = null,
): Committed = submit(Command.ReportDispute(ReportDispute(key, dispute, report, occurredOn)))

/**
 * Books what a processor charges for a dispute, or gives back of it: see `BookDisputeFee`.
 * @param key One per fee.
 * @param dispute The dispute.
 * @param fee How much.
 * @param flow Charged, or given back.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException An unknown dispute (2008); another currency (1006); more given back than was charged
 *     (3034).
 */
@Throws(LedgerException::class)
fun Ledger.bookDisputeFee(
    key: String,
    dispute: DisputeId,
    fee: Amount,
    flow: DisputeFeeFlow,
    occurredOn: Day? = null,
): Committed = submit(Command.BookDisputeFee(BookDisputeFee(key, dispute, fee, flow, occurredOn)))

/**
 * As `refund`, although the donation is disputed. The donor may get the money twice: what the bank then keeps
 * beyond the gift, the platform bears.
 * @param key One per act of refunding.
 * @param donation The donation.
 * @param scope Everything, an amount, or chosen causes.
 * @param occurredOn The day of the refund; without one, the UTC day of recording.
 * @param memo Why, at most 1,000 bytes; sealed at rest.
 * @throws LedgerException As `refund`, but for the dispute (3031).
 */
@Throws(LedgerException::class)
fun Ledger.forceRefund(
    key: String,
    donation: DonationId,
    scope: RefundScope,
    occurredOn: Day? = null,
    memo: String? = null,
): Committed = submit(Command.ForceRefund(Refund(key, donation, scope, occurredOn, memo)))

/**
 * Sets the policies of a cause, or of all that have none of their own: see `SetCausePolicies`.
 * @param key One per act.
 * @param cause The cause; none for all that have no policies of their own.
 * @param policies The policies.
 * @throws LedgerException Books of a charity (3029); an unknown cause (2002); passing on by a policy of all
 *     (1030), to the same cause (1020), or to one of another currency (1006).
 */
@Throws(LedgerException::class)
fun Ledger.setCausePolicies(
    key: String,
    cause: CauseId? = null,
    policies: CausePolicies,
): Committed = submit(Command.SetCausePolicies(SetCausePolicies(key, cause, policies)))

/**
 * Settles what a cause owes: see `SettleReceivable`.
 * @param key One per act.
 * @param cause The cause.
 * @param amount How much: at most what it owes, and to set off, at most what is available to it.
 * @param by How.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException Books of a charity (3029); an unknown cause (2002), or another currency (1006); more
 *     than it owes (3033), or, to set off, than is available to it (3028); a bank account whose name does not fit
 *     (1022).
 */
@Throws(LedgerException::class)
fun Ledger.settleReceivable(
    key: String,
    cause: CauseId,
    amount: Amount,
    by: SettledBy,
    occurredOn: Day? = null,
): Committed = submit(Command.SettleReceivable(SettleReceivable(key, cause, amount, by, occurredOn)))

/**
 * Gives causes back what they bore of fees: see `GiveBackFees`.
 * @param key One per act.
 * @param donation The donation.
 * @param fee Which fee.
 * @param to How much to which cause of it, each cause once: at most what it bore and was not given back before.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException Books of a charity (3029); an unknown donation (2003), or one that is not paid (3024);
 *     no cause (1018), a cause twice (1020), or one that is not in the donation (3009); another currency (1006);
 *     more than a cause bore (3034).
 */
@Throws(LedgerException::class)
fun Ledger.giveBackFees(
    key: String,
    donation: DonationId,
    fee: FeeGivenBack,
    to: List<Designation>,
    occurredOn: Day? = null,
): Committed = submit(Command.GiveBackFees(GiveBackFees(key, donation, fee, to, occurredOn)))

/**
 * Records money of which nobody knows whose gift it is: see `ReceiveUnidentified`.
 * @param key One per receipt of money.
 * @param amount How much.
 * @param method Where it is.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException A bank account or a processor whose name does not fit (1022); a method that is not where
 *     money is (1031).
 */
@Throws(LedgerException::class)
fun Ledger.receiveUnidentified(
    key: String,
    amount: Amount,
    method: Method,
    occurredOn: Day? = null,
): Committed = submit(Command.ReceiveUnidentified(ReceiveUnidentified(key, amount, method, occurredOn)))

/**
 * Records whose gift such money is: see `Identify`.
 * @param key One per gift.
 * @param item The money.
 * @param donor Who gave it.
 * @param designations 1 to 100 causes, each once, in the currency of the money.
 * @param tip Given to the platform on top.
 * @param occurredOn The day of the gift; without one, the UTC day of recording.
 * @param visibility Whether the public may see who gave.
 * @param memo The donor's words, at most 1,000 bytes; sealed at rest.
 * @throws LedgerException As `donate`, but for what it says of method and fee; unknown money (2009); more than is
 *     left of it (3035); money that was set aside of a gift (3036).
 */
@Throws(LedgerException::class)
fun Ledger.identify(
    key: String,
    item: SuspenseId,
    donor: DonorId,
    designations: List<Designation>,
    tip: Amount? = null,
    occurredOn: Day? = null,
    visibility: Visibility = Visibility.PUBLIC,
    memo: String? = null,
): Committed = submit(Command.Identify(Identify(key, item, donor, designations, tip, occurredOn, visibility, memo)))

/**
 * Records that such money went back: see `ReturnUnidentified`.
 * @param key One per act.
 * @param item The money.
 * @param amount How much: at most what is left of it.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException Unknown money (2009); another currency (1006); more than is left of it (3035); money
 *     that was set aside of a gift (3036).
 */
@Throws(LedgerException::class)
fun Ledger.returnUnidentified(
    key: String,
    item: SuspenseId,
    amount: Amount,
    occurredOn: Day? = null,
): Committed = submit(Command.ReturnUnidentified(ReturnUnidentified(key, item, amount, occurredOn)))

/**
 * Gives a cause what was set aside of a gift: see `ReleaseSetAside`.
 * @param key One per act.
 * @param item What was set aside.
 * @param to The cause: another one of the same currency, or the same after all.
 * @param amount How much: at most what is left of it.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException Unknown money (2009), or money that was not set aside of a gift (3036); an unknown cause
 *     (2002), or one of another currency (1006); more than is left of it (3035); a gift that is disputed (3031).
 */
@Throws(LedgerException::class)
fun Ledger.releaseSetAside(
    key: String,
    item: SuspenseId,
    to: CauseId,
    amount: Amount,
    occurredOn: Day? = null,
): Committed = submit(Command.ReleaseSetAside(ReleaseSetAside(key, item, to, amount, occurredOn)))

/**
 * Begins a gift in another currency than the one currency of its causes. A payment of it is captured by
 * `captureExchanged`.
 * @param key One per act of giving, 1 to 200 bytes.
 * @param donor Who gives.
 * @param designations 1 to 100 causes, each once, all in one currency.
 * @param tip Given to the platform on top.
 * @param feeBearer Who bears the fees of the processor.
 * @param visibility Whether the public may see who gave.
 * @param memo The donor's words, at most 1,000 bytes; sealed at rest.
 * @throws LedgerException As `beginDonation`; a gift in the currency of its causes (1028).
 */
@Throws(LedgerException::class)
fun Ledger.beginForeignDonation(
    key: String,
    donor: DonorId,
    designations: List<Designation>,
    tip: Amount? = null,
    feeBearer: FeeBearer = FeeBearer.CAUSES,
    visibility: Visibility = Visibility.PUBLIC,
    memo: String? = null,
): Committed = submit(Command.BeginForeignDonation(BeginDonation(key, donor, designations, tip, feeBearer, visibility, memo)))

/**
 * Records that a payment of such a gift was captured, and what it was exchanged into: see `CaptureExchanged`.
 * @param key One per report.
 * @param payment The payment.
 * @param settled What the whole gift became, before fees.
 * @param rate The rate as the processor gave it, such as `0.92`: kept as it is, never calculated with.
 * @param fee What the processor keeps, in the currency of `settled`.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException As `reportPayment`; the currency of the gift itself (1028), or another than the causes'
 *     (1006); a part that would become nothing (1001); a rate that is none (1029).
 */
@Throws(LedgerException::class)
fun Ledger.captureExchanged(
    key: String,
    payment: PaymentId,
    settled: Amount,
    rate: String? = null,
    fee: Amount? = null,
    occurredOn: Day? = null,
): Committed = submit(Command.CaptureExchanged(CaptureExchanged(key, payment, settled, rate, fee, occurredOn)))

/**
 * Records that a processor exchanged money that it holds: see `ExchangeMoney`.
 * @param key One per exchange.
 * @param processor The account at the processor.
 * @param from What it gave up.
 * @param to What it received, in another currency.
 * @param rate The rate as the processor gave it: kept as it is, never calculated with.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException One currency twice (1028); a rate that is none (1029); a processor whose name does not
 *     fit (1022).
 */
@Throws(LedgerException::class)
fun Ledger.exchangeMoney(
    key: String,
    processor: String,
    from: Amount,
    to: Amount,
    rate: String? = null,
    occurredOn: Day? = null,
): Committed = submit(Command.ExchangeMoney(ExchangeMoney(key, processor, from, to, rate, occurredOn)))

/**
 * Takes in what a provider says, in words that are no provider's own: see `IngestFacts`. `ingestStripe` makes them
 * of what a provider sends.
 * @param key One per event of the provider.
 * @param processor The account at the processor.
 * @param facts 1 to 100 facts.
 * @param occurredOn The day; without one, the UTC day of recording.
 * @throws LedgerException No facts, or more than 100 (1032); a processor, a bank or an object whose name does not
 *     fit (1022, 1010, 1011, 1012); a key that stands for something else (3001). A fact that cannot be is no
 *     error: it is recorded as refused.
 */
@Throws(LedgerException::class)
fun Ledger.ingestFacts(
    key: String,
    processor: String,
    facts: List<ProviderFact>,
    occurredOn: Day? = null,
): Committed = submit(Command.IngestFacts(IngestFacts(key, processor, facts, occurredOn)))

/**
 * Says which object of a provider is a payment, a refund, a dispute or a settlement of ours: see `AttachObject`.
 * Not needed where the provider was told our id as it made the object.
 * @param key One per object.
 * @param object The object, by its id at the provider, 1 to 100 bytes.
 * @param to What it is.
 * @throws LedgerException An unknown payment (2006), refund (2005), dispute (2008) or settlement (2010), or
 *     another target (1033); an object that is something else (3038).
 */
@Throws(LedgerException::class)
fun Ledger.attachObject(
    key: String,
    `object`: String,
    to: ProviderTarget,
): Committed = submit(Command.AttachObject(AttachObject(key, `object`, to)))

/**
 * Says that a consumer has dealt with all notices up to a record: see `AcknowledgeNotices`.
 * @param consumer Who: 1 to 40 bytes. A consumer begins with its first acknowledgment.
 * @param through The last record whose notices it has dealt with.
 * @throws LedgerException A name that is empty or longer than 40 bytes (1010, 1011, 1012); a record that is not
 *     there yet (1026).
 */
@Throws(LedgerException::class)
fun Ledger.acknowledgeNotices(
    consumer: String,
    through: ULong,
): Committed = submit(Command.AcknowledgeNotices(AcknowledgeNotices(consumer, through)))

/**
 * Records what a processor says a settlement consists of: see `RecordSettlementLines`.
 * @param key One per call.
 * @param settlement The settlement.
 * @param lines 1 to 1,000 lines; a settlement of more has them in several calls.
 * @throws LedgerException No lines, or more than 1,000 (1034); an id that is empty or longer than 100 bytes (1010,
 *     1011, 1012); an unknown settlement (2010); a line that is in a settlement already (3039); sums beyond 64
 *     bits (1002).
 */
@Throws(LedgerException::class)
fun Ledger.recordSettlementLines(
    key: String,
    settlement: SettlementId,
    lines: List<SettlementLine>,
): Committed = submit(Command.RecordSettlementLines(RecordSettlementLines(key, settlement, lines)))
