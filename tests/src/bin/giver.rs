//! A process to be killed: gives without end, and tells each key on its standard output only after the
//! ledger acknowledged it.
//!
//! `giver FOLDER singly|batches|bulk|threads|backing RUN`; a line `ready` comes first, then one key a line. By the way
//! `backing` it backs itself up again and again, and tells that of each finished backup too.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use ledger_core::{CauseId, Command, DonorId, Ledger, RegisterDonor, backup};
use ledger_tests::book;
use ledger_tests::kill::{BACKED_UP, BACKING_THREADS, BATCH, BULK, THREADS, copy_of, options};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, way, run] = arguments.as_slice() else {
        panic!("giver FOLDER singly|batches|bulk|threads|backing RUN");
    };
    let (writers, together) = match way.as_str() {
        "singly" => (1, None),
        "batches" => (1, Some(BATCH)),
        "bulk" => (1, Some(BULK)),
        "threads" => (THREADS, None),
        "backing" => (BACKING_THREADS, None),
        _ => panic!("no such way: {way}"),
    };
    let ledger = Ledger::open(Path::new(folder), options()).unwrap();
    let cause = match ledger.causes(None, 1).unwrap().first() {
        Some(cause) => cause.id,
        None => book::cause(&ledger, "water"),
    };
    let (tell, told) = sync_channel::<String>(1024);
    for writer in 0..writers {
        let giver =
            Giver { ledger: ledger.clone(), cause, tell: tell.clone(), name: format!("{run}-{writer}") };
        #[allow(clippy::disallowed_methods, reason = "several callers at once are what is tested")]
        std::thread::spawn(move || giver.give_for_ever(together));
    }
    if way == "backing" {
        let (folder, tell) = (PathBuf::from(folder), tell.clone());
        #[allow(clippy::disallowed_methods, reason = "a backup beside writers is what is tested")]
        std::thread::spawn(move || {
            loop {
                let seq = backup(&folder, copy_of(&folder)).unwrap().seq;
                tell.send(format!("{BACKED_UP}{seq}")).unwrap();
            }
        });
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready").unwrap();
    for key in told {
        writeln!(out, "{key}").unwrap();
        out.flush().unwrap();
    }
}

struct Giver {
    ledger: Ledger,
    cause: CauseId,
    tell: SyncSender<String>,
    name: String,
}

impl Giver {
    fn give_for_ever(self, together: Option<u32>) {
        for round in 0.. {
            // A new donor now and then, so that keys of donors are handed out as well.
            let profile = book::profile(&format!("{}-{round}", self.name));
            let command = RegisterDonor { key: None, profile, ..RegisterDonor::default() };
            let donor = self.ledger.register_donor(command).unwrap().donor().unwrap();
            match together {
                Some(gifts) => self.give_together(donor, round, gifts),
                None => self.give_singly(donor, round),
            }
        }
    }

    fn give_singly(&self, donor: DonorId, round: u32) {
        for number in 0..BATCH {
            let key = format!("{}-{round}-{number}", self.name);
            self.ledger.donate(book::gift(&key, donor, self.cause, 100)).unwrap();
            self.tell.send(key).unwrap();
        }
    }

    fn give_together(&self, donor: DonorId, round: u32, gifts: u32) {
        let keys: Vec<String> = (0..gifts).map(|number| format!("{}-{round}-{number}", self.name)).collect();
        let gifts = keys.iter().map(|key| Command::Donate(book::gift(key, donor, self.cause, 100)));
        let results = self.ledger.submit_all(gifts.collect()).unwrap();
        for (key, result) in keys.into_iter().zip(results) {
            result.unwrap();
            self.tell.send(key).unwrap();
        }
    }
}
