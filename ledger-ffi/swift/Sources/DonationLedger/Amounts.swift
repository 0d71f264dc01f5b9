import Foundation

extension Amount {
    /// An amount of minor units, such as 1230 for 12.30 EUR. An unknown currency is refused (1005).
    public init(minor: Decimal, _ currency: String) throws {
        let digits = try minorDigits(currency: currency)
        self.init(Decimal(sign: minor.sign, exponent: -Int(digits), significand: minor.magnitude), currency)
    }

    /// With all the digits that the currency has, as in `12.30 EUR`; `value.formatted(.currency(code:))` is for people.
    public var formatted: String {
        let parts = "\(value)".split(separator: ".")
        let digits = (try? minorDigits(currency: currency)).map(Int.init) ?? 0
        let fraction = (parts.count > 1 ? String(parts[1]) : "").padding(toLength: max(digits, parts.count > 1 ? parts[1].count : 0), withPad: "0", startingAt: 0)
        return fraction.isEmpty ? "\(parts[0]) \(currency)" : "\(parts[0]).\(fraction) \(currency)"
    }
}
