//! Damage of files, chosen by a seed: what can happen to the bytes of a ledger's folder while nobody looks.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

use crate::dice::Dice;
use crate::folder::{edit, files, journal_end};

/// What kind of file is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names of the files")]
pub enum Kind {
    OldSegment,
    LastSegment,
    BeyondHead,
    Head,
    Format,
    Lock,
    Keys,
    Sled,
    Seal,
    Running,
    Snapshot,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::OldSegment,
        Self::LastSegment,
        Self::BeyondHead,
        Self::Head,
        Self::Format,
        Self::Lock,
        Self::Keys,
        Self::Sled,
        Self::Seal,
        Self::Running,
        Self::Snapshot,
    ];

    /// What can happen to it.
    pub fn damages(self) -> &'static [Damage] {
        const BYTES: [Damage; 3] = [Damage::Flip, Damage::ZeroSector, Damage::Cut];
        const FILE: [Damage; 4] = [Damage::Flip, Damage::ZeroSector, Damage::Cut, Damage::Delete];
        const SEGMENT: [Damage; 6] =
            [Damage::Flip, Damage::ZeroSector, Damage::Cut, Damage::Delete, Damage::Duplicate, Damage::Swap];
        match self {
            Self::OldSegment | Self::LastSegment => &SEGMENT,
            Self::BeyondHead => &BYTES,
            Self::Snapshot => &[Damage::LeftOver],
            Self::Head | Self::Format | Self::Lock | Self::Keys | Self::Sled | Self::Seal | Self::Running => {
                &FILE
            }
        }
    }
}

/// What happens to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// One bit is another.
    Flip,
    /// 512 bytes on a boundary of 512 are zeros.
    ZeroSector,
    /// It ends earlier.
    Cut,
    /// It is gone.
    Delete,
    /// Another segment's bytes stand under its name, or its bytes under the name that follows all.
    Duplicate,
    /// It and another segment have each other's names.
    Swap,
    /// Something is there that was left by a crash.
    LeftOver,
}

/// One damage of one file.
#[derive(Debug, Clone)]
pub struct Case {
    /// The kind of the file.
    pub kind: Kind,
    /// What happened.
    pub damage: Damage,
    /// The file, below the folder.
    pub file: PathBuf,
    /// Where in it; 0 where that says nothing.
    pub at: usize,
}

/// The segments, in order.
pub fn segments(folder: &Path) -> Vec<PathBuf> {
    let is_segment = |file: &PathBuf| {
        file.starts_with("journal") && file.extension().is_some_and(|extension| extension == "log")
    };
    files(folder).into_iter().filter(is_segment).collect()
}

/// The file of a kind in a folder, and the bytes of it that may be damaged; `None` where there is none.
fn target(folder: &Path, kind: Kind, dice: &mut Dice) -> Option<(PathBuf, core::ops::Range<usize>)> {
    let segments = segments(folder);
    let (last, old) = segments.split_last()?;
    let length = |file: &PathBuf| fs::metadata(folder.join(file)).ok()?.len().try_into().ok();
    let whole = |file: PathBuf| {
        let length: usize = length(&file)?;
        Some((file, 0..length))
    };
    let named = |name: &str| whole(name.into());
    match kind {
        Kind::OldSegment => whole(dice.any(old)?),
        Kind::LastSegment => Some((last.clone(), 0..journal_end(folder))),
        Kind::BeyondHead => {
            let range = journal_end(folder)..length(last)?;
            (!range.is_empty()).then(|| (last.clone(), range))
        }
        Kind::Head => named("HEAD"),
        Kind::Format => named("FORMAT"),
        Kind::Lock => named("LOCK"),
        Kind::Keys => named("keys"),
        Kind::Sled => {
            let of_sled: Vec<PathBuf> =
                files(folder).into_iter().filter(|file| file.starts_with("state")).collect();
            whole(dice.any(&of_sled)?)
        }
        Kind::Seal => named("state.seal"),
        Kind::Running => named("state.running"),
        Kind::Snapshot => Some((format!("state/snap.{:016X}.generating", dice.roll()).into(), 0..1)),
    }
}

/// A place in a range where there is something, if there is: in files that are mostly zeros it would be missed.
fn place(bytes: &[u8], range: &core::ops::Range<usize>, dice: &mut Dice) -> usize {
    let pick = |dice: &mut Dice| range.start + dice.place(range.len());
    let tries = (0..64).map(|_| pick(dice)).collect::<Vec<_>>();
    tries.iter().copied().find(|at| bytes[*at] != 0).unwrap_or(tries[0])
}

/// Damages a file of a kind; `None` where the folder has none.
pub fn damage(folder: &Path, kind: Kind, damage: Damage, dice: &mut Dice) -> Option<Case> {
    let (file, range) = target(folder, kind, dice)?;
    let path = folder.join(&file);
    if range.is_empty() {
        return None;
    }
    let at = match fs::read(&path) {
        Ok(bytes) => place(&bytes, &range, dice),
        Err(_) => 0,
    };
    match damage {
        Damage::Flip => {
            let bit = dice.below(8);
            edit(&path, |bytes| bytes[at] ^= 1 << bit);
        }
        Damage::ZeroSector => edit(&path, |bytes| {
            let from = at / 512 * 512;
            let to = (from + 512).min(range.end);
            bytes[from.max(range.start)..to].fill(0);
        }),
        Damage::Cut => edit(&path, |bytes| bytes.truncate(at)),
        Damage::Delete => fs::remove_file(&path).unwrap(),
        Damage::LeftOver => fs::write(&path, vec![7; dice.place(200)]).unwrap(),
        Damage::Duplicate | Damage::Swap => exchange(folder, &file, damage, dice)?,
    }
    Some(Case { kind, damage, file, at })
}

/// Segments under each other's names.
fn exchange(folder: &Path, file: &Path, damage: Damage, dice: &mut Dice) -> Option<()> {
    let all = segments(folder);
    let others: Vec<PathBuf> = all.iter().filter(|other| *other != file).cloned().collect();
    let other = folder.join(dice.any(&others)?);
    let path = folder.join(file);
    if damage == Damage::Swap {
        let held = fs::read(&path).unwrap();
        fs::copy(&other, &path).unwrap();
        fs::write(&other, held).unwrap();
    } else if dice.once_in(2) {
        fs::copy(&other, &path).unwrap();
    } else {
        fs::copy(&path, folder.join(format!("journal/{:010}.log", all.len() + 1))).unwrap();
    }
    Some(())
}

/// Ends the process, and with it the test, when nothing is heard of it for a while: whatever it waits for, it waits in
/// vain.
pub struct Watchdog(Sender<String>);

impl Watchdog {
    /// Begins to watch.
    pub fn new(patience: Duration) -> Self {
        let (tell, told) = channel::<String>();
        #[allow(clippy::disallowed_methods, reason = "whoever hangs cannot watch itself")]
        std::thread::spawn(move || {
            let mut last = String::from("the beginning");
            loop {
                match told.recv_timeout(patience) {
                    Ok(now) => last = now,
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        // The harness keeps what a test prints to itself, and this process ends here.
                        let said = format!("HANGS after {last}\n");
                        let _ = std::io::Write::write_all(&mut std::io::stderr(), said.as_bytes());
                        std::process::abort();
                    }
                }
            }
        });
        Self(tell)
    }

    /// It goes on: what comes now.
    pub fn alive(&self, now: &str) {
        self.0.send(now.to_owned()).unwrap();
    }
}
