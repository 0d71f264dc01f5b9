import DonationLedger
@testable import LedgerCore
import Foundation
import XCTest

/// A book with a donor and a cause.
final class Book: Sendable {
    let ledger: Ledger
    let ada: DonorId
    let water: CauseId

    init(_ ledger: Ledger) throws {
        self.ledger = ledger
        let profile = DonorProfile(name: "Ada Example", email: "ada@example.org")
        ada = try ledger.registerDonor(profile: profile).donor!
        water = try ledger.openCause(currency: "EUR", details: CauseDetails(name: "Wells")).cause!
    }

    @discardableResult
    func give(_ key: String, _ figure: String = "25.00") throws -> Committed {
        try ledger.donate(
            key: key, donor: ada, designations: [Designation(cause: water, amount: Amount(figure, "EUR")!)],
            method: .offline(bank: "main"))
    }

    var gross: Decimal { get throws { try ledger.cause(cause: water)!.totals.grossMinor } }
}

final class LedgerTests: XCTestCase {
    private var folder = URL(fileURLWithPath: "")

    override func setUpWithError() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws { try FileManager.default.removeItem(at: folder) }

    private func opened() throws -> Ledger { try Ledger.open(at: folder) }

    func testAGiftIsTakenOnceAndGivenBack() throws {
        let book = try Book(opened())
        let first = try book.give("form-1")
        XCTAssertEqual(try book.give("form-1").delivery, .replayed)
        try book.ledger.refund(key: "back", donation: first.donation!, scope: .proportional(amount: Amount("5", "EUR")!))
        let totals = try XCTUnwrap(book.ledger.cause(cause: book.water)).totals
        XCTAssertEqual(totals.grossMinor, 2500)
        XCTAssertEqual(totals.refundedMinor, 500)
        XCTAssertEqual(totals.raisedMinor(), 2000)
        XCTAssertEqual(try book.ledger.donation(donation: first.donation!)?.designations.first?.amount, Amount("25.00", "EUR"))
        try book.ledger.close()
    }

    func testARefusalSaysWhatAndWhatToDo() throws {
        let book = try Book(Ledger.inMemory(options: Options()))
        XCTAssertThrowsError(try book.ledger.donor(donor: DonorId("Ada"))) { error in
            let refused = error as? LedgerError
            XCTAssertEqual(refused?.code, 1007)
            XCTAssertEqual(refused?.kind, .invalid)
            XCTAssertEqual(error.localizedDescription, refused?.problem.message)
            XCTAssertEqual("\(error)", refused?.problem.message)
        }
        XCTAssertThrowsError(try book.give("k", "1.234")) { XCTAssertEqual(($0 as? LedgerError)?.code, 1003) }
    }

    func testAFigureIsTakenWholeOrNotAtAll() throws {
        for text in ["12,50", "1,000.00", "1 000", "1_000", "1.2.3", "12abc", "5€", "0x10", " 5", "5 ", "1e2", "", ".", "5.", ".5", "+5",
            "--5", "1" + String(repeating: "0", count: 38), "0." + String(repeating: "0", count: 40) + String(repeating: "1", count: 39)]
        {
            XCTAssertNil(Amount(text, "EUR"), text)
        }
        XCTAssertEqual(Amount("0012.30", "EUR")?.value, Decimal(1230) / 100)
        XCTAssertEqual(try Amount(minor: 1230, "EUR"), Amount("12.30", "EUR"))
        let formatted = try [Amount(minor: 1230, "EUR"), Amount(minor: 500, "EUR"), Amount(minor: -5, "JPY"), Amount(minor: 1, "KWD")]
        XCTAssertEqual(formatted.map(\.formatted), ["12.30 EUR", "5.00 EUR", "-5 JPY", "0.001 KWD"])
        XCTAssertThrowsError(try Amount(minor: 1, "EURO")) { XCTAssertEqual(($0 as? LedgerError)?.code, 1005) }
        let book = try Book(Ledger.inMemory(options: Options()))
        XCTAssertThrowsError(try book.give("k", "-1")) { XCTAssertEqual(($0 as? LedgerError)?.code, 1001) }
    }

