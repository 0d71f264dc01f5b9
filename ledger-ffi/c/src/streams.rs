//! Callbacks of C, as streams of Rust.

use core::ffi::{c_char, c_void};
use std::ffi::CString;
use std::io::{BufWriter, Error, Read, Write};

use ledger_core::{
    ErrorCode, ImportError, ImportFlow, ImportReport, ImportWatch, Importer, Mapping, RejectedRow,
};
use serde::Serialize;

use crate::Opened;
use crate::answers::{Failure, Refused, text_of};
use crate::requests::{Import, Transfer};

/// Gives bytes: puts at most `room` of them at `into`, and says how many; 0 is the end, and less than 0 a failure.
pub type LedgerRead = Option<unsafe extern "C" fn(user: *mut c_void, into: *mut u8, room: usize) -> isize>;

/// Takes bytes; 0 says that it has all of them, anything else that it failed.
pub type LedgerWrite =
    Option<unsafe extern "C" fn(user: *mut c_void, bytes: *const u8, length: usize) -> i32>;

/// Is told of a row that is not posted: its line, the code and the reason, and its bytes. 0 goes on, anything else ends the
/// import there.
pub type LedgerReject = Option<
    unsafe extern "C" fn(
        user: *mut c_void,
        line: u64,
        code: u16,
        reason: *const c_char,
        original: *const u8,
        length: usize,
    ) -> i32,
>;

/// A function of C and what it is handed.
pub struct Callback<F> {
    pub call: F,
    pub user: *mut c_void,
}

// SAFETY: the header says that a callback is called from whatever thread; what `user` is, is for who wrote both.
unsafe impl<F: Send> Send for Callback<F> {}

type ReadBytes = unsafe extern "C" fn(*mut c_void, *mut u8, usize) -> isize;
type WriteBytes = unsafe extern "C" fn(*mut c_void, *const u8, usize) -> i32;

impl Read for Callback<ReadBytes> {
    fn read(&mut self, room: &mut [u8]) -> Result<usize, Error> {
        // SAFETY: the function is one that the caller gave for this, and there is as much room.
        let read = unsafe { (self.call)(self.user, room.as_mut_ptr(), room.len()) };
        match usize::try_from(read) {
            Ok(read) if read <= room.len() => Ok(read),
            Ok(_) => Err(Error::other("the callback says that it read more than there is room for")),
            Err(_) => Err(Error::other("the callback that reads failed")),
        }
    }
}

impl Write for Callback<WriteBytes> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        // SAFETY: the function is one that the caller gave for this, and there are as many bytes.
        let failed = unsafe { (self.call)(self.user, bytes.as_ptr(), bytes.len()) };
        if failed == 0 { Ok(bytes.len()) } else { Err(Error::other("the callback that writes failed")) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// Who is told of rows.
struct Watching {
    reject: LedgerReject,
    user: *mut c_void,
}

impl ImportWatch for Watching {
    fn progress(&mut self, _report: &ImportReport) -> ImportFlow {
        ImportFlow::Continue
    }

    fn rejected(&mut self, row: &RejectedRow) -> Result<(), Error> {
        let Some(reject) = self.reject else { return Ok(()) };
        let reason = CString::new(row.reason.replace('\0', "\u{fffd}")).unwrap_or_default();
        let (code, original) = (row.code.number(), &row.original);
        // SAFETY: the function is one that the caller gave for this; all it is handed lives until it returns.
        let failed =
            unsafe { reject(self.user, row.line, code, reason.as_ptr(), original.as_ptr(), original.len()) };
        if failed == 0 { Ok(()) } else { Err(Error::other("the callback that is told of rows failed")) }
    }
}

/// How far an import came, and what stopped it.
#[derive(Serialize)]
struct Imported<'a> {
    report: &'a ImportReport,
    stopped: Option<Failure<'a>>,
}

/// Imports.
pub fn import(
    ledger: &Opened,
    request: &Import,
    read: Callback<ReadBytes>,
    reject: LedgerReject,
) -> Result<String, Refused> {
    let mapping = Mapping::shipped(&request.mapping).unwrap_or_else(|| Mapping::parse(&request.mapping));
    let mapping = mapping.map_err(|error| Refused::Coded(error.code(), error.to_string()))?;
    let mut watching = Watching { reject, user: read.user };
    let mut importer = Importer::new(ledger, mapping, request.mode)?;
    let read = importer.read(read, &mut watching);
    let stopped = match &read {
        Ok(_) => None,
        Err(ImportError::Ledger(error)) => Some(Failure::of(error)),
        Err(error) => Some(Failure::coded(error.code(), error.to_string())),
    };
    text_of(&Imported { report: importer.report(), stopped })
}

/// Exports; the last record that is in it.
pub fn export(ledger: &Opened, transfer: &Transfer, write: Callback<WriteBytes>) -> Result<u64, Refused> {
    // Many small writes become few calls.
    let mut out = BufWriter::with_capacity(64 << 10, write);
    let written = match transfer {
        Transfer::Format(format) => ledger.export(*format, &mut out),
        Transfer::Donor(donor) => ledger.export_donor(*donor, &mut out),
    };
    let failed = |error: Error| Refused::Coded(ErrorCode::ReadFailed, format!("write export: {error}"));
    let ended = written.map_err(Refused::from).and_then(|seq| out.flush().map(|()| seq).map_err(failed));
    // A callback that failed is not called again with what is left.
    drop(out.into_parts());
    ended
}
