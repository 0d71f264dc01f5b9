import Foundation

/// An exact amount of a currency, such as 12.30 EUR. Elsewhere it is called `Amount`.
public struct Money: Hashable, Sendable, CustomStringConvertible {
    /// The figure, with at most as many decimal digits as the currency has.
    public let value: Decimal
    /// Three letters of ISO 4217.
    public let currency: String

    /// An amount of a figure.
    public init(_ value: Decimal, _ currency: String) {
        self.value = value
        self.currency = currency
    }

    /// An amount of its figure in digits, such as `Amount("12.30", "EUR")`; nothing where it is no figure.
    public init?(_ figure: String, _ currency: String) {
        guard let value = Decimal(string: figure, locale: Locale(identifier: "en_US_POSIX")) else { return nil }
        self.init(value, currency)
    }

    /// Reads what `description` writes, as the ledger does too.
    init(text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        let figure = parts.first.flatMap { Decimal(string: $0, locale: Locale(identifier: "en_US_POSIX")) }
        self.init(figure ?? 0, parts.last ?? "")
    }

    public var description: String { "\(value) \(currency)" }
}

/// A day of the calendar, without a time or a zone.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As in ISO 8601: `2026-01-31`.
    public let description: String

    /// A day of its text. What is no day is refused by the ledger that it is given to.
    public init(_ text: String) { description = text }

    /// The day of a moment, where the calendar is.
    public init(_ moment: Date, in calendar: Calendar = Calendar(identifier: .gregorian)) {
        let parts = calendar.dateComponents([.year, .month, .day], from: moment)
        description = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
    }

    public static func < (one: Self, other: Self) -> Bool { one.description < other.description }
}

/// What ids are made of: a text, checked by the ledger that it is given to. Of which kind an id is, is in its type.
public struct Id<Kind>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Its text, such as `don_01KG9QXG8000000000040013QZ`.
    public let description: String

    /// An id of its text.
    public init(_ text: String) { description = text }

    public static func < (one: Self, other: Self) -> Bool { one.description < other.description }
}

/// The kinds of ids.
public enum Kinds {
    /// Of an adjustment.
    public enum Adjustment {}
    /// Of a cause.
    public enum Cause {}
    /// Of a dispute.
    public enum Dispute {}
    /// Of a donation.
    public enum Donation {}
    /// Of a donor.
    public enum Donor {}
    /// Of an exchange of currencies.
    public enum Exchange {}
    /// Of a ledger.
    public enum Ledger {}
    /// Of a payment.
    public enum Payment {}
    /// Of a payout.
    public enum Payout {}
    /// Of a reallocation.
    public enum Reallocation {}
    /// Of a refund.
    public enum Refund {}
    /// Of a reversal.
    public enum Reversal {}
    /// Of a settlement.
    public enum Settlement {}
    /// Of money that nobody is known to have given.
    public enum Suspense {}
}
