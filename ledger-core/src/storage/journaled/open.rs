//! Opening and creating: what is trusted, what is repaired, what is refused.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use super::read_cache::ReadCache;
use super::state::{Beginning, Evidence, StateFound, begin};
use super::{Below, JournaledStorage, Lane};
use crate::accounting::chart::BookMode;
use crate::records::row::RowKey;
use crate::storage::boot::BootId;
use crate::storage::entropy::Entropy;
use crate::storage::format::{self, Found};
use crate::storage::journal::head;
use crate::storage::journal::read::{self, segments};
use crate::storage::journal::recover::Cut;
use crate::storage::journal::segment::{self, SegmentHeader};
use crate::storage::journal::writer::{JournalWriter, Repaired};
use crate::storage::key_index::KeyIndex;
use crate::storage::keyring::Keyring;
use crate::storage::medium::Medium;
use crate::storage::overlay::Overlay;
use crate::storage::sled::{Checkpoints, Place, RowHasher, Seal, SledRows, remove_seal, running};
use crate::storage::{Identity, Keys, Storage};
use crate::vocabulary::fault::Fault;
use crate::vocabulary::ids::LedgerId;
use crate::vocabulary::time::Timestamp;

/// What opening needs to know.
pub struct OpenPlan {
    /// Where the files are.
    pub medium: Arc<dyn Medium>,
    /// Where sled keeps its files; `None` keeps all rows in memory.
    pub folder: Option<PathBuf>,
    /// Where random bytes come from.
    pub entropy: Arc<Entropy>,
    /// Whose books, for a new ledger.
    pub mode: BookMode,
    /// The time, for a new ledger.
    pub now: Timestamp,
    /// Size at which a segment of the journal is full.
    pub segment_bytes: u64,
    /// Memory that sled may use for its cache.
    pub cache_bytes: u64,
    /// Records after which a checkpoint begins.
    pub checkpoint_records: u64,
    /// Whether a state at rest is believed.
    pub state: StatePolicy,
    /// Bits of a key's hash that the index looks at.
    pub key_hash_bits: u32,
    /// This start of the machine.
    pub boot: BootId,
}

/// Whether a state that is found is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
pub enum StatePolicy {
    /// If it is sound: closed and unharmed, or of a killed process and complete in itself. `StateFound` says what was
    /// found.
    #[default]
    Trust,
    /// Never: it is made again from the journal.
    Rebuild,
}

/// An open store and what was done to open it.
pub struct Opened {
    /// The store.
    pub storage: JournaledStorage,
    /// What was found and done.
    pub report: OpenReport,
}

/// What an opening found and did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenReport {
    /// A group that was never acknowledged and was cut off.
    pub cut: Option<Cut>,
    /// What was found of the state.
    pub state: StateFound,
    /// How many records were folded, because the state did not have them.
    pub folded: u64,
    /// Whether `HEAD` was not readable and was made again.
    pub head_made_again: bool,
    /// Slots of the keyring that could not be read, were used by nobody, and were made again.
    pub key_slots_made_again: u64,
}

impl JournaledStorage {
    /// What ledger is in a place.
    pub fn find(medium: &dyn Medium) -> Result<Found, Fault> {
        format::read(medium)
    }

    /// Makes a ledger where there is none. `FORMAT` is written last: without it there is no ledger.
    pub fn create(plan: OpenPlan) -> Result<Opened, Fault> {
        check_empty(plan.medium.as_ref())?;
        let ledger = LedgerId::from_bytes(plan.entropy.bytes()?);
        let identity = Identity { ledger, mode: plan.mode, created: plan.now };
        let keyring = Keyring::create(Arc::clone(&plan.medium), Arc::clone(&plan.entropy), ledger)?;
        for left_over in plan.medium.list(segment::FOLDER)? {
            plan.medium.remove(&format!("{}/{left_over}", segment::FOLDER))?;
        }
        let writer = JournalWriter::create(Arc::clone(&plan.medium), ledger, plan.segment_bytes)?;
        format::write(plan.medium.as_ref(), &identity)?;
        let (storage, _) = assemble(plan, identity, writer, keyring, None)?;
        Ok(Opened { storage, report: OpenReport::default() })
    }

