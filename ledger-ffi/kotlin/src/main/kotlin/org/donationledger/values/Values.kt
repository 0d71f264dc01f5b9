package org.donationledger.values

import java.math.BigDecimal
import java.math.BigInteger
import java.time.Instant
import java.time.temporal.ChronoUnit
import org.donationledger.ffi.minorDigits

/**
 * An exact amount of a currency, such as 12.30 EUR. Two amounts are equal where their figures are: 12.3 EUR is 12.30 EUR.
 *
 * @property value The figure, with at most as many decimal digits as the currency has.
 * @property currency Three letters of ISO 4217.
 */
class Amount(val value: BigDecimal, val currency: String) : Comparable<Amount> {
    /** An amount of its figure in digits, such as `Amount("12.30", "EUR")`. */
    constructor(figure: String, currency: String) : this(BigDecimal(figure), currency)

    /** Compares figures; amounts of two currencies cannot be compared. */
    override fun compareTo(other: Amount): Int {
        require(currency == other.currency) { "$currency and ${other.currency} are not compared: convert first" }
        return value.compareTo(other.value)
    }

    override fun equals(other: Any?): Boolean =
        other is Amount && currency == other.currency && value.compareTo(other.value) == 0

    override fun hashCode(): Int = 31 * value.stripTrailingZeros().hashCode() + currency.hashCode()

    /** As in `12.30 EUR`; a figure that is longer than any the ledger takes is not written out. */
    override fun toString(): String = "${if (isShort) value.toPlainString() else value.toString()} $currency"

    private val isShort get() = value.scale() in -ZEROS_MAX..ZEROS_MAX

    companion object {
        private const val ZEROS_MAX = 100

        /** An amount of minor units, such as 1230 for 12.30 EUR. */
        fun ofMinor(minor: BigInteger, currency: String) = Amount(BigDecimal(minor, minorDigits(currency).toInt()), currency)

        /** The same, of an integer. */
        fun ofMinor(minor: Long, currency: String) = ofMinor(BigInteger.valueOf(minor), currency)

        /** Reads what `toString` writes, such as `12.30 EUR`. */
        fun parse(text: String): Amount {
            val (figure, currency) = text.split(' ', limit = 2).takeIf { it.size == 2 }
                ?: throw IllegalArgumentException("an amount is a figure and a currency, such as 12.30 EUR")
            return Amount(figure, currency)
        }
    }
}

/** The id of an adjustment: a text, checked by the ledger that it is given to. */
@JvmInline
value class AdjustmentId(val text: String) : Comparable<AdjustmentId> {
    override fun compareTo(other: AdjustmentId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a cause: a text, checked by the ledger that it is given to. */
@JvmInline
value class CauseId(val text: String) : Comparable<CauseId> {
    override fun compareTo(other: CauseId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a dispute: a text, checked by the ledger that it is given to. */
@JvmInline
value class DisputeId(val text: String) : Comparable<DisputeId> {
    override fun compareTo(other: DisputeId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a donation: a text, checked by the ledger that it is given to. */
@JvmInline
value class DonationId(val text: String) : Comparable<DonationId> {
    override fun compareTo(other: DonationId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a donor: a text, checked by the ledger that it is given to. */
@JvmInline
value class DonorId(val text: String) : Comparable<DonorId> {
    override fun compareTo(other: DonorId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of an exchange of currencies: a text, checked by the ledger that it is given to. */
@JvmInline
value class ExchangeId(val text: String) : Comparable<ExchangeId> {
    override fun compareTo(other: ExchangeId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a ledger: a text, checked by the ledger that it is given to. */
@JvmInline
value class LedgerId(val text: String) : Comparable<LedgerId> {
    override fun compareTo(other: LedgerId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a payment: a text, checked by the ledger that it is given to. */
@JvmInline
value class PaymentId(val text: String) : Comparable<PaymentId> {
    override fun compareTo(other: PaymentId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a payout: a text, checked by the ledger that it is given to. */
@JvmInline
value class PayoutId(val text: String) : Comparable<PayoutId> {
    override fun compareTo(other: PayoutId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a reallocation: a text, checked by the ledger that it is given to. */
@JvmInline
value class ReallocationId(val text: String) : Comparable<ReallocationId> {
    override fun compareTo(other: ReallocationId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a refund: a text, checked by the ledger that it is given to. */
@JvmInline
value class RefundId(val text: String) : Comparable<RefundId> {
    override fun compareTo(other: RefundId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a reversal: a text, checked by the ledger that it is given to. */
@JvmInline
value class ReversalId(val text: String) : Comparable<ReversalId> {
    override fun compareTo(other: ReversalId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of a settlement: a text, checked by the ledger that it is given to. */
@JvmInline
value class SettlementId(val text: String) : Comparable<SettlementId> {
    override fun compareTo(other: SettlementId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** The id of money that nobody is known to have given: a text, checked by the ledger that it is given to. */
@JvmInline
value class SuspenseId(val text: String) : Comparable<SuspenseId> {
    override fun compareTo(other: SuspenseId): Int = text.compareTo(other.text)

    override fun toString(): String = text
}

/** A time of the ledger, which counts microseconds. */
internal fun instant(micros: Long): Instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS)

/** What the ledger counts; of a time that is further than that, the furthest. */
internal fun micros(time: Instant): Long =
    try {
        ChronoUnit.MICROS.between(Instant.EPOCH, time)
    } catch (_: ArithmeticException) {
        if (time < Instant.EPOCH) Long.MIN_VALUE else Long.MAX_VALUE
    }
