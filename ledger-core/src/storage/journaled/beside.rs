//! The store of a reader beside the writer: it folds the acknowledged journal into memory, and goes on where it
//! stopped. It takes no lock, never opens sled, writes nothing, and reads nothing beyond `HEAD`.
//!
//! Whoever writes may be in another process, so each step is safe against it: a group is whole before `HEAD` says
//! so, a slot of `HEAD` that is being written has a wrong checksum, and the root in `HEAD` is compared.

use core::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use super::read_cache::ReadCache;
use super::view::JournaledView;
use super::{Pending, journal_bytes, place, placements};
use crate::records::fold::erased_in;
use crate::records::record::Record;
use crate::records::row::{ClaimedKey, Extent, HistoryOf, Row, RowKey};
use crate::records::rows::{RowTable, Rows};
use crate::records::sealing::{KeySource, SlotKey};
use crate::storage::format;
use crate::storage::journal::ahead::{self, read_ahead};
use crate::storage::journal::head::{self, HeadSlot};
use crate::storage::journal::scan::Position;
use crate::storage::journal::{read, segment};
use crate::storage::key_index::KeyIndex;
use crate::storage::keyring::KeyReader;
use crate::storage::medium::Medium;
use crate::storage::overlay::Overlay;
use crate::storage::{AppendFault, Durability, Group, Head, Identity, Keys, Sizes, Storage, View};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::DonorId;

/// The cache that what is kept of reads is measured by.
const CACHE_BYTES: u64 = 64 << 20;

/// A journal that somebody else writes, and the rows derived from it, in memory.
pub struct BesideStorage {
    identity: Identity,
    medium: Arc<dyn Medium>,
    keys: Arc<KeyReader>,
    key_hash_bits: u32,
    /// What views are opened on. Replaced as a whole, so that open views keep what they have.
    state: RwLock<State>,
    progress: Mutex<Progress>,
    /// The damage before which the state ends, where it was opened in spite of it.
    damage: Option<Fault>,
}

#[derive(Clone)]
struct State {
    overlay: Arc<Overlay>,
    key_index: Arc<KeyIndex>,
    read_cache: Arc<ReadCache>,
}

impl State {
    fn empty(start: &Position, key_hash_bits: u32) -> Self {
        let overlay = Arc::new(Overlay::new(start.head()));
        let read_cache = Arc::new(ReadCache::new(CACHE_BYTES));
        Self { overlay, key_index: Arc::new(KeyIndex::new(key_hash_bits)), read_cache }
    }
}

/// How far the state goes.
struct Progress {
    position: Position,
    /// Key slots of erased donors that the writer had still to destroy. Once they are gone, what they opened must
    /// be gone from memory too.
    doomed: Vec<u32>,
    /// Key slots that opened something of the state.
    opened: BTreeSet<u32>,
}

/// Records that were folded, not yet published.
struct Folded {
    position: Position,
    rows: Rows,
    claimed: Vec<ClaimedKey>,
    /// Whether an erasure is among them.
    has_erasure: bool,
    /// Key slots of erased donors that opened something nevertheless: the writer had still to destroy them.
    doomed: Vec<u32>,
    /// Key slots that opened something.
    opened: BTreeSet<u32>,
}

/// Keys, and which of them opened something.
struct Watched<'a> {
    keys: &'a KeyReader,
    opened: RefCell<BTreeSet<u32>>,
}

impl KeySource for Watched<'_> {
    fn slot_key(&self, slot: u32) -> Result<SlotKey, Fault> {
        let key = self.keys.slot_key(slot)?;
        if let SlotKey::Present(_) = key {
            self.opened.borrow_mut().insert(slot);
        }
        Ok(key)
    }
}

impl BesideStorage {
    /// Reads the journal up to `HEAD`.
    pub fn open(medium: Arc<dyn Medium>, identity: Identity, key_hash_bits: u32) -> Result<Self, Fault> {
        let storage = Self::at_beginning(medium, identity, key_hash_bits)?;
        storage.catch_up()?;
        Ok(storage)
    }

