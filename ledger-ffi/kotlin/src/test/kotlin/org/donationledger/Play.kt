package org.donationledger

import java.nio.file.Path
import java.time.Instant
import org.donationledger.ffi.*

/** A scenario that is played in Kotlin: every step by the method that a host app would call. */
class Play(private val folder: Path) : AutoCloseable {
    private var now: Instant? = null
    private var mode = BookMode.AGENCY
    private lateinit var ledger: Ledger

    /** Does a step; what came of it. */
    fun take(step: Step): StepOutcome? =
        try {
            done(step)
        } catch (refused: LedgerException) {
            StepOutcome.Failed(refused.problem)
        }

    private fun done(step: Step): StepOutcome? {
        when (step) {
            is Step.Begin -> {
                now = step.at
                mode = step.mode
                ledger = if (step.inFolder) Ledger.open(path("ledger"), options(null)) else Ledger.inMemory(options(null))
                return null
            }
            is Step.Clock -> {
                now = step.at
                setClock(step.at)
                return null
            }
            is Step.Submit -> return StepOutcome.Committed(ledger.submit(step.command))
            is Step.SubmitAll -> return StepOutcome.Submitted(ledger.submitAll(step.commands))
            is Step.Ask -> return StepOutcome.Answered(answer(ledger, step.query))
            is Step.Webhook -> return StepOutcome.Ingested(ledger.ingestStripe(step.stripe, step.headers, step.body))
            is Step.Import -> return imported(step)
            is Step.Open -> {
                open(step)
                return StepOutcome.Opened(ledger.openingReport())
            }
            Step.Close -> {
                ledger.shutDown()
                return StepOutcome.Closed
            }
            is Step.Mishap -> {
                letHappen(path("ledger"), step.what)
                return null
            }
            is Step.Backup -> return StepOutcome.BackedUp(backup(path(step.from), path(step.to)))
            is Step.BackupKeys -> return StepOutcome.KeysBackedUp(backupKeys(path(step.from), path(step.toFile)))
            is Step.Restore -> return StepOutcome.Restored(restore(path(step.backup), path(step.keys), path(step.to)))
            is Step.Follow -> return Follower.open(path(step.source), path(step.copy)).use { StepOutcome.Followed(it.step()) }
            is Step.Promote -> return Ledger.promote(path(step.copy), options(null)).use { promoted ->
                val epoch = promoted.epoch()
                promoted.shutDown()
                StepOutcome.Promoted(epoch)
            }
        }
    }

    private fun path(name: String) = folder.resolve(name).toString()

    private fun options(opening: Opening?, seed: ULong = 7UL) =
        Options(opening = opening, mode = mode, segmentBytes = 65536UL, clock = now, entropySeed = seed)

    private fun open(step: Step.Open) {
        val at = path(step.folder)
        if (step.how == "again") letGo()
        val opened = when (step.how) {
            "read_only" -> Ledger.openReadOnly(at)
            "existing" -> Ledger.open(at, options(Opening.OPEN_EXISTING, step.seed))
            "new" -> Ledger.open(at, options(Opening.CREATE_NEW, step.seed))
            else -> Ledger.open(at, options(Opening.OPEN_OR_CREATE, step.seed))
        }
        if (step.how != "again") letGo()
        ledger = opened
    }

    /** As the end of a process would: not closed, and not kept until the collector comes. */
    private fun letGo() {
        ledger.abandon()
        ledger.close()
    }

    private fun imported(step: Step.Import): StepOutcome {
        val rejects = mutableListOf<Reject>()
        val watch = object : ImportWatch {
            override fun progress(report: ImportReport) = true

            override fun rejected(line: ULong, code: UShort, reason: String, original: ByteArray) {
                rejects += Reject(line, code, reason)
            }
        }
        val rows = step.rows.inputStream()
        val source = object : ByteSource {
            override fun read(limit: UInt): ByteArray = rows.readNBytes(limit.toInt())
        }
        return StepOutcome.Imported(ledger.importRows(source, step.mapping, ImportMode.POST, watch), rejects)
    }

    override fun close() {
        if (::ledger.isInitialized) ledger.close()
    }
}

