// swift-tools-version:6.0
import PackageDescription

// The folder of the library that cargo built, and of the sources that uniffi-bindgen wrote: see the README beside this file.
let library = Context.environment["LEDGER_LIBRARY"] ?? "../../target/release"

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
            linkerSettings: [.unsafeFlags(["-L", library]), .linkedLibrary("ledger_ffi")]
        ),
        // For a test that hands one folder from language to language; it is in no product.
        .executableTarget(name: "CarryOn", dependencies: ["DonationLedger"]),
        .testTarget(name: "DonationLedgerTests", dependencies: ["DonationLedger"]),
    ]
)
