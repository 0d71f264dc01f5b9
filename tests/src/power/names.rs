//! Names in folders, and what a power cut makes of them: what was not synced with the folder has happened or not.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::power::image::Mood;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Node {
    /// A file that goes through the medium.
    File(usize),
    /// A folder of such files.
    Folder,
    /// A folder that others write to, with all that is in it.
    Tree(usize),
}

#[derive(Debug, Clone)]
enum NameChange {
    Put(String, Node),
    Drop(String),
    Move(String, String, Node),
}

/// The names in one folder.
#[derive(Debug, Clone, Default)]
pub struct Names {
    durable: BTreeMap<String, Node>,
    changes: Vec<NameChange>,
    now: BTreeMap<String, Node>,
}

impl Names {
    /// What a name stands for now.
    pub fn get(&self, name: &str) -> Option<Node> {
        self.now.get(name).copied()
    }

    /// Makes a name.
    pub fn put(&mut self, name: &str, node: Node) {
        self.change(NameChange::Put(name.to_owned(), node));
    }

    /// Takes a name away, if it is there.
    pub fn drop_name(&mut self, name: &str) {
        if self.now.contains_key(name) {
            self.change(NameChange::Drop(name.to_owned()));
        }
    }

    /// Gives another name, in the place of whatever had it.
    pub fn rename(&mut self, from: &str, to: &str) {
        if let Some(node) = self.get(from) {
            self.change(NameChange::Move(from.to_owned(), to.to_owned(), node));
        }
    }

    /// Makes all names durable.
    pub fn sync(&mut self) {
        self.durable.clone_from(&self.now);
        self.changes.clear();
    }

    fn change(&mut self, change: NameChange) {
        apply(&mut self.now, &change);
        self.changes.push(change);
    }

    /// The names after a power cut. Half the time a journal of the file system kept the order of the changes, so the
    /// first so many happened; otherwise each happened or not.
    pub fn draw(&self, dice: &mut Dice, mood: Mood) -> BTreeMap<String, Node> {
        let mut names = self.durable.clone();
        let in_order = dice.once_in(2);
        let kept = mood.kept_of(dice, self.changes.len());
        for (number, change) in self.changes.iter().enumerate() {
            let happened = if in_order { number < kept } else { mood.keeps(dice) };
            if happened {
                apply(&mut names, change);
            }
        }
        names
    }
}

fn apply(names: &mut BTreeMap<String, Node>, change: &NameChange) {
    match change {
        NameChange::Put(name, node) => {
            names.insert(name.clone(), *node);
        }
        NameChange::Drop(name) => {
            names.remove(name);
        }
        NameChange::Move(from, to, node) => {
            names.remove(from);
            names.insert(to.clone(), *node);
        }
    }
}
