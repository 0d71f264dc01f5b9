//! Writes the Kotlin and the Swift of `ledger-ffi` out of its library: `tests/run` says how it is called.

fn main() {
    uniffi::uniffi_bindgen_main();
}
