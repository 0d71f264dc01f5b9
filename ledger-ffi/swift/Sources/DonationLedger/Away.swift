import Dispatch
import Foundation

extension Ledger {
    /// Opens the ledger in a folder, as the one writer; by default makes one where there is none.
    public static func open(at folder: URL, options: Options = Options()) throws -> Ledger {
        try open(folder: folder.path, options: options)
    }

    /// Does something with the ledger away from the caller's thread, and from those that tasks run on: a commit waits for the disk.
    /// What is under way when the task is cancelled is done to its end: a gift happened or did not, never half of it.
    public func away<T: Sendable>(_ work: @escaping @Sendable (Ledger) throws -> T) async throws -> T {
        try await DonationLedger.away { try work(self) }
    }
}

/// Waits on a thread that may wait.
func away<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { done in
        DispatchQueue.global().async { done.resume(with: Result(catching: work)) }
    }
}
