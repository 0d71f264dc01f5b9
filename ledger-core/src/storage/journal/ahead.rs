//! Reading ahead: a thread reads, checks and decodes groups while the caller works on the records before them. Making
//! the state anew and verifying are bound by the processor, and a machine has more than one.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use super::read::{beginning, record_of};
use super::scan::{GroupReader, Position};
use crate::records::record::Record;
use crate::records::row::Extent;
use crate::storage::medium::Medium;
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;

/// Records that are handed over together, at least; groups stay whole.
const STRETCH_RECORDS: usize = 512;
/// Stretches that wait for the caller.
const STRETCHES: usize = 4;
/// For fewer records than this no thread is started.
const WORTH_A_THREAD: u64 = 2_000;

/// Records of whole groups, in order, each with its place.
pub struct Stretch {
    /// The records.
    pub records: Vec<(Record, Extent)>,
    /// Behind the last of them.
    pub end: Position,
}

/// Reads the records after a position up to a seq that ends a group, and gives the place behind it.
pub fn read_ahead(
    medium: &dyn Medium,
    ledger: LedgerId,
    from: &Position,
    until_seq: u64,
    each: &mut dyn FnMut(&Stretch) -> Result<(), Fault>,
) -> Result<Position, Fault> {
    let reader = || GroupReader::new(medium, ledger, from.clone(), until_seq);
    if until_seq.saturating_sub(from.seq()) < WORTH_A_THREAD {
        return read_here(reader(), each);
    }
    let (hand, taken) = sync_channel(STRETCHES);
    let (give_back, back) = channel();
    #[allow(clippy::disallowed_methods, reason = "one of the places where threads may be started")]
    std::thread::scope(|scope| {
        let ahead = reader();
        let work_ahead = move || hand_over(ahead, &hand, &back);
        let reading =
            std::thread::Builder::new().name("ledger reading".to_owned()).spawn_scoped(scope, work_ahead);
        // Slower, and as good.
        let Ok(reading) = reading else { return read_here(reader(), each) };
        let worked = work(&taken, &give_back, each);
        // Whoever does not take any more lets the reader end.
        drop(taken);
        let read = reading.join().map_err(|_| Fault::medium("read ahead", &"its thread panicked"))?;
        worked.and(read)
    })
}

/// Reads the whole journal up to a seq that ends a group, and gives the place behind it.
pub fn read_all(
    medium: &dyn Medium,
    ledger: LedgerId,
    until_seq: u64,
    each: &mut dyn FnMut(&Record, Extent) -> Result<(), Fault>,
) -> Result<Position, Fault> {
    let from = beginning(medium, ledger)?;
    read_ahead(medium, ledger, &from, until_seq, &mut |stretch| {
        stretch.records.iter().try_for_each(|(record, extent)| each(record, *extent))
    })
}

/// Without a thread.
fn read_here(
    mut reader: GroupReader<'_>,
    each: &mut dyn FnMut(&Stretch) -> Result<(), Fault>,
) -> Result<Position, Fault> {
    while let Some(stretch) = next_stretch(&mut reader)? {
        each(&stretch)?;
    }
    Ok(reader.position)
}

/// Stretches come back and are dropped here: memory that another thread frees makes both wait for the allocator.
fn hand_over(
    mut reader: GroupReader<'_>,
    hand: &SyncSender<Stretch>,
    back: &Receiver<Stretch>,
) -> Result<Position, Fault> {
    while let Some(stretch) = next_stretch(&mut reader)? {
        if hand.send(stretch).is_err() {
            break;
        }
        back.try_iter().for_each(drop);
    }
    Ok(reader.position)
}

fn work(
    taken: &Receiver<Stretch>,
    give_back: &Sender<Stretch>,
    each: &mut dyn FnMut(&Stretch) -> Result<(), Fault>,
) -> Result<(), Fault> {
    taken.iter().try_for_each(|stretch| {
        let worked = each(&stretch);
        // Nobody takes it back once everything is read: then it is dropped here.
        let _ = give_back.send(stretch);
        worked
    })
}

fn next_stretch(reader: &mut GroupReader<'_>) -> Result<Option<Stretch>, Fault> {
    let mut records = Vec::new();
    while records.len() < STRETCH_RECORDS {
        let Some(group) = reader.next()? else { break };
        for found in group.records() {
            records.push(record_of(&group, &found)?);
        }
    }
    let is_end = records.is_empty();
    Ok((!is_end).then(|| Stretch { records, end: reader.position.clone() }))
}
