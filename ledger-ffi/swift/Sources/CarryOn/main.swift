// Carries on with a ledger that other languages wrote, `FOLDER GIFTS KEY`: tests/carry_on says in which order.
// With `until-killed` as the number, it gives until it is killed, and tells of each gift once it is acknowledged.
import DonationLedger
import Foundation

let (folder, gifts, key) = (CommandLine.arguments[1], CommandLine.arguments[2], CommandLine.arguments[3])
let ledger = try Ledger.open(folder: folder, options: Options())
if gifts == "until-killed" {
    let donor = try ledger.registerDonor().donor!
    let cause = try ledger.openCause(currency: "EUR", details: CauseDetails(name: "Wells")).cause!
    for number in 0... {
        try ledger.donate(
            key: "\(key)\(number)", donor: donor, designations: [Designation(cause: cause, amount: Amount("0.01", "EUR")!)],
            method: .offline(bank: "main"))
        FileHandle.standardOutput.write(Data("\(key)\(number)\n".utf8))
    }
}
let found = (try ledger.stats().donations, try ledger.audit().difference)
precondition(found == (UInt64(gifts)!, nil), "wanted \(gifts) gifts and a whole book, found \(found)")
try ledger.donate(
    key: key,
    donor: try ledger.donorByExternalId(externalId: "ada")!.id,
    designations: [
        Designation(cause: try ledger.causeByExternalId(externalId: "wells")!.id, amount: Amount("1.00", "EUR")!)
    ],
    method: .offline(bank: "main"),
    memo: "from \(key)")
try ledger.close()
