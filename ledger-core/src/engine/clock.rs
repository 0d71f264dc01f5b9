//! The only place where the clock is read.

#[cfg(feature = "testkit")]
use std::sync::Arc;
#[cfg(feature = "testkit")]
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::vocabulary::time::Timestamp;

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The operating system.
    #[default]
    System,
    /// A time that a test sets, in microseconds.
    #[cfg(feature = "testkit")]
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The time now.
    pub fn now(&self) -> Timestamp {
        match self {
            #[cfg(feature = "testkit")]
            Self::Set(micros) => Timestamp::from_micros(micros.load(Ordering::SeqCst)),
            Self::System => {
                #[allow(clippy::disallowed_methods, reason = "this is the one place")]
                let now = SystemTime::now();
                let micros = match now.duration_since(UNIX_EPOCH) {
                    Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
                    Err(before) => {
                        i64::try_from(before.duration().as_micros()).unwrap_or(i64::MAX).wrapping_neg()
                    }
                };
                Timestamp::from_micros(micros)
            }
        }
    }
}