    /// Reads the journal up to `HEAD`, or up to the last group that is whole before damage of the journal.
    pub fn open_up_to_damage(
        medium: Arc<dyn Medium>,
        identity: Identity,
        key_hash_bits: u32,
    ) -> Result<(Self, Option<Fault>), Fault> {
        let mut storage = Self::at_beginning(medium, identity, key_hash_bits)?;
        let damage = match storage.catch_up() {
            Ok(_) => return Ok((storage, None)),
            Err(fault) if is_of_journal(&fault) => fault,
            Err(fault) => return Err(fault),
        };
        let until = head::newest_of(&head::slots_beside(storage.medium.as_ref(), 0)?);
        let until_seq = until.map_or(0, |(_, slot)| slot.seq);
        let end = read::whole_up_to(storage.medium.as_ref(), identity.ledger, until_seq)?;
        storage.take_up(&HeadSlot {
            seq: end.seq(),
            segment: end.segment,
            end: end.offset,
            root: end.root,
            durability: Durability::Os,
        })?;
        storage.damage = Some(damage.clone());
        Ok((storage, Some(damage)))
    }

    fn at_beginning(medium: Arc<dyn Medium>, identity: Identity, key_hash_bits: u32) -> Result<Self, Fault> {
        let keys = Arc::new(KeyReader::open(Arc::clone(&medium), identity.ledger)?);
        let position = read::beginning(medium.as_ref(), identity.ledger)?;
        let state = RwLock::new(State::empty(&position, key_hash_bits));
        let progress = Mutex::new(Progress { position, doomed: Vec::new(), opened: BTreeSet::new() });
        Ok(Self { identity, medium, keys, key_hash_bits, state, progress, damage: None })
    }

    /// Takes up what was acknowledged. What is older than the state is passed over.
    fn take_up(&self, to: &HeadSlot) -> Result<Head, Fault> {
        let mut progress = self.progress.lock();
        let mut state = self.state.read().clone();
        let seq = progress.position.seq();
        if to.seq == seq && to.root != progress.position.root {
            let what = "HEAD that acknowledges other records than were read before";
            return Err(Fault::damaged(what, head::FILE, 0, seq));
        }
        let mut must_forget = self.is_any_destroyed(&progress.doomed)?;
        // An older slot is all that can be read while the writer is at the newer one.
        if to.seq < seq || (to.seq == seq && !must_forget) {
            return Ok(state.overlay.head());
        }
        let mut folded = self.fold_on(&state, &progress.position, to)?;
        // Rows from before have what an erased donor's key opened.
        must_forget |= (seq > 0 && folded.has_erasure) || self.is_any_destroyed(&folded.doomed)?;
        let mut kept = Some(&mut *progress);
        while must_forget {
            (state, folded) = self.fold_anew(to)?;
            kept = None;
            must_forget = self.is_any_destroyed(&folded.doomed)?;
        }
        // What went before goes on, unless it was folded anew. Nothing fails from here on.
        if let Some(before) = kept {
            folded.doomed.append(&mut before.doomed);
            folded.opened.append(&mut before.opened);
        }
        let head = folded.position.head();
        folded.claimed.into_iter().for_each(|key| state.key_index.insert(key));
        state.overlay.publish(folded.rows, head);
        *progress = Progress { position: folded.position, doomed: folded.doomed, opened: folded.opened };
        *self.state.write() = state;
        Ok(head)
    }

    /// Where the acknowledged journal ends now; at least at `seq`, where it ended before.
    fn acknowledged(&self, seq: u64) -> Result<HeadSlot, Fault> {
        let slots = head::slots_beside(self.medium.as_ref(), seq)?;
        let unreadable = || Fault::damaged("no readable slot", head::FILE, 0, 0);
        let (_, newest) = head::newest_of(&slots).ok_or_else(unreadable)?;
        if newest.seq >= seq {
            return Ok(newest);
        }
        if slots.len() == 2 {
            let (file, found_seq) = (head::FILE.to_owned(), newest.seq);
            return Err(Fault::Cut { file, offset: 0, found_seq, promised_seq: seq });
        }
        // A new ledger has written one slot only.
        match format::read(self.medium.as_ref())? {
            format::Found::Ledger(identity) if identity.ledger == self.identity.ledger => Ok(newest),
            format::Found::Ledger(_) | format::Found::Newer(_) | format::Found::Nothing => {
                let what = "another ledger in the place of the one that was opened";
                Err(Fault::damaged(what, format::FILE, 0, 0))
            }
        }
    }

