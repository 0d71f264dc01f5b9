// A screen of SwiftUI that takes a gift. No test builds it: it needs Apple's SDK.
import DonationLedger
import SwiftUI

struct DonateView: View {
    let ledger: Ledger
    let cause: Cause
    let donor: DonorId
    @State private var figure = ""
    @State private var told = ""
    /// One per act of giving: a second tap on the same screen takes no second gift.
    @State private var key = UUID().uuidString

    var body: some View {
        Form {
            TextField("Amount in \(cause.currency)", text: $figure).keyboardType(.decimalPad)
            Button("Give") { Task { await give() } }
            Text(told)
        }
        .navigationTitle(cause.details.name)
    }

    private func give() async {
        guard let amount = Amount(figure, cause.currency) else { return told = "An amount has digits and a point." }
        let (ledger, donor, cause, key) = (ledger, donor, cause.id, key)
        told = await Task.detached {
            do {
                try ledger.donate(
                    key: key, donor: donor, designations: [Designation(cause: cause, amount: amount)],
                    method: .offline(bank: "cash"))
                return "Thank you."
            } catch {
                return error.localizedDescription
            }
        }.value
    }
}
