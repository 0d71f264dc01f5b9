//! Where the real data and the references lie. Neither is ever copied into the project: the data is about people.

use std::path::{Path, PathBuf};

/// A folder of what lies outside the project, `data` or `reference`: in `$LEDGER_SHARED`, else in the folder `shared`
/// beside the project. `None`, after a loud line that names the test, where there is neither. A folder that was named
/// must be there, so that a slip of the pen never turns a test off.
pub fn folder(name: &str, test: &str) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("LEDGER_SHARED") {
        let part = Path::new(&named).join(name);
        assert!(part.is_dir(), "LEDGER_SHARED is set, but {} is no folder", part.display());
        return Some(part);
    }
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    let beside = root.and_then(Path::parent).map(|outside| outside.join("shared").join(name));
    let found = beside.filter(|part| part.is_dir());
    if found.is_none() {
        eprintln!("SKIPPED: {test}: it is not here, set LEDGER_SHARED to the folder that holds {name}/");
    }
    found
}
