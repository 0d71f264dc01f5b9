//! Checkpoints: a frozen layer of the overlay goes below, in atomic batches, in key order, so that the meta
//! row with the seq comes last. Writing a checkpoint again does no harm.

use std::sync::Arc;
use std::thread::JoinHandle;

use parking_lot::Mutex;

use super::SledRows;
use crate::records::row::{Row, RowKey};
use crate::storage::overlay::{Layer, Overlay};
use crate::vocabulary::fault::Fault;

/// Rows of one atomic batch. sled holds a process-wide lock while it applies one.
const BATCH_ROWS: usize = 256;

/// Moves frozen layers below, one at a time, on a thread of its own.
pub struct Checkpoints {
    overlay: Arc<Overlay>,
    rows: Arc<SledRows>,
    running: Mutex<Option<JoinHandle<()>>>,
    failure: Arc<Mutex<Option<Fault>>>,
}

impl Checkpoints {
    /// Checkpoints of an overlay into rows.
    pub fn new(overlay: Arc<Overlay>, rows: Arc<SledRows>) -> Self {
        Self { overlay, rows, running: Mutex::new(None), failure: Arc::default() }
    }

    /// Why the last checkpoint stopped, if it did.
    pub fn failure(&self) -> Option<Fault> {
        self.failure.lock().clone()
    }

    /// Freezes the active layer and moves it below on a thread, unless one is on its way.
    pub fn start(&self) -> Result<(), Fault> {
        let mut running = self.running.lock();
        if running.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return Ok(());
        }
        if let Some(thread) = running.take() {
            join(thread)?;
        }
        let Some(layer) = self.overlay.frozen().or_else(|| self.overlay.freeze()) else {
            return Ok(());
        };
        let (overlay, rows, failure) =
            (Arc::clone(&self.overlay), Arc::clone(&self.rows), Arc::clone(&self.failure));
        let work = move || *failure.lock() = move_below(&overlay, &rows, &layer).err();
        #[allow(clippy::disallowed_methods, reason = "one of the places where threads may be started")]
        let thread = std::thread::Builder::new().name("ledger checkpoint".to_owned()).spawn(work);
        *running = Some(thread.map_err(|error| Fault::medium("start checkpoint thread", &error))?);
        Ok(())
    }

    /// Waits for the checkpoint that is on its way.
    pub fn wait(&self) -> Result<(), Fault> {
        let thread = self.running.lock().take();
        thread.map_or(Ok(()), join)?;
        self.failure().map_or(Ok(()), Err)
    }

    /// Moves everything below, on the calling thread.
    pub fn run_to_end(&self) -> Result<(), Fault> {
        // A failed checkpoint is tried again: its layer is still frozen.
        let _ = self.wait();
        let result = self.move_all();
        *self.failure.lock() = result.clone().err();
        result
    }

    fn move_all(&self) -> Result<(), Fault> {
        while let Some(layer) = self.overlay.frozen().or_else(|| self.overlay.freeze()) {
            if move_below(&self.overlay, &self.rows, &layer)? == Rest::Partial {
                break;
            }
        }
        Ok(())
    }

    /// Moves everything below that no open view keeps, and says whether that was all. The overlay must have
    /// stopped waiting for views.
    pub fn finish(&self) -> Result<Rest, Fault> {
        self.run_to_end()?;
        let is_all = self.overlay.frozen().is_none() && self.overlay.freeze().is_none();
        Ok(if is_all { Rest::Complete } else { Rest::Partial })
    }
}

/// Whether everything is below, and at rest there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Everything.
    Complete,
    /// An open view kept something back, or sled its files.
    Partial,
}

fn join(thread: JoinHandle<()>) -> Result<(), Fault> {
    thread.join().map_err(|_| Fault::medium("checkpoint", &"its thread panicked"))
}

fn move_below(overlay: &Overlay, rows: &SledRows, layer: &Layer) -> Result<Rest, Fault> {
    if !overlay.wait_for_older_views(layer.seq()) {
        return Ok(Rest::Partial);
    }
    let newest: Vec<(&RowKey, &Arc<Row>)> = layer.newest().collect();
    for batch in newest.chunks(BATCH_ROWS) {
        rows.write_batch(batch)?;
    }
    overlay.thaw();
    Ok(Rest::Complete)
}
