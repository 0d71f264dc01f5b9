/* The donation ledger for C and C++. Written by cbindgen from ledger-ffi/c/src; a test compares.
 *
 * What is asked and answered is JSON in UTF-8, as serde writes the commands and questions of ledger-core; docs/c.md shows
 * the forms. Every function may be called from any thread, and nothing that a function is given is kept after it returns.
 *
 * Pointers:
 *  - A `const char *` that is given is text that ends with a zero byte, valid during the call. NULL is refused with
 *    LEDGER_STATUS_MISUSE, unless it says here what NULL means.
 *  - A `char **` that is given receives a text that belongs to the caller, who gives it back with `ledger_free`, once. On
 *    any other status than LEDGER_STATUS_OK it receives NULL. NULL instead of a place: the answer is not wanted.
 *  - A handle is a number. One that was closed, or never given out, is refused with LEDGER_STATUS_REFUSED and code 5003,
 *    and nothing happens.
 *  - What a callback is given is valid until it returns. `user` is handed to it as it was given, and not looked at. A
 *    callback must not throw an exception or jump out, and may call any function here but `ledger_close` of its handle.
 *
 * No panic and no exception of Rust comes out of a function. */


#ifndef DONATION_LEDGER_H
#define DONATION_LEDGER_H

#include <stdint.h>
#include <stddef.h>

/*
 What came of a call.
 */
typedef enum {
  /*
   It did what it says.
   */
  LEDGER_STATUS_OK = 0,
  /*
   The ledger said no, and nothing happened, unless the code is 5002; `ledger_last_error` says why.
   */
  LEDGER_STATUS_REFUSED = 1,
  /*
   It was called in a way that means nothing, and nothing happened: a NULL where there must be none, bytes that are not
   UTF-8, JSON that is none or not of this form. `ledger_last_error` says what.
   */
  LEDGER_STATUS_MISUSE = 2,
  /*
   A defect of this library, after which a ledger is best closed and opened again; `ledger_last_error` says where.
   */
  LEDGER_STATUS_PANIC = 3,
} LedgerStatus;

/*
 An open ledger. 0 is none.
 */
typedef uint64_t LedgerHandle;

/*
 Gives bytes: puts at most `room` of them at `into`, and says how many; 0 is the end, and less than 0 a failure.
 */
typedef ptrdiff_t (*LedgerRead)(void *user, uint8_t *into, size_t room);

/*
 Is told of a row that is not posted: its line, the code and the reason, and its bytes. 0 goes on, anything else ends the
 import there.
 */
typedef int32_t (*LedgerReject)(void *user,
                                uint64_t line,
                                uint16_t code,
                                const char *reason,
                                const uint8_t *original,
                                size_t length);

/*
 Takes bytes; 0 says that it has all of them, anything else that it failed.
 */
typedef int32_t (*LedgerWrite)(void *user, const uint8_t *bytes, size_t length);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/*
 Opens the ledger in a folder, as the one writer; by default makes one where there is none.

 `folder`: its path; NULL is a ledger in memory, gone when it is closed. `options`: a JSON object with any of `opening`,
 `mode`, `durability`, `segment_bytes`, `cache_bytes`, `checkpoint_records`, `state`, `read_only` and `damaged`; NULL is
 none. `ledger`: receives the handle, or 0.
 */
LedgerStatus ledger_open(const char *folder,
                         const char *options,
                         LedgerHandle *ledger);

/*
 Commits a command, or several. They happened, durably, when it returns `LEDGER_STATUS_OK`.

 `commands`: `{"donate": {...}}`, or an array of such. `answer`: what the commit wrote; of an array, an array with
 `{"ok": ...}` or `{"error": ...}` for each.
 */
LedgerStatus ledger_submit(LedgerHandle ledger,
                           const char *commands,
                           char **answer);

