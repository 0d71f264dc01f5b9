//! Every id of a provider is in the books once.

use crate::machine::event::Event;
use crate::records::row::{ObjectRow, Row, RowKey};
use crate::records::rows::RowTable;

/// Whether an object that was something before is said to be something else, or a line of a settlement is in one already.
pub(super) fn stand_twice(before: &RowTable, events: &[Event]) -> bool {
    let known = |processor: &str, object: &str, is: &dyn Fn(&ObjectRow) -> bool| {
        let key = RowKey::Object(processor.to_owned(), object.to_owned());
        before.get(&key).is_some_and(|row| if let Row::Object(row) = row.as_ref() { is(row) } else { false })
    };
    events.iter().any(|event| {
        if let Event::ObjectAttached(attached) = event {
            let is_other = |row: &ObjectRow| row.facts.is.is_some_and(|is| is != attached.to);
            return known(&attached.processor, &attached.object, &is_other);
        }
        let Event::SettlementLinesRecorded(recorded) = event else { return false };
        let is_line = |row: &ObjectRow| row.facts.line_of.is_some();
        recorded.lines.iter().any(|line| known(&recorded.processor, &line.id, &is_line))
    })
}
