//! The form that programs read: one JSON document a record, ids and money only.

use std::io::{Result, Write};

use super::Form;
use super::labels::Labels;
use crate::engine::changes::Change;

pub(super) struct JsonLines;

impl Form for JsonLines {
    fn begin(&mut self, _labels: &Labels, _out: &mut dyn Write) -> Result<()> {
        Ok(())
    }

    fn change(&mut self, change: &Change, _labels: &Labels, out: &mut dyn Write) -> Result<()> {
        serde_json::to_writer(&mut *out, change)?;
        out.write_all(b"\n")
    }

    fn end(&mut self, _labels: &Labels, _out: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}
