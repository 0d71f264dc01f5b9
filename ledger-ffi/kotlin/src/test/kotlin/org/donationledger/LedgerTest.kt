package org.donationledger

import java.io.ByteArrayOutputStream
import java.io.IOException
import java.io.OutputStream
import java.math.BigInteger
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import java.util.concurrent.Callable
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import kotlin.test.assertContains
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.donationledger.ffi.ByteSink
import org.donationledger.ffi.Submitted
import org.donationledger.values.instant
import org.donationledger.values.micros
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** A book with a donor and a cause. */
class Book(val ledger: Ledger) {
    val ada = ledger.registerDonor(profile = DonorProfile(name = "Ada Example", email = "ada@example.org")).donor!!
    val water = ledger.openCause(currency = "EUR", details = CauseDetails(name = "Wells")).cause!!

    fun give(key: String, figure: String = "25.00"): Committed = ledger.donate(
        key = key,
        donor = ada,
        designations = listOf(Designation(water, Amount(figure, "EUR"))),
        method = Method.Offline("main"),
    )

    val gross: BigInteger get() = ledger.cause(water)!!.totals.grossMinor
}

class LedgerTest {
    @TempDir lateinit var folder: Path

    @Test
    fun aGiftIsTakenOnceAndGivenBack() = openLedger(folder).use { ledger ->
        val book = Book(ledger)
        val first = book.give("form-1")
        assertEquals(Delivery.REPLAYED, book.give("form-1").delivery)
        ledger.refund(key = "back", donation = first.donation!!, scope = RefundScope.Proportional(Amount("5", "EUR")))
        val totals = ledger.cause(book.water)!!.totals
        assertEquals(BigInteger("2500") to BigInteger("500"), totals.grossMinor to totals.refundedMinor)
        assertEquals(Amount("20.00", "EUR"), Amount.ofMinor(totals.raisedMinor(), totals.currency))
        assertEquals(totals.netMinor(), totals.heldMinor())
        assertEquals(Amount("25.00", "EUR"), ledger.donation(first.donation!!)!!.designations.single().amount)
    }

    @Test
    fun aRefusalSaysWhatAndWhatToDo() = Ledger.inMemory(Options()).use { ledger ->
        val book = Book(ledger)
        val unknown = assertFailsWith<LedgerException.NotFound> { ledger.erase(DonorId("don_01KG9QXG8000000000040013QZ")) }
        assertEquals(2001 to ErrorKind.NOT_FOUND, unknown.code to unknown.kind)
        assertEquals(mapOf("donor" to "don_01KG9QXG8000000000040013QZ"), unknown.fields)
        assertEquals("org.donationledger.LedgerException\$NotFound: ${unknown.message}", unknown.toString())
        assertContains(unknown.message, "don_01KG9QXG8000000000040013QZ")
        val noId = assertFailsWith<LedgerException.Invalid> { ledger.donor(DonorId("Ada")) }
        assertEquals(1007, noId.code)
        assertEquals(1003, assertFailsWith<LedgerException.Invalid> { book.give("k", "1.234") }.code)
        assertEquals(false, noId.isRetryable)
    }

    @Test
    fun whatIsNoFigureOrOutOfReachIsRefused() = Ledger.inMemory(Options()).use { ledger ->
        val book = Book(ledger)
        assertFailsWith<NumberFormatException> { Amount("12,50", "EUR") }
        for ((figure, code) in listOf("1E+2000000000" to 1004, "1E-2000000000" to 1004, "-1" to 1001, "1".repeat(40) to 1002))
            assertEquals(code, assertFailsWith<LedgerException.Invalid> { book.give("k", figure) }.code, figure)
        assertEquals(Amount("1230", "JPY") to Amount("12.30", "EUR"), Amount.ofMinor(1230, "JPY") to Amount.ofMinor(1230, "EUR"))
        for (far in listOf(Instant.MIN, Instant.MAX)) assertEquals(far < Instant.EPOCH, instant(micros(far)) < Instant.EPOCH)
        val exact = Instant.parse("2026-01-31T12:00:00.000001Z")
        assertEquals(exact, instant(micros(exact)))
    }

    private fun Ledger.erase(donor: DonorId) = eraseDonor(donor = donor, reason = ErasureReason.entries.first())

