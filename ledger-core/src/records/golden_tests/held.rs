//! The file of vectors, `ledger-core/tests/golden.txt`: what was written once is never changed by a test.

/// One line of the file: what it is, of which version, its name, its bytes in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vector {
    pub(super) what: &'static str,
    pub(super) version: u8,
    pub(super) name: String,
    pub(super) bytes: String,
}

impl Vector {
    /// What a line begins with, up to the bytes.
    fn label(&self) -> String {
        format!("{} v{} {} ", self.what, self.version, self.name)
    }
}

/// Compares the file with what is written today, and gives the file as it should be: with vectors at its end that
/// it lacked, if any may be added. A line that is there is never changed: bytes that changed need a step of the
/// version, whose vectors are lines of their own. Those of older versions stay.
pub(super) fn compared(held: &str, found: &[Vector], may_add: bool) -> Result<String, String> {
    let mut lines: Vec<String> = held.lines().map(str::to_owned).collect();
    for vector in found {
        let label = vector.label();
        let line = format!("{label}{}", vector.bytes);
        match lines.iter().find(|held| held.starts_with(&label)) {
            Some(held) if *held == line => {}
            Some(held) => {
                return Err(format!(
                    "bytes changed without a step of the version; UPDATE_EXPECT=1 does not change them either\n  \
                     held  {held}\n  found {line}"
                ));
            }
            None if may_add => lines.push(line),
            None => return Err(format!("no vector yet, UPDATE_EXPECT=1 adds it: {line}")),
        }
    }
    let of_today = |line: &str| {
        found.iter().any(|vector| line.starts_with(&format!("{} v{} ", vector.what, vector.version)))
    };
    let is_written = |line: &str| found.iter().any(|vector| line.starts_with(&vector.label()));
    match lines.iter().find(|line| of_today(line) && !is_written(line)) {
        Some(line) => Err(format!("a vector that nothing writes any more: {line}")),
        None => Ok(lines.join("\n") + "\n"),
    }
}

fn vector(version: u8, name: &str, bytes: &str) -> Vector {
    Vector { what: "record", version, name: name.to_owned(), bytes: bytes.to_owned() }
}

const HELD: &str = "record v1 gift 0102\nrecord v1 gift_back 0103\n";

#[test]
fn what_is_held_is_never_changed() {
    let changed = [vector(1, "gift", "0199"), vector(1, "gift_back", "0103")];
    for may_add in [false, true] {
        let refused = compared(HELD, &changed, may_add).unwrap_err();
        assert!(refused.contains("held  record v1 gift 0102"), "{refused}");
        assert!(refused.contains("found record v1 gift 0199"), "{refused}");
    }
}

#[test]
fn a_vector_does_not_vanish() {
    for may_add in [false, true] {
        let refused = compared(HELD, &[vector(1, "gift", "0102")], may_add).unwrap_err();
        assert!(refused.contains("record v1 gift_back 0103"), "{refused}");
    }
}

#[test]
fn new_vectors_are_added_on_demand_only() {
    let found = [vector(1, "gift", "0102"), vector(1, "gift_back", "0103"), vector(1, "new", "0104")];
    let refused = compared(HELD, &found, false).unwrap_err();
    assert!(refused.contains("record v1 new 0104"), "{refused}");
    assert_eq!(compared(HELD, &found, true).unwrap(), format!("{HELD}record v1 new 0104\n"));
    assert_eq!(compared(HELD, &found[..2], false).unwrap(), HELD);
}

#[test]
fn another_version_has_lines_of_its_own() {
    let found = [vector(2, "gift", "0299"), vector(2, "gift_back", "0203")];
    assert!(compared(HELD, &found, false).is_err());
    let added = compared(HELD, &found, true).unwrap();
    assert_eq!(added, format!("{HELD}record v2 gift 0299\nrecord v2 gift_back 0203\n"));
}
