//! Handles: numbers that are given out once, so that one that was closed can be told from one that is open.

use core::sync::atomic::{AtomicU64, Ordering};
use std::collections::BTreeMap;

use ledger_core::{Ledger, LedgerError};
use parking_lot::RwLock;

use crate::LedgerHandle;

static NEXT: AtomicU64 = AtomicU64::new(1);
static OPEN: RwLock<BTreeMap<LedgerHandle, Ledger>> = RwLock::new(BTreeMap::new());

/// Whether a handle was given out once, open or not.
pub fn was_given_out(handle: LedgerHandle) -> bool {
    (1..NEXT.load(Ordering::Relaxed)).contains(&handle)
}

fn nobody(handle: LedgerHandle) -> LedgerError {
    let why = if was_given_out(handle) { "by close" } else { "handle was never given out" };
    LedgerError::Closed { why: why.to_owned() }
}

/// Gives out a handle.
pub fn add(ledger: Ledger) -> LedgerHandle {
    let handle = NEXT.fetch_add(1, Ordering::Relaxed);
    OPEN.write().insert(handle, ledger);
    handle
}

/// The ledger of a handle. Nothing is locked while it is used.
pub fn find(handle: LedgerHandle) -> Result<Ledger, LedgerError> {
    OPEN.read().get(&handle).cloned().ok_or_else(|| nobody(handle))
}

/// Takes the meaning of a handle away; its ledger, where it had one.
pub fn remove(handle: LedgerHandle) -> Option<Ledger> {
    OPEN.write().remove(&handle)
}
