// The header is one of C++ too.
#include <cstring>

#include "ledger.h"

int main() {
    LedgerHandle ledger = 0;
    if (ledger_open(nullptr, nullptr, &ledger) != LEDGER_STATUS_OK || ledger == 0) return 1;
    char *answer = nullptr;
    if (ledger_query(ledger, "{\"totals_by\": {\"period\": \"month\"}}", &answer) != LEDGER_STATUS_OK) return 2;
    const bool is_empty = std::strcmp(answer, "[]") == 0;
    ledger_free(answer);
    return ledger_close(ledger) == LEDGER_STATUS_OK && is_empty ? 0 : 3;
}
