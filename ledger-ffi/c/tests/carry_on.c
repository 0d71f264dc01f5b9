/* Carries on with a ledger that other languages wrote, `FOLDER GIFTS KEY`: tests/carry_on says in which order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

static void check(int holds, const char *why) {
    if (holds) return;
    fprintf(stderr, "carry_on.c: %s: %s\n", why, ledger_last_error());
    exit(1);
}

/* What a question is answered; nobody gives it back, the program is short. */
static char *asked(LedgerHandle ledger, const char *query) {
    char *answer;
    check(ledger_query(ledger, query, &answer) == LEDGER_STATUS_OK, query);
    return answer;
}

static void id_of(LedgerHandle ledger, const char *query, char id[64]) {
    char *answer = asked(ledger, query), *found = strstr(answer, "\"id\":\"");
    check(found && sscanf(found, "\"id\":\"%63[^\"]", id) == 1, query);
    ledger_free(answer);
}

int main(int count, char **arguments) {
    check(count == 4, "carry_on FOLDER GIFTS KEY");
    LedgerHandle ledger;
    check(ledger_open(arguments[1], NULL, &ledger) == LEDGER_STATUS_OK, "open");
    char wanted[64], donor[64], cause[64], command[1024];
    snprintf(wanted, sizeof wanted, "\"donations\":%s,", arguments[2]);
    char *stats = asked(ledger, "{\"stats\": {}}"), *audit = asked(ledger, "{\"audit\": {}}");
    check(strstr(stats, wanted) != NULL, stats);
    check(strstr(audit, "\"difference\":null") != NULL, audit);
    ledger_free(stats);
    ledger_free(audit);
    id_of(ledger, "{\"donor_by_external_id\": {\"external_id\": \"ada\"}}", donor);
    id_of(ledger, "{\"cause_by_external_id\": {\"external_id\": \"wells\"}}", cause);
    snprintf(command, sizeof command,
             "{\"donate\": {\"key\": \"%s\", \"donor\": \"%s\", \"designations\": [{\"cause\": \"%s\", \"amount\": {\"amount\": "
             "\"1.00\", \"currency\": \"EUR\"}}], \"method\": {\"offline\": {\"bank\": \"main\"}}, \"memo\": \"from %s\"}}",
             arguments[3], donor, cause, arguments[3]);
    check(ledger_submit(ledger, command, NULL) == LEDGER_STATUS_OK, command);
    check(ledger_close(ledger) == LEDGER_STATUS_OK, "close");
    return 0;
}
