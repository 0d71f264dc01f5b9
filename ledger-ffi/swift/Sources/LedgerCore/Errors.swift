import Foundation

extension LedgerError: LocalizedError, CustomStringConvertible {
    /// What is wrong: code, message and the values that it tells.
    public var problem: Problem {
        switch self {
        case .Invalid(let problem), .NotFound(let problem), .Conflict(let problem), .Limit(let problem),
            .Storage(let problem), .Corrupt(let problem):
            return problem
        }
    }

    /// The stable number of the error, which never changes its meaning.
    public var code: UInt16 { problem.code }

    /// Which kind of error it is: what the case says.
    public var kind: ErrorKind { problem.kind }

    /// Whether the same call may succeed when it is made again, without anything else being changed.
    public var isRetryable: Bool { problem.retryable }

    /// The values that the message tells, each by its name.
    public var fields: [String: String] { problem.fields }

    public var errorDescription: String? { problem.message }

    public var description: String { problem.message }
}
