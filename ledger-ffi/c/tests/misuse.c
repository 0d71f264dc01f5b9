/* Wrong use: each call is refused in the way that the header promises, and nothing is read that is not there. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger.h"

static int failures;

static void expect(int line, const char *what, LedgerStatus status, LedgerStatus wanted, const char *told) {
    if (status != wanted || (told && !strstr(ledger_last_error(), told))) {
        fprintf(stderr, "misuse.c:%d: %s: status %d, %s\n", line, what, (int)status, ledger_last_error());
        failures++;
    }
}

#define REFUSED(call, told) expect(__LINE__, #call, call, LEDGER_STATUS_REFUSED, told)
#define MISUSE(call, told) expect(__LINE__, #call, call, LEDGER_STATUS_MISUSE, told)
#define OK(call) expect(__LINE__, #call, call, LEDGER_STATUS_OK, NULL)
#define THAT(condition) (condition ? 0 : (fprintf(stderr, "misuse.c:%d: %s\n", __LINE__, #condition), failures++))

static ptrdiff_t reads_nothing(void *user, uint8_t *into, size_t room) {
    (void)user, (void)into, (void)room;
    return 0;
}

static ptrdiff_t reads_too_much(void *user, uint8_t *into, size_t room) {
    (void)user, (void)into;
    return (ptrdiff_t)room + 1;
}

static ptrdiff_t cannot_read(void *user, uint8_t *into, size_t room) {
    (void)user, (void)into, (void)room;
    return -1;
}

static int32_t cannot_write(void *user, const uint8_t *bytes, size_t length) {
    (void)bytes, (void)length;
    ++*(int *)user;
    return 1;
}

static int32_t counts(void *user, const uint8_t *bytes, size_t length) {
    (void)bytes;
    *(size_t *)user += length;
    return 0;
}

static void of_pointers(LedgerHandle ledger) {
    char *answer = (char *)1;
    LedgerHandle other = 7;
    MISUSE(ledger_open(NULL, NULL, NULL), "ledger is NULL");
    MISUSE(ledger_open("\xff\xfe", NULL, &other), "not UTF-8");
    THAT(other == 0);
    MISUSE(ledger_submit(ledger, NULL, &answer), "commands is NULL");
    THAT(answer == NULL);
    MISUSE(ledger_query(ledger, NULL, NULL), "query is NULL");
    MISUSE(ledger_query(ledger, "\xc3\x28", NULL), "not UTF-8");
    MISUSE(ledger_next_notices(ledger, NULL, 1, NULL), "consumer is NULL");
    MISUSE(ledger_acknowledge(ledger, NULL, 1), "consumer is NULL");
    MISUSE(ledger_ingest_webhook(ledger, "{\"provider\": {\"sandbox\": {\"processor\": \"s\"}}, \"headers\": []}", NULL, 3, NULL),
           "body is NULL");
    MISUSE(ledger_import(ledger, "{\"mapping\": \"fec-itcont\"}", NULL, NULL, NULL, NULL), "read is NULL");
    MISUSE(ledger_export(ledger, "{\"format\": \"csv\"}", NULL, NULL, NULL), "write is NULL");
    MISUSE(ledger_manage(NULL, NULL), "request is NULL");
    ledger_free(NULL);
    /* An answer that nobody wants is not made. */
    OK(ledger_query(ledger, "{\"stats\": {}}", NULL));
}

