// A kiosk at which people give cash: each line of the input is a figure and the number of a cause, such as `5.00 1`.
// Offline, in a folder of its own; a line that cannot be taken says why, and nothing happened.
import DonationLedger
import Foundation

func take(_ ledger: Ledger, _ line: String) -> String {
    let words = line.split(separator: " ")
    guard words.count == 2, let number = Int(words[1]) else {
        return "a line is a figure and the number of a cause, such as: 5.00 1"
    }
    do {
        let causes = try ledger.causes().all()
        guard causes.indices.contains(number - 1), let amount = Amount(String(words[0]), causes[number - 1].currency) else {
            return "a line is a figure and the number of a cause, such as: 5.00 1"
        }
        let given = try ledger.donate(
            key: UUID().uuidString,
            donor: try ledger.registerDonor().donor!,
            designations: [Designation(cause: causes[number - 1].id, amount: amount)],
            method: .offline(bank: "cash"))
        return "thank you: \(given.donation!)"
    } catch {
        return error.localizedDescription
    }
}

let ledger = try Ledger.open(at: URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? "kiosk"))
if try ledger.causes().all().isEmpty {
    for name in ["Wells", "A roof"] { try ledger.openCause(currency: "EUR", details: CauseDetails(name: name)) }
}
for (number, cause) in try ledger.causes().all().enumerated() { print("\(number + 1)  \(cause.details.name)") }
while let line = readLine() { if !line.isEmpty { print(take(ledger, line)) } }
for cause in try ledger.causes().all() {
    print("\(cause.details.name): \(try Amount(minor: cause.totals.raisedMinor(), cause.currency).formatted)")
}
try ledger.close()
