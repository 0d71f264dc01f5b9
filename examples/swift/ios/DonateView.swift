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
        // What is typed has the point of the one who types.
        let typed = figure.replacingOccurrences(of: Locale.current.decimalSeparator ?? ".", with: ".")
        guard let amount = Amount(typed, cause.currency) else { return told = "This is no amount." }
        let (donor, cause, key) = (donor, cause.id, key)
        do {
            try await ledger.away {
                _ = try $0.donate(
                    key: key, donor: donor, designations: [Designation(cause: cause, amount: amount)],
                    method: .offline(bank: "cash"))
            }
            told = "Thank you."
        } catch {
            told = error.localizedDescription
        }
    }
}
