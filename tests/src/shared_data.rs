//! Where the real data lies. It is never copied into the project: it is about people.

use std::path::{Path, PathBuf};

/// The folder of the data for a test: `$LEDGER_SHARED/data`, else `data` in the folder `shared` beside the
/// project. `None`, after a loud line, where there is neither. A folder that was named must be there, so that
/// a slip of the pen never turns a test off.
pub fn folder(test: &str) -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("LEDGER_SHARED") {
        let data = Path::new(&named).join("data");
        assert!(data.is_dir(), "LEDGER_SHARED is set, but {} is no folder", data.display());
        return Some(data);
    }
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    let beside = root.and_then(Path::parent).map(|outside| outside.join("shared/data"));
    let found = beside.filter(|data| data.is_dir());
    if found.is_none() {
        eprintln!(
            "SKIPPED: {test}: the real data is not here, set LEDGER_SHARED to the folder that holds data/"
        );
    }
    found
}
