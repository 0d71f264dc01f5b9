//! What the types forbid: each file in `tests/ui` must fail to compile with the message beside it.

#![allow(missing_docs, reason = "a test")]

#[test]
fn wrong_books_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
