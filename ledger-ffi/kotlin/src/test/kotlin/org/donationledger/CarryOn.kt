package org.donationledger

import java.nio.file.Path

/** Carries on with a ledger that other languages wrote, `FOLDER GIFTS KEY`: tests/carry_on says in which order. */
object CarryOn {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (folder, gifts, key) = arguments
        openLedger(Path.of(folder)).use { ledger ->
            val found = ledger.stats().donations to ledger.audit().difference
            check(found == gifts.toULong() to null) { "wanted $gifts gifts and a whole book, found $found" }
            ledger.donate(
                key = key,
                donor = ledger.donorByExternalId("ada")!!.id,
                designations = listOf(Designation(ledger.causeByExternalId("wells")!!.id, Amount("1.00", "EUR"))),
                method = Method.Offline("main"),
                memo = "from $key",
            )
            ledger.shutDown()
        }
    }
}
