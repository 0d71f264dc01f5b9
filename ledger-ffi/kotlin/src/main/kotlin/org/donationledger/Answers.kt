// Written by ledger-ffi/tools/idiom.py from the sources of ledger-core; a test compares.

package org.donationledger

/** The donor that was registered. */
val Committed.donor: DonorId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.DonorRegistered)?.donor
    }

/** The cause that was opened. */
val Committed.cause: CauseId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.CauseOpened)?.cause
    }

/** The donation that was begun or captured. */
val Committed.donation: DonationId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.DonationCaptured)?.donation ?:
            (it as? Event.DonationBegun)?.donation
    }

/** The payment that was started. */
val Committed.payment: PaymentId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.PaymentStarted)?.payment
    }

/** The settlement that was recorded. */
val Committed.settlement: SettlementId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.SettlementRecorded)?.settlement
    }

/** The payout that was proposed. */
val Committed.payout: PayoutId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.PayoutProposed)?.payout
    }

/** The refund that was made or requested. */
val Committed.refund: RefundId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.DonationRefunded)?.refund ?:
            (it as? Event.RefundRequested)?.refund ?:
            (it as? Event.RefundLearned)?.v1?.refund
    }

/** The dispute that was opened. */
val Committed.dispute: DisputeId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.DisputeOpened)?.v1?.dispute
    }

/** The money that nobody is known to have given, or that was set aside of a gift. */
val Committed.suspense: SuspenseId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.UnidentifiedReceived)?.v1?.item ?:
            (it as? Event.GiftSetAside)?.v1?.item
    }

/** The reallocation that was made. */
val Committed.reallocation: ReallocationId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.Reallocated)?.reallocation
    }

/** What a correction took back. */
val Committed.reversal: ReversalId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.Reversed)?.reversal
    }

/** The adjustment that was made. */
val Committed.adjustment: AdjustmentId?
    get() = events.firstNotNullOfOrNull {
        (it as? Event.GivingAdjusted)?.adjustment
    }
