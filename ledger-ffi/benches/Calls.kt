package org.donationledger.benches

import java.nio.file.Path
import org.donationledger.*

private const val GIFTS = 20_000

/** Seconds that something takes. */
private fun seconds(work: () -> Unit): Double {
    val begun = System.nanoTime()
    work()
    return (System.nanoTime() - begun) / 1e9
}

private fun say(name: String, figure: Double) = println("$name %.3f".format(java.util.Locale.ROOT, figure))

/** How long a call takes from Kotlin: ledger-ffi/benches/calls says what is measured. */
fun main(arguments: Array<String>) {
    for ((name, folder) in listOf("open", "open_killed") zip arguments.toList()) {
        lateinit var ledger: Ledger
        say(name, seconds { ledger = openLedger(Path.of(folder)) } * 1e3)
        ledger.shutDown()
    }
    org.donationledger.ffi.Ledger.inMemory(Options()).use { ledger ->
        val donor = ledger.registerDonor().donor!!
        val cause = ledger.openCause(currency = "EUR", details = CauseDetails(name = "Wells")).cause!!
        fun give(word: String) = repeat(GIFTS) { number ->
            ledger.donate(
                key = "$word-$number",
                donor = donor,
                designations = listOf(Designation(cause, Amount("25.00", "EUR"))),
                method = Method.Offline("main"),
            )
        }
        give("warm")
        say("give", seconds { give("gift") } * 1e6 / GIFTS)
        fun read() = repeat(GIFTS) { check(ledger.cause(cause) != null) }
        read()
        say("read", seconds { read() } * 1e6 / GIFTS)
    }
}
