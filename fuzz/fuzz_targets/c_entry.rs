//! The functions of C, called with whatever bytes: no panic, no answer where a call failed, and a book that is whole after it.
//! Built with AddressSanitizer: what C hands over is the one thing here that the compiler cannot check.
#![no_main]

use core::ffi::{CStr, c_char, c_void};
use core::ptr::{null, null_mut};
use std::ffi::CString;

use ledger::{
    LedgerHandle, LedgerStatus, ledger_acknowledge, ledger_close, ledger_export, ledger_free, ledger_import,
    ledger_ingest_webhook, ledger_last_error, ledger_next_notices, ledger_open, ledger_query, ledger_submit,
};
use libfuzzer_sys::fuzz_target;

/// What is read, and whether reading fails behind it and nobody wants to hear of rows.
struct Rows<'a>(&'a [u8], bool);

unsafe extern "C" fn read(user: *mut c_void, into: *mut u8, room: usize) -> isize {
    let rows = unsafe { &mut *user.cast::<Rows<'_>>() };
    if rows.0.is_empty() && rows.1 {
        return -1;
    }
    let (now, later) = rows.0.split_at(room.min(rows.0.len()));
    unsafe { core::ptr::copy_nonoverlapping(now.as_ptr(), into, now.len()) };
    rows.0 = later;
    isize::try_from(now.len()).unwrap_or(-1)
}

unsafe extern "C" fn reject(
    user: *mut c_void,
    _line: u64,
    code: u16,
    reason: *const c_char,
    original: *const u8,
    length: usize,
) -> i32 {
    assert_ne!(code, 0);
    assert!(!unsafe { CStr::from_ptr(reason) }.is_empty());
    let _ = unsafe { core::slice::from_raw_parts(original, length) }.to_vec();
    i32::from(unsafe { &*user.cast::<Rows<'_>>() }.1)
}

unsafe extern "C" fn write(user: *mut c_void, bytes: *const u8, length: usize) -> i32 {
    let taken = unsafe { &mut *user.cast::<Vec<u8>>() };
    taken.extend_from_slice(unsafe { core::slice::from_raw_parts(bytes, length) });
    0
}

/// An answer is there exactly where the call did what it says.
fn check(status: LedgerStatus, answer: *mut c_char) {
    assert_ne!(status, LedgerStatus::Panic);
    assert_eq!(status == LedgerStatus::Ok, !answer.is_null());
    let error = unsafe { CStr::from_ptr(ledger_last_error()) };
    assert!(error.to_bytes().starts_with(b"{"));
    unsafe { ledger_free(answer) };
}

fn call(ledger: LedgerHandle, which: u8, text: &CStr, rest: &[u8]) {
    let mut answer = null_mut();
    let (place, text) = (&raw mut answer, text.as_ptr());
    let status = match which % 8 {
        0 => unsafe { ledger_submit(ledger, text, place) },
        1 => unsafe { ledger_query(ledger, text, place) },
        2 => unsafe { ledger_next_notices(ledger, text, u32::from(which), place) },
        3 => unsafe { ledger_ingest_webhook(ledger, text, rest.as_ptr(), rest.len(), place) },
        4 => {
            let mut rows = Rows(rest, which >= 128);
            let user = (&raw mut rows).cast();
            unsafe { ledger_import(ledger, text, Some(read), Some(reject), user, place) }
        }
        5 => {
            let status = unsafe { ledger_acknowledge(ledger, text, u64::from(which)) };
            assert_ne!(status, LedgerStatus::Panic);
            return;
        }
        6 => {
            let mut opened = 0;
            let status = unsafe { ledger_open(null(), text, &raw mut opened) };
            assert_ne!(status, LedgerStatus::Panic);
            assert_eq!(status == LedgerStatus::Ok, opened != 0);
            assert_eq!(ledger_close(opened), LedgerStatus::Ok);
            return;
        }
        _ => {
            let mut taken: Vec<u8> = Vec::new();
            let status = unsafe { ledger_export(ledger, text, Some(write), (&raw mut taken).cast(), null_mut()) };
            assert_ne!(status, LedgerStatus::Panic);
            return;
        }
    };
    check(status, answer);
}

// Calls, each a byte that says which, a text that ends with a zero byte, and what is left for the one that takes bytes.
fuzz_target!(|data: &[u8]| {
    let mut ledger = 0;
    assert_eq!(unsafe { ledger_open(null(), null(), &raw mut ledger) }, LedgerStatus::Ok);
    let mut left = data;
    for _ in 0..8 {
        let Some((which, rest)) = left.split_first() else { break };
        let end = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        left = after.get(1..).unwrap_or_default();
        call(ledger, *which, &CString::new(text).expect("no zero byte"), left);
    }
    let mut audit = null_mut();
    assert_eq!(unsafe { ledger_query(ledger, c"{\"audit\": {}}".as_ptr(), &raw mut audit) }, LedgerStatus::Ok);
    let told = unsafe { CStr::from_ptr(audit) }.to_string_lossy().into_owned();
    assert!(told.contains("\"difference\":null"), "{told}");
    unsafe { ledger_free(audit) };
    assert_eq!(ledger_close(ledger), LedgerStatus::Ok);
    assert_eq!(unsafe { ledger_query(ledger, c"{}".as_ptr(), null_mut()) }, LedgerStatus::Misuse);
});
