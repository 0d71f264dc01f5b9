// Written by ledger-ffi/tools/idiom.py from the sources of ledger-core; a test compares.

import LedgerCore

extension Ledger {
    /// Registers a donor.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless: 1 to 200 bytes, one per act of the user. Never put personal data in it.
    ///   - kind: Person or organisation.
    ///   - standing: Registered, guest or anonymous.
    ///   - profile: What is known; must be empty for an anonymous donor.
    @discardableResult
    public func registerDonor(
        key: String? = nil,
        kind: DonorKind = .person,
        standing: DonorStanding = .registered,
        profile: DonorProfile = DonorProfile()
    ) throws -> Committed {
        try submit(command: .registerDonor(RegisterDonor(key: key, kind: kind, standing: standing, profile: profile)))
    }

    /// Replaces what is known of a donor.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    ///   - donor: The donor.
    ///   - profile: The whole profile from now on.
    @discardableResult
    public func updateDonor(
        key: String? = nil,
        donor: DonorId,
        profile: DonorProfile
    ) throws -> Committed {
        try submit(command: .updateDonor(UpdateDonor(key: key, donor: donor, profile: profile)))
    }

    /// Opens a cause.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    ///   - currency: The one currency in which it takes gifts, for ever.
    ///   - details: What is said of it.
    @discardableResult
    public func openCause(
        key: String? = nil,
        currency: Currency,
        details: CauseDetails
    ) throws -> Committed {
        try submit(command: .openCause(OpenCause(key: key, currency: currency, details: details)))
    }

    /// Replaces what is said of a cause, and its status.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    ///   - cause: The cause.
    ///   - details: All that is said of it from now on.
    ///   - status: Open, paused or closed.
    @discardableResult
    public func updateCause(
        key: String? = nil,
        cause: CauseId,
        details: CauseDetails,
        status: CauseStatus
    ) throws -> Committed {
        try submit(command: .updateCause(UpdateCause(key: key, cause: cause, details: details, status: status)))
    }

