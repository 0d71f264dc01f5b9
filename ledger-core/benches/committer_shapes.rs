//! Which shape should the committer have? Callers that lead a group each in turn, against one thread that
//! commits for all. Both write groups of 256-byte records to a file and wait for `fdatasync`; they differ in
//! who does it. `cargo bench -p ledger-core --bench committer_shapes`; the result stands in ADR 4.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a measurement")]
#![allow(clippy::maybe_infinite_iter, reason = "the clock ends it")]
#![allow(clippy::disallowed_methods, reason = "a measurement needs a clock and threads")]

use std::collections::VecDeque;
use std::fs::File;
use std::io::Write;
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

const RECORD: [u8; 256] = [7; 256];
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(1500);

fn append(file: &mut File, records: usize) {
    file.write_all(&RECORD.repeat(records)).unwrap();
    file.sync_data().unwrap();
}

/// What a caller sees of either shape.
trait Shape: Send + Sync {
    fn commit(&self);
}

#[derive(Default)]
struct Ticket {
    state: Mutex<Turn>,
    changed: Condvar,
}

#[derive(Default, PartialEq, Clone, Copy)]
enum Turn {
    #[default]
    Waiting,
    Leading,
    Done,
}

/// The first of those who wait commits for all.
struct Leading {
    queue: Mutex<(VecDeque<Arc<Ticket>>, bool)>,
    file: Mutex<File>,
}

impl Shape for Leading {
    fn commit(&self) {
        let ticket = Arc::new(Ticket::default());
        let leads = {
            let mut queue = self.queue.lock().unwrap();
            queue.0.push_back(Arc::clone(&ticket));
            !std::mem::replace(&mut queue.1, true)
        };
        if !leads {
            let waiting = ticket.state.lock().unwrap();
            let turn = ticket.changed.wait_while(waiting, |turn| *turn == Turn::Waiting).unwrap();
            if *turn == Turn::Done {
                return;
            }
        }
        let group: Vec<Arc<Ticket>> = self.queue.lock().unwrap().0.drain(..).collect();
        append(&mut self.file.lock().unwrap(), group.len());
        for each in group {
            *each.state.lock().unwrap() = Turn::Done;
            each.changed.notify_one();
        }
        let mut queue = self.queue.lock().unwrap();
        match queue.0.front() {
            Some(next) => {
                *next.state.lock().unwrap() = Turn::Leading;
                next.changed.notify_one();
            }
            None => queue.1 = false,
        }
    }
}

/// One thread commits for all.
struct Threaded {
    inbox: Sender<SyncSender<()>>,
}

impl Threaded {
    fn start(mut file: File) -> Self {
        let (inbox, waiting) = channel::<SyncSender<()>>();
        std::thread::spawn(move || {
            while let Ok(first) = waiting.recv() {
                let group: Vec<_> = std::iter::once(first).chain(waiting.try_iter()).collect();
                append(&mut file, group.len());
                for caller in &group {
                    caller.send(()).unwrap();
                }
            }
        });
        Self { inbox }
    }
}

impl Shape for Threaded {
    fn commit(&self) {
        let (done, wait) = sync_channel(1);
        self.inbox.send(done).unwrap();
        wait.recv().unwrap();
    }
}

/// Commits per second with so many callers.
fn rate(shape: &dyn Shape, callers: u32) -> u32 {
    let start = Instant::now();
    let work = || (0_u32..).take_while(|_| start.elapsed() < ROUND).map(|_| shape.commit()).count();
    let total: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..callers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    u32::try_from(
        u128::try_from(total).unwrap().saturating_mul(1000).checked_div(start.elapsed().as_millis()).unwrap(),
    )
    .unwrap()
}

fn main() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let file = |name: &str| File::create(folder.path().join(name)).unwrap();
    let leading = Leading { queue: Mutex::default(), file: Mutex::new(file("leading")) };
    let threaded = Threaded::start(file("threaded"));
    for callers in [1, 8, 64] {
        let mut rounds: Vec<(u32, u32)> = Vec::new();
        for _ in 0..ROUNDS {
            rounds.push((rate(&leading, callers), rate(&threaded, callers)));
        }
        let median = |pick: fn(&(u32, u32)) -> u32| {
            let mut sorted: Vec<u32> = rounds.iter().map(pick).collect();
            sorted.sort_unstable();
            sorted.get(ROUNDS / 2).copied().unwrap()
        };
        let (leader, thread) = (median(|round| round.0), median(|round| round.1));
        println!(
            "{callers:>3} callers: leader {leader:>6}/s, thread {thread:>6}/s (medians of {ROUNDS} rounds)"
        );
    }
}
