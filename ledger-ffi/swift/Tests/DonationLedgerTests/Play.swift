import Foundation

@testable import DonationLedger

/// A scenario that is played in Swift: every step by the method that a host app would call.
final class Play {
    private let folder: URL
    private var now: Timestamp?
    private var mode = BookMode.agency
    private var ledger: Ledger!

    init(in folder: URL) { self.folder = folder }

    /// Does a step; what came of it.
    func take(_ step: Step) throws -> StepOutcome? {
        do {
            return try done(step)
        } catch let refused as LedgerError {
            return .failed(problem: refused.problem)
        }
    }

    private func done(_ step: Step) throws -> StepOutcome? {
        switch step {
        case .begin(let at, let mode, let inFolder):
            now = at
            self.mode = mode
            ledger =
                inFolder ? try Ledger.open(folder: path("ledger"), options: options()) : try Ledger.inMemory(options: options())
            return nil
        case .clock(let at):
            now = at
            setClock(at: at)
            return nil
        case .submit(let command): return .committed(committed: try ledger.submit(command: command))
        case .submitAll(let commands): return .submitted(all: try ledger.submitAll(commands: commands))
        case .ask(let query): return .answered(answer: try answer(ledger, query))
        case .webhook(let stripe, let headers, let body):
            return .ingested(ingested: try ledger.ingestStripe(stripe: stripe, headers: headers, body: body))
        case .import(let mapping, let rows): return try imported(mapping, rows)
        case .open(let folder, let how, let seed):
            try open(folder, how, seed)
            return .opened(report: ledger.openingReport())
        case .close:
            try ledger.close()
            return .closed
        case .mishap(let what):
            try letHappen(folder: path("ledger"), what: what)
            return nil
        case .backup(let from, let to): return .backedUp(report: try backup(folder: path(from), to: path(to)))
        case .backupKeys(let from, let toFile):
            return .keysBackedUp(report: try backupKeys(folder: path(from), toFile: path(toFile)))
        case .restore(let from, let keys, let to):
            return .restored(report: try restore(backup: path(from), keys: path(keys), to: path(to)))
        case .follow(let source, let copy):
            return .followed(followed: try Follower.open(source: path(source), copy: path(copy)).step())
        case .promote(let copy):
            let promoted = try Ledger.promote(copy: path(copy), options: options())
            let epoch = try promoted.epoch()
            try promoted.close()
            return .promoted(epoch: epoch)
        }
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func options(_ opening: Opening? = nil, seed: UInt64 = 7) -> Options {
        Options(opening: opening, mode: mode, segmentBytes: 65_536, clock: now, entropySeed: seed)
    }

    private func open(_ name: String, _ how: String, _ seed: UInt64) throws {
        let at = path(name)
        if how == "again" {
            ledger.abandon()
            ledger = nil
        }
        let opened: Ledger
        switch how {
        case "read_only": opened = try Ledger.openReadOnly(folder: at)
        case "existing": opened = try Ledger.open(folder: at, options: options(.openExisting, seed: seed))
        case "new": opened = try Ledger.open(folder: at, options: options(.createNew, seed: seed))
        default: opened = try Ledger.open(folder: at, options: options(.openOrCreate, seed: seed))
        }
        // As the end of a process would: what was open before is not closed.
        ledger?.abandon()
        ledger = opened
    }

    private func imported(_ mapping: String, _ rows: Data) throws -> StepOutcome {
        let watch = Watch()
        let imported = try ledger.importRows(source: Rows(rows), mapping: mapping, mode: .post, watch: watch)
        return .imported(imported: imported, rejects: watch.rejects)
    }
}

/// The bytes of a file.
private final class Rows: ByteSource, @unchecked Sendable {
    private var left: Data

    init(_ rows: Data) { left = rows }

    func read(limit: UInt32) throws -> Data {
        let next = left.prefix(Int(limit))
        left = left.dropFirst(next.count)
        return Data(next)
    }
}

/// Keeps what is refused.
private final class Watch: ImportWatch, @unchecked Sendable {
    var rejects: [Reject] = []

    func progress(report: ImportReport) throws -> Bool { true }

