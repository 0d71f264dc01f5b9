//! How a ledger is opened.

use ledger_core::{Options, Settings};
use serde_json::{Map, Value};

use crate::Opened;
use crate::answers::Refused;
use crate::requests::{not_read, read};

/// Opens the ledger in a folder, or one in memory: by core's settings, and by which of its ways.
pub fn open(folder: Option<&str>, options: Option<&str>) -> Result<Opened, Refused> {
    let mut given: Map<String, Value> = options.map_or_else(|| Ok(Map::new()), read)?;
    let (damaged, read_only) = (flag(&mut given, "damaged")?, flag(&mut given, "read_only")?);
    let settings: Settings =
        serde_json::from_value(Value::Object(given)).map_err(|error| not_read(&error))?;
    let options = Options::from(settings);
    Ok(match (folder, damaged, read_only) {
        (None, _, _) => Opened::in_memory(options)?,
        (Some(folder), true, _) => Opened::open_damaged(folder, options)?,
        (Some(folder), false, true) => Opened::open_read_only(folder, options)?,
        (Some(folder), false, false) => Opened::open(folder, options)?,
    })
}

/// Takes out a word that is true or false; false, where it is not there.
fn flag(given: &mut Map<String, Value>, name: &str) -> Result<bool, Refused> {
    match given.remove(name) {
        None => Ok(false),
        Some(Value::Bool(said)) => Ok(said),
        Some(_) => {
            Err(Refused::NotUnderstood(format!("options are not as they must be: {name} is true or false")))
        }
    }
}
