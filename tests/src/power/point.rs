//! A crash point: a workload, its seed, an operation, and whether the power went behind it or in the middle of it.

use core::fmt;
use core::str::FromStr;

use crate::dice::Dice;
use crate::power::workloads::{WORKLOADS, Workload};

/// A crash point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The place of the workload among all.
    pub workload: usize,
    /// Its seed.
    pub seed: u64,
    /// The operation, from 1.
    pub operation: usize,
    /// In the middle of it, not behind it.
    pub torn: bool,
}

impl Point {
    /// The workload.
    pub fn workload(&self) -> &'static Workload {
        static KINDS: [Workload; WORKLOADS.len()] = WORKLOADS;
        &KINDS[self.workload]
    }

    /// How many operations were over when the power went.
    pub fn done(&self) -> usize {
        if self.torn { self.operation - 1 } else { self.operation }
    }

    /// What chance decides here, the same whenever the point is played.
    pub fn dice(&self) -> Dice {
        let numbers = [self.workload, self.operation, usize::from(self.torn)];
        let mixed = numbers
            .iter()
            .fold(self.seed, |sum, number| Dice::new(sum ^ u64::try_from(*number).expect("a number")).roll());
        Dice::new(mixed)
    }
}

/// As `gifts:7:123`, and `gifts:7:123+` in the middle of operation 124.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let middle = if self.torn { "+" } else { "" };
        write!(f, "{}:{}:{}{middle}", self.workload().name, self.seed, self.done())
    }
}

impl FromStr for Point {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text}: expected a point such as gifts:7:123 or gifts:7:123+");
        let [name, seed, done] = text.split(':').collect::<Vec<_>>()[..] else { return Err(wrong()) };
        let workload = WORKLOADS.iter().position(|kind| kind.name == name).ok_or_else(wrong)?;
        let torn = done.ends_with('+');
        let done: usize = done.trim_end_matches('+').parse().map_err(|_| wrong())?;
        let seed = seed.parse().map_err(|_| wrong())?;
        Ok(Self { workload, seed, operation: done + usize::from(torn), torn })
    }
}
