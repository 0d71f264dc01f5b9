//! Checkpoints: a frozen layer of the overlay goes below, in atomic batches, in key order, so that the meta
//! row comes last, and the mark says only then that the rows go further. Writing a checkpoint again does no harm.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use parking_lot::Mutex;

use super::{Mark, RowDigest, SledRows};
use crate::records::row::{Row, RowKey};
use crate::storage::Head;
use crate::storage::overlay::{Layer, Overlay};
use crate::vocabulary::fault::Fault;

/// Rows of one atomic batch. sled holds a process-wide lock while it applies one.
const BATCH_ROWS: usize = 256;

/// Moves frozen layers below, one at a time, on a thread of its own.
pub struct Checkpoints {
    overlay: Arc<Overlay>,
    rows: Arc<SledRows>,
    /// The last record that was acknowledged under `Sync`.
    promised_seq: Arc<AtomicU64>,
    /// How many key slots are erased.
    erased_slots: Arc<AtomicU64>,
    running: Mutex<Option<JoinHandle<()>>>,
    failure: Arc<Mutex<Option<Fault>>>,
}

impl Checkpoints {
    /// Checkpoints of an overlay into rows.
    pub fn new(
        overlay: Arc<Overlay>,
        rows: Arc<SledRows>,
        promised_seq: Arc<AtomicU64>,
        erased_slots: Arc<AtomicU64>,
    ) -> Self {
        Self { overlay, rows, promised_seq, erased_slots, running: Mutex::new(None), failure: Arc::default() }
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
        let mark = self.mark_at(&layer);
        let work = move || *failure.lock() = move_below(&overlay, &rows, &layer, mark).err();
        #[allow(clippy::disallowed_methods, reason = "one of the places where threads may be started")]
        let thread = std::thread::Builder::new().name("ledger checkpoint".to_owned()).spawn(work);
        *running = Some(thread.map_err(|error| Fault::medium("start checkpoint thread", &error))?);
        Ok(())
    }

    /// The mark behind a layer, but for the sum of the rows.
    fn mark_at(&self, layer: &Layer) -> Mark {
        let Head { seq, root, .. } = layer.head();
        let promised_seq = self.promised_seq.load(Ordering::SeqCst).min(seq);
        let erased_slots = self.erased_slots.load(Ordering::SeqCst);
        Mark { seq, root, promised_seq, erased_slots, digest: RowDigest::default() }
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
            if move_below(&self.overlay, &self.rows, &layer, self.mark_at(&layer))? == Rest::Partial {
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

fn move_below(overlay: &Overlay, rows: &SledRows, layer: &Layer, mark: Mark) -> Result<Rest, Fault> {
    if !overlay.wait_for_older_views(layer.head().seq) {
        return Ok(Rest::Partial);
    }
    let newest = layer.newest();
    rows.check_room(newest.len())?;
    for (batch, mark) in in_batches(&newest, mark) {
        // Others fill the disk too, meanwhile.
        rows.check_room(batch.len())?;
        rows.write_batch(batch, mark)?;
    }
    // sled may drop rows from its cache that it could not write: until it has, the overlay answers for them.
    rows.flush()?;
    overlay.thaw();
    Ok(Rest::Complete)
}

/// Rows in the batches in which they go below, the last of them with the mark.
fn in_batches<'a>(
    rows: &'a [(&'a RowKey, &'a Arc<Row>)],
    mark: Mark,
) -> impl Iterator<Item = (&'a [(&'a RowKey, &'a Arc<Row>)], Option<Mark>)> {
    let mut batches = rows.chunks(BATCH_ROWS).peekable();
    core::iter::from_fn(move || {
        let batch = batches.next()?;
        Some((batch, batches.peek().is_none().then_some(mark)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Place, ROOM_AT_LEAST, RowHasher};
    use super::*;
    use crate::records::sealing::LedgerSecret;
    use crate::storage::medium::Medium;
    use crate::storage::medium::faulty::{FaultPlan, FaultyMedium};
    use crate::storage::medium::folder::FolderMedium;

    fn place(folder: &std::path::Path, plan: Arc<FaultPlan>) -> Place {
        let inner: Arc<dyn Medium> = Arc::new(FolderMedium::new(folder));
        Place {
            medium: Arc::new(FaultyMedium { inner, plan }),
            ledger_folder: folder.to_owned(),
            cache_bytes: 1 << 20,
            hasher: RowHasher::new(&LedgerSecret::new(&[1; 32])),
        }
    }

    fn some_rows(count: u64) -> Vec<(RowKey, Arc<Row>)> {
        (0..count).map(|number| (RowKey::Placement(number), Arc::new(Row::Placement(Vec::new())))).collect()
    }

    /// A write that failed inside sled would take what it was about with it; the overlay keeps it for a better day.
    #[test]
    fn a_full_disk_is_told_before_sled_writes_and_a_checkpoint_ends_in_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let plan = FaultPlan::none();
        let rows = Arc::new(SledRows::open(place(folder.path(), Arc::clone(&plan))).unwrap());
        let overlay = Arc::new(Overlay::new(Head::default()));
        let checkpoints =
            Checkpoints::new(Arc::clone(&overlay), Arc::clone(&rows), Arc::default(), Arc::default());
        let head = Head { seq: 1, ..Head::default() };
        overlay.publish(some_rows(1).into_iter().collect(), head);

        plan.leave_room(ROOM_AT_LEAST);
        let refused = checkpoints.run_to_end().unwrap_err();
        assert!(
            matches!(&refused, Fault::Medium { cause, .. } if cause.contains("bytes left")),
            "{refused:?}"
        );
        assert_eq!((rows.mark().seq, overlay.frozen().is_some()), (0, true), "nothing below, nothing lost");

        plan.heal();
        checkpoints.run_to_end().unwrap();
        assert!(overlay.frozen().is_none());
        let copy = tempfile::tempdir().unwrap();
        std::fs::create_dir(copy.path().join(super::super::FOLDER)).unwrap();
        for file in FolderMedium::new(folder.path()).files_below(super::super::FOLDER).unwrap() {
            std::fs::copy(folder.path().join(&file), copy.path().join(&file)).unwrap_or(0);
        }
        let copied = SledRows::open(place(copy.path(), FaultPlan::none())).unwrap();
        assert_eq!(copied.mark().seq, 1, "written, not only given to sled");
    }

    /// A process that is killed between two batches leaves rows that add up, and a mark that promises none of them.
    #[test]
    fn the_mark_goes_below_with_the_last_batch() {
        let folder = tempfile::tempdir().unwrap();
        let place = place(folder.path(), FaultPlan::none());
        let layer = some_rows(600);
        let newest: Vec<_> = layer.iter().map(|(key, row)| (key, row)).collect();
        let mark =
            Mark { seq: 9, root: [9; 32], promised_seq: 9, erased_slots: 0, digest: RowDigest::default() };
        let batches: Vec<_> = in_batches(&newest, mark).collect();
        assert_eq!(batches.len(), 3);
        for (written, (batch, mark)) in (1..).zip(batches) {
            let rows = SledRows::open(place.clone()).unwrap();
            rows.write_batch(batch, mark).unwrap();
            rows.close().unwrap();
            let after = SledRows::open(place.clone()).unwrap();
            assert_eq!(after.add_up(), Ok(true), "after batch {written}");
            assert_eq!(after.mark().seq, if written == 3 { 9 } else { 0 }, "after batch {written}");
            after.close().unwrap();
        }
    }
}