    func rejected(line: UInt64, code: UInt16, reason: String, original: Data) throws {
        rejects.append(Reject(line: line, code: code, reason: reason))
    }
}

/// Asks by the method of a question's name.
func answer(_ ledger: Ledger, _ query: Query) throws -> Answer {
    switch query {
    case .donor(let donor): return .donor(try ledger.donor(donor: donor))
    case .donorByEmail(let email): return .donorByEmail(try ledger.donorByEmail(email: email))
    case .donorByExternalId(let externalId): return .donorByExternalId(try ledger.donorByExternalId(externalId: externalId))
    case .donors(let after, let limit): return .donors(try ledger.donors(after: after, limit: limit))
    case .cause(let cause): return .cause(try ledger.cause(cause: cause))
    case .causeByExternalId(let externalId): return .causeByExternalId(try ledger.causeByExternalId(externalId: externalId))
    case .causes(let after, let limit): return .causes(try ledger.causes(after: after, limit: limit))
    case .begunDonation(let donation): return .begunDonation(try ledger.begunDonation(donation: donation))
    case .donationOfPayment(let payment): return .donationOfPayment(try ledger.donationOfPayment(payment: payment))
    case .refundUnderWay(let refund): return .refundUnderWay(try ledger.refundUnderWay(refund: refund))
    case .payout(let payout): return .payout(try ledger.payout(payout: payout))
    case .donation(let donation): return .donation(try ledger.donation(donation: donation))
    case .donationsAfter(let seq, let limit): return .donationsAfter(try ledger.donationsAfter(seq: seq, limit: limit))
    case .donorHistory(let donor, let request): return .donorHistory(try ledger.donorHistory(donor: donor, request: request))
    case .causeHistory(let cause, let request): return .causeHistory(try ledger.causeHistory(cause: cause, request: request))
    case .publicGifts(let cause, let request): return .publicGifts(try ledger.publicGifts(cause: cause, request: request))
    case .accountHistory(let account, let request): return .accountHistory(try ledger.accountHistory(account: account, request: request))
    case .balance(let account): return .balance(try ledger.balance(account: account))
    case .trialBalance: return .trialBalance(try ledger.trialBalance())
    case .balanceAsOf(let account, let asOf): return .balanceAsOf(try ledger.balanceAsOf(account: account, asOf: asOf))
    case .trialBalanceAsOf(let asOf): return .trialBalanceAsOf(try ledger.trialBalanceAsOf(asOf: asOf))
    case .balanceSheets(let day): return .balanceSheets(try ledger.balanceSheets(day: day))
    case .totalsBy(let period): return .totalsBy(try ledger.totalsBy(period: period))
    case .statement(let of, let from, let to): return .statement(try ledger.statement(of: of, from: from, to: to))
    case .status(let key): return .status(try ledger.status(key: key))
    case .changes(let afterSeq, let limit): return .changes(try ledger.changes(afterSeq: afterSeq, limit: limit))
    case .causeChangesAfter(let seq, let limit): return .causeChangesAfter(try ledger.causeChangesAfter(seq: seq, limit: limit))
    case .epoch: return .epoch(try ledger.epoch())
    case .stats: return .stats(try ledger.stats())
    case .giftLife(let donation): return .giftLife(try ledger.giftLife(donation: donation))
    case .standing(let cause): return .standing(try ledger.standing(cause: cause))
    case .policiesOf(let cause): return .policiesOf(try ledger.policiesOf(cause: cause))
    case .negativeCauses: return .negativeCauses(try ledger.negativeCauses())
    case .dispute(let dispute): return .dispute(try ledger.dispute(dispute: dispute))
    case .openDisputes: return .openDisputes(try ledger.openDisputes())
    case .parked: return .parked(try ledger.parked())
    case .suspense(let item): return .suspense(try ledger.suspense(item: item))
    case .unidentified: return .unidentified(try ledger.unidentified())
    case .settlement(let id): return .settlement(try ledger.settlement(id: id))
    case .providerObject(let processor, let object): return .providerObject(try ledger.providerObject(processor: processor, object: object))
    case .settlementOfLine(let processor, let line): return .settlementOfLine(try ledger.settlementOfLine(processor: processor, line: line))
    case .reconcileSettlement(let id, let skip, let limit): return .reconcileSettlement(try ledger.reconcileSettlement(id: id, skip: skip, limit: limit))
    case .unsettled(let processor, let currency, let from, let to): return .unsettled(try ledger.unsettled(processor: processor, currency: currency, from: from, to: to))
    case .nextNotices(let consumer, let limit): return .nextNotices(try ledger.nextNotices(consumer: consumer, limit: limit))
    case .noticesAfter(let seq, let limit): return .noticesAfter(try ledger.noticesAfter(seq: seq, limit: limit))
    case .dryRun(let command): return .dryRun(try ledger.dryRun(command: command))
    case .dryRunOfMerge(let command): return .dryRunOfMerge(try ledger.dryRunOfMerge(command: command))
    case .audit: return .audit(try ledger.audit())
    case .refresh: return .refresh(try ledger.refresh())
    case .rebuild: return .rebuild(try ledger.rebuild())
    case .identity: return .identity(ledger.identity())
    case .openingReport: return .openingReport(ledger.openingReport())
    case .now: return .now(ledger.now())
    }
}
