// A screen of Jetpack Compose that takes a gift. No test builds it: it needs Android's SDK.
package org.donationledger.examples.android

import androidx.compose.foundation.layout.Column
import androidx.compose.material3.Button
import androidx.compose.material3.Text
import androidx.compose.material3.TextField
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import java.util.UUID
import kotlinx.coroutines.launch
import org.donationledger.Amount
import org.donationledger.Cause
import org.donationledger.Designation
import org.donationledger.DonorId
import org.donationledger.Ledger
import org.donationledger.LedgerException
import org.donationledger.Method
import org.donationledger.away
import org.donationledger.donate

@Composable
fun DonateScreen(ledger: Ledger, cause: Cause, donor: DonorId) {
    var figure by remember { mutableStateOf("") }
    var told by remember { mutableStateOf("") }
    // One per act of giving: a second tap on the same screen takes no second gift, not even after it was turned.
    val key by rememberSaveable { mutableStateOf(UUID.randomUUID().toString()) }
    val scope = rememberCoroutineScope()

    Column {
        Text(cause.details.name)
        TextField(figure, { figure = it }, label = { Text("Amount in ${cause.currency}") })
        Button(onClick = {
            scope.launch {
                told = try {
                    val amount = Amount(figure, cause.currency)
                    ledger.away { donate(key, donor, listOf(Designation(cause.id, amount)), method = Method.Offline("cash")) }
                    "Thank you."
                } catch (refused: LedgerException) {
                    refused.message
                } catch (wrong: NumberFormatException) {
                    "An amount has digits and a point."
                }
            }
        }) { Text("Give") }
        Text(told)
    }
}