    /// Opens the ledger that `find` found.
    pub fn open(plan: OpenPlan, identity: Identity) -> Result<Opened, Fault> {
        let medium = plan.medium.as_ref();
        let keyring = Keyring::open(Arc::clone(&plan.medium), Arc::clone(&plan.entropy), identity.ledger)?;
        let seal = if plan.folder.is_some() { Seal::read(medium)? } else { None };
        let known_seq = seal.as_ref().map_or(0, |seal| seal.seq);
        let (writer, Repaired { cut, head_made_again }) =
            JournalWriter::open(Arc::clone(&plan.medium), identity.ledger, plan.segment_bytes, known_seq)?;
        let policy = plan.state;
        let erased_slots = keyring.erased().load(Ordering::SeqCst);
        let evidence = Evidence {
            ledger: identity.ledger,
            end: writer.position(),
            seal,
            erased_slots,
            boot: plan.boot,
            policy,
        };
        let beginning = place_of(&plan, &keyring).map(|place| begin(&place, &evidence)).transpose()?;
        let state = beginning.as_ref().map_or(StateFound::AtRest, |beginning| beginning.found);
        let (storage, folded) = assemble(plan, identity, writer, keyring, beginning)?;
        let key_slots_made_again = storage.keyring.made_again();
        let report = OpenReport { cut, state, folded, head_made_again, key_slots_made_again };
        Ok(Opened { storage, report })
    }
}

/// A creation that did not get to its end left no record. Where there is one, `FORMAT` was lost, and nothing
/// may be made in the place of the books.
pub fn check_empty(medium: &dyn Medium) -> Result<(), Fault> {
    let was_written = head::read(medium)?.is_some_and(|slot| slot.newest.seq > 0);
    let other_segments = segments(medium)?.iter().any(|number| *number != 1);
    let first = medium.length(&segment::name(1))?.unwrap_or(0);
    let longer_than_header = first > u64::try_from(SegmentHeader::LENGTH_EMPTY).unwrap_or(0);
    if was_written || other_segments || longer_than_header || Keyring::was_used(medium)? {
        return Err(Fault::damaged("FORMAT is missing beside a journal or keys", format::FILE, 0, 0));
    }
    Ok(())
}

/// Where sled works; `None` for a ledger in memory.
fn place_of(plan: &OpenPlan, keyring: &Keyring) -> Option<Place> {
    let ledger_folder = plan.folder.clone()?;
    let (medium, cache_bytes) = (Arc::clone(&plan.medium), plan.cache_bytes);
    Some(Place { medium, ledger_folder, cache_bytes, hasher: RowHasher::new(keyring.secret()) })
}

/// Puts the store together and folds what its rows lack; gives how many records that were.
fn assemble(
    plan: OpenPlan,
    identity: Identity,
    writer: JournalWriter,
    keyring: Keyring,
    beginning: Option<Beginning>,
) -> Result<(JournaledStorage, u64), Fault> {
    let head = writer.head();
    let medium = plan.medium.as_ref();
    let found = beginning.and_then(|beginning| beginning.rows);
    let mut start = None;
    let rows = match (place_of(&plan, &keyring), found) {
        (None, _) => None,
        (Some(_), Some((rows, position))) => {
            start = Some(position);
            Some(rows)
        }
        (Some(place), None) => {
            running::remove(medium)?;
            remove_seal(medium)?;
            SledRows::discard(medium)?;
            Some(SledRows::open(place)?)
        }
    };
    let start = start.map_or_else(|| read::beginning(medium, identity.ledger), Ok)?;
    let folded = head.seq.saturating_sub(start.seq());
    let overlay = Arc::new(Overlay::new(start.head()));
    let promised_seq = Arc::new(AtomicU64::new(head.seq));
    let below = rows.map(|rows| {
        let rows = Arc::new(rows);
        let checkpoints = Checkpoints::new(
            Arc::clone(&overlay),
            Arc::clone(&rows),
            Arc::clone(&promised_seq),
            keyring.erased(),
        );
        Below { rows, checkpoints, checkpoint_records: plan.checkpoint_records.max(1) }
    });
    let storage = JournaledStorage {
        identity,
        medium: plan.medium,
        writer: Mutex::new(Lane { writer, closed: false }),
        keyring: Arc::new(keyring),
        overlay,
        key_index: Arc::new(KeyIndex::new(plan.key_hash_bits)),
        read_cache: Arc::new(ReadCache::new(plan.cache_bytes)),
        below,
        since_checkpoint: Mutex::new(0),
        unfinished: Mutex::default(),
        promised_seq,
        boot: plan.boot,
    };
    let was_empty = start.seq() == 0;
    let erased = storage.fold_journal(&start, head)?;
    let destroyed = storage.destroy_keys(&erased)?;
    if destroyed > 0 || (!was_empty && !erased.is_empty()) {
        // Rows from before the erasure, or made with a key that is gone by now, hold what must not stay.
        storage.fold_anew(head)?;
    }
    storage.note_running()?;
    storage.load_key_index()?;
    let slots = match storage.view().row(&RowKey::Meta)?.as_deref() {
        Some(crate::records::row::Row::Meta(meta)) => meta.slots,
        Some(_) | None => 0,
    };
    storage.keyring.reserve(slots)?;
    Ok((storage, folded))
}
