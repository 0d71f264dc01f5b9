//! The ledger for C: about a dozen functions over commands and questions as JSON. No rule is here. What a function promises
//! is said in the header that cbindgen makes of this file, `include/ledger.h`.

#![allow(unsafe_code, reason = "C hands over pointers; each is looked at in pointers.rs, and nowhere else")]
#![allow(clippy::missing_safety_doc, reason = "the top of the header says it once for all")]

mod answers;
mod handles;
mod options;
mod pointers;
mod requests;
mod streams;

use core::ffi::{c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};

use ledger_core::{AcknowledgeNotices, Command, Ledger};

use crate::answers::{Refused, keep_error, text_of};
use crate::handles::{add, find};
use crate::pointers::{Place, bytes, optional_text, text};
use crate::requests::{Management, Transfer, Webhook, decided, ingest, manage};
use crate::streams::{Callback, LedgerRead, LedgerReject, LedgerWrite, import};

/// An open ledger. 0 is none.
pub type LedgerHandle = u64;

/// What came of a call.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerStatus {
    /// It did what it says.
    Ok = 0,
    /// The ledger said no, and nothing happened, unless the code is 5002; `ledger_last_error` says why.
    Refused = 1,
    /// It was called in a way that means nothing, and nothing happened: a NULL where there must be none, bytes that are not
    /// UTF-8, JSON that is none or not of this form. `ledger_last_error` says what.
    Misuse = 2,
    /// A defect of this library, after which a ledger is best closed and opened again; `ledger_last_error` says where.
    Panic = 3,
}

/// Runs what a function does; no panic leaves it.
fn guarded(work: impl FnOnce() -> Result<(), Refused>) -> LedgerStatus {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => LedgerStatus::Ok,
        Ok(Err(refused)) => {
            let status = refused.status();
            keep_error(&refused);
            status
        }
        Err(_) => {
            keep_error(&Refused::Panic);
            LedgerStatus::Panic
        }
    }
}

/// Opens the ledger in a folder, as the one writer; by default makes one where there is none.
///
/// `folder`: its path; NULL is a ledger in memory, gone when it is closed. `options`: a JSON object with any of `opening`,
/// `mode`, `durability`, `segment_bytes`, `cache_bytes`, `checkpoint_records`, `state`, `read_only` and `damaged`; NULL is
/// none. `ledger`: receives the handle, or 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_open(
    folder: *const c_char,
    options: *const c_char,
    ledger: *mut LedgerHandle,
) -> LedgerStatus {
    guarded(|| {
        let mut place = unsafe { Place::of(ledger, 0, "ledger") }?;
        let (folder, options) =
            unsafe { (optional_text(folder, "folder")?, optional_text(options, "options")?) };
        place.put(add(options::open(folder, options)?));
        Ok(())
    })
}

/// Commits a command, or several. They happened, durably, when it returns `LEDGER_STATUS_OK`.
///
/// `commands`: `{"donate": {...}}`, or an array of such. `answer`: what the commit wrote; of an array, an array with
/// `{"ok": ...}` or `{"error": ...}` for each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_submit(
    ledger: LedgerHandle,
    commands: *const c_char,
    answer: *mut *mut c_char,
) -> LedgerStatus {
    answering(answer, || decided(&find(ledger)?, unsafe { text(commands, "commands") }?))
}

/// Asks a question, which changes nothing of the book.
///
/// `query`: the name of a method of `Ledger` with its arguments, such as `{"donor": {"donor": "don_..."}}` or
/// `{"stats": {}}`. `answer`: what it gives, or `null`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_query(
    ledger: LedgerHandle,
    query: *const c_char,
    answer: *mut *mut c_char,
) -> LedgerStatus {
    answering(answer, || {
        let query = requests::question(unsafe { text(query, "query") }?)?;
        text_of(&find(ledger)?.ask(&query)?)
    })
}

/// The next notices that a consumer has not acknowledged, `limit` at most, and some more where one record has several.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_next_notices(
    ledger: LedgerHandle,
    consumer: *const c_char,
    limit: u32,
    answer: *mut *mut c_char,
) -> LedgerStatus {
    answering(answer, || text_of(&find(ledger)?.next_notices(unsafe { text(consumer, "consumer") }?, limit)?))
}

/// Notes that a consumer has done what notices up to a record ask for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_acknowledge(
    ledger: LedgerHandle,
    consumer: *const c_char,
    through: u64,
) -> LedgerStatus {
    guarded(|| {
        let consumer = unsafe { text(consumer, "consumer") }?.to_owned();
        let command = Command::AcknowledgeNotices(AcknowledgeNotices { consumer, through });
        find(ledger)?.submit(command)?;
        Ok(())
    })
}

