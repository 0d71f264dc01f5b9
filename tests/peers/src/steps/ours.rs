//! What only this ledger is asked: FEC order, openings, rebuilding, checking, importing.

use std::fs::File;
use std::path::PathBuf;
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use ledger_core::{ImportFlow, ImportMode, ImportReport, ImportWatch, Importer, Mapping, RejectedRow};

use super::GROUP;
use super::giving::{Clock, check_store};
use crate::arguments::Measure;
use crate::figures::Measured;
use crate::gifts::{FEC_CAUSES, FecOrder, Gift};
use crate::process::bytes_below;
use crate::store::Store;
use crate::stores::ledger::{LedgerStore, open_ledger};

/// Gifts of the real file that are imported, its memo rows and amounts below zero not among them.
const IMPORTED_AT_LEAST: u64 = 340_000;

/// 1,000 donations together, with the registration of the donors that come first in the next 1,000.
pub fn bulk_fec(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let mut store = LedgerStore::register(open_ledger(&measure.folder), 0, FEC_CAUSES);
    let clock = Clock::start(&store);
    let mut order = FecOrder::new();
    let mut gifts: Vec<Gift> = Vec::new();
    let mut left = measure.size;
    let mut known = 0;
    while left > 0 || !gifts.is_empty() {
        let next: Vec<Gift> = (0..left.min(GROUP)).map(|_| order.gift()).collect();
        left -= next.len() as u64;
        store.give_and_register(&gifts, known..order.donors());
        known = order.donors();
        gifts = next;
    }
    assert_eq!(store.donations(), measure.size);
    clock.stop(&mut measured, measure.size, Box::new(store));
    measured.note("donors", known.into());
    measured.note("disk_bytes", bytes_below(&measure.folder) as f64 / measure.size as f64);
    measured
}

/// Opens what an earlier process left, and looks whether everything is there.
pub fn open(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let start = Instant::now();
    let ledger = open_ledger(&measure.folder);
    let seconds = start.elapsed().as_secs_f64();
    measured.note("open_s", seconds);
    measured.note("open_s_per_million", seconds * 1e6 / measure.size as f64);
    let store = Box::new(LedgerStore::known(ledger));
    check_store(store.as_ref(), measure.size);
    store.close();
    measured
}

/// Makes the state anew, and checks everything.
pub fn upkeep(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let ledger = open_ledger(&measure.folder);
    let start = Instant::now();
    let records = ledger.rebuild().unwrap();
    measured.note("rebuild_per_second", records as f64 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    let report = ledger.audit().unwrap();
    measured.note("audit_per_second", report.records as f64 / start.elapsed().as_secs_f64());
    assert_eq!((report.difference, report.records), (None, records));
    ledger.close().unwrap();
    measured
}

/// Lets everything pass.
struct Watch;

impl ImportWatch for Watch {
    fn rejected(&mut self, _row: &RejectedRow) -> std::io::Result<()> {
        Ok(())
    }

    fn progress(&mut self, _so_far: &ImportReport) -> ImportFlow {
        ImportFlow::Continue
    }
}

/// The real file: `$LEDGER_SHARED/data`, else `data` in the folder `shared` beside the project; `None` where it is not.
pub fn real_file() -> Option<PathBuf> {
    let named = std::env::var_os("LEDGER_SHARED").map(PathBuf::from);
    let project = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let shared = named.unwrap_or_else(|| project.join("../shared"));
    Some(shared.join("data/fec2016_gifts_SA17A.csv.gz")).filter(|file| file.is_file())
}

/// Imports the gifts of 2016 into a new ledger: from opening to after closing, as `ledger import` does.
pub fn import(measure: &Measure) -> Measured {
    let mut measured = Measured::default();
    let file = real_file().expect("the real data");
    let start = Instant::now();
    let ledger = open_ledger(&measure.folder);
    let mapping = Mapping::shipped("fec-schedule-a").unwrap().unwrap();
    let mut importer = Importer::new(&ledger, mapping, ImportMode::Post).unwrap();
    importer.read(MultiGzDecoder::new(File::open(file).unwrap()), &mut Watch).unwrap();
    let gifts = importer.report().gifts;
    drop(importer);
    let stored = ledger.stats().unwrap().donations;
    ledger.close().unwrap();
    measured.note("seconds", start.elapsed().as_secs_f64());
    assert!(
        gifts > IMPORTED_AT_LEAST && stored == gifts,
        "{gifts} gifts of the file, {stored} of the ledger"
    );
    measured
}
