/* Opens a ledger, takes a gift, gives part of it back, and prints the statement of the cause: as often as you like, since each call
 * has a key. docs/c.md says how it is compiled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

/* Ends the program where a call failed, and says why. */
static void check(LedgerStatus status) {
    if (status == LEDGER_STATUS_OK) return;
    fprintf(stderr, "%s\n", ledger_last_error());
    exit(1);
}

/* The text of a field of an answer. An app has a library for JSON; this is enough for an id. */
static void field(const char *answer, const char *name, char into[64]) {
    char mark[64];
    snprintf(mark, sizeof mark, "\"%s\":\"", name);
    const char *found = strstr(answer, mark);
    if (!found || sscanf(found + strlen(mark), "%63[^\"]", into) != 1) exit(2);
}

/* Commits a command; the id that it made. */
static void commit(LedgerHandle ledger, const char *command, const char *name, char id[64]) {
    char *answer;
    check(ledger_submit(ledger, command, &answer));
    field(answer, name, id);
    ledger_free(answer);
}

int main(int count, char **arguments) {
    LedgerHandle ledger;
    char cause[64], donor[64], gift[64], refund[64], request[1024], *statement;
    check(ledger_open(count > 1 ? arguments[1] : NULL, NULL, &ledger));

    commit(ledger, "{\"open_cause\": {\"key\": \"wells\", \"currency\": \"EUR\", \"details\": {\"name\": \"Wells\"}}}", "cause", cause);
    commit(ledger, "{\"register_donor\": {\"key\": \"ada\", \"profile\": {\"name\": \"Ada\"}}}", "donor", donor);

    /* The same gift again takes no money, and gives the same answer. */
    snprintf(request, sizeof request,
             "{\"donate\": {\"key\": \"form-1\", \"donor\": \"%s\", \"designations\": [{\"cause\": \"%s\", \"amount\": "
             "{\"amount\": \"25.00\", \"currency\": \"EUR\"}}], \"method\": {\"offline\": {\"bank\": \"main\"}}, "
             "\"occurred_on\": \"2026-01-31\"}}",
             donor, cause);
    commit(ledger, request, "donation", gift);
    commit(ledger, request, "donation", gift);

    snprintf(request, sizeof request,
             "{\"refund\": {\"key\": \"back-1\", \"donation\": \"%s\", \"scope\": {\"proportional\": {\"amount\": {\"amount\": "
             "\"5.00\", \"currency\": \"EUR\"}}}, \"occurred_on\": \"2026-02-01\"}}",
             gift);
    commit(ledger, request, "refund", refund);

    snprintf(request, sizeof request,
             "{\"statement\": {\"of\": {\"cause\": \"%s\"}, \"from\": \"2026-01-01\", \"to\": \"2026-12-31\"}}", cause);
    check(ledger_query(ledger, request, &statement));
    puts(statement);
    ledger_free(statement);
    check(ledger_close(ledger));
    return 0;
}
