//! The row by which somebody is found.

use bincode::{Decode, Encode};

/// Who is found.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct LookupRow<Id> {
    /// The record that last changed it.
    pub seq: u64,
    /// Who claimed it and has not given it up, the latest last: more than one only where a merged donor took it
    /// over from another of its ids.
    pub claimed_by: Vec<Id>,
}

impl<Id: Copy + PartialEq> LookupRow<Id> {
    /// Nobody yet.
    pub fn unclaimed() -> Self {
        Self { seq: 0, claimed_by: Vec::new() }
    }

    /// Who is found.
    pub fn holder(&self) -> Option<Id> {
        self.claimed_by.last().copied()
    }

    /// It finds this one from now on.
    pub fn claim(&mut self, by: Id) {
        self.release(by);
        self.claimed_by.push(by);
    }

    /// It does not find this one any more.
    pub fn release(&mut self, by: Id) {
        self.claimed_by.retain(|id| *id != by);
    }
}
