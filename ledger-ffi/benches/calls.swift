// How long a call takes from Swift: ledger-ffi/benches/calls says what is measured.
import DonationLedger
import Foundation

let gifts = 20_000

/// Seconds that something takes.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    let begun = DispatchTime.now().uptimeNanoseconds
    try work()
    return Double(DispatchTime.now().uptimeNanoseconds - begun) / 1e9
}

func say(_ name: String, _ figure: Double) { print(name, String(format: "%.3f", figure)) }

for (name, folder) in zip(["open", "open_killed"], CommandLine.arguments.dropFirst()) {
    var ledger: Ledger?
    say(name, try seconds { ledger = try Ledger.open(folder: folder, options: Options()) } * 1e3)
    try ledger!.close()
}
let ledger = try Ledger.inMemory(options: Options())
let donor = try ledger.registerDonor().donor!
let cause = try ledger.openCause(currency: "EUR", details: CauseDetails(name: "Wells")).cause!

func give(_ word: String) throws {
    for number in 0..<gifts {
        try ledger.donate(
            key: "\(word)-\(number)", donor: donor, designations: [Designation(cause: cause, amount: Amount("25.00", "EUR")!)],
            method: .offline(bank: "main"))
    }
}

func read() throws {
    for _ in 0..<gifts {
        let found = try ledger.cause(cause: cause)
        precondition(found != nil)
    }
}

try give("warm")
say("give", try seconds { try give("gift") } * 1e6 / Double(gifts))
try read()
say("read", try seconds { try read() } * 1e6 / Double(gifts))
try ledger.close()
