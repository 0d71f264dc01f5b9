//! A copy that is stopped at any step is whole up to some earlier record, and the next run goes on there.

use std::sync::Arc;

use super::copy::{Alone, Copier};
use super::source;
use crate::accounting::chart::BookMode;
use crate::storage::format;
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::read::{self, segments};
use crate::storage::journal::segment;
use crate::storage::journal::writer::JournalWriter;
use crate::storage::keyring::Keyring;
use crate::storage::medium::faulty::{FaultPlan, FaultyMedium};
use crate::storage::medium::memory::MemoryMedium;
use crate::storage::medium::{Medium, read_whole};
use crate::storage::{Durability, Group, Identity};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;
use crate::vocabulary::time::Timestamp;

struct Source {
    medium: Arc<dyn Medium>,
    writer: JournalWriter,
    identity: Identity,
}

impl Source {
    fn new(ledger: u8) -> Self {
        let identity = Identity {
            ledger: LedgerId::from_bytes([ledger; 16]),
            mode: BookMode::Agency,
            created: Timestamp::from_micros(1),
        };
        let medium: Arc<dyn Medium> = Arc::new(MemoryMedium::default());
        let writer = JournalWriter::create(Arc::clone(&medium), identity.ledger, 2_000).unwrap();
        format::write(medium.as_ref(), &identity).unwrap();
        Self { medium, writer, identity }
    }

    /// Appends groups of one to three records of 100 bytes, all of them `fill`: about five groups make a segment.
    fn write(&mut self, groups: u64, fill: u8) {
        for number in 0..groups {
            let first_seq = self.writer.head().seq + 1;
            let records = vec![vec![fill; 100]; usize::try_from(number % 3 + 1).unwrap()];
            let group = Group { first_seq, records, time: Timestamp::from_micros(5), ..Group::default() };
            self.writer.append(&group, Durability::Sync).unwrap();
        }
    }

    fn copy(&self, copy: &dyn Medium) -> Result<(u64, u64), Fault> {
        let mut copier = Copier::begin(self.medium.as_ref(), copy, self.identity)?;
        copier.copy_to(&source::acknowledged(self.medium.as_ref())?, &mut Alone)?;
        Ok((copier.position.seq(), copier.bytes))
    }
}

/// Up to where a copy goes, read from it alone; `None` where there is none yet.
fn whole_up_to(copy: &dyn Medium, identity: Identity, when: &str) -> Option<u64> {
    let found = source::identity_of(copy).unwrap()?;
    assert_eq!(found, identity, "{when}");
    let slot = source::acknowledged(copy).unwrap();
    let place =
        source::position_at(copy, identity.ledger, &slot).unwrap().unwrap_or_else(|| panic!("{when}"));
    let mut reader = crate::storage::journal::scan::GroupReader::new(
        copy,
        identity.ledger,
        read::beginning(copy, identity.ledger).unwrap(),
        slot.seq,
    );
    while reader.next().unwrap_or_else(|fault| panic!("{when}: {fault}")).is_some() {}
    assert_eq!(reader.position.root, place.root, "{when}");
    Some(slot.seq)
}

fn assert_same_journal(source: &Source, copy: &dyn Medium) {
    let end = source.writer.position();
    assert_eq!(segments(copy).unwrap(), segments(source.medium.as_ref()).unwrap());
    for number in segments(copy).unwrap() {
        let name = segment::name(number);
        let mut wanted = read_whole(source.medium.as_ref(), &name).unwrap().unwrap();
        if number == end.segment {
            wanted.truncate(usize::try_from(end.offset).unwrap());
        }
        assert!(read_whole(copy, &name).unwrap().unwrap() == wanted, "segment {number}");
    }
    let slot = source::acknowledged(copy).unwrap();
    assert_eq!((slot.seq, slot.root), (end.seq(), end.root));
}

#[test]
fn a_run_that_is_stopped_at_any_step_leaves_a_whole_copy_and_the_next_goes_on() {
    let mut source = Source::new(1);
    source.write(18, 7);
    let plan = FaultPlan::none();
    let (mut steps, mut partial) = (0, 0);
    for fail in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after] {
        for after in 0.. {
            let inner: Arc<dyn Medium> = Arc::new(MemoryMedium::default());
            let faulty = FaultyMedium { inner: Arc::clone(&inner), plan: Arc::clone(&plan) };
            fail(&plan, after);
            let stopped = source.copy(&faulty).is_err();
            plan.heal();
            let when = format!("stopped after {after}");
            let before = whole_up_to(inner.as_ref(), source.identity, &when);
            assert!(stopped || before == Some(source.writer.head().seq), "{when}");
            partial += u32::from(stopped && before.is_some_and(|seq| seq > 0));
            let (seq, bytes) = source.copy(inner.as_ref()).unwrap();
            assert_eq!(seq, source.writer.head().seq, "{when}");
            assert_same_journal(&source, inner.as_ref());
            assert!(before.unwrap_or(0) == 0 || bytes < 4_500, "{when}: {bytes} bytes were copied again");
            if !stopped {
                break;
            }
            steps += 1;
        }
    }
    assert!(steps > 30 && partial > 15, "{steps} steps, {partial} of them left a part");
}

