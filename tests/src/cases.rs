//! How many cases a property test draws.

use proptest::test_runner::Config;

/// As many as `PROPTEST_CASES` says, else `usual`. A failure is shown with its seed, not kept in a file.
pub fn cases(usual: u32) -> Config {
    let drawn = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { drawn.cases } else { usual };
    Config { cases, failure_persistence: None, ..drawn }
}
