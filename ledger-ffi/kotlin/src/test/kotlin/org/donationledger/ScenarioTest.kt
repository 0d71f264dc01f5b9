package org.donationledger

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import kotlin.io.path.extension
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.readText
import kotlin.test.assertNull
import kotlin.test.assertTrue
import org.donationledger.ffi.*
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.TestFactory

/**
 * Every scenario, played through the Kotlin API: it answers what it answers in Rust, to the last field. `LEDGER_TRANSCRIPTS`
 * is where they were written down (`cargo run -p ledger-tests --example transcribe`).
 */
class ScenarioTest {
    @TestFactory
    fun answersAsInRust(): List<DynamicTest> {
        val transcripts = Path.of(System.getenv("LEDGER_TRANSCRIPTS"))
        val all = Files.list(transcripts).use { files -> files.filter { it.extension == "jsonl" }.sorted().toList() }
        assertTrue(all.isNotEmpty(), "no scenario was written down")
        return all.map { dynamicTest(it.nameWithoutExtension) { play(it) } }
    }

    private fun play(transcript: Path) {
        run.incrementAndGet()
        val folder = Files.createTempDirectory("scenario")
        try {
            Play(folder).use { play ->
                readScript(transcript.readText().trimEnd()).forEachIndexed { number, scripted ->
                    val outcome = play.take(scripted.step) ?: return@forEachIndexed
                    assertNull(difference(scripted.wanted, outcome), "step $number, ${scripted.step}")
                }
            }
        } finally {
            folder.toFile().deleteRecursively()
        }
        passed.incrementAndGet()
    }

    companion object {
        private val run = AtomicInteger()
        private val passed = AtomicInteger()

        @JvmStatic
        @AfterAll
        fun count() = println("scenarios kotlin: $run run, $passed passed")
    }
}
