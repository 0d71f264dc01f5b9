//! What the app reads from and writes to, as streams of Rust.

use std::io::{Error, Read, Write};
use std::sync::Arc;

/// What an app throws where it cannot read or write.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum StreamError {
    /// It failed.
    #[error("{reason}")]
    Failed {
        /// Why.
        reason: String,
    },
}

/// Whatever else a callback throws.
impl From<uniffi::UnexpectedUniFFICallbackError> for StreamError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // From Kotlin it is a whole stack trace.
        Self::Failed { reason: error.reason.lines().next().unwrap_or_default().to_owned() }
    }
}

/// Takes bytes: what an export is written to.
#[uniffi::export(with_foreign)]
pub trait ByteSink: Send + Sync {
    /// Takes all of them, or throws; then nothing more is written.
    fn write(&self, bytes: Vec<u8>) -> Result<(), StreamError>;
}

/// Gives bytes: what an import reads.
#[uniffi::export(with_foreign)]
pub trait ByteSource: Send + Sync {
    /// The next bytes, `limit` at most; none at the end.
    fn read(&self, limit: u32) -> Result<Vec<u8>, StreamError>;
}

/// Bytes that cross at once: a call of the app costs more than a copy.
const CHUNK: usize = 64 << 10;

/// A sink of the app.
pub struct Out {
    sink: Arc<dyn ByteSink>,
    waiting: Vec<u8>,
}

impl Out {
    pub fn to(sink: Arc<dyn ByteSink>) -> Self {
        Self { sink, waiting: Vec::with_capacity(CHUNK) }
    }

    fn pass_on(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        self.sink.write(core::mem::take(&mut self.waiting)).map_err(Error::other)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Error> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= CHUNK {
            self.pass_on()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.pass_on()
    }
}

/// A source of the app.
pub struct In {
    source: Arc<dyn ByteSource>,
    read: std::vec::IntoIter<u8>,
}

impl In {
    pub fn from(source: Arc<dyn ByteSource>) -> Self {
        Self { source, read: Vec::new().into_iter() }
    }
}

impl Read for In {
    fn read(&mut self, room: &mut [u8]) -> Result<usize, Error> {
        if self.read.as_slice().is_empty() {
            let limit = u32::try_from(CHUNK).unwrap_or(u32::MAX);
            self.read = self.source.read(limit).map_err(Error::other)?.into_iter();
        }
        let mut given = 0_usize;
        for (place, byte) in room.iter_mut().zip(&mut self.read) {
            *place = byte;
            given = given.saturating_add(1);
        }
        Ok(given)
    }
}
