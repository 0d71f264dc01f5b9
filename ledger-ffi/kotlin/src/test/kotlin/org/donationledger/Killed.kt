package org.donationledger

import java.nio.file.Path

/** Gives until it is killed, and tells of each gift once it is acknowledged. */
fun main(arguments: Array<String>) {
    val book = Book(openLedger(Path.of(arguments.single())))
    generateSequence(0) { it + 1 }.forEach {
        book.give("k$it", "0.01")
        println("k$it")
    }
}
