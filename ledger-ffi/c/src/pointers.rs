//! Pointers of C: looked at here, and nowhere else.

use core::ffi::{CStr, c_char};
use std::ffi::CString;

use crate::answers::Refused;

/// A text that must be there.
///
/// # Safety
/// It is NULL, or text that ends with a zero byte and is valid for as long as the result is used.
pub unsafe fn text<'a>(text: *const c_char, name: &'static str) -> Result<&'a str, Refused> {
    unsafe { optional_text(text, name) }?.ok_or(Refused::Null(name))
}

/// A text that may be missing.
///
/// # Safety
/// As `text`.
pub unsafe fn optional_text<'a>(text: *const c_char, name: &'static str) -> Result<Option<&'a str>, Refused> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller says that it ends with a zero byte and lives long enough.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map(Some).map_err(|_| Refused::NotText(name))
}

/// Bytes; NULL is none of them.
///
/// # Safety
/// It is NULL, or `length` bytes that are valid for as long as the result is used.
pub unsafe fn bytes<'a>(bytes: *const u8, length: usize, name: &'static str) -> Result<&'a [u8], Refused> {
    match (bytes.is_null(), length) {
        (true, 0) => Ok(&[]),
        (true, _) => Err(Refused::Null(name)),
        // SAFETY: the caller says that there are as many bytes, for long enough.
        (false, _) => Ok(unsafe { core::slice::from_raw_parts(bytes, length) }),
    }
}

/// Where a result is put.
pub struct Place<'a, T>(Option<&'a mut T>);

impl<T> Place<'_, T> {
    /// A place that must be there; it holds `none` until a result is put.
    ///
    /// # Safety
    /// It is NULL, or valid for writing.
    pub unsafe fn of(at: *mut T, none: T, name: &'static str) -> Result<Self, Refused> {
        let place = unsafe { Self::wanted(at, none) };
        if place.is_wanted() { Ok(place) } else { Err(Refused::Null(name)) }
    }

    /// A place that may be missing.
    ///
    /// # Safety
    /// As `of`.
    pub unsafe fn wanted(at: *mut T, none: T) -> Self {
        if at.is_null() {
            return Self(None);
        }
        // What is there need not be a value yet.
        unsafe { at.write(none) };
        // SAFETY: it is valid for writing, and a value by now.
        Self(unsafe { at.as_mut() })
    }

    pub fn is_wanted(&self) -> bool {
        self.0.is_some()
    }

    /// Puts a result.
    pub fn put(&mut self, value: T) {
        if let Some(place) = &mut self.0 {
            **place = value;
        }
    }
}

/// Hands a text over to C.
pub fn hand_over(text: String) -> Result<*mut c_char, Refused> {
    // JSON writes a zero byte as \u0000, so there is none.
    CString::new(text).map(CString::into_raw).map_err(|_| Refused::NotText("answer"))
}

/// Takes a text back that was handed over.
///
/// # Safety
/// It is NULL, or was handed over and not taken back yet.
pub unsafe fn take_back(text: *mut c_char) {
    if !text.is_null() {
        // SAFETY: `hand_over` made it, and the caller says that it is here for the first time.
        drop(unsafe { CString::from_raw(text) });
    }
}
