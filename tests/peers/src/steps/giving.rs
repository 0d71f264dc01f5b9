//! Donations by one client, by many, and in bulk, and the check that they are there.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{CLIENTS, GROUP, print};
use crate::arguments::{Measure, Step};
use crate::figures::Measured;
use crate::gifts::uniform;
use crate::process::{bytes_below, peak_mb, processor_time};
use crate::store::{Contents, Found, Given, Session, Store, open};

/// Keys that are looked up one by one after a run, spread over all.
const KEYS_ASKED: u64 = 20_000;

/// A run that has begun.
pub struct Clock {
    start: Instant,
    processor: Duration,
    log: Option<u64>,
}

impl Clock {
    /// Before the first donation.
    pub fn start(store: &dyn Store) -> Self {
        Self { log: store.log_bytes(), processor: processor_time(), start: Instant::now() }
    }

    /// After the last acknowledgment. Closes the store, which counts as processor time but not as waiting.
    pub fn stop(self, measured: &mut Measured, size: u64, store: Box<dyn Store>) {
        let seconds = self.start.elapsed().as_secs_f64();
        measured.note("seconds", seconds);
        measured.note("per_second", size as f64 / seconds);
        if let (Some(before), Some(after)) = (self.log, store.log_bytes()) {
            measured.note("log_bytes", (after - before) as f64 / size as f64);
        }
        let closing = Instant::now();
        store.close();
        measured.note("close_s", closing.elapsed().as_secs_f64());
        let processor = processor_time().checked_sub(self.processor).unwrap();
        measured.note("cpu_us", processor.as_secs_f64() * 1e6 / size as f64);
        if let Some(peak) = peak_mb() {
            measured.note("peak_mb", peak);
        }
    }
}

/// One client, one donation after the other.
pub fn one(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let store = open(measure.engine, &measure.folder, Found::New);
    let mut nanos = Vec::with_capacity(measure.size as usize);
    let clock = Clock::start(store.as_ref());
    let mut session = store.session();
    for number in 0..measure.size {
        let gift = uniform(number);
        let begin = Instant::now();
        assert_eq!(session.give(&gift), Given::First);
        nanos.push(begin.elapsed().as_nanos() as u32);
    }
    drop(session);
    clock.stop(&mut measured, measure.size, store);
    measured.note_latencies(nanos);
    check(measure, &mut measured);
    measured
}

/// 64 clients, each with its next donation when the last was acknowledged.
pub fn many(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let store = open(measure.engine, &measure.folder, Found::New);
    let clients = store.clients(CLIENTS);
    let clock = Clock::start(store.as_ref());
    let nanos = give_by_many(clients, 0..measure.size);
    clock.stop(&mut measured, measure.size, store);
    measured.note_latencies(nanos);
    check(measure, &mut measured);
    measured
}

/// Gives by clients that share the numbers; their latencies.
pub fn give_by_many(clients: Vec<Box<dyn Session + Send + '_>>, numbers: Range<u64>) -> Vec<u32> {
    let next = AtomicU64::new(numbers.start);
    let all = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for mut client in clients {
            let (next, all) = (&next, &all);
            scope.spawn(move || {
                let mut nanos: Vec<u32> = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= numbers.end {
                        break;
                    }
                    let gift = uniform(number);
                    let begin = Instant::now();
                    assert_eq!(client.give(&gift), Given::First);
                    nanos.push(begin.elapsed().as_nanos() as u32);
                }
                all.lock().unwrap().extend(nanos);
            });
        }
    });
    all.into_inner().unwrap()
}

/// 1,000 donations together.
pub fn bulk(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let store = open(measure.engine, &measure.folder, Found::New);
    let clock = Clock::start(store.as_ref());
    give_in_groups(store.as_ref(), measure.size);
    if measure.step == Step::BulkThenDie {
        print(&measured);
        std::process::abort();
    }
    clock.stop(&mut measured, measure.size, store);
    measured.note("disk_bytes", bytes_below(&measure.folder) as f64 / measure.size as f64);
    check(measure, &mut measured);
    measured
}

/// Gives the first gifts, 1,000 at a time.
pub fn give_in_groups(store: &dyn Store, size: u64) {
    let mut session = store.session();
    for first in (0..size).step_by(GROUP as usize) {
        let gifts: Vec<_> = (first..(first + GROUP).min(size)).map(uniform).collect();
        let given = session.give_group(&gifts);
        assert!(given.len() == gifts.len() && given.iter().all(|given| *given == Given::First));
    }
}

/// Opens the store again and looks whether all that was acknowledged is there, once each.
fn check(measure: &Measure, measured: &mut Measured) {
    let store = open(measure.engine, &measure.folder, Found::There);
    check_store(store.as_ref(), measure.size);
    measured.contents = Some(store.contents());
    let mut session = store.session();
    assert_eq!(session.give(&uniform(0)), Given::Again, "a repeat took money twice");
    drop(session);
    assert_eq!(store.contents().donations, measure.size, "a repeat was counted");
    store.close();
}

/// Counts and sums of the whole, and keys one by one.
pub fn check_store(store: &dyn Store, size: u64) {
    let (mut found, mut expected) = (store.contents(), Contents::of_uniform(size));
    if !store.keeps_fees() {
        expected.cents -= std::mem::take(&mut expected.fees);
        found.fees = 0;
    }
    assert_eq!(found, expected, "what is there is not what was acknowledged");
    let mut session = store.session();
    for number in (0..size).step_by((size / KEYS_ASKED).max(1) as usize) {
        let gift = uniform(number);
        let cents = if store.keeps_fees() { gift.cents() } else { gift.cents() - gift.fee() };
        assert_eq!(session.by_key(&gift.key()), Some(cents), "{}", gift.key());
    }
}
