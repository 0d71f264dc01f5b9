//! The header is what cbindgen makes of the sources: `UPDATE_HEADER=1 cargo test -p ledger-c` writes it anew.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;

#[test]
fn the_header_is_of_the_sources() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(here.join("cbindgen.toml")).expect("cbindgen.toml");
    let made = cbindgen::generate_with_config(here, config).expect("a header");
    let path = here.join("include/ledger.h");
    if std::env::var_os("UPDATE_HEADER").is_some() {
        made.write_to_file(&path);
    }
    let mut text = Vec::new();
    made.write(&mut text);
    let committed = std::fs::read_to_string(&path).expect("include/ledger.h");
    assert_eq!(
        committed,
        String::from_utf8(text).expect("text"),
        "run: UPDATE_HEADER=1 cargo test -p ledger-c"
    );
}
