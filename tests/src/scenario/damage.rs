//! Steps that need a testkit: media that fail, files that are damaged.

use std::fs;
use std::path::{Path, PathBuf};

use super::commands::Fields;
use super::names::Names;
use super::parse::Step;
use super::run::{Answer, Run};

/// The byte with which the keys of the rows of places in the journal begin.
const PLACEMENT: u8 = 0x20;

/// Does what a step with `!` says.
pub fn act(run: &mut Run, step: &Step) -> Answer {
    let word = step.words.first().map_or("", String::as_str);
    let no_names = Names::default();
    let fields = Fields::new(step, &no_names);
    match step.verb.as_str() {
        "!fail" => {
            let after = fields.number("after").unwrap_or(0);
            match word {
                "writes" => run.faults.fail_writes_after(after),
                "syncs" => run.faults.fail_syncs_after(after),
                "reads" => run.faults.fail_reads_after(after),
                other => panic!("cannot fail {other:?}"),
            }
        }
        "!heal" => run.faults.heal(),
        "!second" => {
            fields.finish();
            let second = run.open("ledger", run.options())?;
            panic!("two writers: {second:?}");
        }
        "!newer" => {
            let file = run.folder().join("FORMAT");
            let text = fs::read_to_string(&file).expect("FORMAT");
            fs::write(&file, text.replacen("format 1", "format 2", 1)).expect("FORMAT is written");
        }
        "!remove" => fs::remove_file(run.folder().join(word)).expect("a file to remove"),
        "!cut" => {
            let file = file_of(&run.folder(), word);
            let bytes: u64 = fields.number("bytes").expect("bytes=N");
            let handle = fs::File::options().write(true).open(file).expect("a file to cut");
            let length = handle.metadata().expect("its length").len();
            handle.set_len(length - bytes).expect("the cut");
        }
        "!damage" if word == "state" => {
            // sled has a lock of its own, as long as a handle lives.
            run.ledger = None;
            forget_places(&run.folder().join("state"));
        }
        "!damage" => {
            let offset = fields.number("offset").unwrap_or(0);
            let from_end: Option<usize> = fields.number("from_end");
            flip(&file_of(&run.folder(), word), offset, from_end);
        }
        other => panic!("line {}: unknown verb {other:?}", step.line),
    }
    fields.finish();
    Ok(Vec::new())
}

/// `journal` means its last segment.
fn file_of(folder: &Path, word: &str) -> PathBuf {
    if word != "journal" {
        return folder.join(word);
    }
    let segments = fs::read_dir(folder.join("journal")).expect("a journal");
    let paths = segments.map(|entry| entry.expect("an entry").path());
    let last = paths.filter(|path| path.extension().is_some_and(|end| end == "log")).max();
    last.expect("a segment")
}

/// Flips a bit of one byte.
fn flip(file: &Path, offset: usize, from_end: Option<usize>) {
    let mut bytes = fs::read(file).expect("a file to damage");
    let at = from_end.map_or(offset, |count| bytes.len() - count);
    bytes[at] ^= 0x10;
    fs::write(file, bytes).expect("the damage");
}

/// Removes the rows that say where records are. sled must be at rest.
fn forget_places(state: &Path) {
    let db = sled::open(state).expect("the state");
    for pair in db.scan_prefix([PLACEMENT]) {
        db.remove(pair.expect("a row").0).expect("it goes");
    }
    db.flush().expect("it is written");
}
