//! A disk that was told operation by operation what happened, and can say what a power cut now would leave.

use std::collections::BTreeMap;
use std::sync::Arc;

use ledger_core::{DiskOperation, DiskStep, SeenFiles};

use crate::dice::Dice;
use crate::power::image::{Change, Image, Kept, Mood, Tree};
use crate::power::names::{Names, Node};

/// The folder that sled writes to.
pub const WATCHED: &str = "state";

/// A disk below one folder.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    /// The names in each folder; the folder itself is "".
    folders: BTreeMap<String, Names>,
    files: Vec<Kept>,
    trees: Vec<Tree>,
}

/// An operation in few words.
pub fn describe(operation: &DiskOperation) -> String {
    match operation {
        DiskOperation::Write { file, offset, bytes } => {
            format!("write of {} bytes at {offset} of {file}", bytes.len())
        }
        DiskOperation::Cut { file, length } => format!("cut of {file} to {length}"),
        DiskOperation::Remove { file } => format!("removal of {file}"),
        DiskOperation::Rename { from, to } => format!("renaming of {from} to {to}"),
        DiskOperation::RemoveBelow { folder } => format!("removal of the folder {folder}"),
        DiskOperation::Sync { file } => format!("sync of {file}"),
        DiskOperation::SyncFolder { folder } => format!("sync of the names in \"{folder}\""),
        DiskOperation::SyncBelow { folder } => format!("sync of all below {folder}"),
    }
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap()
}

/// A path as its folder and the name in it.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

impl Disk {
    /// A disk on which an image has been for long.
    pub fn at_rest(image: &Image) -> Self {
        let mut disk = Self::default();
        let (state, others): (Vec<_>, Vec<_>) =
            image.iter().partition(|(name, _)| name.starts_with("state/"));
        let state: SeenFiles =
            state.into_iter().map(|(name, bytes)| (name.clone(), Arc::new(bytes.clone()))).collect();
        if !state.is_empty() {
            let state = Arc::new(state);
            disk.trees.push(Tree { synced: Arc::clone(&state), seen: state });
            disk.names("").put(WATCHED, Node::Tree(0));
        }
        for (name, bytes) in others {
            *disk.file(name) = Kept::durable(bytes.clone());
        }
        disk.folders.values_mut().for_each(Names::sync);
        disk
    }

    fn names(&mut self, folder: &str) -> &mut Names {
        self.folders.entry(folder.to_owned()).or_default()
    }

    /// A file; made where there is none, with the folder that it is in.
    fn file(&mut self, path: &str) -> &mut Kept {
        let (folder, name) = split(path);
        if !folder.is_empty() && self.names("").get(folder).is_none() {
            self.names("").put(folder, Node::Folder);
        }
        let number = if let Some(Node::File(number)) = self.names(folder).get(name) {
            number
        } else {
            let number = self.files.len();
            self.files.push(Kept::default());
            self.names(folder).put(name, Node::File(number));
            number
        };
        &mut self.files[number]
    }

    fn tree(&mut self, name: &str) -> Option<&mut Tree> {
        match self.names("").get(name) {
            Some(Node::Tree(number)) => self.trees.get_mut(number),
            _ => None,
        }
    }

    /// Takes an operation up.
    pub fn apply(&mut self, step: &DiskStep) {
        if let Some(tree) = self.tree(WATCHED) {
            tree.seen = Arc::clone(&step.before);
        }
        self.operate(&step.operation, &step.before);
        match self.tree(WATCHED) {
            Some(tree) => tree.seen = Arc::clone(&step.after),
            None if step.after.is_empty() => {}
            None => {
                let number = self.trees.len();
                self.trees.push(Tree { synced: Arc::default(), seen: Arc::clone(&step.after) });
                self.names("").put(WATCHED, Node::Tree(number));
            }
        }
    }

    fn operate(&mut self, operation: &DiskOperation, watched: &Arc<SeenFiles>) {
        match operation {
            DiskOperation::Write { file, .. }
            | DiskOperation::Cut { file, .. }
            | DiskOperation::Sync { file }
                if file.starts_with("state/") => {}
            DiskOperation::Write { file, offset, bytes } => {
                self.file(file).change(Change::Write(position(*offset), Arc::clone(bytes)));
            }
            DiskOperation::Cut { file, length } => self.file(file).change(Change::Cut(position(*length))),
            DiskOperation::Sync { file } => self.file(file).sync(),
            // In the watched folder it is seen with the files there.
            DiskOperation::Remove { file } if file.starts_with("state/") => {}
            DiskOperation::Remove { file } => {
                let (folder, name) = split(file);
                self.names(folder).drop_name(name);
            }
            DiskOperation::Rename { from, to } => {
                let ((folder, from), (to_folder, to)) = (split(from), split(to));
                assert_eq!(folder, to_folder, "the model knows renames within a folder");
                self.names(folder).rename(from, to);
            }
            DiskOperation::RemoveBelow { folder } => {
                let (parent, name) = split(folder);
                self.names(parent).drop_name(name);
            }
            DiskOperation::SyncFolder { folder } => self.names(folder).sync(),
            DiskOperation::SyncBelow { folder } => {
                if let Some(tree) = self.tree(folder) {
                    tree.synced = Arc::clone(watched);
                }
            }
        }
    }

    /// What a power cut in the middle of the next operation leaves to be drawn from: of a write its first bytes, of
    /// anything else nothing.
    pub fn torn(&self, step: &DiskStep, dice: &mut Dice) -> Option<Self> {
        let DiskOperation::Write { file, offset, bytes } = &step.operation else { return None };
        if bytes.len() < 2 {
            return None;
        }
        let first = bytes[..=dice.place(bytes.len() - 1)].to_vec();
        let operation = DiskOperation::Write { file: file.clone(), offset: *offset, bytes: Arc::new(first) };
        let mut torn = self.clone();
        torn.apply(&DiskStep {
            operation,
            before: Arc::clone(&step.before),
            after: Arc::clone(&step.before),
        });
        Some(torn)
    }

    /// What a power cut leaves.
    pub fn draw(&self, dice: &mut Dice, mood: Mood) -> Image {
        let mut image = Image::new();
        let Some(top) = self.folders.get("") else { return image };
        for (name, node) in top.draw(dice, mood) {
            match node {
                Node::File(number) => {
                    image.insert(name, self.files[number].draw(dice, mood));
                }
                Node::Folder => {
                    for (below, node) in self.folders[&name].draw(dice, mood) {
                        let Node::File(number) = node else { panic!("a folder in {name}") };
                        image.insert(format!("{name}/{below}"), self.files[number].draw(dice, mood));
                    }
                }
                Node::Tree(number) => {
                    for (path, bytes) in self.trees[number].draw(dice, mood) {
                        let below = path.strip_prefix(WATCHED).unwrap();
                        image.insert(format!("{name}{below}"), bytes);
                    }
                }
            }
        }
        image
    }
}