#[test]
fn a_stopped_run_that_goes_on_with_a_copy_keeps_what_was_there() {
    let mut source = Source::new(1);
    source.write(8, 7);
    let old: Arc<dyn Medium> = Arc::new(MemoryMedium::default());
    let begun = source.copy(old.as_ref()).unwrap().0;
    source.write(8, 8);
    let plan = FaultPlan::none();
    for fail in [FaultPlan::fail_writes_after, FaultPlan::fail_syncs_after] {
        for after in 0.. {
            let inner: Arc<dyn Medium> = Arc::new(MemoryMedium::default());
            for file in
                ["FORMAT", "HEAD"].map(str::to_owned).into_iter().chain(old.files_below("journal").unwrap())
            {
                inner.write_at(&file, 0, &read_whole(old.as_ref(), &file).unwrap().unwrap()).unwrap();
            }
            let faulty = FaultyMedium { inner: Arc::clone(&inner), plan: Arc::clone(&plan) };
            fail(&plan, after);
            let stopped = source.copy(&faulty).is_err();
            plan.heal();
            let left = whole_up_to(inner.as_ref(), source.identity, "stopped").unwrap();
            assert!(left >= begun, "after {after}: {left}");
            source.copy(inner.as_ref()).unwrap();
            assert_same_journal(&source, inner.as_ref());
            if !stopped {
                break;
            }
        }
    }
}

/// An interrupted run may have copied what the source lost afterwards, with the power, and wrote anew.
#[test]
fn what_lies_beyond_the_head_of_a_copy_is_taken_away() {
    let mut source = Source::new(1);
    source.write(4, 7);
    let copy = MemoryMedium::default();
    source.copy(&copy).unwrap();
    let mut other = Source::new(1);
    other.write(4, 7);
    other.write(9, 9);
    let end = source.writer.position().clone();
    let (first, second) = (segment::name(1), segment::name(2));
    let beyond = read_whole(other.medium.as_ref(), &first).unwrap().unwrap();
    copy.write_at(&first, 0, &beyond).unwrap();
    copy.write_at(&second, 0, &read_whole(other.medium.as_ref(), &second).unwrap().unwrap()).unwrap();
    assert!(u64::try_from(beyond.len()).unwrap() > end.offset);
    source.write(1, 8);
    source.copy(&copy).unwrap();
    assert_same_journal(&source, &copy);
}

#[test]
fn a_copy_of_another_history_is_left_as_it_is() {
    let mut source = Source::new(1);
    source.write(5, 7);
    let cases = [
        (1, 4, 3, "they part at record 8"),
        (1, 3, 0, "the source ends at record"),
        (2, 5, 0, "is of ledger"),
    ];
    for (ledger, same, others, says) in cases {
        let copy = MemoryMedium::default();
        source.copy(&copy).unwrap();
        let before: Vec<_> = copy.files_below("journal").unwrap();
        let mut other = Source::new(ledger);
        other.write(same, 7);
        other.write(others, 9);
        let fault = other.copy(&copy).unwrap_err();
        assert!(matches!(&fault, Fault::Diverged { what, .. } if what.contains(says)), "{says}: {fault:?}");
        assert_eq!(copy.files_below("journal").unwrap(), before);
        assert_same_journal(&source, &copy);
    }
}

#[test]
fn damage_of_the_source_and_of_the_copy_are_told_apart() {
    let mut source = Source::new(1);
    source.write(4, 7);
    let copy = MemoryMedium::default();
    source.copy(&copy).unwrap();
    copy.write_at(&segment::name(1), 300, &[0xEE]).unwrap();
    source.write(1, 7);
    let fault = source.copy(&copy).unwrap_err();
    assert!(matches!(&fault, Fault::Damaged { .. } | Fault::Cut { .. }), "{fault:?}");
    let fresh = MemoryMedium::default();
    source.medium.write_at(&segment::name(1), 300, &[0xEE]).unwrap();
    let fault = source.copy(&fresh).unwrap_err();
    assert!(!fault.to_string().contains("in the copy"), "{fault}");
    assert_eq!(whole_up_to(&fresh, source.identity, "after damage"), Some(0));
}

/// A folder that lost its `FORMAT` is no place for a copy.
#[test]
fn a_folder_with_records_or_keys_and_without_format_is_refused() {
    let mut source = Source::new(1);
    source.write(4, 7);
    let lost: Arc<dyn Medium> = Arc::new(MemoryMedium::default());
    source.copy(lost.as_ref()).unwrap();
    lost.remove(format::FILE).unwrap();
    let fault = source.copy(lost.as_ref()).unwrap_err();
    assert!(matches!(&fault, Fault::Damaged { file, .. } if file == format::FILE), "{fault:?}");
    assert!(!Keyring::was_used(lost.as_ref()).unwrap());
}

/// While a writer is at one slot, the other one is read; it does not count as a shorter source.
#[test]
fn a_slot_that_is_being_written_is_passed_over() {
    let mut source = Source::new(1);
    source.write(4, 7);
    let copy = MemoryMedium::default();
    let (seq, _) = source.copy(&copy).unwrap();
    let (place, newest) = head::newest_of(&head::slots(source.medium.as_ref()).unwrap()).unwrap();
    source.medium.write_at(head::FILE, place * 64, &[0xEE; 20]).unwrap();
    let older: HeadSlot = source::acknowledged(source.medium.as_ref()).unwrap();
    assert!(older.seq < newest.seq && newest.seq == seq);
    assert_eq!(head::slots_beside(source.medium.as_ref(), seq).unwrap().len(), 1);
}
