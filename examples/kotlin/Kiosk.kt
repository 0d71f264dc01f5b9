package org.donationledger.examples

import java.math.BigDecimal
import java.nio.file.Path
import java.util.UUID
import org.donationledger.Amount
import org.donationledger.CauseDetails
import org.donationledger.Designation
import org.donationledger.Ledger
import org.donationledger.LedgerException
import org.donationledger.Method
import org.donationledger.causes
import org.donationledger.donate
import org.donationledger.donation
import org.donationledger.donor
import org.donationledger.openCause
import org.donationledger.openLedger
import org.donationledger.registerDonor

/**
 * A kiosk at which people give cash: each line of the input is a figure and the number of a cause, such as `5.00 1`.
 * Offline, in a folder of its own; a line that cannot be taken says why, and nothing happened.
 */
fun main(arguments: Array<String>) {
    openLedger(Path.of(arguments.firstOrNull() ?: "kiosk")).use { ledger ->
        if (ledger.causes().none()) {
            for (name in listOf("Wells", "A roof")) ledger.openCause(currency = "EUR", details = CauseDetails(name = name))
        }
        ledger.causes().forEachIndexed { number, cause -> println("${number + 1}  ${cause.details.name}") }
        generateSequence(::readlnOrNull).filter { it.isNotBlank() }.forEach { line -> println(take(ledger, line)) }
        for (cause in ledger.causes()) println("${cause.details.name}: ${Amount.ofMinor(cause.totals.raisedMinor(), cause.currency)}")
    }
}

private fun take(ledger: Ledger, line: String): String =
    try {
        val (figure, number) = line.trim().split(' ')
        val cause = ledger.causes().elementAt(number.toInt() - 1)
        val given = ledger.donate(
            key = UUID.randomUUID().toString(),
            donor = ledger.registerDonor().donor!!,
            designations = listOf(Designation(cause.id, Amount(figure, cause.currency))),
            method = Method.Offline("cash"),
        )
        "thank you: ${given.donation}"
    } catch (refused: LedgerException) {
        "$refused"
    } catch (wrong: RuntimeException) {
        "a line is a figure and the number of a cause, such as: 5.00 1"
    }