static void of_text(LedgerHandle ledger) {
    const char *const garbage[] = {"", "{", "null", "[1]", "42", "\"donate\"", "{\"donate\": {}}", "{\"no_such\": {}}",
                                   "{\"stats\": {\"of\": 1}, \"x\": 2}"};
    for (size_t at = 0; at < sizeof garbage / sizeof *garbage; at++) {
        char *answer = (char *)1;
        MISUSE(ledger_submit(ledger, garbage[at], &answer), "\"kind\":\"misuse\"");
        MISUSE(ledger_query(ledger, garbage[at], &answer), "\"code\":0");
        THAT(answer == NULL);
        MISUSE(ledger_export(ledger, garbage[at], counts, &answer, NULL), NULL);
        MISUSE(ledger_manage(garbage[at], NULL), NULL);
        MISUSE(ledger_ingest_webhook(ledger, garbage[at], NULL, 0, NULL), NULL);
        MISUSE(ledger_import(ledger, garbage[at], reads_nothing, NULL, NULL, NULL), NULL);
    }
    /* A field that is misspelt is refused, and not left out with what it says. */
    MISUSE(ledger_submit(ledger, "{\"register_donor\": {\"standng\": \"anonymous\"}}", NULL), "standng");
    MISUSE(ledger_submit(ledger, "{\"register_donor\": {\"profile\": {\"nme\": \"Ada\"}}}", NULL), "nme");
    MISUSE(ledger_query(ledger, "{\"donors\": {\"afetr\": null, \"limit\": 1}}", NULL), "afetr");
    MISUSE(ledger_query(ledger, "{\"stats\": {\"x\": 1}}", NULL), "x");
    MISUSE(ledger_submit(ledger, "{\"register_donor\": {\"key\": \"a\", \"key\": \"b\"}}", NULL), "duplicate");
    /* What a person may have typed has the code that it has everywhere. */
    const char *const typed[][2] = {
        {"1.234\", \"currency\": \"EUR", "1003"}, {"20,50\", \"currency\": \"EUR", "1004"}, {"-1\", \"currency\": \"EUR", "1001"},
        {"1\", \"currency\": \"EURO", "1005"}, {"1\", \"currency\": \"EUR\", \"of\": \"x", "unknown field"}};
    for (size_t at = 0; at < sizeof typed / sizeof *typed; at++) {
        char command[512];
        snprintf(command, sizeof command,
                 "{\"donate\": {\"key\": \"k\", \"donor\": \"don_01KG9QXG8000000000040013QZ\", \"designations\": [{\"cause\": "
                 "\"cau_01KG9QXG8000000000080013QZ\", \"amount\": {\"amount\": \"%s\"}}], \"method\": {\"offline\": {\"bank\": \"main\"}}}}",
                 typed[at][0]);
        if (at < 4)
            REFUSED(ledger_submit(ledger, command, NULL), typed[at][1]);
        else
            MISUSE(ledger_submit(ledger, command, NULL), typed[at][1]);
    }
    REFUSED(ledger_query(ledger, "{\"donor\": {\"donor\": \"ada\"}}", NULL), "1007");
    REFUSED(ledger_query(ledger, "{\"balance_sheets\": {\"day\": \"2026-02-30\"}}", NULL), "1008");
    OK(ledger_query(ledger, "\"stats\"", NULL));
    char *shares;
    OK(ledger_manage("{\"split\": {\"total\": 100, \"weights\": [1, 1, 1]}}", &shares));
    THAT(!strcmp(shares, "[34,33,33]"));
    ledger_free(shares);
    OK(ledger_manage("{\"minor_digits\": {\"currency\": \"KWD\"}}", &shares));
    THAT(!strcmp(shares, "3"));
    ledger_free(shares);
    LedgerHandle other;
    MISUSE(ledger_open(NULL, "{\"cache\": 1}", &other), "cache");
    MISUSE(ledger_open(NULL, "{\"mode\": \"none\"}", &other), "unknown variant");
    /* JSON nests as deep as it is read, and no deeper. */
    char *deep = malloc(100001);
    memset(deep, '[', 100000), deep[100000] = 0;
    MISUSE(ledger_submit(ledger, deep, NULL), NULL);
    free(deep);
}

