// Written by ledger-ffi/tools/idiom.py from the sources of ledger-core; a test compares.

extension Committed {
    /// The donor that was registered.
    public var donor: DonorId? {
        for event in events {
            if case .donorRegistered(let made, _, _) = event { return made }
        }
        return nil
    }

    /// The cause that was opened.
    public var cause: CauseId? {
        for event in events {
            if case .causeOpened(let made, _, _) = event { return made }
        }
        return nil
    }

    /// The donation that was begun or captured.
    public var donation: DonationId? {
        for event in events {
            if case .donationCaptured(let made, _, _, _, _, _, _, _, _) = event { return made }
            if case .donationBegun(let made, _, _, _, _) = event { return made }
        }
        return nil
    }

    /// The payment that was started.
    public var payment: PaymentId? {
        for event in events {
            if case .paymentStarted(let made, _, _, _) = event { return made }
        }
        return nil
    }

    /// The settlement that was recorded.
    public var settlement: SettlementId? {
        for event in events {
            if case .settlementRecorded(let made, _, _, _) = event { return made }
        }
        return nil
    }

    /// The payout that was proposed.
    public var payout: PayoutId? {
        for event in events {
            if case .payoutProposed(let made, _, _, _) = event { return made }
        }
        return nil
    }

    /// The refund that was made or requested.
    public var refund: RefundId? {
        for event in events {
            if case .donationRefunded(let made, _, _, _, _, _) = event { return made }
            if case .refundRequested(let made, _, _, _, _) = event { return made }
            if case .refundLearned(let made) = event { return made.refund }
        }
        return nil
    }

    /// The dispute that was opened.
    public var dispute: DisputeId? {
        for event in events {
            if case .disputeOpened(let made) = event { return made.dispute }
        }
        return nil
    }

    /// The money that nobody is known to have given, or that was set aside of a gift.
    public var suspense: SuspenseId? {
        for event in events {
            if case .unidentifiedReceived(let made) = event { return made.item }
            if case .giftSetAside(let made) = event { return made.item }
        }
        return nil
    }

    /// The reallocation that was made.
    public var reallocation: ReallocationId? {
        for event in events {
            if case .reallocated(let made, _, _, _) = event { return made }
        }
        return nil
    }

    /// What a correction took back.
    public var reversal: ReversalId? {
        for event in events {
            if case .reversed(let made, _, _, _, _) = event { return made }
        }
        return nil
    }

    /// The adjustment that was made.
    public var adjustment: AdjustmentId? {
        for event in events {
            if case .givingAdjusted(let made, _, _, _, _, _) = event { return made }
        }
        return nil
    }
}
