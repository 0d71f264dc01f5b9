//! Steps that need a testkit: media that fail, files that are damaged.

use ledger_core::testkit::Mishap;
use serde_json::{Value, json};

use super::commands::Fields;
use super::copies;
use super::names::Names;
use super::parse::Step;
use super::run::{Answer, Run};

/// Does what a step with `!` says.
pub fn act(run: &mut Run, step: &Step) -> Answer {
    let word = step.words.first().map_or("", String::as_str);
    let no_names = Names::default();
    let fields = Fields::new(step, &no_names);
    let mishap = match (step.verb.as_str(), word) {
        ("!second", _) => {
            fields.finish();
            let second = run.opened("ledger", "or_create", run.options())?;
            panic!("two writers: {second:?}");
        }
        ("!backup" | "!keys" | "!restore" | "!follow" | "!promote", _) => {
            return copies::act(run, &fields, &step.verb);
        }
        ("!fail", "writes") => Mishap::WritesFail(fields.number("after").unwrap_or(0)),
        ("!fail", "syncs") => Mishap::SyncsFail(fields.number("after").unwrap_or(0)),
        ("!fail", "reads") => Mishap::ReadsFail(fields.number("after").unwrap_or(0)),
        ("!heal", _) => Mishap::Healed,
        ("!newer", _) => Mishap::NewerFormat,
        ("!remove", file) => Mishap::Removed(file.to_owned()),
        ("!cut", file) => Mishap::Cut(file.to_owned(), fields.number("bytes").expect("bytes=N")),
        ("!damage", "state") => {
            // sled has a lock of its own, as long as a handle lives.
            run.ledger = None;
            Mishap::PlacesLost
        }
        ("!damage", file) => match fields.number("from_end") {
            Some(count) => Mishap::FlippedFromEnd(file.to_owned(), count),
            None => Mishap::Flipped(file.to_owned(), fields.number("offset").unwrap_or(0)),
        },
        (other, _) => panic!("line {}: unknown verb {other:?}", step.line),
    };
    fields.finish();
    mishap.happen(&run.folder(), &run.faults).expect("it happens");
    run.note("mishap", json!([mishap]), Value::Null);
    Ok(Vec::new())
}
