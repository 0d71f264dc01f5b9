//! What docs/c.md shows as JSON is JSON that the library takes.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

use std::path::Path;

use ledger_core::{Command, Query};

#[test]
fn the_commands_and_questions_of_the_page_are_taken() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/c.md");
    let page = std::fs::read_to_string(page).expect("docs/c.md");
    let section = |title: &str| {
        let (_, after) = page.split_once(&format!("\n## {title}\n")).expect("a section");
        let (_, block) = after.split_once("```json\n").expect("a block");
        block.split_once("```").expect("its end").0
    };
    let command: Command = serde_json::from_str(section("Commands")).expect("a command");
    assert!(matches!(command, Command::Donate(_)));
    let questions: Result<Vec<Query>, _> = section("Questions").lines().map(serde_json::from_str).collect();
    assert_eq!(questions.expect("questions").len(), 4);
}