    func testATimeIsKeptToTheMicrosecondAndNoneEndsTheApp() {
        for micros in [0, 1, -1, 1_764_000_000_123_457] as [Int64] { XCTAssertEqual(Date(micros: micros).micros, micros) }
        for (seconds, micros) in [(Double.infinity, Int64.max), (-.infinity, .min), (.nan, .min), (1e300, .max)] {
            XCTAssertEqual(Date(timeIntervalSince1970: seconds).micros, micros)
        }
        let longAgo = Date(timeIntervalSince1970: -126_000_000_000)
        XCTAssertFalse(CalendarDay(longAgo).description.hasPrefix("2"), "a year before the first")
    }

    func testEightTasksGiveAtOnce() async throws {
        let book = try Book(opened())
        let firsts = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try (0..<50).filter { try book.give("k\((task * 50 + $0) % 200)", "0.01").delivery == .first }.count
                }
            }
            return try await group.reduce(0, +)
        }
        XCTAssertEqual(firsts, 200)
        XCTAssertEqual(try book.gross, 200)
        XCTAssertNil(try book.ledger.audit().difference)
    }

    func testWhatIsCancelledHappenedOrDidNot() async throws {
        let book = try Book(opened())
        for number in 0..<50 {
            let task = Task { try await book.ledger.away { [book] _ in try book.give("c\(number)", "1.00") } }
            task.cancel()
            _ = await task.result
        }
        let given = try (0..<50).filter { if case .committed = try book.ledger.status(key: "c\($0)") { true } else { false } }
        XCTAssertEqual(try book.gross, Decimal(100 * given.count))
        XCTAssertNil(try book.ledger.audit().difference)
    }

    func testListsGoOnPastAPage() async throws {
        let book = try Book(Ledger.inMemory(options: Options()))
        for number in 0..<603 { try book.give("k\(number)", "0.01") }
        XCTAssertEqual(try book.ledger.history(of: book.water).all().count, 604)
        XCTAssertEqual(try book.ledger.donations().all().count, 603)
        XCTAssertEqual(try book.ledger.causes().all().count, 1)
        var seen = 0
        for try await notice in book.ledger.notices() { if case .donationCaptured = notice.kind { seen += 1 } }
        XCTAssertEqual(seen, 603)
    }

    func testAStreamThatFailsHarmsNothing() throws {
        final class Full: ByteSink {
            struct Broken: Error {}
            func write(bytes: Data) throws { throw Broken() }
        }
        final class Kept: ByteSink, @unchecked Sendable {
            var bytes = Data()
            func write(bytes: Data) throws { self.bytes += bytes }
        }
        let book = try Book(Ledger.inMemory(options: Options()))
        try book.give("k")
        XCTAssertThrowsError(try book.ledger.export(format: .hledger, sink: Full())) { XCTAssertTrue($0 is LedgerError) }
        let kept = Kept()
        XCTAssertEqual(try book.ledger.export(format: .hledger, sink: kept), 3)
        XCTAssertTrue(String(decoding: kept.bytes, as: UTF8.self).contains("25.00 EUR"))
    }

    func testAKilledProcessLosesNothingAcknowledged() throws {
        let child = Process()
        let told = Pipe()
        child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("CarryOn")
        child.arguments = [folder.path, "until-killed", "k"]
        child.standardOutput = told
        try child.run()
        var text = Data()
        while text.filter({ $0 == 10 }).count < 100 { text += told.fileHandleForReading.availableData }
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        // What comes after the last end of a line was cut short.
        let acknowledged = String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        let ledger = try opened()
        XCTAssertGreaterThanOrEqual(acknowledged.count, 100)
        for key in acknowledged {
            guard case .committed = try ledger.status(key: String(key)) else { return XCTFail("\(key) was lost") }
        }
        XCTAssertNil(try ledger.audit().difference)
    }

    func testWhatIsLetGoIsClosed() throws {
        try { try Book(opened()).give("k") }()
        XCTAssertEqual(try opened().stats().donations, 1)
    }
}
