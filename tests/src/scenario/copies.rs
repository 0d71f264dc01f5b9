//! Steps that copy the ledger, and what is done with copies.

use ledger_core::{Follower, Options, backup, backup_keys, restore};

use super::commands::Fields;
use super::run::{Answer, Run};

/// Does what a step of this verb says.
pub fn act(run: &Run, fields: &Fields, verb: &str) -> Answer {
    let named = |field: &str| fields.text(field).unwrap_or_else(|| panic!("{verb} needs {field}=NAME"));
    let from = || fields.text("from").unwrap_or_else(|| "ledger".to_owned());
    let line = match verb {
        "!backup" => {
            let report = backup(run.beside(&from()), run.beside("copy"))?;
            let what = if report.is_incremental { "continued" } else { "new" };
            format!("backup {what}, up to record {}", report.seq)
        }
        "!keys" => {
            let report = backup_keys(run.beside(&from()), run.beside("keys"))?;
            format!("keys in use {}, destroyed {}", report.in_use, report.destroyed)
        }
        "!restore" => {
            let report = restore(run.beside("copy"), run.beside("keys"), run.beside(&named("to")))?;
            format!("restored up to record {}", report.seq)
        }
        "!follow" => {
            let step = Follower::open(run.folder(), run.beside(&named("to")))?.step()?;
            format!("record {} of {}", step.seq, step.source_seq)
        }
        "!promote" => {
            let promoted = Follower::promote(run.beside(&named("folder")), Options::new())?;
            let epoch = promoted.epoch()?;
            promoted.close()?;
            format!("epoch {epoch}")
        }
        other => panic!("no verb of copies: {other:?}"),
    };
    fields.finish();
    Ok(vec![line])
}
