//! Ledgers as released versions wrote them, committed under `tests/fixtures`; its README says what each is.

mod agency;
mod packed;
mod principal;
mod torn;
mod writing;

use std::fs;
use std::path::{Path, PathBuf};

use ledger_core::Command;

pub use self::packed::{pack, unpack};
pub use self::writing::BOOT;

/// A book by the folder into which it is written and the commands that wrote it.
pub type Book = fn(&Path) -> Vec<Command>;

/// The books of which fixtures are made, by name.
pub const BOOKS: [(&str, Book); 3] = [
    ("agency_closed", agency::write),
    ("principal_killed", principal::write),
    ("torn_without_state", torn::write),
];

/// A committed ledger and what lies beside it.
pub struct Fixture {
    /// Its name, with the folder of its version: `v1/agency_closed`.
    pub name: String,
}

/// Where the fixtures lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The folders of versions, `v1` and on.
pub fn versions() -> Vec<String> {
    let is_version = |name: &String| name.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
    names_in(&folder()).into_iter().filter(is_version).collect()
}

/// All fixtures, of every version, in order.
pub fn all() -> Vec<Fixture> {
    let mut all = Vec::new();
    for version in versions() {
        let files = names_in(&folder().join(&version));
        let names = files.iter().filter_map(|file| file.strip_suffix(".tar.gz"));
        all.extend(names.map(|name| Fixture { name: format!("{version}/{name}") }));
    }
    all
}

/// The fixture of a name.
pub fn named(name: &str) -> Fixture {
    all().into_iter().find(|fixture| fixture.name == name).unwrap_or_else(|| panic!("no fixture {name}"))
}

impl Fixture {
    /// A file beside the packed ledger, by what follows the name.
    pub fn beside(&self, ending: &str) -> PathBuf {
        folder().join(format!("{}{ending}", self.name))
    }

    /// A copy of the ledger, to be opened and changed.
    pub fn unpacked(&self) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        unpack(&fs::read(self.beside(".tar.gz")).unwrap(), home.path());
        home
    }

    /// The commands that wrote it, in their order.
    pub fn commands(&self) -> Vec<Command> {
        let text = fs::read_to_string(self.beside(".commands.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
