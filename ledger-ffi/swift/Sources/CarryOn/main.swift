// Carries on with a ledger that other languages wrote, `FOLDER GIFTS KEY`: tests/carry_on says in which order.
import DonationLedger

let (folder, gifts, key) = (CommandLine.arguments[1], CommandLine.arguments[2], CommandLine.arguments[3])
let ledger = try Ledger.open(folder: folder, options: Options())
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
