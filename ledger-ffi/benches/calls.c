/* How long a call takes from C: ledger-ffi/benches/calls says what is measured. With a third argument, the greatest size of a
 * process that opens the ledger with the caps of a phone and gives 1,000 gifts in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger.h"

enum { GIFTS = 20000 };

static void check(LedgerStatus status) {
    if (status == LEDGER_STATUS_OK) return;
    fprintf(stderr, "calls.c: %s\n", ledger_last_error());
    exit(1);
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void made(LedgerHandle ledger, const char *command, const char *mark, char id[64]) {
    char *answer, *found;
    check(ledger_submit(ledger, command, &answer));
    if (!(found = strstr(answer, mark)) || sscanf(found + strlen(mark), "%63[^\"]", id) != 1) exit(2);
    ledger_free(answer);
}

static char donor[64], cause[64];

static void both(LedgerHandle ledger) {
    made(ledger, "{\"register_donor\": {}}", "\"donor\":\"", donor);
    made(ledger, "{\"open_cause\": {\"currency\": \"EUR\", \"details\": {\"name\": \"Wells\"}}}", "\"cause\":\"", cause);
}

static void give(LedgerHandle ledger, const char *word, int gifts) {
    char command[512], *answer;
    for (int number = 0; number < gifts; number++) {
        snprintf(command, sizeof command,
                 "{\"donate\": {\"key\": \"%s-%d\", \"donor\": \"%s\", \"designations\": [{\"cause\": \"%s\", \"amount\": "
                 "{\"amount\": \"25.00\", \"currency\": \"EUR\"}}], \"method\": {\"offline\": {\"bank\": \"main\"}}}}",
                 word, number, donor, cause);
        check(ledger_submit(ledger, command, &answer));
        ledger_free(answer);
    }
}

int main(int count, char **arguments) {
    LedgerHandle ledger;
    if (count == 4) {
        check(ledger_open(arguments[1], "{\"cache_bytes\": 8388608, \"segment_bytes\": 4194304}", &ledger));
        both(ledger);
        give(ledger, "capped", 1000);
        check(ledger_close(ledger));
        return 0;
    }
    for (int folder = 1; folder <= 2; folder++) {
        double begun = now();
        check(ledger_open(arguments[folder], NULL, &ledger));
        printf("%s %.3f\n", folder == 1 ? "open" : "open_killed", (now() - begun) * 1e3);
        check(ledger_close(ledger));
    }
    check(ledger_open(NULL, NULL, &ledger));
    both(ledger);
    give(ledger, "warm", GIFTS);
    double begun = now();
    give(ledger, "gift", GIFTS);
    printf("give %.3f\n", (now() - begun) * 1e6 / GIFTS);

    char query[128], *answer;
    snprintf(query, sizeof query, "{\"cause\": {\"cause\": \"%s\"}}", cause);
    begun = now();
    for (int number = 0; number < GIFTS; number++) {
        check(ledger_query(ledger, query, &answer));
        ledger_free(answer);
    }
    printf("read %.3f\n", (now() - begun) * 1e6 / GIFTS);
    check(ledger_close(ledger));
    return 0;
}
