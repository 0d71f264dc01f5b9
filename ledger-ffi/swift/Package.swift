// swift-tools-version:6.0
import PackageDescription

// The folder of libledger_ffi, which ledger-ffi/swift/assemble puts here: docs/swift-and-kotlin.md says how.
let library = Context.packageDirectory + "/library"

let package = Package(
    name: "DonationLedger",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "DonationLedger", targets: ["DonationLedger"])],
    targets: [
        .target(name: "LedgerCoreFFI"),
        .target(name: "DonationLedgerFFI"),
        // What UniFFI generates is Swift of mode 5.
        .target(name: "LedgerCore", dependencies: ["LedgerCoreFFI"], swiftSettings: [.swiftLanguageMode(.v5)]),
        .target(
            name: "DonationLedger",
            dependencies: ["LedgerCore", "DonationLedgerFFI"],
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: [.unsafeFlags(["-L", library, "-Xlinker", "-rpath", "-Xlinker", library]), .linkedLibrary("ledger_ffi")]
        ),
        // For a test that hands one folder from language to language; it is in no product.
        .executableTarget(name: "CarryOn", dependencies: ["DonationLedger"]),
        .testTarget(name: "DonationLedgerTests", dependencies: ["DonationLedger"]),
    ]
)
