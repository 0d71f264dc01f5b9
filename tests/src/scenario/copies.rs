//! Steps that copy the ledger, and what is done with copies.

use ledger_core::{Follower, backup, backup_keys, restore};
use serde_json::json;

use super::commands::Fields;
use super::run::{Answer, Run};

/// Does what a step of this verb says.
pub fn act(run: &Run, fields: &Fields, verb: &str) -> Answer {
    let named = |field: &str| fields.text(field).unwrap_or_else(|| panic!("{verb} needs {field}=NAME"));
    let from = || fields.text("from").unwrap_or_else(|| "ledger".to_owned());
    let line = match verb {
        "!backup" => {
            let from = from();
            let answer = backup(run.beside(&from), run.beside("copy"));
            let report = run.managed("backup", json!([from, "copy"]), answer)?;
            let what = if report.is_incremental { "continued" } else { "new" };
            format!("backup {what}, up to record {}", report.seq)
        }
        "!keys" => {
            let from = from();
            let answer = backup_keys(run.beside(&from), run.beside("keys"));
            let report = run.managed("backup_keys", json!([from, "keys"]), answer)?;
            format!("keys in use {}, destroyed {}", report.in_use, report.destroyed)
        }
        "!restore" => {
            let to = named("to");
            let answer = restore(run.beside("copy"), run.beside("keys"), run.beside(&to));
            let report = run.managed("restore", json!(["copy", "keys", to]), answer)?;
            format!("restored up to record {}", report.seq)
        }
        "!follow" => {
            let to = named("to");
            let answer = Follower::open(run.folder(), run.beside(&to)).and_then(|mut copy| copy.step());
            let step = run.managed("follow", json!(["ledger", to]), answer)?;
            format!("record {} of {}", step.seq, step.source_seq)
        }
        "!promote" => {
            let copy = named("folder");
            let answer = Follower::promote(run.beside(&copy), run.options()).and_then(|promoted| {
                let epoch = promoted.epoch()?;
                promoted.close().map(|()| epoch)
            });
            let epoch = run.managed("promote", json!([copy]), answer)?;
            format!("epoch {epoch}")
        }
        other => panic!("no verb of copies: {other:?}"),
    };
    fields.finish();
    Ok(vec![line])
}