/*
 Asks a question, which changes nothing of the book.

 `query`: the name of a method of `Ledger` with its arguments, such as `{"donor": {"donor": "don_..."}}` or
 `{"stats": {}}`. `answer`: what it gives, or `null`.
 */
LedgerStatus ledger_query(LedgerHandle ledger,
                          const char *query,
                          char **answer);

/*
 The next notices that a consumer has not acknowledged, `limit` at most, and some more where one record has several.
 */
LedgerStatus ledger_next_notices(LedgerHandle ledger,
                                 const char *consumer,
                                 uint32_t limit,
                                 char **answer);

/*
 Notes that a consumer has done what notices up to a record ask for.
 */
LedgerStatus ledger_acknowledge(LedgerHandle ledger, const char *consumer, uint64_t through);

/*
 Takes in a webhook: verifies it, and commits what it says in one record. One that is forged, old or not understood is no
 error: the answer says so.

 `request`: `{"provider": {"stripe": {"processor": ..., "bank": ..., "secrets": [...], "mode": "live"}}, "headers":
 [["Stripe-Signature", ...]]}`. `body`, `length`: the body, byte for byte.
 */
LedgerStatus ledger_ingest_webhook(LedgerHandle ledger,
                                   const char *request,
                                   const uint8_t *body,
                                   size_t length,
                                   char **answer);

/*
 Imports rows of another system, plain or gzip; each once, whenever it is read again.

 `request`: `{"mapping": ..., "mode": "post"}`, with the name of a mapping that comes with the library or the text of one's
 own. `read`: gives the bytes. `reject`: is told of each row that is not posted; NULL: nobody is. `answer`: `{"report":
 ..., "stopped": null}`, or why it ended before its source; what was counted before is committed.
 */
LedgerStatus ledger_import(LedgerHandle ledger,
                           const char *request,
                           LedgerRead read,
                           LedgerReject reject,
                           void *user,
                           char **answer);

/*
 Exports the journal, or what is held of a donor.

 `request`: `{"format": "hledger"}` (or `beancount`, `csv`, `json_lines`), or `{"donor": "don_..."}`. `write`: takes the
 bytes. `seq`: receives the last record that is in it; NULL: it is not wanted.
 */
LedgerStatus ledger_export(LedgerHandle ledger,
                           const char *request,
                           LedgerWrite write,
                           void *user,
                           uint64_t *seq);

/*
 Does what is done with folders, and the sums that need no ledger.

 `request`: `{"backup": {"folder": ..., "to": ...}}`; in its place `backup_keys` (`folder`, `to_file`), `restore` (`backup`,
 `keys`, `to`), `drill` (`backup`, `keys`, `beside`), `doctor` (`folder`), `repair` (`folder`), `follow` (`source`, `copy`:
 once, up to what the source has now), `promote` (`copy`, and perhaps `options` as of `ledger_open`, less `read_only`),
 `split` (`total` and `weights`: integers that add up to `total`, or null where all weights are 0) or `minor_digits` (`currency`).
 */
LedgerStatus ledger_manage(const char *request,
                           char **answer);

/*
 What the last call of this thread that was not `LEDGER_STATUS_OK` failed with: a JSON object of `code`, `name`, `kind`,
 `message`, `retryable` and `fields`. It belongs to the library, and is valid until the next call of this thread; an empty
 object before the first failure. Never NULL.
 */
const char *ledger_last_error(void);

/*
 Gives a text back that a function has made. NULL is allowed. The same text twice is not, and nothing here can tell.
 */
void ledger_free(char *text);

/*
 Closes a ledger: brings everything to rest and gives the folder back. Calls of other threads that are under way end first; an
 export or an import, which is many of them, stops with 5003. Its handle means nothing from then on, whatever the status. 0, and a
 handle that was closed before, are allowed.
 */
LedgerStatus ledger_close(LedgerHandle ledger);

/*
 The version of the library, such as `0.1.0`. It belongs to the library.
 */
const char *ledger_version(void);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* DONATION_LEDGER_H */
