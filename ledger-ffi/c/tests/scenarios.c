/* Every scenario, played through the C ABI: it answers what it answers in Rust, to the last field. The folder of what was
 * written down (`cargo run -p ledger-tests --example transcribe`) is the first argument, a folder for ledgers the second.
 * The library is one with the feature `testkit`, which has a clock that is set. */
#define _GNU_SOURCE
#include <dirent.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ledger.h"

typedef struct {
    char folder[512];
    json_t *options;
    LedgerHandle ledger;
} Play;

static void stop(const char *why) {
    fprintf(stderr, "scenarios.c: %s\n", why);
    exit(2);
}

/* A text with another one in the place of each `from`. */
static char *replaced(const char *text, const char *from, const char *to) {
    char *made = malloc(strlen(text) * 2 + 1), *end = made;
    for (const char *found; (found = strstr(text, from)); text = found + strlen(from)) {
        end = mempcpy(end, text, (size_t)(found - text));
        end = stpcpy(end, to);
    }
    strcpy(end, text);
    return made;
}

/* Integers of jansson have 63 bits: the one that has more is kept as a text. */
static const char *const LARGEST = "18446744073709551615", *const QUOTED = "\"18446744073709551615\"";

static json_t *parsed(const char *text) {
    json_error_t error;
    char *quoted = replaced(text, LARGEST, QUOTED);
    json_t *value = json_loads(quoted, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    if (!value) stop(error.text);
    free(quoted);
    return value;
}

static char *dumped(json_t *value, size_t flags) {
    char *text = json_dumps(value, flags | JSON_ENCODE_ANY), *plain = replaced(text, QUOTED, LARGEST);
    free(text);
    return plain;
}

/* What came of a call, as a script has it. The answer is taken over. */
static json_t *outcome(LedgerStatus status, char *answer) {
    if (status == LEDGER_STATUS_OK) {
        json_t *value = answer ? parsed(answer) : json_null();
        ledger_free(answer);
        return json_pack("{so}", "ok", value);
    }
    if (answer) stop("an answer of a call that failed");
    return json_pack("{so}", "error", parsed(ledger_last_error()));
}

typedef struct {
    const uint8_t *bytes;
    size_t left;
    json_t *rejects;
} Rows;

static ptrdiff_t next_bytes(void *user, uint8_t *into, size_t room) {
    Rows *rows = user;
    size_t count = rows->left < room ? rows->left : room;
    memcpy(into, rows->bytes, count);
    rows->bytes += count;
    rows->left -= count;
    return (ptrdiff_t)count;
}

static int32_t rejected(void *user, uint64_t line, uint16_t code, const char *reason, const uint8_t *original, size_t length) {
    Rows *rows = user;
    (void)original;
    (void)length;
    json_array_append_new(rows->rejects, json_pack("[Iis]", (json_int_t)line, (int)code, reason));
    return 0;
}

static json_t *imported(Play *play, json_t *with) {
    const char *hex = json_string_value(json_array_get(with, 1));
    size_t length = strlen(hex) / 2;
    uint8_t *bytes = malloc(length + 1);
    for (size_t at = 0; at < length; at++) sscanf(hex + 2 * at, "%2hhx", &bytes[at]);
    Rows rows = {bytes, length, json_array()};
    json_t *request = json_pack("{sO}", "mapping", json_array_get(with, 0));
    char *text = dumped(request, 0), *answer = NULL;
    LedgerStatus status = ledger_import(play->ledger, text, next_bytes, rejected, &rows, &answer);
    json_t *came = outcome(status, answer), *ok = json_object_get(came, "ok"), *found = came;
    if (ok) {
        json_t *stopped = json_object_get(ok, "stopped");
        found = json_pack("{sOsOsO}", "report", json_object_get(ok, "report"), "stopped",
                          stopped, "rejects", rows.rejects);
        json_decref(came);
    }
    json_decref(rows.rejects);
    json_decref(request);
    free(text);
    free(bytes);
    return found;
}

static json_t *webhook(Play *play, json_t *with) {
    json_t *told = json_array_get(with, 0);
    json_t *request = json_pack("{s{s{sOsOs[O]sO}}sO}", "provider", "stripe", "processor", json_object_get(told, "processor"),
                                "bank", json_object_get(told, "bank"), "secrets", json_object_get(told, "secret"), "mode",
                                json_object_get(told, "mode"), "headers", json_array_get(with, 1));
    const char *body = json_string_value(json_array_get(with, 2));
    char *text = dumped(request, 0), *answer = NULL;
    LedgerStatus status = ledger_ingest_webhook(play->ledger, text, (const uint8_t *)body, strlen(body), &answer);
    json_decref(request);
    free(text);
    return outcome(status, answer);
}

/* As the end of a process would: the ledger is not closed. */
static void let_go(Play *play) {
    char request[64];
    snprintf(request, sizeof request, "{\"abandon\": {\"ledger\": %llu}}", (unsigned long long)play->ledger);
    ledger_manage(request, NULL);
}

static json_t *opened(Play *play, json_t *with) {
    const char *name = json_string_value(json_array_get(with, 0)), *how = json_string_value(json_array_get(with, 1));
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", play->folder, name);
    json_t *options = json_copy(play->options);
    json_object_set(options, "entropy_seed", json_array_get(with, 2));
    if (!strcmp(how, "read_only")) json_object_set_new(options, "read_only", json_true());
    if (!strcmp(how, "existing")) json_object_set_new(options, "opening", json_string("open_existing"));
    if (!strcmp(how, "new")) json_object_set_new(options, "opening", json_string("create_new"));
    if (!strcmp(how, "again")) let_go(play);
    char *text = dumped(options, 0), *answer = NULL;
    LedgerHandle ledger;
    LedgerStatus status = ledger_open(path, text, &ledger);
    if (status == LEDGER_STATUS_OK) {
        if (strcmp(how, "again")) let_go(play);
        play->ledger = ledger;
        status = ledger_query(ledger, "{\"opening_report\": {}}", &answer);
    }
    json_decref(options);
    free(text);
    return outcome(status, answer);
}

/* A question, or a command, whose arguments are as a script has them. */
static json_t *asked(Play *play, const char *call, json_t *with) {
    char *answer = NULL, *text;
    LedgerStatus status;
    if (!strcmp(call, "submit") || !strcmp(call, "submit_all")) {
        text = dumped(json_array_get(with, 0), 0);
        status = ledger_submit(play->ledger, text, &answer);
    } else if (!strcmp(call, "next_notices")) {
        text = NULL;
        status = ledger_next_notices(play->ledger, json_string_value(json_array_get(with, 0)),
                                     (uint32_t)json_integer_value(json_array_get(with, 1)), &answer);
    } else {
        json_t *query = json_pack("{sO}", call, with);
        text = dumped(query, 0);
        json_decref(query);
        status = ledger_query(play->ledger, text, &answer);
    }
    free(text);
    return outcome(status, answer);
}

/* A path in the folder of the scenario. */
static json_t *below(Play *play, const char *name) { return json_sprintf("%s/%s", play->folder, name); }

static json_t *managed(json_t *request) {
    char *text = dumped(request, 0), *answer = NULL;
    LedgerStatus status = ledger_manage(text, &answer);
    free(text);
    json_decref(request);
    return outcome(status, answer);
}

/* What is done with folders: the arguments of a script by their names, each below the folder of the scenario. */
static json_t *kept_safe(Play *play, const char *call, const char *const names[3], json_t *with) {
    json_t *fields = json_object();
    for (size_t at = 0; at < json_array_size(with); at++)
        json_object_set_new(fields, names[at], below(play, json_string_value(json_array_get(with, at))));
    bool promotes = !strcmp(call, "promote");
    if (promotes) json_object_set(fields, "options", play->options);
    json_t *came = managed(json_pack("{so}", call, fields)), *ok = json_object_get(came, "ok");
    if (promotes && ok) json_object_set(came, "ok", json_object_get(ok, "epoch"));
    return came;
}

static json_t *take(Play *play, const char *call, json_t *with) {
    if (!strcmp(call, "clock")) {
        json_t *request = json_pack("{s{sO}}", "clock", "at", json_array_get(with, 0));
        char *text = dumped(request, 0);
        if (ledger_manage(text, NULL) != LEDGER_STATUS_OK) stop("the library has no testkit");
        free(text);
        json_decref(request);
        json_object_set(play->options, "clock", json_array_get(with, 0));
        return NULL;
    }
    if (!strcmp(call, "mishap")) {
        json_t *request = json_pack("{s{sosO}}", "mishap", "folder", below(play, "ledger"), "what", json_array_get(with, 0));
        json_t *happened = managed(request), *failed = json_object_get(happened, "ok");
        if (!json_is_null(failed)) stop(failed ? json_string_value(failed) : "the library has no testkit");
        json_decref(happened);
        return NULL;
    }
    static const struct {
        const char *call, *names[3];
    } kept[] = {{"backup", {"folder", "to"}},
                {"backup_keys", {"folder", "to_file"}},
                {"restore", {"backup", "keys", "to"}},
                {"follow", {"source", "copy"}},
                {"promote", {"copy"}}};
    for (size_t at = 0; at < sizeof kept / sizeof *kept; at++)
        if (!strcmp(call, kept[at].call)) return kept_safe(play, call, kept[at].names, with);
    if (!strcmp(call, "open")) return opened(play, with);
    if (!strcmp(call, "import")) return imported(play, with);
    if (!strcmp(call, "ingest_webhook")) return webhook(play, with);
    if (!strcmp(call, "close")) return outcome(ledger_close(play->ledger), NULL);
    return asked(play, call, with);
}

/* Without what differs from run to run: folders, processes, places in files. */
static char *told(json_t *value) {
    char *text = dumped(value, JSON_SORT_KEYS | JSON_COMPACT), *to = text;
    for (char *from = text; *from;) {
        const char *marks[] = {"process ", "at byte ", "\"holder\":\""};
        for (int mark = 0; mark < 3; mark++) {
            size_t length = strlen(marks[mark]);
            if (!strncmp(from, marks[mark], length)) {
                memmove(to, from, length);
                to += length;
                from += length;
                while (*from >= '0' && *from <= '9') from++;
            }
        }
        /* "/one/two/name": from the first stroke to the last one of the word. */
        if (*from == '/') {
            char *last = from;
            for (char *at = from; *at && *at != ' ' && *at != '"'; at++)
                if (*at == '/') last = at;
            if (last != from) {
                from = last + 1;
                continue;
            }
        }
        if (*from) *to++ = *from++;
    }
    *to = 0;
    return text;
}

static void begin(Play *play, json_t *with) {
    play->options = json_pack("{sOsOsisi}", "clock", json_array_get(with, 0), "mode", json_array_get(with, 1), "entropy_seed",
                              7, "segment_bytes", 65536);
    char path[1024], *text = dumped(play->options, 0);
    snprintf(path, sizeof path, "%s/ledger", play->folder);
    if (ledger_open(json_is_true(json_array_get(with, 2)) ? path : NULL, text, &play->ledger) != LEDGER_STATUS_OK) stop(ledger_last_error());
    free(text);
}

static bool played(const char *script, const char *name, const char *folder) {
    Play play = {0};
    snprintf(play.folder, sizeof play.folder, "%s/%s", folder, name);
    mkdir(play.folder, 0700);
    FILE *file = fopen(script, "r");
    if (!file) stop(script);
    char *line = NULL;
    size_t size = 0;
    bool same = true, ended = false;
    for (int number = 0; same && !ended && getline(&line, &size, file) > 0; number++) {
        json_t *step = parsed(line), *with = json_object_get(step, "with");
        const char *call = json_string_value(json_object_get(step, "call"));
        if (!strcmp(call, "begin")) {
            begin(&play, with);
        } else if (!strcmp(call, "end")) {
            ended = json_integer_value(json_array_get(with, 0)) == number;
        } else {
            json_t *found = take(&play, call, with);
            if (found) {
                char *wanted = told(json_object_get(step, "answer")), *came = told(found);
                same = !strcmp(wanted, came);
                if (!same) fprintf(stderr, "%s, step %d, %s:\nwanted %s\n found %s\n", name, number, call, wanted, came);
                free(wanted);
                free(came);
                json_decref(found);
            }
        }
        json_decref(step);
    }
    free(line);
    fclose(file);
    json_decref(play.options);
    ledger_close(play.ledger);
    if (same && !ended) fprintf(stderr, "%s has no end, or not all that is before\n", name);
    return same && ended;
}

static int is_script(const struct dirent *entry) { return strstr(entry->d_name, ".jsonl") != NULL; }

int main(int count, char **arguments) {
    if (count != 3) stop("scenarios TRANSCRIPTS FOLDER");
    struct dirent **scripts;
    int found = scandir(arguments[1], &scripts, is_script, alphasort), passed = 0;
    if (found < 1) stop("no scenario was written down");
    for (int at = 0; at < found; at++) {
        char path[1024], name[256];
        snprintf(path, sizeof path, "%s/%s", arguments[1], scripts[at]->d_name);
        snprintf(name, sizeof name, "%.*s", (int)(strlen(scripts[at]->d_name) - strlen(".jsonl")), scripts[at]->d_name);
        passed += played(path, name, arguments[2]);
        free(scripts[at]);
    }
    free(scripts);
    printf("scenarios c: %d run, %d passed\n", found, passed);
    return passed == found ? 0 : 1;
}
