// swift-tools-version:6.0
import PackageDescription

// The package that ledger-ffi/swift/assemble put together.
let ledger = Context.environment["LEDGER_PACKAGE"] ?? "../../target/swift-package"

let package = Package(
    name: "Kiosk",
    dependencies: [.package(name: "DonationLedger", path: ledger)],
    targets: [.executableTarget(name: "Kiosk", dependencies: [.product(name: "DonationLedger", package: "DonationLedger")])]
)
