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
        guard let value = Decimal(figure: figure) else { return nil }
        self.init(value, currency)
    }

    /// Reads what the ledger writes.
    init(text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        self.init(Decimal(figure: parts[0])!, parts[1])
    }

    /// As in `12.3 EUR`, without zeros at the end; `formatted` has them.
    public var description: String { "\(value) \(currency)" }
}

extension Decimal {
    /// The number that a figure in digits is: an optional sign, digits, and perhaps a point and more digits. `Decimal(string:)`
    /// reads what a text begins with, and forgets the rest; nothing of it is taken here unless all of it is, to the last digit.
    init?(figure: String) {
        let unsigned = figure.hasPrefix("-") ? figure.dropFirst() : figure[...]
        let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        let isFigure = parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy((48...57).contains) }
        // A Decimal keeps 38 digits, and rounds without a word.
        guard isFigure, unsigned.utf8.filter({ $0 != 46 }).drop(while: { $0 == 48 }).count <= 38 else { return nil }
        self.init(string: figure, locale: Locale(identifier: "en_US_POSIX"))
    }
}

extension Date {
    /// A time of the ledger, which counts microseconds.
    init(micros: Int64) { self.init(timeIntervalSince1970: Double(micros) / 1_000_000) }

    /// What the ledger counts; of a time that is further than that, the furthest, and of none, the earliest.
    var micros: Int64 {
        let exact = (timeIntervalSince1970 * 1_000_000).rounded()
        return Int64(exactly: exact) ?? (exact > 0 ? .max : .min)
    }
}

/// A day of the calendar, without a time or a zone.
public struct CalendarDay: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// As in ISO 8601: `2026-01-31`.
    public let description: String

    /// A day of its text. What is no day is refused by the ledger that it is given to.
    public init(_ text: String) { description = text }

    /// The day of a moment, where the calendar is.
    public init(_ moment: Date, in calendar: Calendar = Calendar(identifier: .gregorian)) {
        let parts = calendar.dateComponents([.era, .year, .month, .day], from: moment)
        // Years before the first are counted backwards, and are no days of a ledger.
        description = parts.era == 0 ? "\(moment)" : String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
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