static void of_handles(LedgerHandle ledger) {
    const LedgerHandle wrong[] = {0, ledger + 1000, UINT64_MAX};
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
        REFUSED(ledger_query(wrong[at], "{\"stats\": {}}", NULL), "5003");
        REFUSED(ledger_submit(wrong[at], "[]", NULL), "never given out");
    }
    REFUSED(ledger_close(UINT64_MAX), "5003");
    /* The fields of an error are what its message tells. */
    REFUSED(ledger_submit(ledger, "{\"open_cause\": {\"currency\": \"EUR\", \"details\": {\"name\": \"\"}}}", NULL),
            "\"fields\":{\"field\":\"name\"}");
    OK(ledger_close(0));
    LedgerHandle closed;
    OK(ledger_open(NULL, NULL, &closed));
    OK(ledger_close(closed));
    REFUSED(ledger_query(closed, "{\"stats\": {}}", NULL), "by close");
    OK(ledger_close(closed));
}

static void of_callbacks(LedgerHandle ledger) {
    char *answer = NULL;
    REFUSED(ledger_import(ledger, "{\"mapping\": \"no such\"}", reads_nothing, NULL, NULL, &answer), "1024");
    OK(ledger_import(ledger, "{\"mapping\": \"fec-itcont\"}", cannot_read, NULL, NULL, &answer));
    THAT(strstr(answer, "the callback") && strstr(answer, "7007"));
    ledger_free(answer);
    OK(ledger_import(ledger, "{\"mapping\": \"fec-itcont\"}", reads_too_much, NULL, NULL, &answer));
    THAT(strstr(answer, "the callback"));
    ledger_free(answer);
    int calls = 0;
    REFUSED(ledger_export(ledger, "{\"format\": \"hledger\"}", cannot_write, &calls, NULL), "callback");
    THAT(calls == 1);
    size_t length = 0;
    uint64_t seq = 0;
    OK(ledger_export(ledger, "{\"format\": \"hledger\"}", counts, &length, &seq));
    THAT(length > 0 && seq == 1);
}

static pthread_key_t ending;

/* What was kept for the thread is gone when this is called. */
static void at_the_end(void *user) {
    (void)user;
    THAT(ledger_query(UINT64_MAX, "\"stats\"", NULL) == LEDGER_STATUS_REFUSED);
    THAT(ledger_last_error() != NULL);
}

static void *fails_at_its_end(void *user) {
    pthread_setspecific(ending, user);
    REFUSED(ledger_query(UINT64_MAX, "\"stats\"", NULL), "never given out");
    return NULL;
}

static void *closes(void *user) {
    OK(ledger_close(*(LedgerHandle *)user));
    return NULL;
}

static void of_threads(const char *path) {
    pthread_t threads[8];
    pthread_key_create(&ending, at_the_end);
    pthread_create(threads, NULL, fails_at_its_end, &ending);
    pthread_join(threads[0], NULL);
    /* Whoever closes it, the folder has been given back when it returns. */
    LedgerHandle handle;
    for (int round = 0; round < 20; round++) {
        OK(ledger_open(path, NULL, &handle));
        for (int at = 0; at < 8; at++) pthread_create(&threads[at], NULL, closes, &handle);
        OK(ledger_close(handle));
        LedgerHandle again;
        OK(ledger_open(path, NULL, &again));
        OK(ledger_close(again));
        for (int at = 0; at < 8; at++) pthread_join(threads[at], NULL);
    }
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    char path[1024];
    LedgerHandle ledger, second = 7;
    snprintf(path, sizeof path, "%s/misuse", arguments[1]);
    THAT(!strcmp(ledger_last_error(), "{}"));
    OK(ledger_open(path, NULL, &ledger));
    REFUSED(ledger_open(path, NULL, &second), "5004");
    THAT(second == 0);
    OK(ledger_submit(ledger, "{\"open_cause\": {\"currency\": \"EUR\", \"details\": {\"name\": \"Wells\"}}}", NULL));
    of_pointers(ledger);
    of_text(ledger);
    of_handles(ledger);
    of_callbacks(ledger);
    snprintf(path, sizeof path, "%s/threads", arguments[1]);
    of_threads(path);
    /* None of it changed the book. */
    char *stats;
    OK(ledger_query(ledger, "{\"stats\": {}}", &stats));
    THAT(strstr(stats, "\"seq\":1,"));
    ledger_free(stats);
    OK(ledger_close(ledger));
    if (!failures) puts("misuse c: refused as promised");
    return failures != 0;
}
