import DonationLedger
import Foundation
import XCTest

/// Every scenario, played through the Swift API: it answers what it answers in Rust, to the last field. `LEDGER_TRANSCRIPTS`
/// is where they were written down (`cargo run -p ledger-tests --example transcribe`).
final class ScenarioTests: XCTestCase {
    func testEveryScenarioAnswersAsInRust() throws {
        let transcripts = try XCTUnwrap(ProcessInfo.processInfo.environment["LEDGER_TRANSCRIPTS"])
        let files = try FileManager.default.contentsOfDirectory(at: URL(fileURLWithPath: transcripts), includingPropertiesForKeys: nil)
        let all = files.filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
        XCTAssertFalse(all.isEmpty, "no scenario was written down")
        let passed = try all.filter { try play($0) }.count
        XCTAssertEqual(passed, all.count)
        print("scenarios swift: \(all.count) run, \(passed) passed")
    }

    private func play(_ transcript: URL) throws -> Bool {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = transcript.deletingPathExtension().lastPathComponent
        let text = try String(contentsOf: transcript, encoding: .utf8).trimmingCharacters(in: .newlines)
        let play = Play(in: folder)
        for (number, scripted) in try readScript(text: text).enumerated() {
            guard let outcome = try play.take(scripted.step) else { continue }
            if let found = try difference(wanted: scripted.wanted, outcome: outcome) {
                XCTFail("\(name), step \(number): \(found)")
                return false
            }
        }
        return true
    }
}
