//! Reads: warm and alone, and while others write.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::CLIENTS;
use super::giving::{check_store, give_by_many, give_in_groups};
use crate::arguments::Measure;
use crate::figures::Measured;
use crate::gifts::{CAUSES, DONORS, key};
use crate::store::{CAUSE_PAGE, DONOR_PAGE, Found, Session, open};

/// Reads of each kind before the clock starts, so that what fits into the caches is in them.
const BEFORE: u64 = 2_000;
/// How long each kind is measured.
const LONG: Duration = Duration::from_millis(1_500);
/// Threads that read while others write.
const READERS: u32 = 2;
/// For each gift while others read, so many were given before, so that pages have lines.
const BEFOREHAND: u64 = 4;

/// Numbers in an order of their own, each below a limit.
fn spread(turn: u64, limit: u64) -> u64 {
    turn.wrapping_mul(0x9E37_79B9_7F4A_7C15) % limit
}

/// How often a second something can be read.
fn often(mut read: impl FnMut(u64)) -> f64 {
    (0..BEFORE).for_each(&mut read);
    let start = Instant::now();
    let mut turn = BEFORE;
    while start.elapsed() < LONG {
        for _ in 0..16 {
            read(turn);
            turn += 1;
        }
    }
    (turn - BEFORE) as f64 / start.elapsed().as_secs_f64()
}

/// Each of the four reads, of donors, causes and keys in no order.
pub fn reads(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let store = open(measure.engine, &measure.folder, Found::There);
    let mut session = store.session();
    let balance = often(|turn| assert!(session.balance(spread(turn, CAUSES.into()) as u32) > 0));
    measured.note("balance_per_second", balance);
    let by_key = often(|turn| {
        let key = key(spread(turn, measure.size));
        assert!(session.by_key(&key).is_some_and(|cents| cents > 0));
    });
    measured.note("by_key_per_second", by_key);
    let donor = often(|turn| {
        let (lines, _) = session.donor_page(spread(turn, DONORS.into()) as u32).unwrap();
        assert!(lines <= DONOR_PAGE as usize);
    });
    measured.note("donor_page_per_second", donor);
    let cause = often(|turn| {
        let (lines, _) = session.cause_page(spread(turn, CAUSES.into()) as u32).unwrap();
        assert!(lines <= CAUSE_PAGE as usize);
    });
    measured.note("cause_page_per_second", cause);
    measured.note("pages_checksum", pages(session.as_mut()));
    drop(session);
    store.close();
    measured
}

/// The cents on some pages, which all stores must have in common.
fn pages(session: &mut dyn Session) -> f64 {
    let donors =
        (0..DONORS).step_by(97).filter_map(|donor| session.donor_page(donor)).map(|(_, cents)| cents);
    let sum: i64 = donors.sum();
    let causes = (0..CAUSES).filter_map(|cause| session.cause_page(cause)).map(|(_, cents)| cents);
    (sum + causes.sum::<i64>()) as f64
}

/// Pages of donors, read as fast as two threads can, while 64 clients give.
pub fn readers_beside(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let store = open(measure.engine, &measure.folder, Found::New);
    let beforehand = measure.size * BEFOREHAND;
    give_in_groups(store.as_ref(), beforehand);
    let writing = AtomicBool::new(true);
    let mut nanos: Vec<u32> = Vec::new();
    let start = Instant::now();
    std::thread::scope(|scope| {
        let readers: Vec<_> = store
            .clients(READERS as usize)
            .into_iter()
            .zip(0_u64..)
            .map(|(mut reader, number)| {
                let writing = &writing;
                scope.spawn(move || {
                    let mut nanos: Vec<u32> = Vec::new();
                    while writing.load(Ordering::Relaxed) {
                        let donor = spread(nanos.len() as u64 + number * 7_919, DONORS.into()) as u32;
                        let begin = Instant::now();
                        assert!(reader.donor_page(donor).is_some());
                        nanos.push(begin.elapsed().as_nanos() as u32);
                    }
                    nanos
                })
            })
            .collect();
        give_by_many(store.clients(CLIENTS), beforehand..beforehand + measure.size);
        writing.store(false, Ordering::Relaxed);
        nanos = readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect();
    });
    let seconds = start.elapsed().as_secs_f64();
    measured.note("per_second", measure.size as f64 / seconds);
    measured.note("pages_per_second", nanos.len() as f64 / seconds);
    measured.note_latencies(nanos);
    check_store(store.as_ref(), beforehand + measure.size);
    store.close();
    measured
}
