package org.donationledger

import java.io.File
import java.io.IOException
import java.io.InputStream
import java.io.OutputStream
import java.nio.file.Path
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.withContext
import org.donationledger.ffi.ByteSink
import org.donationledger.ffi.ByteSource
import org.donationledger.ffi.ImportWatch
import org.donationledger.ffi.Imported
import org.donationledger.ffi.StreamException

/**
 * A ledger in a folder of the app. `use` it, or close it: a ledger that the collector finds is closed too, some time.
 * Every write is a function of its own (`donate`, `refund`, ...); lists of any length are sequences.
 */
typealias Ledger = org.donationledger.ffi.Ledger

/** How a ledger is opened. */
typealias Options = Settings

/** A copy of a ledger in another folder, that is brought up to date step by step and can take over. */
typealias Follower = org.donationledger.ffi.Follower

/** Opens the ledger in a folder, as the one writer; by default makes one where there is none. */
@Throws(LedgerException::class)
fun openLedger(folder: Path, options: Options = Options()): Ledger = Ledger.open(folder.toString(), options)

/** The same, of a folder as Android names it: `openLedger(File(context.filesDir, "books"))`. */
@Throws(LedgerException::class)
fun openLedger(folder: File, options: Options = Options()): Ledger = openLedger(folder.toPath(), options)

/**
 * Does something with the ledger away from the caller's thread. What is under way when the coroutine is cancelled is done to
 * its end: a gift happened or did not, never half of it. Ask `status` of its key which.
 */
suspend fun <T> Ledger.away(work: Ledger.() -> T): T = withContext(Dispatchers.IO) { work() }

/** The same, for lists: read page by page away from the collector's thread. */
fun <T> Sequence<T>.away(): Flow<T> = asFlow().flowOn(Dispatchers.IO)

/** How many are read at once while somebody loops. */
private const val PAGE = 500u

/** Goes on from place to place, until there is none. */
private fun <Page, Place : Any, T> pages(read: (Place?) -> Page, items: (Page) -> List<T>, next: (Page) -> Place?): Sequence<T> =
    sequence {
        var place: Place? = null
        do {
            val page = read(place)
            yieldAll(items(page))
            place = next(page)
        } while (place != null)
    }

/** Goes on after the last one, until a page is short. */
private fun <Place : Any, T> after(read: (Place?) -> List<T>, place: (T) -> Place): Sequence<T> =
    pages(read, { it }, { page -> page.lastOrNull()?.takeIf { page.size >= PAGE.toInt() }?.let(place) })

/** What happened with a donor, line by line. */
fun Ledger.donorHistory(donor: DonorId, order: Order = Order.OLDEST_FIRST): Sequence<HistoryLine> =
    pages<HistoryPage, Cursor, HistoryLine>({ donorHistory(donor, PageRequest(order, it, PAGE)) }, { it.lines }, { it.next })

/** What happened to a cause, line by line: its own part of each gift, never the whole. */
fun Ledger.causeHistory(cause: CauseId, order: Order = Order.OLDEST_FIRST): Sequence<HistoryLine> =
    pages<HistoryPage, Cursor, HistoryLine>({ causeHistory(cause, PageRequest(order, it, PAGE)) }, { it.lines }, { it.next })

/** What the public may see of the gifts to a cause: names only where the donor allowed it. */
fun Ledger.publicGifts(cause: CauseId, order: Order = Order.NEWEST_FIRST): Sequence<PublicGift> =
    pages<PublicPage, Cursor, PublicGift>({ publicGifts(cause, PageRequest(order, it, PAGE)) }, { it.gifts }, { it.next })

/** What was posted to an account, line by line. */
fun Ledger.accountHistory(account: Account, order: Order = Order.OLDEST_FIRST): Sequence<AccountLine> =
    pages<AccountPage, Cursor, AccountLine>({ accountHistory(account, PageRequest(order, it, PAGE)) }, { it.lines }, { it.next })

/** All donors, in the order in which they were registered. */
fun Ledger.donors(): Sequence<Donor> = after<DonorId, Donor>({ donors(it, PAGE) }, { it.id })

/** All causes, in the order in which they were opened. */
fun Ledger.causes(): Sequence<Cause> = after<CauseId, Cause>({ causes(it, PAGE) }, { it.id })

/** Everything that was committed after a record: ids and money, nothing personal. */
fun Ledger.changes(afterSeq: ULong = 0u): Sequence<Change> =
    after<ULong, Change>({ changes(it ?: afterSeq, PAGE) }, { it.seq })

/** The donations that were captured after a record, each as it stands now; those that a correction took back among them. */
fun Ledger.donations(afterSeq: ULong = 0u): Sequence<Donation> =
    pages<DonationPage, ULong, Donation>(
        { donationsAfter(it ?: afterSeq, PAGE) },
        { it.donations },
        { page -> page.through.takeIf { page.donations.size >= PAGE.toInt() } },
    )

/** All notices after a record, whoever has acknowledged them. */
fun Ledger.notices(afterSeq: ULong = 0u): Sequence<Notice> =
    pages<NoticePage, ULong, Notice>(
        { noticesAfter(it ?: afterSeq, PAGE) },
        { it.notices },
        { page -> page.through.takeIf { page.notices.size >= PAGE.toInt() } },
    )

/** Exports the journal; the last record that is in it. The stream is not closed. */
@Throws(LedgerException::class)
fun Ledger.export(format: ExportFormat, to: OutputStream): ULong = export(format, Sink(to))

/** Writes everything that is held of a donor, as one document of JSON. The stream is not closed. */
@Throws(LedgerException::class)
fun Ledger.exportDonor(donor: DonorId, to: OutputStream): ULong = exportDonor(donor, Sink(to))

/** Imports rows of another system; each once, whenever it is read again. The stream is not closed. */
@Throws(LedgerException::class)
fun Ledger.importRows(
    from: InputStream,
    mapping: String,
    mode: ImportMode = ImportMode.POST,
    watch: ImportWatch? = null,
): Imported = importRows(Source(from), mapping, mode, watch)

private class Sink(private val stream: OutputStream) : ByteSink {
    override fun write(bytes: ByteArray) = told { stream.write(bytes) }
}

private class Source(private val stream: InputStream) : ByteSource {
    // Some bytes, and none at the end alone. `readNBytes` is not in Android before 13.
    override fun read(limit: UInt): ByteArray = told {
        val bytes = ByteArray(limit.toInt())
        bytes.copyOf(maxOf(stream.read(bytes), 0))
    }
}

private fun <T> told(work: () -> T): T =
    try {
        work()
    } catch (failed: IOException) {
        throw StreamException.Failed(failed.message ?: "the stream failed")
    }