    /// Records a gift: all causes of it, or none.
    ///
    /// - Parameters:
    ///   - key: One per act of giving, 1 to 200 bytes: the same key never takes money twice.
    ///   - donor: Who gives.
    ///   - designations: 1 to 100 causes, each once, all in one currency.
    ///   - tip: Given to the platform on top.
    ///   - fee: What the processor kept of the whole.
    ///   - feeBearer: Who bears the fee.
    ///   - method: How the money came in.
    ///   - occurredOn: The day of the gift; without one, the UTC day of recording.
    ///   - visibility: Whether the public may see who gave.
    ///   - memo: The donor's words, at most 1,000 bytes; sealed at rest.
    /// - Throws: ``LedgerError``: No cause (1018), more than 100 (1019), one twice (1020); amounts of several
    ///   currencies (1006), or a sum beyond 64 bits (1002); a fee beyond the gift that the causes would bear
    ///   (1021); a bank or a processor whose name does not fit (1022); a method that comes about otherwise (1031);
    ///   a memo that does not fit (1010, 1011, 1012); an unknown donor (2001) or cause (2002), or an erased donor
    ///   (3014); a cause that takes no gifts (3004), not on that day (3005), or not in that currency (1006); a day
    ///   in a closed period (3012); a key that does not fit (1009) or stands for something else (3001). Nothing
    ///   happened then.
    @discardableResult
    public func donate(
        key: String,
        donor: DonorId,
        designations: [Designation],
        tip: Amount? = nil,
        fee: Amount? = nil,
        feeBearer: FeeBearer = .causes,
        method: Method,
        occurredOn: Day? = nil,
        visibility: Visibility = .public,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .donate(Donate(key: key, donor: donor, designations: designations, tip: tip, fee: fee, feeBearer: feeBearer, method: method, occurredOn: occurredOn, visibility: visibility, memo: memo)))
    }

    /// Gives back all or some of a donation.
    ///
    /// - Parameters:
    ///   - key: One per act of refunding.
    ///   - donation: The donation.
    ///   - scope: Everything, an amount, or chosen causes.
    ///   - occurredOn: The day of the refund; without one, the UTC day of recording.
    ///   - memo: Why, at most 1,000 bytes; sealed at rest.
    /// - Throws: ``LedgerError``: Chosen causes, but none (1018), or one twice (1020); another currency (1006); a
    ///   memo that does not fit (1010, 1011, 1012); an unknown donation (2003), one that is not paid yet (3024),
    ///   was taken back (3015), is disputed (3031) or has 1,000 refunds (4004); more than is left of it (3006,
    ///   3007), of a cause's part (3008), or of a cause that has none (3009); words about an erased donor (3014); a
    ///   cause that would owe money and whose policy blocks that (3032); a day in a closed period (3012); a key
    ///   that does not fit (1009) or stands for something else (3001). Nothing happened then.
    @discardableResult
    public func refund(
        key: String,
        donation: DonationId,
        scope: RefundScope,
        occurredOn: Day? = nil,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .refund(Refund(key: key, donation: donation, scope: scope, occurredOn: occurredOn, memo: memo)))
    }

    /// Records money that came or went without a known gift.
    ///
    /// - Parameters:
    ///   - key: One per adjustment.
    ///   - donor: Whose giving it changes.
    ///   - cause: Whose money it changes.
    ///   - amount: How much; the reason says which way.
    ///   - reason: Why.
    ///   - method: Where the money went or came from.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    ///   - entry: Whether the day may be one of a closed period.
    ///   - memo: More words, at most 1,000 bytes; sealed at rest.
    @discardableResult
    public func adjust(
        key: String,
        donor: DonorId,
        cause: CauseId,
        amount: Amount,
        reason: AdjustmentReason,
        method: Method,
        occurredOn: Day? = nil,
        entry: EntryKind = .ordinary,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .adjust(Adjust(key: key, donor: donor, cause: cause, amount: amount, reason: reason, method: method, occurredOn: occurredOn, entry: entry, memo: memo)))
    }

    /// Takes over one row of another system.
    ///
    /// - Parameters:
    ///   - key: One per row, the same whenever the row is read again.
    ///   - recordedAs: What the row amounts to.
    ///   - donorExternalId: The donor's id in the other system.
    ///   - donorKind: What the donor is, where it has to be registered.
    ///   - donorName: The donor's name, where it has to be registered.
    ///   - causeExternalId: The cause's id in the other system.
    ///   - causeName: The cause's name, where it has to be opened; without one, the external id.
    ///   - currency: The currency of the row.
    ///   - amount: How much; none for `Nothing`.
    ///   - occurredOn: The day of the row.
    ///   - memo: More words, sealed at rest.
    @discardableResult
    public func takeOver(
        key: String,
        recordedAs: RecordedAs,
        donorExternalId: String,
        donorKind: DonorKind = .person,
        donorName: String? = nil,
        causeExternalId: String,
        causeName: String? = nil,
        currency: Currency,
        amount: Amount? = nil,
        occurredOn: Day? = nil,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .takeOver(TakeOver(key: key, recordedAs: recordedAs, donorExternalId: donorExternalId, donorKind: donorKind, donorName: donorName, causeExternalId: causeExternalId, causeName: causeName, currency: currency, amount: amount, occurredOn: occurredOn, memo: memo)))
    }

    /// Moves money from one cause to another.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - from: The cause that gives it up.
    ///   - to: The cause that receives it, of the same currency.
    ///   - amount: How much.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    ///   - entry: Whether the day may be one of a closed period.
    @discardableResult
    public func reallocate(
        key: String,
        from: CauseId,
        to: CauseId,
        amount: Amount,
        occurredOn: Day? = nil,
        entry: EntryKind = .ordinary
    ) throws -> Committed {
        try submit(command: .reallocate(Reallocate(key: key, from: from, to: to, amount: amount, occurredOn: occurredOn, entry: entry)))
    }

    /// Closes all days up to one that is over.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - through: The last day of the period, before the UTC day of recording. All earlier days are closed with
    ///     it.
    @discardableResult
    public func closePeriod(
        key: String,
        through: Day
    ) throws -> Committed {
        try submit(command: .closePeriod(ClosePeriod(key: key, through: through)))
    }

    /// Destroys the key of what is personal about a donor. Returns after no file of the ledger can tell it any
    /// more. Makes the whole state anew, so it takes time in proportion to the ledger.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    ///   - donor: The donor.
    ///   - reason: Why; it is recorded.
    @discardableResult
    public func eraseDonor(
        key: String? = nil,
        donor: DonorId,
        reason: ErasureReason
    ) throws -> Committed {
        try submit(command: .eraseDonor(EraseDonor(key: key, donor: donor, reason: reason)))
    }

    /// Takes an entry back and puts the right one in its place, in one record. Entries are never changed: what was
    /// recorded has to stay legible (HGB § 239 (3), AO § 146 (4)).
    ///
    /// - Parameters:
    ///   - wrong: What is wrong.
    ///   - right: What is right; it has the key.
    ///   - reversedOn: The day of the reversing entry; without one, that of the wrong entry. The right one has a
    ///     day of its own.
    ///   - entry: Whether either day may be of a closed period.
    /// - Throws: ``LedgerError``: An entry that is not there (2003, 2005) or was taken back before (3015); a
    ///   donation with refunds (3016); a day in a closed period (3012); a key that stands for something else
    ///   (3001); and whatever the command of the right entry is refused for, the status of its causes aside.
    ///   Nothing happened then.
    @discardableResult
    public func correct(
        wrong: Wrong,
        right: Right,
        reversedOn: Day? = nil,
        entry: EntryKind = .ordinary
    ) throws -> Committed {
        try submit(command: .correct(Correct(wrong: wrong, right: right, reversedOn: reversedOn, entry: entry)))
    }

    /// Makes two donors one. `dryRunOfMerge` shows what would come of it, and `undoMerge` undoes it.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    ///   - keep: The donor that both ids mean from now on. Of one that is merged itself, the one that it means.
    ///   - gone: The donor whose id becomes another name.
    /// - Throws: ``LedgerError``: A donor that is not there (2001) or was erased (3014); the same donor twice
    ///   (3019); one that is merged already (3017); a person and an organisation (3020); an anonymous donor to be
    ///   kept before a known one (3021); more than 100 ids (4006); a key that stands for something else (3001).
    ///   Nothing happened then.
    @discardableResult
    public func mergeDonors(
        key: String? = nil,
        keep: DonorId,
        gone: DonorId
    ) throws -> Committed {
        try submit(command: .mergeDonors(MergeDonors(key: key, keep: keep, gone: gone)))
    }

    /// Undoes a merge.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    ///   - gone: The donor that was merged into another.
    /// - Throws: ``LedgerError``: A donor that is not there (2001) or not merged (3018); a key that stands for
    ///   something else (3001). Nothing happened then.
    @discardableResult
    public func undoMerge(
        key: String? = nil,
        gone: DonorId
    ) throws -> Committed {
        try submit(command: .undoMerge(UndoMerge(key: key, gone: gone)))
    }

    /// Begins a new epoch: who writes from now on is another than before. `Follower.promote` does it by itself.
    ///
    /// - Parameters:
    ///   - key: Makes a repeat harmless.
    @discardableResult
    public func beginEpoch(
        key: String? = nil
    ) throws -> Committed {
        try submit(command: .beginEpoch(BeginEpoch(key: key)))
    }

    /// Begins a gift that is still to be paid: see `BeginDonation`.
    ///
    /// - Parameters:
    ///   - key: One per act of giving, 1 to 200 bytes.
    ///   - donor: Who gives.
    ///   - designations: 1 to 100 causes, each once, all in one currency.
    ///   - tip: Given to the platform on top.
    ///   - feeBearer: Who bears the fees of the processor.
    ///   - visibility: Whether the public may see who gave.
    ///   - memo: The donor's words, at most 1,000 bytes; sealed at rest.
    /// - Throws: ``LedgerError``: As `donate`, but for what it says of method and fee.
    @discardableResult
    public func beginDonation(
        key: String,
        donor: DonorId,
        designations: [Designation],
        tip: Amount? = nil,
        feeBearer: FeeBearer = .causes,
        visibility: Visibility = .public,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .beginDonation(BeginDonation(key: key, donor: donor, designations: designations, tip: tip, feeBearer: feeBearer, visibility: visibility, memo: memo)))
    }

    /// Begins an attempt to collect a gift: see `StartPayment`.
    ///
    /// - Parameters:
    ///   - key: One per attempt. Give the provider the same key.
    ///   - donation: The donation.
    ///   - processor: The account at a payment processor that collects: 1 to 40 of a-z, 0-9 and hyphens.
    /// - Throws: ``LedgerError``: An unknown donation (2003); one that is paid or given up (3023); a processor
    ///   whose name does not fit (1022); more than 100 attempts (4007).
    @discardableResult
    public func startPayment(
        key: String,
        donation: DonationId,
        processor: String
    ) throws -> Committed {
        try submit(command: .startPayment(StartPayment(key: key, donation: donation, processor: processor)))
    }

    /// Records what was learned of an attempt: see `ReportPayment`. With `Captured` the gift is in the books.
    ///
    /// - Parameters:
    ///   - key: One per report.
    ///   - payment: The attempt.
    ///   - report: What was learned.
    ///   - fee: What the processor keeps, where that is known as the money is captured; otherwise see `BookFee`.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: An unknown payment (2006); one that cannot come to what is reported (3022); a
    ///   second payment of a donation that is paid (3023); a fee without a capture (1027), in another currency
    ///   (1006), or above the gift (1021).
    @discardableResult
    public func reportPayment(
        key: String,
        payment: PaymentId,
        report: PaymentReport,
        fee: Amount? = nil,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .reportPayment(ReportPayment(key: key, payment: payment, report: report, fee: fee, occurredOn: occurredOn)))
    }

    /// Gives up a donation that was not paid: see `CancelDonation`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - donation: The donation.
    /// - Throws: ``LedgerError``: An unknown donation (2003); one that is paid (3023); one with a payment under way
    ///   (3026).
    @discardableResult
    public func cancelDonation(
        key: String,
        donation: DonationId
    ) throws -> Committed {
        try submit(command: .cancelDonation(CancelDonation(key: key, donation: donation)))
    }

    /// Books what a processor kept of a donation, once it is learned: see `BookFee`.
    ///
    /// - Parameters:
    ///   - key: One per fee.
    ///   - donation: The donation, captured at a processor.
    ///   - fee: How much. With what was booked before it is at most what was given.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: An unknown donation (2003), one that is not paid (3024) or was not captured at a
    ///   processor (3025); another currency (1006); fees above the gift that causes bear (1021).
    @discardableResult
    public func bookFee(
        key: String,
        donation: DonationId,
        fee: Amount,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .bookFee(BookFee(key: key, donation: donation, fee: fee, occurredOn: occurredOn)))
    }

    /// Books what the platform keeps of a donation for itself: see `TakePlatformFee`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - donation: The donation.
    ///   - from: How much from which cause of it, each cause once. Amounts, never rates.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: Books of a charity (3029); an unknown donation (2003), or one that is not paid
    ///   (3024); no cause (1018), a cause twice (1020), or one that is not in the donation (3009); more than its
    ///   part (1021).
    @discardableResult
    public func takePlatformFee(
        key: String,
        donation: DonationId,
        from: [Designation],
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .takePlatformFee(TakePlatformFee(key: key, donation: donation, from: from, occurredOn: occurredOn)))
    }

    /// Records that a processor paid out to a bank account of ours: see `RecordSettlement`.
    ///
    /// - Parameters:
    ///   - key: One per settlement.
    ///   - processor: The account at the processor.
    ///   - bank: The bank account: 1 to 40 of a-z, 0-9 and hyphens.
    ///   - amount: How much arrived.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: A name of a processor or a bank account that does not fit (1022).
    @discardableResult
    public func recordSettlement(
        key: String,
        processor: String,
        bank: String,
        amount: Amount,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .recordSettlement(RecordSettlement(key: key, processor: processor, bank: bank, amount: amount, occurredOn: occurredOn)))
    }

    /// Proposes to pay a cause what is held for it: see `ProposePayout`.
    ///
    /// - Parameters:
    ///   - key: One per payout.
    ///   - cause: The cause.
    ///   - amount: How much: at most what is available to it.
    ///   - bank: From which bank account: 1 to 40 of a-z, 0-9 and hyphens.
    /// - Throws: ``LedgerError``: Books of a charity (3029); an unknown cause (2002), or another currency than its
    ///   own (1006); more than is available to it (3028); a bank account whose name does not fit (1022).
    @discardableResult
    public func proposePayout(
        key: String,
        cause: CauseId,
        amount: Amount,
        bank: String
    ) throws -> Committed {
        try submit(command: .proposePayout(ProposePayout(key: key, cause: cause, amount: amount, bank: bank)))
    }

    /// Records what was learned of a payout: see `ReportPayout`.
    ///
    /// - Parameters:
    ///   - key: One per report.
    ///   - payout: The payout.
    ///   - report: What was learned.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: An unknown payout (2007); one that cannot come to what is reported (3022); more
    ///   than is available to the cause by now (3028).
    @discardableResult
    public func reportPayout(
        key: String,
        payout: PayoutId,
        report: PayoutReport,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .reportPayout(ReportPayout(key: key, payout: payout, report: report, occurredOn: occurredOn)))
    }

    /// Records what was learned of a refund that a processor carries out: see `ReportRefund`. `refund` of a
    /// donation that was captured at a processor is a promise; the causes have the money no more, and it is done
    /// when this says so.
    ///
    /// - Parameters:
    ///   - key: One per report.
    ///   - refund: The refund.
    ///   - report: What was learned.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: A refund that is not there, or was done at once (2005); one that cannot come to
    ///   what is reported (3022).
    @discardableResult
    public func reportRefund(
        key: String,
        refund: RefundId,
        report: RefundReport,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .reportRefund(ReportRefund(key: key, refund: refund, report: report, occurredOn: occurredOn)))
    }

    /// Records that the donor's bank disputes a gift: see `OpenDispute`.
    ///
    /// - Parameters:
    ///   - key: One per dispute.
    ///   - donation: The donation.
    ///   - amount: How much, in the currency of the donation: may be less than the gift, or more.
    ///   - begins: With money withdrawn, or as a question first.
    ///   - fee: What the processor charges for it, where that is known; otherwise see `BookDisputeFee`.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: An unknown donation (2003), or one that is not paid (3024) or was taken back
    ///   (3015); another currency (1006); more than 100 disputes (4008).
    @discardableResult
    public func openDispute(
        key: String,
        donation: DonationId,
        amount: Amount,
        begins: DisputeBegins,
        fee: Amount? = nil,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .openDispute(OpenDispute(key: key, donation: donation, amount: amount, begins: begins, fee: fee, occurredOn: occurredOn)))
    }

    /// Records what was learned of a dispute: see `ReportDispute`.
    ///
    /// - Parameters:
    ///   - key: One per report.
    ///   - dispute: The dispute.
    ///   - report: What was learned.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: An unknown dispute (2008); one that cannot come to what is reported (3022).
    @discardableResult
    public func reportDispute(
        key: String,
        dispute: DisputeId,
        report: DisputeReport,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .reportDispute(ReportDispute(key: key, dispute: dispute, report: report, occurredOn: occurredOn)))
    }

    /// Books what a processor charges for a dispute, or gives back of it: see `BookDisputeFee`.
    ///
    /// - Parameters:
    ///   - key: One per fee.
    ///   - dispute: The dispute.
    ///   - fee: How much.
    ///   - flow: Charged, or given back.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: An unknown dispute (2008); another currency (1006); more given back than was
    ///   charged (3034).
    @discardableResult
    public func bookDisputeFee(
        key: String,
        dispute: DisputeId,
        fee: Amount,
        flow: DisputeFeeFlow,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .bookDisputeFee(BookDisputeFee(key: key, dispute: dispute, fee: fee, flow: flow, occurredOn: occurredOn)))
    }

    /// As `refund`, although the donation is disputed. The donor may get the money twice: what the bank then keeps
    /// beyond the gift, the platform bears.
    ///
    /// - Parameters:
    ///   - key: One per act of refunding.
    ///   - donation: The donation.
    ///   - scope: Everything, an amount, or chosen causes.
    ///   - occurredOn: The day of the refund; without one, the UTC day of recording.
    ///   - memo: Why, at most 1,000 bytes; sealed at rest.
    /// - Throws: ``LedgerError``: As `refund`, but for the dispute (3031).
    @discardableResult
    public func forceRefund(
        key: String,
        donation: DonationId,
        scope: RefundScope,
        occurredOn: Day? = nil,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .forceRefund(Refund(key: key, donation: donation, scope: scope, occurredOn: occurredOn, memo: memo)))
    }

    /// Sets the policies of a cause, or of all that have none of their own: see `SetCausePolicies`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - cause: The cause; none for all that have no policies of their own.
    ///   - policies: The policies.
    /// - Throws: ``LedgerError``: Books of a charity (3029); an unknown cause (2002); passing on by a policy of all
    ///   (1030), to the same cause (1020), or to one of another currency (1006).
    @discardableResult
    public func setCausePolicies(
        key: String,
        cause: CauseId? = nil,
        policies: CausePolicies
    ) throws -> Committed {
        try submit(command: .setCausePolicies(SetCausePolicies(key: key, cause: cause, policies: policies)))
    }

    /// Settles what a cause owes: see `SettleReceivable`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - cause: The cause.
    ///   - amount: How much: at most what it owes, and to set off, at most what is available to it.
    ///   - by: How.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: Books of a charity (3029); an unknown cause (2002), or another currency (1006);
    ///   more than it owes (3033), or, to set off, than is available to it (3028); a bank account whose name does
    ///   not fit (1022).
    @discardableResult
    public func settleReceivable(
        key: String,
        cause: CauseId,
        amount: Amount,
        by: SettledBy,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .settleReceivable(SettleReceivable(key: key, cause: cause, amount: amount, by: by, occurredOn: occurredOn)))
    }

    /// Gives causes back what they bore of fees: see `GiveBackFees`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - donation: The donation.
    ///   - fee: Which fee.
    ///   - to: How much to which cause of it, each cause once: at most what it bore and was not given back before.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: Books of a charity (3029); an unknown donation (2003), or one that is not paid
    ///   (3024); no cause (1018), a cause twice (1020), or one that is not in the donation (3009); another currency
    ///   (1006); more than a cause bore (3034).
    @discardableResult
    public func giveBackFees(
        key: String,
        donation: DonationId,
        fee: FeeGivenBack,
        to: [Designation],
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .giveBackFees(GiveBackFees(key: key, donation: donation, fee: fee, to: to, occurredOn: occurredOn)))
    }

    /// Records money of which nobody knows whose gift it is: see `ReceiveUnidentified`.
    ///
    /// - Parameters:
    ///   - key: One per receipt of money.
    ///   - amount: How much.
    ///   - method: Where it is.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: A bank account or a processor whose name does not fit (1022); a method that is
    ///   not where money is (1031).
    @discardableResult
    public func receiveUnidentified(
        key: String,
        amount: Amount,
        method: Method,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .receiveUnidentified(ReceiveUnidentified(key: key, amount: amount, method: method, occurredOn: occurredOn)))
    }

    /// Records whose gift such money is: see `Identify`.
    ///
    /// - Parameters:
    ///   - key: One per gift.
    ///   - item: The money.
    ///   - donor: Who gave it.
    ///   - designations: 1 to 100 causes, each once, in the currency of the money.
    ///   - tip: Given to the platform on top.
    ///   - occurredOn: The day of the gift; without one, the UTC day of recording.
    ///   - visibility: Whether the public may see who gave.
    ///   - memo: The donor's words, at most 1,000 bytes; sealed at rest.
    /// - Throws: ``LedgerError``: As `donate`, but for what it says of method and fee; unknown money (2009); more
    ///   than is left of it (3035); money that was set aside of a gift (3036).
    @discardableResult
    public func identify(
        key: String,
        item: SuspenseId,
        donor: DonorId,
        designations: [Designation],
        tip: Amount? = nil,
        occurredOn: Day? = nil,
        visibility: Visibility = .public,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .identify(Identify(key: key, item: item, donor: donor, designations: designations, tip: tip, occurredOn: occurredOn, visibility: visibility, memo: memo)))
    }

    /// Records that such money went back: see `ReturnUnidentified`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - item: The money.
    ///   - amount: How much: at most what is left of it.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: Unknown money (2009); another currency (1006); more than is left of it (3035);
    ///   money that was set aside of a gift (3036).
    @discardableResult
    public func returnUnidentified(
        key: String,
        item: SuspenseId,
        amount: Amount,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .returnUnidentified(ReturnUnidentified(key: key, item: item, amount: amount, occurredOn: occurredOn)))
    }

    /// Gives a cause what was set aside of a gift: see `ReleaseSetAside`.
    ///
    /// - Parameters:
    ///   - key: One per act.
    ///   - item: What was set aside.
    ///   - to: The cause: another one of the same currency, or the same after all.
    ///   - amount: How much: at most what is left of it.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: Unknown money (2009), or money that was not set aside of a gift (3036); an
    ///   unknown cause (2002), or one of another currency (1006); more than is left of it (3035); a gift that is
    ///   disputed (3031).
    @discardableResult
    public func releaseSetAside(
        key: String,
        item: SuspenseId,
        to: CauseId,
        amount: Amount,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .releaseSetAside(ReleaseSetAside(key: key, item: item, to: to, amount: amount, occurredOn: occurredOn)))
    }

    /// Begins a gift in another currency than the one currency of its causes. A payment of it is captured by
    /// `captureExchanged`.
    ///
    /// - Parameters:
    ///   - key: One per act of giving, 1 to 200 bytes.
    ///   - donor: Who gives.
    ///   - designations: 1 to 100 causes, each once, all in one currency.
    ///   - tip: Given to the platform on top.
    ///   - feeBearer: Who bears the fees of the processor.
    ///   - visibility: Whether the public may see who gave.
    ///   - memo: The donor's words, at most 1,000 bytes; sealed at rest.
    /// - Throws: ``LedgerError``: As `beginDonation`; a gift in the currency of its causes (1028).
    @discardableResult
    public func beginForeignDonation(
        key: String,
        donor: DonorId,
        designations: [Designation],
        tip: Amount? = nil,
        feeBearer: FeeBearer = .causes,
        visibility: Visibility = .public,
        memo: String? = nil
    ) throws -> Committed {
        try submit(command: .beginForeignDonation(BeginDonation(key: key, donor: donor, designations: designations, tip: tip, feeBearer: feeBearer, visibility: visibility, memo: memo)))
    }

    /// Records that a payment of such a gift was captured, and what it was exchanged into: see `CaptureExchanged`.
    ///
    /// - Parameters:
    ///   - key: One per report.
    ///   - payment: The payment.
    ///   - settled: What the whole gift became, before fees.
    ///   - rate: The rate as the processor gave it, such as `0.92`: kept as it is, never calculated with.
    ///   - fee: What the processor keeps, in the currency of `settled`.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: As `reportPayment`; the currency of the gift itself (1028), or another than the
    ///   causes' (1006); a part that would become nothing (1001); a rate that is none (1029).
    @discardableResult
    public func captureExchanged(
        key: String,
        payment: PaymentId,
        settled: Amount,
        rate: String? = nil,
        fee: Amount? = nil,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .captureExchanged(CaptureExchanged(key: key, payment: payment, settled: settled, rate: rate, fee: fee, occurredOn: occurredOn)))
    }

    /// Records that a processor exchanged money that it holds: see `ExchangeMoney`.
    ///
    /// - Parameters:
    ///   - key: One per exchange.
    ///   - processor: The account at the processor.
    ///   - from: What it gave up.
    ///   - to: What it received, in another currency.
    ///   - rate: The rate as the processor gave it: kept as it is, never calculated with.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: One currency twice (1028); a rate that is none (1029); a processor whose name
    ///   does not fit (1022).
    @discardableResult
    public func exchangeMoney(
        key: String,
        processor: String,
        from: Amount,
        to: Amount,
        rate: String? = nil,
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .exchangeMoney(ExchangeMoney(key: key, processor: processor, from: from, to: to, rate: rate, occurredOn: occurredOn)))
    }

    /// Takes in what a provider says, in words that are no provider's own: see `IngestFacts`. `ingestStripe` makes
    /// them of what a provider sends.
    ///
    /// - Parameters:
    ///   - key: One per event of the provider.
    ///   - processor: The account at the processor.
    ///   - facts: 1 to 100 facts.
    ///   - occurredOn: The day; without one, the UTC day of recording.
    /// - Throws: ``LedgerError``: No facts, or more than 100 (1032); a processor, a bank or an object whose name
    ///   does not fit (1022, 1010, 1011, 1012); a key that stands for something else (3001). A fact that cannot be
    ///   is no error: it is recorded as refused.
    @discardableResult
    public func ingestFacts(
        key: String,
        processor: String,
        facts: [ProviderFact],
        occurredOn: Day? = nil
    ) throws -> Committed {
        try submit(command: .ingestFacts(IngestFacts(key: key, processor: processor, facts: facts, occurredOn: occurredOn)))
    }

    /// Says which object of a provider is a payment, a refund, a dispute or a settlement of ours: see
    /// `AttachObject`. Not needed where the provider was told our id as it made the object.
    ///
    /// - Parameters:
    ///   - key: One per object.
    ///   - object: The object, by its id at the provider, 1 to 100 bytes.
    ///   - to: What it is.
    /// - Throws: ``LedgerError``: An unknown payment (2006), refund (2005), dispute (2008) or settlement (2010), or
    ///   another target (1033); an object that is something else (3038).
    @discardableResult
    public func attachObject(
        key: String,
        object: String,
        to: ProviderTarget
    ) throws -> Committed {
        try submit(command: .attachObject(AttachObject(key: key, object: object, to: to)))
    }

    /// Says that a consumer has dealt with all notices up to a record: see `AcknowledgeNotices`.
    ///
    /// - Parameters:
    ///   - consumer: Who: 1 to 40 bytes. A consumer begins with its first acknowledgment.
    ///   - through: The last record whose notices it has dealt with.
    /// - Throws: ``LedgerError``: A name that is empty or longer than 40 bytes (1010, 1011, 1012); a record that is
    ///   not there yet (1026).
    @discardableResult
    public func acknowledgeNotices(
        consumer: String,
        through: UInt64
    ) throws -> Committed {
        try submit(command: .acknowledgeNotices(AcknowledgeNotices(consumer: consumer, through: through)))
    }

    /// Records what a processor says a settlement consists of: see `RecordSettlementLines`.
    ///
    /// - Parameters:
    ///   - key: One per call.
    ///   - settlement: The settlement.
    ///   - lines: 1 to 1,000 lines; a settlement of more has them in several calls.
    /// - Throws: ``LedgerError``: No lines, or more than 1,000 (1034); an id that is empty or longer than 100 bytes
    ///   (1010, 1011, 1012); an unknown settlement (2010); a line that is in a settlement already (3039); sums
    ///   beyond 64 bits (1002).
    @discardableResult
    public func recordSettlementLines(
        key: String,
        settlement: SettlementId,
        lines: [SettlementLine]
    ) throws -> Committed {
        try submit(command: .recordSettlementLines(RecordSettlementLines(key: key, settlement: settlement, lines: lines)))
    }
}