/** Asks by the method of a question's name. */
fun answer(ledger: Ledger, query: Query): Answer = when (query) {
    is Query.Donor -> Answer.Donor(ledger.donor(query.donor))
    is Query.DonorByEmail -> Answer.DonorByEmail(ledger.donorByEmail(query.email))
    is Query.DonorByExternalId -> Answer.DonorByExternalId(ledger.donorByExternalId(query.externalId))
    is Query.Donors -> Answer.Donors(ledger.donors(query.after, query.limit))
    is Query.Cause -> Answer.Cause(ledger.cause(query.cause))
    is Query.CauseByExternalId -> Answer.CauseByExternalId(ledger.causeByExternalId(query.externalId))
    is Query.Causes -> Answer.Causes(ledger.causes(query.after, query.limit))
    is Query.BegunDonation -> Answer.BegunDonation(ledger.begunDonation(query.donation))
    is Query.DonationOfPayment -> Answer.DonationOfPayment(ledger.donationOfPayment(query.payment))
    is Query.RefundUnderWay -> Answer.RefundUnderWay(ledger.refundUnderWay(query.refund))
    is Query.Payout -> Answer.Payout(ledger.payout(query.payout))
    is Query.Donation -> Answer.Donation(ledger.donation(query.donation))
    is Query.DonationsAfter -> Answer.DonationsAfter(ledger.donationsAfter(query.seq, query.limit))
    is Query.DonorHistory -> Answer.DonorHistory(ledger.donorHistory(query.donor, query.request))
    is Query.CauseHistory -> Answer.CauseHistory(ledger.causeHistory(query.cause, query.request))
    is Query.PublicGifts -> Answer.PublicGifts(ledger.publicGifts(query.cause, query.request))
    is Query.AccountHistory -> Answer.AccountHistory(ledger.accountHistory(query.account, query.request))
    is Query.Balance -> Answer.Balance(ledger.balance(query.account))
    is Query.TrialBalance -> Answer.TrialBalance(ledger.trialBalance())
    is Query.BalanceAsOf -> Answer.BalanceAsOf(ledger.balanceAsOf(query.account, query.asOf))
    is Query.TrialBalanceAsOf -> Answer.TrialBalanceAsOf(ledger.trialBalanceAsOf(query.asOf))
    is Query.BalanceSheets -> Answer.BalanceSheets(ledger.balanceSheets(query.day))
    is Query.TotalsBy -> Answer.TotalsBy(ledger.totalsBy(query.period))
    is Query.Statement -> Answer.Statement(ledger.statement(query.of, query.from, query.to))
    is Query.Status -> Answer.Status(ledger.status(query.key))
    is Query.Changes -> Answer.Changes(ledger.changes(query.afterSeq, query.limit))
    is Query.CauseChangesAfter -> Answer.CauseChangesAfter(ledger.causeChangesAfter(query.seq, query.limit))
    is Query.Epoch -> Answer.Epoch(ledger.epoch())
    is Query.Stats -> Answer.Stats(ledger.stats())
    is Query.GiftLife -> Answer.GiftLife(ledger.giftLife(query.donation))
    is Query.Standing -> Answer.Standing(ledger.standing(query.cause))
    is Query.PoliciesOf -> Answer.PoliciesOf(ledger.policiesOf(query.cause))
    is Query.NegativeCauses -> Answer.NegativeCauses(ledger.negativeCauses())
    is Query.Dispute -> Answer.Dispute(ledger.dispute(query.dispute))
    is Query.OpenDisputes -> Answer.OpenDisputes(ledger.openDisputes())
    is Query.Parked -> Answer.Parked(ledger.parked())
    is Query.Suspense -> Answer.Suspense(ledger.suspense(query.item))
    is Query.Unidentified -> Answer.Unidentified(ledger.unidentified())
    is Query.Settlement -> Answer.Settlement(ledger.settlement(query.id))
    is Query.ProviderObject -> Answer.ProviderObject(ledger.providerObject(query.processor, query.`object`))
    is Query.SettlementOfLine -> Answer.SettlementOfLine(ledger.settlementOfLine(query.processor, query.line))
    is Query.ReconcileSettlement -> Answer.ReconcileSettlement(ledger.reconcileSettlement(query.id, query.skip, query.limit))
    is Query.Unsettled -> Answer.Unsettled(ledger.unsettled(query.processor, query.currency, query.from, query.to))
    is Query.NextNotices -> Answer.NextNotices(ledger.nextNotices(query.consumer, query.limit))
    is Query.NoticesAfter -> Answer.NoticesAfter(ledger.noticesAfter(query.seq, query.limit))
    is Query.DryRun -> Answer.DryRun(ledger.dryRun(query.command))
    is Query.DryRunOfMerge -> Answer.DryRunOfMerge(ledger.dryRunOfMerge(query.command))
    is Query.Audit -> Answer.Audit(ledger.audit())
    is Query.Refresh -> Answer.Refresh(ledger.refresh())
    is Query.Rebuild -> Answer.Rebuild(ledger.rebuild())
    is Query.Identity -> Answer.Identity(ledger.identity())
    is Query.OpeningReport -> Answer.OpeningReport(ledger.openingReport())
    is Query.Now -> Answer.Now(ledger.now())
}