    /// Folds the journal after a position, up to what was acknowledged, over a state.
    fn fold_on(&self, state: &State, from: &Position, to: &HeadSlot) -> Result<Folded, Fault> {
        let mut pending = Pending { view: self.view_of(state), rows: RowTable::default() };
        let (mut extents, mut claimed, mut erased) = (Vec::new(), Vec::new(), Vec::new());
        let secret = self.keys.secret();
        let keys = Watched { keys: self.keys.as_ref(), opened: RefCell::default() };
        let (medium, ledger) = (self.medium.as_ref(), self.identity.ledger);
        let position = read_ahead(medium, ledger, from, to.seq, &mut |stretch| {
            for (record, extent) in &stretch.records {
                claimed.extend(pending.fold(record, &keys, secret)?);
                extents.push(*extent);
                erased.extend(erased_in(&record.events));
            }
            Ok(())
        })?;
        if position.seq() != to.seq || position.root != to.root {
            let (what, file) = ("records that differ from what HEAD acknowledged", segment::name(to.segment));
            return Err(Fault::damaged(what, file, to.end, to.seq));
        }
        let slot_of = |donor: &DonorId| {
            let row = pending.rows.get(&RowKey::Owner(HistoryOf::Donor(*donor)))?;
            let slot = if let Row::Donor(row) = row.as_ref() { row.slot } else { None };
            slot.filter(|slot| keys.opened.borrow().contains(slot))
        };
        let (has_erasure, doomed) = (!erased.is_empty(), erased.iter().filter_map(slot_of).collect());
        let (first_seq, count) = (from.seq().saturating_add(1), to.seq.saturating_sub(from.seq()));
        let mut placements = placements(&pending.view, first_seq, count)?;
        place(first_seq, &extents, &mut placements);
        let mut rows = pending.rows.into_changed();
        rows.extend(placements);
        Ok(Folded { position, rows, claimed, has_erasure, doomed, opened: keys.opened.into_inner() })
    }

    /// The whole journal again, over nothing.
    fn fold_anew(&self, to: &HeadSlot) -> Result<(State, Folded), Fault> {
        let start = read::beginning(self.medium.as_ref(), self.identity.ledger)?;
        let state = State::empty(&start, self.key_hash_bits);
        let folded = self.fold_on(&state, &start, to)?;
        Ok((state, folded))
    }

    /// Whether one of these keys is destroyed by now.
    fn is_any_destroyed<'a>(&self, slots: impl IntoIterator<Item = &'a u32>) -> Result<bool, Fault> {
        for slot in slots {
            if let SlotKey::Erased = self.keys.slot_key(*slot)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn view_of(&self, state: &State) -> JournaledView {
        let (overlay, key_index) = (Arc::clone(&state.overlay), Arc::clone(&state.key_index));
        JournaledView::new(Arc::clone(&self.medium), overlay, None, key_index, Arc::clone(&state.read_cache))
    }
}

/// Whether it is the journal that is damaged, or ends too early.
fn is_of_journal(fault: &Fault) -> bool {
    match fault {
        Fault::Damaged { file, .. } => file.starts_with(segment::FOLDER),
        Fault::Cut { .. } => true,
        Fault::Medium { .. } | Fault::Newer { .. } | Fault::Diverged { .. } => false,
    }
}

fn refused(doing: &str) -> Fault {
    Fault::medium(doing, &"opened for reading only")
}

impl Storage for BesideStorage {
    fn identity(&self) -> Identity {
        self.identity
    }

    fn append(&self, _group: Group, _durability: Durability) -> Result<Head, AppendFault> {
        Err(AppendFault::Closed)
    }

    fn view(&self) -> Box<dyn View> {
        let state = self.state.read().clone();
        Box::new(self.view_of(&state))
    }

    fn keys(&self) -> Arc<dyn Keys> {
        let keys: Arc<dyn Keys> = self.keys.clone();
        keys
    }

    fn rebuild(&self) -> Result<u64, Fault> {
        Err(refused("rebuild state"))
    }

    fn forget(&self, _donors: &[DonorId]) -> Result<(), Fault> {
        Err(refused("destroy keys"))
    }

    fn scan(
        &self,
        until_seq: u64,
        each: &mut dyn FnMut(&Record, Extent) -> Result<(), Fault>,
    ) -> Result<Head, Fault> {
        let (medium, ledger) = (self.medium.as_ref(), self.identity.ledger);
        Ok(ahead::read_all(medium, ledger, until_seq, each)?.head())
    }

    /// Beyond damage nothing is taken up.
    fn catch_up(&self) -> Result<Head, Fault> {
        if let Some(damage) = &self.damage {
            return Err(damage.clone());
        }
        let seq = self.progress.lock().position.seq();
        self.take_up(&self.acknowledged(seq)?)
    }

    fn is_overtaken(&self) -> Result<bool, Fault> {
        self.is_any_destroyed(&self.progress.lock().opened)
    }

    fn sizes(&self) -> Result<Sizes, Fault> {
        Ok(Sizes { journal_bytes: journal_bytes(self.medium.as_ref())?, state_bytes: 0 })
    }

    fn close(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn abandon(&self) {}
}
