//! Opening and creating: what is trusted, what is repaired, what is refused.

use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;

use super::{Below, JournaledStorage, Lane};
use crate::accounting::chart::BookMode;
use crate::records::row::RowKey;
use crate::storage::entropy::Entropy;
use crate::storage::format::{self, Found};
use crate::storage::journal::head;
use crate::storage::journal::segment::{self, SegmentHeader};
use crate::storage::journal::writer::{Cut, JournalWriter, segments};
use crate::storage::key_index::KeyIndex;
use crate::storage::keyring::Keyring;
use crate::storage::medium::Medium;
use crate::storage::overlay::Overlay;
use crate::storage::sled::{Checkpoints, Seal, SledRows, remove_seal};
use crate::storage::{Head, Identity, Storage};
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
}

/// Whether a state at rest is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum StatePolicy {
    /// If it was sealed at the journal's end.
    #[default]
    Trust,
    /// Never: it is made again from the journal.
    Rebuild,
}

/// An open store and what was done to open it.
pub struct Opened {
    /// The store.
    pub storage: JournaledStorage,
    /// A group that was never acknowledged and was cut off.
    pub cut: Option<Cut>,
    /// How many records were folded again because the state was not at rest; `None` when it was.
    pub rebuilt: Option<u64>,
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
        let (storage, _) = assemble(plan, identity, writer, keyring, Trust::Rebuild)?;
        Ok(Opened { storage, cut: None, rebuilt: None })
    }

    /// Opens the ledger that `find` found.
    pub fn open(plan: OpenPlan, identity: Identity) -> Result<Opened, Fault> {
        let medium = plan.medium.as_ref();
        let keyring = Keyring::open(Arc::clone(&plan.medium), Arc::clone(&plan.entropy), identity.ledger)?;
        let seal = if plan.folder.is_some() { Seal::read(medium)? } else { None };
        let known_seq = seal.map_or(0, |seal| seal.seq);
        let (writer, cut) =
            JournalWriter::open(Arc::clone(&plan.medium), identity.ledger, plan.segment_bytes, known_seq)?;
        let head = writer.head();
        let is_sealed = seal.is_some_and(|seal| seal.seq == head.seq && seal.root == head.root);
        let at_rest = is_sealed && plan.state == StatePolicy::Trust;
        let trust = if at_rest { Trust::AtRest } else { Trust::Rebuild };
        let in_folder = plan.folder.is_some();
        let (storage, start) = assemble(plan, identity, writer, keyring, trust)?;
        let rebuilt = (in_folder && start < head.seq).then_some(head.seq);
        Ok(Opened { storage, cut, rebuilt })
    }
}

/// A creation that did not get to its end left no record. Where there is one, `FORMAT` was lost, and nothing
/// may be made in the place of the books.
fn check_empty(medium: &dyn Medium) -> Result<(), Fault> {
    let was_written = head::read(medium)?.is_some_and(|slot| slot.newest.seq > 0);
    let other_segments = segments(medium)?.iter().any(|number| *number != 1);
    let first = medium.length(&segment::name(1))?.unwrap_or(0);
    let longer_than_header = first > u64::try_from(SegmentHeader::LENGTH_EMPTY).unwrap_or(0);
    if was_written || other_segments || longer_than_header || Keyring::was_used(medium)? {
        return Err(Fault::damaged("FORMAT is missing beside a journal or keys", format::FILE, 0, 0));
    }
    Ok(())
}

/// What is thought of the rows below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Sealed at the journal's end.
    AtRest,
    /// Anything else: they are thrown away.
    Rebuild,
}

/// The rows of a sealed state; `None` when they are not what the seal says. sled panics on damage that it
/// does not expect, so it is opened where a panic can be caught; what then replaces the state is the journal.
fn open_at_rest(folder: &Path, cache_bytes: u64, seq: u64) -> Option<SledRows> {
    let open =
        || SledRows::open(folder, cache_bytes).and_then(|rows| Ok((rows.seq()? == seq).then_some(rows)));
    catch_unwind(open).ok()?.ok()?
}

fn assemble(
    plan: OpenPlan,
    identity: Identity,
    writer: JournalWriter,
    keyring: Keyring,
    trust: Trust,
) -> Result<(JournaledStorage, u64), Fault> {
    let head = writer.head();
    let mut start = 0;
    let overlay = Arc::new(Overlay::new(Head { seq: 0, ..head }));
    let mut below = None;
    if let Some(folder) = &plan.folder {
        remove_seal(plan.medium.as_ref())?;
        let at_rest =
            if trust == Trust::AtRest { open_at_rest(folder, plan.cache_bytes, head.seq) } else { None };
        let rows = if let Some(rows) = at_rest {
            start = head.seq;
            rows
        } else {
            SledRows::discard(folder)?;
            SledRows::open(folder, plan.cache_bytes)?
        };
        let rows = Arc::new(rows);
        let checkpoints = Checkpoints::new(Arc::clone(&overlay), Arc::clone(&rows));
        below = Some(Below { rows, checkpoints, checkpoint_records: plan.checkpoint_records.max(1) });
    }
    overlay.clear(Head { seq: start, ..head });
    let storage = JournaledStorage {
        identity,
        medium: plan.medium,
        writer: Mutex::new(Lane { writer, closed: false }),
        keyring: Arc::new(keyring),
        overlay,
        key_index: Arc::new(KeyIndex::new(plan.key_hash_bits)),
        below,
        since_checkpoint: Mutex::new(0),
        unfinished: Mutex::default(),
    };
    if start == head.seq {
        storage.overlay.clear(head);
    } else {
        let erased = storage.fold_journal(start, head)?;
        if storage.destroy_keys(&erased)? > 0 {
            storage.fold_anew(head)?;
        }
    }
    storage.load_key_index()?;
    let slots = match storage.view().row(&RowKey::Meta)?.as_deref() {
        Some(crate::records::row::Row::Meta(meta)) => meta.slots,
        Some(_) | None => 0,
    };
    storage.keyring.reserve(slots)?;
    Ok((storage, start))
}