    @Test
    fun eightThreadsGiveAtOnce() = openLedger(folder).use { ledger ->
        val book = Book(ledger)
        val threads = Executors.newFixedThreadPool(8)
        val gifts = (0 until 400).map { Callable { book.give("k${it % 200}", "0.01").delivery } }
        val deliveries = threads.invokeAll(gifts).map { it.get() }
        threads.shutdown()
        assertEquals(200, deliveries.count { it == Delivery.FIRST })
        assertEquals(BigInteger("200"), book.gross)
        assertEquals(null, ledger.audit().difference)
    }

    @Test
    fun whatIsCancelledHappenedOrDidNot() = openLedger(folder).use { ledger ->
        val book = Book(ledger)
        var given = 0
        runBlocking {
            repeat(50) { number ->
                val begun = CountDownLatch(1)
                val job = launch(Dispatchers.Default) {
                    ledger.away {
                        begun.countDown()
                        book.give("c$number", "1.00")
                    }
                }
                begun.await()
                job.cancel(CancellationException("the screen was left"))
                job.join()
            }
        }
        repeat(50) { if (ledger.status("c$it") is KeyStatus.Committed) given++ }
        assertEquals(BigInteger.valueOf(100L * given), book.gross)
        assertEquals(null, ledger.audit().difference)
    }

    @Test
    fun listsGoOnPastAPage() = Ledger.inMemory(Options()).use { ledger ->
        val book = Book(ledger)
        val gifts = (0 until 1203).map {
            Command.Donate(Donate("k$it", book.ada, listOf(Designation(book.water, Amount("0.01", "EUR"))), null, null,
                FeeBearer.CAUSES, Method.Offline("main"), LocalDate.of(2026, 1, 31), Visibility.PUBLIC, null))
        }
        assertTrue(ledger.submitAll(gifts).all { it is Submitted.Committed })
        assertEquals(1204, ledger.causeHistory(book.water).count())
        assertEquals(1203, ledger.donations().count())
        assertEquals(1205, ledger.changes().count())
        assertEquals(1203, ledger.publicGifts(book.water).count())
        assertEquals(1, ledger.donors().count())
        assertEquals(1203, runBlocking { ledger.notices().away().toList() }.count { it.kind is NoticeKind.DonationCaptured })
    }

    @Test
    fun aStreamThatFailsHarmsNothing() = Ledger.inMemory(Options()).use { ledger ->
        val book = Book(ledger)
        book.give("k")
        val full = object : OutputStream() {
            override fun write(byte: Int) = throw IOException("the disk is full")
        }
        assertContains(assertFailsWith<LedgerException> { ledger.export(ExportFormat.HLEDGER, full) }.toString(), "the disk is full")
        val broken = object : ByteSink {
            override fun write(bytes: ByteArray): Unit = error("a defect of the app")
        }
        assertContains(assertFailsWith<LedgerException> { ledger.export(ExportFormat.CSV, broken) }.toString(), "a defect of the app")
        val outOfMemory = object : ByteSink {
            override fun write(bytes: ByteArray) = throw OutOfMemoryError("in the app")
        }
        assertContains(assertFailsWith<LedgerException> { ledger.export(ExportFormat.CSV, outOfMemory) }.toString(), "in the app")
        val out = ByteArrayOutputStream()
        assertEquals(3u, ledger.export(ExportFormat.HLEDGER, out))
        assertContains(out.toString(), "25.00 EUR")
    }

    @Test
    fun whatIsLetGoIsClosed() {
        Book(openLedger(folder)).give("k")
        // Nobody holds it any more. A second writer is refused until the collector has found it.
        val again = generateSequence { System.gc(); runCatching { openLedger(folder) } }
            .take(1000).onEach { Thread.yield() }.first { it.isSuccess }.getOrThrow()
        again.use { assertEquals(1u, it.stats().donations) }
        assertIs<IllegalStateException>(runCatching { again.stats() }.exceptionOrNull())
    }

    @Test
    fun aKilledProcessLosesNothingAcknowledged() {
        val child = ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
            "-Djna.library.path=${System.getProperty("jna.library.path")}", "org.donationledger.KilledKt", folder.toString(),
        ).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val told = child.inputReader()
        val acknowledged = generateSequence { told.readLine() }.take(100).toList()
        child.destroyForcibly().waitFor()
        openLedger(folder).use { ledger ->
            assertEquals(100, acknowledged.size)
            assertTrue(acknowledged.all { ledger.status(it) is KeyStatus.Committed })
            assertEquals(null, ledger.audit().difference)
        }
    }
}
