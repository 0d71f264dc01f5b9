//! What is done to a folder, and what the doctor must say of it.

use std::fs;
use std::path::Path;

use ledger_core::{Cure, ErrorCode, Severity};
use ledger_tests::folder::{edit, journal_end};

pub const FIRST: &str = "journal/0000000001.log";
const SECOND: &str = "journal/0000000002.log";
pub const LAST: &str = "journal/0000000003.log";

/// A kind of damage and the finding that must come of it.
pub struct Case {
    pub name: &'static str,
    pub act: fn(&Path),
    pub file: &'static str,
    pub says: &'static str,
    pub severity: Severity,
    pub cure: Cure,
    pub code: Option<ErrorCode>,
}

fn case(name: &'static str, file: &'static str, says: &'static str, act: fn(&Path)) -> Case {
    Case { name, act, file, says, severity: Severity::Note, cure: Cure::Nothing, code: None }
}

impl Case {
    fn damage(self, code: ErrorCode) -> Self {
        let (severity, cure) = (Severity::Damage, Cure::RestoreFromBackup);
        Self { severity, cure, code: Some(code), ..self }
    }

    fn warning(self, cure: Cure) -> Self {
        Self { severity: Severity::Warning, cure, ..self }
    }

    fn mended_by(self, cure: Cure) -> Self {
        Self { cure, ..self }
    }
}

/// Changes a bit.
pub fn flip(folder: &Path, file: &str, at: usize) {
    edit(&folder.join(file), |bytes| bytes[at] ^= 0x10);
}

/// Cuts the last byte of the journal.
pub fn cut_end(folder: &Path) {
    let end = journal_end(folder);
    edit(&folder.join(LAST), |bytes| bytes.truncate(end - 1));
}

fn extend(folder: &Path) {
    edit(&folder.join(LAST), |bytes| bytes.extend([0xEE; 90]));
}

fn remove(folder: &Path, file: &str) {
    fs::remove_file(folder.join(file)).unwrap();
}

fn write(folder: &Path, file: &str) {
    fs::write(folder.join(file), b"x").unwrap();
}

fn break_head(folder: &Path) {
    flip(folder, "HEAD", 7);
    flip(folder, "HEAD", 70);
}

fn of_journal() -> Vec<Case> {
    use ErrorCode::{JournalCut, JournalDamaged};
    vec![
        case("segment header", FIRST, "unreadable segment header", |at| flip(at, FIRST, 20))
            .damage(JournalDamaged),
        case("a group", FIRST, "damaged group before whole ones", |at| flip(at, FIRST, 400))
            .damage(JournalDamaged),
        case("the last group", LAST, "acknowledged were", |at| flip(at, LAST, journal_end(at) - 3))
            .damage(JournalCut),
        case("the last byte", LAST, "journal ends at record", cut_end).damage(JournalCut),
        case("a segment gone", SECOND, "segment is missing", |at| remove(at, SECOND)).damage(JournalDamaged),
        case("the last segment gone", LAST, "segment is missing", |at| remove(at, LAST)).damage(JournalCut),
        case("the first segment gone", FIRST, "segment is missing", |at| remove(at, FIRST))
            .damage(JournalDamaged),
        case("a group never acknowledged", LAST, "never acknowledged", extend).mended_by(Cure::NextOpening),
        case("a segment begun", "journal/0000000004.log", "holds nothing", |at| {
            write(at, "journal/0000000004.log");
        })
        .mended_by(Cure::NextOpening),
        case("an old cut", "journal/torn-7", "never acknowledged", |at| write(at, "journal/torn-7")),
        case("a strange file", "journal/notes.txt", "none of the ledger's", |at| {
            write(at, "journal/notes.txt");
        }),
    ]
}

fn of_head_and_format() -> Vec<Case> {
    use ErrorCode::FormatDamaged;
    vec![
        case("one slot", "HEAD", "the other one counts", |at| flip(at, "HEAD", 70))
            .warning(Cure::NextOpening),
        case("both slots", "HEAD", "no readable slot", break_head).warning(Cure::NextOpening),
        case("both slots and a torn group", "HEAD", "torn group", |at| {
            break_head(at);
            extend(at);
        })
        .damage(FormatDamaged),
        case("FORMAT", "FORMAT", "unreadable format file", |at| flip(at, "FORMAT", 40)).damage(FormatDamaged),
        case("FORMAT gone", "FORMAT", "FORMAT is missing", |at| remove(at, "FORMAT")).damage(FormatDamaged),
        case("a draft", "FORMAT.new", "draft", |at| write(at, "FORMAT.new")),
    ]
}

fn of_keys() -> Vec<Case> {
    use ErrorCode::KeyringDamaged;
    vec![
        case("keys header", "keys", "unreadable keyring header", |at| flip(at, "keys", 30))
            .damage(KeyringDamaged),
        case("keys gone", "keys", "missing", |at| remove(at, "keys")).damage(KeyringDamaged),
        case("a donor's key", "keys", "key of a donor", |at| flip(at, "keys", 64 + 44 + 9))
            .damage(KeyringDamaged),
        case("nobody's key", "keys", "nobody uses", |at| flip(at, "keys", 64 + 44 * 99 + 9))
            .mended_by(Cure::NextOpening),
        case("keys cut", "keys", "ends before slot", |at| {
            edit(&at.join("keys"), |bytes| bytes.truncate(64 + 44));
        })
        .damage(KeyringDamaged),
    ]
}

fn of_state() -> Vec<Case> {
    vec![
        case("state gone", "state", "there is none", |at| fs::remove_dir_all(at.join("state")).unwrap())
            .mended_by(Cure::StateMadeAgain),
        case("a file of the state", "state", "not those that were sealed", |at| flip(at, "state/db", 100))
            .warning(Cure::StateMadeAgain),
        case("seal", "state.seal", "unreadable seal", |at| flip(at, "state.seal", 9))
            .warning(Cure::StateMadeAgain),
        case("seal gone", "state", "without closing it", |at| remove(at, "state.seal"))
            .mended_by(Cure::StateMadeAgain),
        case("a snapshot", "state/snap.0000.generating", "snapshot", |at| {
            write(at, "state/snap.0000.generating");
        })
        .mended_by(Cure::NextOpening),
        case("a discarded state", "state.discarded", "thrown away", |at| {
            fs::create_dir(at.join("state.discarded")).unwrap();
            write(at, "state.discarded/db");
        }),
    ]
}

/// Every kind of damage.
pub fn cases() -> Vec<Case> {
    of_journal().into_iter().chain(of_head_and_format()).chain(of_keys()).chain(of_state()).collect()
}
