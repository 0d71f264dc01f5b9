//! Steps that need a testkit: media that fail, files that are damaged.

use std::fs;
use std::path::{Path, PathBuf};

use super::commands::Fields;
use super::copies;
use super::names::Names;
use super::parse::Step;
use super::run::{Answer, Run};
use crate::folder::{edit, seal_again};

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
        "!backup" | "!keys" | "!restore" | "!follow" | "!promote" => {
            return copies::act(run, &fields, &step.verb);
        }
        "!remove" => fs::remove_file(run.folder().join(word)).expect("a file to remove"),
        "!cut" => {
            let bytes: usize = fields.number("bytes").expect("bytes=N");
            let end = end_of(&run.folder(), word);
            edit(&file_of(&run.folder(), word), |held| held.truncate(end - bytes));
        }
        "!damage" if word == "state" => {
            // sled has a lock of its own, as long as a handle lives.
            run.ledger = None;
            forget_places(&run.folder().join("state"));
            seal_again(&run.folder());
        }
        "!damage" => {
            let offset = fields.number("offset").unwrap_or(0);
            let from_end: Option<usize> = fields.number("from_end");
            let at = from_end.map_or(offset, |count| end_of(&run.folder(), word) - count);
            edit(&file_of(&run.folder(), word), |held| held[at] ^= 0x10);
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

/// Where what a file holds ends. The last segment grows ahead of the journal, in zeros.
fn end_of(folder: &Path, word: &str) -> usize {
    let held = fs::read(file_of(folder, word)).expect("a file");
    let is_written = |byte: &u8| word != "journal" || *byte != 0;
    held.iter().rposition(is_written).map_or(0, |last| last + 1)
}

/// Removes the rows that say where records are. sled must be at rest.
fn forget_places(state: &Path) {
    let db = sled::open(state).expect("the state");
    for pair in db.scan_prefix([PLACEMENT]) {
        db.remove(pair.expect("a row").0).expect("it goes");
    }
    db.flush().expect("it is written");
}
