//! The limit: the bytes of a record appended to a file and synced, and nothing else.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::Thread;

/// A file that records are appended to.
pub struct RawLog {
    file: File,
    queue: Mutex<Queue>,
    end: Mutex<u64>,
}

#[derive(Default)]
struct Queue {
    bytes: Vec<u8>,
    waiting: Vec<Arc<Place>>,
    has_leader: bool,
}

const WAITING: u8 = 0;
const LEADING: u8 = 1;
const DONE: u8 = 2;

/// A thread that waits for its group.
pub struct Place {
    state: AtomicU8,
    thread: Thread,
}

impl Place {
    /// The place of this thread.
    pub fn here() -> Arc<Self> {
        Arc::new(Self { state: AtomicU8::new(WAITING), thread: std::thread::current() })
    }

    fn tell(&self, state: u8) {
        self.state.store(state, Ordering::Release);
        self.thread.unpark();
    }

    fn wait(&self) -> u8 {
        loop {
            let state = self.state.swap(WAITING, Ordering::Acquire);
            if state != WAITING {
                return state;
            }
            std::thread::park();
        }
    }
}

impl RawLog {
    /// An empty log; with `preallocated` bytes of zeros that are written and synced already.
    pub fn create(folder: &Path, preallocated: u64) -> Self {
        let file = File::create_new(folder.join("raw.log")).unwrap();
        let zeros = vec![0; 1 << 20];
        let mut written = 0;
        while written < preallocated {
            file.write_all_at(&zeros, written).unwrap();
            written += zeros.len() as u64;
        }
        file.sync_all().unwrap();
        Self { file, queue: Mutex::default(), end: Mutex::new(0) }
    }

    /// Appends and syncs.
    pub fn append(&self, bytes: &[u8]) {
        let mut end = self.end.lock().unwrap();
        self.file.write_all_at(bytes, *end).unwrap();
        self.file.sync_data().unwrap();
        *end += bytes.len() as u64;
    }

    /// Appends together with what others append meanwhile: the first that comes leads, as in the ledger's committer.
    pub fn append_grouped(&self, bytes: &[u8], place: &Arc<Place>) {
        let leads = {
            let mut queue = self.queue.lock().unwrap();
            queue.bytes.extend_from_slice(bytes);
            queue.waiting.push(Arc::clone(place));
            !std::mem::replace(&mut queue.has_leader, true)
        };
        if !leads && place.wait() == DONE {
            return;
        }
        let (bytes, group) = {
            let mut queue = self.queue.lock().unwrap();
            (std::mem::take(&mut queue.bytes), std::mem::take(&mut queue.waiting))
        };
        self.append(&bytes);
        for other in group.iter().filter(|other| !Arc::ptr_eq(other, place)) {
            other.tell(DONE);
        }
        let mut queue = self.queue.lock().unwrap();
        match queue.waiting.first() {
            Some(next) => next.tell(LEADING),
            None => queue.has_leader = false,
        }
    }

    /// Bytes appended.
    pub fn length(&self) -> u64 {
        *self.end.lock().unwrap()
    }
}