/// Takes in a webhook: verifies it, and commits what it says in one record. One that is forged, old or not understood is no
/// error: the answer says so.
///
/// `request`: `{"provider": {"stripe": {"processor": ..., "bank": ..., "secrets": [...], "mode": "live"}}, "headers":
/// [["Stripe-Signature", ...]]}`. `body`, `length`: the body, byte for byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_ingest_webhook(
    ledger: LedgerHandle,
    request: *const c_char,
    body: *const u8,
    length: usize,
    answer: *mut *mut c_char,
) -> LedgerStatus {
    answering(answer, || {
        let webhook: Webhook = requests::read(unsafe { text(request, "request") }?)?;
        ingest(&find(ledger)?, &webhook, unsafe { bytes(body, length, "body") }?)
    })
}

/// Imports rows of another system, plain or gzip; each once, whenever it is read again.
///
/// `request`: `{"mapping": ..., "mode": "post"}`, with the name of a mapping that comes with the library or the text of one's
/// own. `read`: gives the bytes. `reject`: is told of each row that is not posted; NULL: nobody is. `answer`: `{"report":
/// ..., "stopped": null}`, or why it ended before its source; what was counted before is committed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_import(
    ledger: LedgerHandle,
    request: *const c_char,
    read: LedgerRead,
    reject: LedgerReject,
    user: *mut c_void,
    answer: *mut *mut c_char,
) -> LedgerStatus {
    answering(answer, || {
        let request = requests::read(unsafe { text(request, "request") }?)?;
        let read = read.ok_or(Refused::Null("read"))?;
        import(&find(ledger)?, &request, Callback { call: read, user }, reject)
    })
}

/// Exports the journal, or what is held of a donor.
///
/// `request`: `{"format": "hledger"}` (or `beancount`, `csv`, `json_lines`), or `{"donor": "don_..."}`. `write`: takes the
/// bytes. `seq`: receives the last record that is in it; NULL: it is not wanted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_export(
    ledger: LedgerHandle,
    request: *const c_char,
    write: LedgerWrite,
    user: *mut c_void,
    seq: *mut u64,
) -> LedgerStatus {
    guarded(|| {
        let mut place = unsafe { Place::wanted(seq, 0) };
        let transfer: Transfer = requests::read(unsafe { text(request, "request") }?)?;
        let call = write.ok_or(Refused::Null("write"))?;
        place.put(streams::export(&find(ledger)?, &transfer, Callback { call, user })?);
        Ok(())
    })
}

/// Does what is done with folders, and the sums that need no ledger.
///
/// `request`: `{"backup": {"folder": ..., "to": ...}}`; in its place `backup_keys` (`folder`, `to_file`), `restore` (`backup`,
/// `keys`, `to`), `drill` (`backup`, `keys`, `beside`), `doctor` (`folder`), `repair` (`folder`), `follow` (`source`, `copy`:
/// once, up to what the source has now), `promote` (`copy`, and perhaps `options` as of `ledger_open`, less `read_only`),
/// `split` (`total` and `weights`: integers that add up to `total`, or null where all weights are 0) or `minor_digits` (`currency`).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_manage(request: *const c_char, answer: *mut *mut c_char) -> LedgerStatus {
    answering(answer, || {
        let management: Management = requests::read(unsafe { text(request, "request") }?)?;
        manage(&management)
    })
}

/// What the last call of this thread that was not `LEDGER_STATUS_OK` failed with: a JSON object of `code`, `name`, `kind`,
/// `message`, `retryable` and `fields`. It belongs to the library, and is valid until the next call of this thread; an empty
/// object before the first failure. Never NULL.
#[unsafe(no_mangle)]
pub extern "C" fn ledger_last_error() -> *const c_char {
    answers::last_error()
}

/// Gives a text back that a function has made. NULL is allowed. The same text twice is not, and nothing here can tell.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ledger_free(text: *mut c_char) {
    unsafe { pointers::take_back(text) };
}

/// Closes a ledger: brings everything to rest and gives the folder back. Calls of other threads that are under way end first; an
/// export or an import, which is many of them, stops with 5003. Its handle means nothing from then on, whatever the status. 0, and a
/// handle that was closed before, are allowed.
#[unsafe(no_mangle)]
pub extern "C" fn ledger_close(ledger: LedgerHandle) -> LedgerStatus {
    guarded(|| {
        // It is found until it is closed: who closes it at the same time waits for the folder too.
        let closed = match find(ledger) {
            Ok(open) => open.close(),
            Err(_) if ledger == 0 || handles::was_given_out(ledger) => Ok(()),
            Err(never) => Err(never),
        };
        handles::remove(ledger);
        Ok(closed?)
    })
}

/// The version of the library, such as `0.1.0`. It belongs to the library.
#[unsafe(no_mangle)]
pub extern "C" fn ledger_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// Runs a function whose answer is a text.
fn answering(answer: *mut *mut c_char, work: impl FnOnce() -> Result<String, Refused>) -> LedgerStatus {
    guarded(|| {
        let mut place = unsafe { Place::wanted(answer, core::ptr::null_mut()) };
        let text = work()?;
        if place.is_wanted() {
            place.put(pointers::hand_over(text)?);
        }
        Ok(())
    })
}

/// A handle of the library that is shared with nobody: what the modules work on.
type Opened = Ledger;
