//! The disk is full: a small file system of its own, and a process that gives until nothing goes any more. The call
//! that fails says what is known of it, what was acknowledged is there, and with room again it goes on.
//!
//! Where nobody may mount anything, a limit on the size of files takes the place of the disk, and that is said.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

use std::process::Command;

const FILLER: &str = env!("CARGO_BIN_EXE_filler");

/// A disk of 12 MB, half of it taken at first, and gone with the process that has it.
const ON_A_DISK: &str = r#"
mount -t tmpfs -o size=12m none "$1" || exit 77
head -c 6000000 /dev/zero > "$1/ballast"
"$2" "$3" "$1/books" "$1.notes" "$4" "$5" || exit 1
echo "left $(df --output=avail "$1" | tail -n 1)"
rm -f "$1/ballast" "$1/more-ballast"
exec "$2" check "$1/books" "$1.notes" "$4" "$5"
"#;

/// Files of 1.2 MB or, where the shell counts in other blocks, 2.5 MB at most, for the process that fills them.
const UNDER_A_LIMIT: &str = r#"
(trap '' XFSZ; ulimit -S -f 2500; exec "$2" "$3" "$1/books" "$1.notes" "$4" "$5") || exit 1
exec "$2" check "$1/books" "$1.notes" "$4" "$5"
"#;

/// What the two processes said.
struct Said(String);

impl Said {
    fn has(&self, line: &str) -> bool {
        self.0.lines().any(|said| said == line)
    }

    fn number(&self, of: &str) -> u64 {
        let number = self.0.lines().find_map(|line| line.strip_prefix(of)?.trim().parse().ok());
        number.unwrap_or_else(|| panic!("no `{of}` in {}", self.0))
    }

    /// Everything that holds whatever failed.
    fn check(&self, when: &str) {
        println!("{when}: {}", self.0.replace('\n', "; "));
        assert!(self.number("told ") > 0, "{when}: something was acknowledged first");
        assert_eq!((self.number("lost "), self.number("made up ")), (0, 0), "{when}");
        assert!(self.has("reads"), "{when}: reads go on");
        assert!(self.has("poisoned") || self.number("refused ") > 0, "{when}: it was full");
        assert!(self.has("clean true"), "{when}: at rest in the end");
    }
}

fn run(
    program: &str,
    before: &[&str],
    script: &str,
    what: &str,
    segment_bytes: u64,
    records: u64,
) -> Option<Said> {
    let home = tempfile::tempdir().unwrap();
    let place = home.path().join("disk");
    std::fs::create_dir(&place).unwrap();
    let output = Command::new(program)
        .args(before)
        .args(["-c", script, "script"])
        .arg(&place)
        .args([FILLER, what, &segment_bytes.to_string(), &records.to_string()])
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    // Only before anything was filled: no right to a file system of its own.
    if said.is_empty() && (output.status.code() == Some(77) || errors.starts_with("unshare")) {
        return None;
    }
    assert!(output.status.success(), "{what}, {segment_bytes}, {records}: {said}{errors}");
    Some(Said(said))
}

/// On a disk of its own, as a user who has one in a namespace, or as root.
fn on_a_disk(what: &str, segment_bytes: u64, records: u64) -> Option<Said> {
    let as_user = || run("unshare", &["-rm", "sh"], ON_A_DISK, what, segment_bytes, records);
    let as_root = || run("unshare", &["-m", "sh"], ON_A_DISK, what, segment_bytes, records);
    let said = as_user().or_else(as_root);
    if said.is_none() {
        eprintln!("!! NO REAL FULL DISK: nothing can be mounted here; only the limit on files was tested");
    }
    said
}

const SMALL: u64 = 64 << 10;
const LARGE: u64 = 64 << 20;
const NEVER: u64 = 1_000_000;

/// Without checkpoints the journal alone fills the disk. In small segments it ends at a roll.
#[test]
fn a_journal_that_fills_the_disk_stops_and_loses_nothing() {
    for segment_bytes in [SMALL, 1 << 20, LARGE] {
        let Some(said) = on_a_disk("fill", segment_bytes, NEVER) else { return under_a_limit(NEVER) };
        said.check(&format!("segments of {segment_bytes}"));
        assert!(said.number("left ") < 1 << 10, "KiB left");
        assert!(said.number("told ") > 5_000, "some megabytes");
    }
}

/// With checkpoints sled fills it too, and fails in its own ways.
#[test]
fn a_state_that_fills_the_disk_stops_and_loses_nothing() {
    for (segment_bytes, records) in [(SMALL, 150), (1 << 20, 1_000), (LARGE, 150)] {
        let Some(said) = on_a_disk("fill", segment_bytes, records) else { return under_a_limit(records) };
        said.check(&format!("segments of {segment_bytes}, checkpoints of {records}"));
    }
}

/// The journal has room that it reserved, and the state has none: at the limit of what memory keeps, the call is told.
#[test]
fn a_state_that_cannot_be_written_is_told_at_the_limit() {
    let Some(said) = on_a_disk("state", LARGE, 50) else { return under_a_limit(50) };
    said.check("no room but the journal's");
    assert!(said.number("refused ") > 0, "told by NotCommitted");
    assert!(!said.has("poisoned"), "nothing is in doubt");
}

/// A segment that cannot be begun: nobody knows what is on the disk, so nothing more is written until it is opened again.
#[test]
fn a_roll_without_room_is_in_doubt_and_stops() {
    let Some(said) = on_a_disk("roll", SMALL, NEVER) else { return under_a_limit(NEVER) };
    said.check("no room for the next segment");
    assert!(said.has("poisoned"), "after an unknown outcome");
    assert_eq!(said.number("refused "), 0);
}

#[test]
fn a_limit_on_files_stops_and_loses_nothing() {
    under_a_limit(NEVER);
    under_a_limit(150);
}

fn under_a_limit(records: u64) {
    let said = run("sh", &[], UNDER_A_LIMIT, "fill", LARGE, records).unwrap();
    said.check(&format!("files of limited size, checkpoints of {records}"));
    assert!(said.number("told ") > 1_000, "a megabyte");
}
