//! The limit: appending and syncing bytes of the same size.

use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use super::{CLIENTS, GROUP};
use crate::arguments::{Measure, Step};
use crate::figures::{Measured, Spread};
use crate::stores::raw::{Place, RawLog};

/// Measures a step.
pub fn measure(measure: &Measure) -> Measured {
    let (size, bytes) = (measure.size, measure.record_bytes);
    assert!(bytes > 0, "--record-bytes");
    let room = if measure.step == Step::OnePreallocated { size * bytes as u64 } else { 0 };
    let log = RawLog::create(&measure.folder, room);
    let mut measured = Measured::default();
    let start = Instant::now();
    let nanos = match measure.step {
        Step::One | Step::OnePreallocated => each(&log, size, &vec![7; bytes]),
        Step::Bulk => each(&log, size / GROUP, &vec![7; bytes * GROUP as usize]),
        Step::Many => by_many(&log, size, &vec![7; bytes]),
        other => panic!("raw is not asked for {other:?}"),
    };
    measured.note("per_second", size as f64 / start.elapsed().as_secs_f64());
    measured.note_latencies(nanos);
    assert_eq!(log.length(), size * bytes as u64, "bytes are missing");
    measured
}

fn each(log: &RawLog, count: u64, bytes: &[u8]) -> Vec<u32> {
    (0..count)
        .map(|_| {
            let begin = Instant::now();
            log.append(bytes);
            begin.elapsed().as_nanos() as u32
        })
        .collect()
}

fn by_many(log: &RawLog, size: u64, bytes: &[u8]) -> Vec<u32> {
    let all = Mutex::new(Vec::with_capacity(size as usize));
    std::thread::scope(|scope| {
        for client in 0..CLIENTS as u64 {
            let all = &all;
            let count = size / CLIENTS as u64 + u64::from(client < size % CLIENTS as u64);
            scope.spawn(move || {
                let place = Place::here();
                let nanos: Vec<u32> = (0..count)
                    .map(|_| {
                        let begin = Instant::now();
                        log.append_grouped(bytes, &place);
                        begin.elapsed().as_nanos() as u32
                    })
                    .collect();
                all.lock().unwrap().extend(nanos);
            });
        }
    });
    all.into_inner().unwrap()
}

/// The median wait of an append of one record and its sync, in milliseconds.
pub fn sync_ms(folder: &Path) -> f64 {
    let folder = tempfile::tempdir_in(folder).unwrap();
    let log = RawLog::create(folder.path(), 0);
    let waits: Vec<f64> =
        each(&log, 500, &[7; 300]).into_iter().map(|nanos| f64::from(nanos) / 1e6).collect();
    Spread::of(&waits).unwrap().median
}
